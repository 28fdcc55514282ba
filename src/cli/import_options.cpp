// SPDX-License-Identifier: MIT
#include "loyal/cli/import_options.hpp"

#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

constexpr int exit_partial = 3;

}  // namespace

void declare_import_file(Verb& verb, service::ImportFile& file, const char* map_help) {
  verb.operand("FILE", file.path, Value::file,
               N_("a table: CSV, TSV, or columns divided by blanks, with a line of headings; - is standard input"));
  verb.flag("--map", file.mappings, Value::text, map_help).called(N_("OURS=THEIRS"));
  verb.flag("--separator", file.separator, Value::text,
            N_("comma, semicolon, tab, blank, or the character; guessed unless given"));
  verb.flag("--encoding", file.encoding, Value::text, N_("UTF-8, windows-1251 …; guessed unless given"));
  verb.flag("--rejects", file.rejects_path, Value::file,
            N_("where rows that cannot be taken go; FILE.rejects.csv unless given"));
}

void describe_headings(Verb& verb, std::span<const service::ImportField> fields) {
  verb.describes(N_("The headings that are known, in capitals or not, with dots, dashes or blanks:"));
  for (const service::ImportField& field : fields) {
    std::string words;
    for (const std::string_view heading : field.headings) {
      // In folded form № is "no", which is no Russian.
      const bool is_numero = heading.starts_with("no ") && static_cast<unsigned char>(heading.back()) >= 0x80;
      words += (words.empty() ? "" : ", ") + (is_numero ? "№" + std::string(heading.substr(2)) : std::string(heading));
    }
    verb.describes(fmt::format("{}: {}", field.name, words));
  }
}

service::ImportNote import_note(Session& session) {
  return [&session](const std::string& text) { session.note(text); };
}

service::ImportProgress import_progress(Session& session) {
  return [&session](const std::string& stage, std::int64_t done, std::int64_t total) {
    session.progress(stage, done, total);
  };
}

void tell_rejected(Session& session, const std::string& file, std::int64_t rejected,
                   const std::vector<service::Rejections::Example>& examples, const std::string& rejects_path) {
  if (rejected == 0) return;
  for (const auto& example : examples) {
    const std::string column = example.column.empty() ? std::string{} : visible(example.column) + ": ";
    session.note(fmt::format("{}:{}: {}{}", visible(file), example.line, column, example.reason));
  }
  if (const auto more = rejected - static_cast<std::int64_t>(examples.size()); more > 0)
    session.note(trn("and {} row more", "and {} rows more", more));
  if (!rejects_path.empty())
    session.note(tr("what was rejected is in {}: mend it there and import that file", visible(rejects_path)));
  session.ends_with(exit_partial);
}

format::Record::List example_records(const std::vector<service::Rejections::Example>& examples) {
  format::Record::List list;
  for (const auto& example : examples) {
    format::Record record;
    record.add("line", tr("Line"), static_cast<std::int64_t>(example.line));
    record.add("column", tr("Column"), text_or_absent(example.column));
    record.add("reason", tr("Reason"), example.reason);
    list.push_back(std::move(record));
  }
  return list;
}

}  // namespace loyal::cli
