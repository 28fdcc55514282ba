// SPDX-License-Identifier: MIT
#include "loyal/cli/help.hpp"

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::cli {
namespace {

bool wants_global(const Verb& verb, const Argument& argument) {
  return verb.changes_data() && (argument.is_spelled("--dry-run") || argument.is_spelled("--key"));
}

Page::Rows rows_of_codes(const std::vector<ExitCode>& codes) {
  Page::Rows rows;
  for (const ExitCode& code : codes) rows.emplace_back(std::to_string(code.code), translate(code.meaning));
  return rows;
}

}  // namespace

const std::vector<ExitCode>& exit_code_table() {
  static const std::vector<ExitCode> table = {
      {0, N_("done, nothing to do, or done before under the same key")},
      {1, N_("failed otherwise: a file, the disk, the network")},
      {2, N_("the command line is wrong")},
      {3, N_("done in part: some rows were rejected")},
      {4, N_("not found")},
      {5, N_("conflict: the same key or receipt with other content")},
      {6, N_("refused by the rules")},
      {7, N_("needs a confirmation, and there is nobody to ask")},
      {10, N_("there is no store")},
      {11, N_("the store is busy")},
      {12, N_("the store is broken, foreign, or made by a newer loyal")},
      {70, N_("a bug in loyal")},
      {130, N_("interrupted")},
  };
  return table;
}

std::vector<ExitCode> exit_codes_of(const Verb& verb) {
  std::vector<int> wanted = {0, 1, 2, 70, 130};
  if (verb.partial()) wanted.push_back(3);
  if (!verb.storeless()) wanted.insert(wanted.end(), {10, 11, 12});
  for (const Fault fault : verb.faults()) wanted.push_back(exit_code(fault));
  std::vector<ExitCode> codes;
  for (const ExitCode& code : exit_code_table())
    if (std::find(wanted.begin(), wanted.end(), code.code) != wanted.end()) codes.push_back(code);
  return codes;
}

std::string usage_of(const Verb& verb) {
  std::string usage = full_name(verb);
  bool has_flags = verb.changes_data();
  for (const auto& argument : verb.arguments()) {
    if (argument->is_hidden) continue;
    if (!argument->is_operand && !argument->is_required) {
      has_flags = true;
      continue;
    }
    std::string part =
        argument->is_operand ? argument->value_name() : argument->spelling() + " " + argument->value_name();
    if (argument->repeats) part += "…";
    usage += argument->is_required ? " " + part : " [" + part + "]";
  }
  return has_flags ? usage + " " + tr("[flags]") : usage;
}

std::string term_of(const Argument& argument) {
  if (argument.is_operand) return argument.value_name();
  std::string term = argument.name;
  if (const std::size_t comma = term.find(','); comma != std::string::npos) term.insert(comma + 1, " ");
  if (argument.is_switch) return term;
  if (!argument.implied.empty()) return term + " [" + argument.value_name() + "]";
  return term + " " + argument.value_name() + (argument.repeats ? "…" : "");
}

std::string meaning_of(const Argument& argument) {
  std::string meaning = translate(argument.help.c_str());
  const bool shows_choices = argument.value == Value::choice && (!argument.placeholder.empty() || argument.is_operand);
  if (!shows_choices) return meaning;
  std::string names;
  for (const std::string& choice : argument.choices) names += (names.empty() ? "" : ", ") + choice;
  return meaning + ": " + names;
}

Page::Rows rows_of(const Verb& verb, bool operands) {
  Page::Rows rows;
  for (const auto& argument : verb.arguments())
    if (argument->is_operand == operands && !argument->is_hidden)
      rows.emplace_back(term_of(*argument), meaning_of(*argument));
  return rows;
}

std::string root_help(const CommandTable& table, const Verb& global_flags, int columns, bool colour) {
  Page page(columns, colour);
  page.paragraph(tr("loyal runs a shop's loyalty program: cards, points, receipts, one file."));
  page.heading(tr("Usage")).line(tr("loyal [global flags] NOUN VERB [operands] [flags]"));
  Page::Rows nouns, verbs;
  for (const NounEntry* noun : table.built_nouns()) nouns.emplace_back(noun->name, translate(noun->summary));
  for (const VerbEntry* verb : table.verbs_of("")) verbs.emplace_back(verb->name, translate(verb->summary));
  if (!nouns.empty()) page.heading(tr("Nouns")).rows(nouns);
  if (!verbs.empty()) page.heading(tr("Verbs by themselves")).rows(verbs);
  page.heading(tr("Global flags (before or after the verb)")).rows(rows_of(global_flags, false));
  page.heading(tr("More"))
      .rows({{tr("loyal NOUN"), tr("the verbs of a noun")},
             {tr("loyal NOUN VERB --help"), tr("operands, flags and examples of a verb")},
             {"loyal help exit-codes", tr("what the exit codes mean")}});
  return page.text();
}

std::string noun_help(const CommandTable& table, const NounEntry& noun, int columns, bool colour) {
  Page page(columns, colour);
  page.paragraph(std::string("loyal ") + noun.name + ": " + translate(noun.summary));
  page.heading(tr("Usage")).line(tr("loyal {} VERB [operands] [flags]", noun.name));
  Page::Rows rows;
  for (const VerbEntry* verb : table.verbs_of(noun.name)) rows.emplace_back(verb->name, translate(verb->summary));
  page.heading(tr("Verbs")).rows(rows);
  if (noun.alias != nullptr) page.paragraph(tr("\"loyal {}\" is another name of \"loyal {}\".", noun.alias, noun.name));
  page.heading(tr("More")).line(tr("loyal {} VERB --help", noun.name));
  return page.text();
}

std::string verb_help(const Verb& verb, const Verb& global_flags, int columns, bool colour) {
  Page page(columns, colour);
  page.paragraph(full_name(verb) + ": " + translate(verb.summary().c_str()));
  page.heading(tr("Usage")).line(usage_of(verb));
  for (const std::string& paragraph : verb.paragraphs()) page.paragraph(translate(paragraph.c_str()));
  if (const Page::Rows operands = rows_of(verb, true); !operands.empty()) page.heading(tr("Operands")).rows(operands);
  Page::Rows flags = rows_of(verb, false);
  std::string others;
  for (const auto& argument : global_flags.arguments()) {
    if (wants_global(verb, *argument))
      flags.emplace_back(term_of(*argument), meaning_of(*argument));
    else
      others += (others.empty() ? "" : " ") + argument->spelling();
  }
  if (!flags.empty()) page.heading(tr("Flags")).rows(flags);
  if (!verb.examples().empty()) page.heading(tr("Examples"));
  for (const std::string& example : verb.examples()) page.line(example);
  page.heading(tr("Exit codes")).rows(rows_of_codes(exit_codes_of(verb)));
  page.paragraph(tr("Global flags (loyal help tells of them): {}", others));
  return page.text();
}

std::string exit_codes_help(int columns, bool colour) {
  Page page(columns, colour);
  page.paragraph(tr("Every command ends with one of these codes. Take an unknown code that is not 0 for a failure."));
  page.heading(tr("Exit codes")).rows(rows_of_codes(exit_code_table()));
  return page.text();
}

}  // namespace loyal::cli
