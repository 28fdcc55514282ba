// SPDX-License-Identifier: MIT
#include "loyal/cli/manual.hpp"

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/cli/globals.hpp"
#include "loyal/cli/help.hpp"
#include "loyal/cli/run.hpp"

namespace loyal::cli {
namespace {

/// The day of the release; a page is compared with the one that was committed, so no clock is asked.
constexpr const char* manual_date = "2026-11-21";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '\\')
      out += "\\e";
    else if (letter == '-')
      out += "\\-";
    else
      out += letter;
  }
  // At a line's start these would make a request of it.
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return text;
}

/// A manual page, built from the top in man(7) macros.
class Roff {
 public:
  Roff(const std::string& name, const std::string& summary) {
    text_ = ".TH " + escaped(upper(name)) + " 1 " + manual_date + " \"loyal " + version() + "\"\n";
    section(tr("NAME"));
    text_ += escaped(name) + " \\- " + escaped(summary) + "\n";
  }
  void section(const std::string& title) { text_ += ".SH \"" + escaped(title) + "\"\n"; }
  void paragraph(const std::string& text) {
    if (!text_.ends_with("\"\n")) text_ += ".PP\n";
    line(text);
  }
  void line(const std::string& text) { text_ += escaped(text) + "\n"; }
  void rows(const Page::Rows& rows) {
    for (const auto& [term, meaning] : rows) text_ += ".TP\n\\fB" + escaped(term) + "\\fR\n" + escaped(meaning) + "\n";
  }
  void commands(const std::vector<std::string>& lines) {
    text_ += ".nf\n";
    for (const std::string& command : lines) line(command);
    text_ += ".fi\n";
  }
  void references(const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i)
      text_ += ".BR " + escaped(names[i]) + " (1)" + (i + 1 < names.size() ? "," : "") + "\n";
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void add_exit_status(Roff& page, const std::vector<ExitCode>& codes) {
  page.section(tr("EXIT STATUS"));
  Page::Rows rows;
  for (const ExitCode& code : codes) rows.emplace_back(std::to_string(code.code), translate(code.meaning));
  page.rows(rows);
}

void add_environment(Roff& page) {
  page.section(tr("ENVIRONMENT"));
  Page::Rows rows;
  for (const EnvironmentVariable& variable : environment_table())
    rows.emplace_back(variable.name, translate(variable.meaning));
  page.rows(rows);
}

bool is_shown(const VerbEntry& entry) {
  return entry.name[0] != '_';
}

}  // namespace

std::string manual_name(const std::string& noun, const std::string& verb) {
  std::string name = "loyal";
  if (!noun.empty()) name += "-" + noun;
  if (!verb.empty()) name += "-" + verb;
  return name;
}

std::string root_manual(const CommandTable& table) {
  Roff page("loyal", tr("run a shop's loyalty program"));
  page.section(tr("SYNOPSIS"));
  page.line(tr("loyal [global flags] NOUN VERB [operands] [flags]"));
  page.section(tr("DESCRIPTION"));
  page.paragraph(tr("loyal runs a shop's loyalty program: cards, points, receipts, one file."));
  page.paragraph(
      tr("Nouns are singular; global flags stand before or after the verb; \"-\" is the standard input or output, and "
         "ls is list."));
  page.section(tr("COMMANDS"));
  Page::Rows commands;
  std::vector<std::string> pages;
  const auto add = [&](const VerbEntry& entry) {
    if (!is_shown(entry)) return;
    commands.emplace_back(std::string("loyal ") + entry.noun + (entry.noun[0] == '\0' ? "" : " ") + entry.name,
                          translate(entry.summary));
    pages.push_back(manual_name(entry.noun, entry.name));
  };
  for (const NounEntry* noun : table.built_nouns())
    for (const VerbEntry* entry : table.verbs_of(noun->name)) add(*entry);
  for (const VerbEntry* entry : table.verbs_of("")) add(*entry);
  page.rows(commands);
  page.section(tr("OPTIONS"));
  GlobalFlags flags;
  Verb global_flags("", "", "");
  declare_globals(global_flags, flags);
  page.rows(rows_of(global_flags, false));
  page.section(tr("EXAMPLES"));
  page.commands({"loyal help", "loyal help exit-codes"});
  add_exit_status(page, exit_code_table());
  add_environment(page);
  page.section(tr("FILES"));
  page.rows({{"~/.config/loyal/config.toml", tr("settings: db, format, color, lang, operator, till, shop, company")},
             {"~/.local/share/loyal/loyal.db", tr("the store, unless --db or LOYAL_DB names another")}});
  page.section(tr("SEE ALSO"));
  page.references(pages);
  return page.text();
}

std::string verb_manual(const CommandTable& table, const Verb& verb) {
  Roff page(manual_name(verb.noun(), verb.name()), translate(verb.summary().c_str()));
  page.section(tr("SYNOPSIS"));
  page.line(usage_of(verb));
  page.section(tr("DESCRIPTION"));
  page.paragraph(translate(verb.summary().c_str()));
  for (const std::string& paragraph : verb.paragraphs()) page.paragraph(translate(paragraph.c_str()));
  page.section(tr("OPTIONS"));
  page.rows(rows_of(verb, true));
  page.rows(rows_of(verb, false));
  page.paragraph(verb.changes_data() ? tr("--dry-run shows what would be, --key makes a repeat change nothing; these "
                                          "and the other global flags are told in loyal(1).")
                                     : tr("The global flags are told in loyal(1)."));
  page.section(tr("EXAMPLES"));
  page.commands(verb.examples());
  add_exit_status(page, exit_codes_of(verb));
  add_environment(page);
  page.section(tr("SEE ALSO"));
  std::vector<std::string> pages = {"loyal"};
  for (const VerbEntry* entry : table.verbs_of(verb.noun()))
    if (is_shown(*entry) && verb.name() != entry->name) pages.push_back(manual_name(entry->noun, entry->name));
  page.references(pages);
  return page.text();
}

std::vector<std::pair<std::string, std::string>> all_manuals(const CommandTable& table) {
  std::vector<std::pair<std::string, std::string>> pages = {{"loyal.1", root_manual(table)}};
  for (const VerbEntry& entry : table.verbs)
    if (is_shown(entry))
      pages.emplace_back(manual_name(entry.noun, entry.name) + ".1", verb_manual(table, declared(entry)));
  return pages;
}

}  // namespace loyal::cli
