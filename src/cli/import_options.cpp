// SPDX-License-Identifier: MIT
#include "loyal/cli/import_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/saved_map.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

constexpr int exit_partial = 3;

/// One way in which rows are dealt with.
struct PlanPart {
  const char* what;
  std::int64_t count;
  const std::vector<service::RowExample>& examples;
};

std::array<PlanPart, 4> parts_of(const service::ImportPlan& plan, std::int64_t rejected,
                                 const std::vector<service::RowExample>& rejections) {
  return {{{N_("created"), plan.created.count, plan.created.examples},
           {N_("changed"), plan.changed.count, plan.changed.examples},
           {N_("skipped"), plan.skipped.count, plan.skipped.examples},
           {N_("rejected"), rejected, rejections}}};
}

std::span<const service::RowExample> first_of(const std::vector<service::RowExample>& examples) {
  return std::span(examples).first(
      std::min(examples.size(), static_cast<std::size_t>(service::ImportGroup::examples_max)));
}

format::Record plan_row(const service::RowExample& example) {
  format::Record row;
  row.add("line", tr("Line"), static_cast<std::int64_t>(example.line)).add("text", tr("The first"), example.reason);
  return row;
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

void show_plan(Session& session, const service::ImportPlan& plan, std::int64_t rejected,
               const std::vector<service::Rejections::Example>& rejections) {
  if (session.for_programs() || !session.globals().output_path.empty()) return;
  format::Record::List rows;
  for (const PlanPart& part : parts_of(plan, rejected, rejections)) {
    format::Record row;
    row.add("what", tr("Rows"), name_cell(part.what)).add("count", tr("Number"), part.count);
    if (part.count == 0) row.add("line", tr("Line"), format::Cell{}).add("text", tr("The first"), format::Cell{});
    bool is_first = true;
    for (const service::RowExample& example : first_of(part.examples)) {
      if (!is_first) row.add("what", tr("Rows"), format::Cell{}).add("count", tr("Number"), format::Cell{});
      const format::Record one = plan_row(example);
      for (const auto& field : one.fields()) row.add(field.key, field.heading, std::get<format::Cell>(field.value));
      rows.push_back(std::exchange(row, {}));
      is_first = false;
    }
    if (is_first) rows.push_back(std::move(row));
  }
  format::Record record;
  session.show(record.list("plan", tr("The plan"), std::move(rows)));
}

void add_plan(format::Record& record, const service::ImportPlan& plan, std::int64_t rejected,
              const std::vector<service::Rejections::Example>& rejections) {
  format::Record::List rows;
  for (const PlanPart& part : parts_of(plan, rejected, rejections)) {
    format::Record::List examples;
    for (const service::RowExample& example : first_of(part.examples)) examples.push_back(plan_row(example));
    format::Record row;
    row.add("what", tr("Rows"), std::string(part.what)).add("count", tr("Number"), part.count);
    rows.push_back(std::move(row.list("first", tr("The first"), std::move(examples))));
  }
  record.list("plan", tr("The plan"), std::move(rows));
}

}  // namespace

void declare_import_file(Verb& verb, ImportFileOptions& options, const char* map_help) {
  service::ImportFile& file = options.file;
  verb.operand("FILE", file.path, Value::file,
               N_("a table: CSV, TSV, or columns divided by blanks, with a line of headings; - is standard input"));
  verb.flag("--map", file.mappings, Value::text, map_help).called(N_("OURS=THEIRS|NAME"));
  verb.flag("--save-map", options.save_map, Value::text, N_("keep the columns under this name, for --map NAME"))
      .called(N_("NAME"));
  verb.flag("--separator", file.separator, Value::text,
            N_("comma, semicolon, tab, blank, or the character; guessed unless given"));
  verb.flag("--encoding", file.encoding, Value::text, N_("UTF-8, windows-1251 …; guessed unless given"));
  verb.flag("--dates", file.dates, Value::text,
            N_("what stands first in dates such as 02/03/2026; told by the file unless given"))
      .one_of({"day-first", "month-first"});
  verb.flag("--rejects", file.rejects_path, Value::file,
            N_("where rows that cannot be taken go; FILE.rejects.csv unless given"));
}

void declare_import_way(Verb& verb, bool& is_plan, bool& is_strict) {
  verb.flag("--plan", is_plan, N_("show what would be done, and write nothing"));
  verb.flag("--strict", is_strict, N_("refuse all when one row is bad"));
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.can_be_partial();
  verb.writes();
}

service::ImportFile import_file(Session& session, const ImportFileOptions& options) {
  service::ImportFile file = options.file;
  file.standard_input = &session.world().in;
  apply_saved_maps(session, file);
  file.choose = [&session](const std::string& question, const std::vector<std::string>& choices) {
    return session.choose(question, choices);
  };
  if (!options.save_map.empty())
    file.keep_columns = [&session, name = options.save_map, kept = file](const service::ColumnMap& columns) {
      save_map(session, name, kept, columns);
    };
  return file;
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

std::string passed_over_words(std::int64_t skipped, std::int64_t rejected) {
  std::string text;
  if (skipped > 0) text += "; " + trn("{} was there already", "{} were there already", skipped);
  if (rejected > 0) text += "; " + trn("{} rejected", "{} rejected", rejected);
  return text;
}

bool is_trial(Session& session, const service::TableImport& request) {
  return session.globals().dry_run || request.is_plan;
}

format::Record begin_record(const service::TableReceipt& receipt) {
  format::Record record;
  record.add("rows", tr("Rows read"), receipt.rows);
  record.add("created", tr("Created"), receipt.plan.created.count);
  record.add("changed", tr("Changed"), receipt.plan.changed.count);
  record.add("known", tr("There already"), receipt.plan.skipped.count);
  record.add("rejected", tr("Rejected"), receipt.rejected);
  record.add("conflicts", tr("Conflicts"), receipt.conflicts);
  return record;
}

void end_record(format::Record& record, const service::TableReceipt& receipt, bool is_trial) {
  record.add("operation", tr("Operation"), receipt.operation ? format::Cell{receipt.operation.value} : format::Cell{});
  record.add("rejects_file", text_or_absent(receipt.rejects_path));
  record.add("dry_run", is_trial);
  record.add("replayed", receipt.is_replayed);
  record.list("examples", tr("Rejected rows, the first"), example_records(receipt.examples));
  add_plan(record, receipt.plan, receipt.rejected, receipt.examples);
}

void answer_import(Session& session, const service::TableImport& request, const service::TableReceipt& receipt,
                   const ImportAnswer& answer, const std::function<void()>& tell) {
  session.answer(receipt.is_replayed ? tr("operation {} again: nothing new", receipt.operation.value) : answer.summary,
                 answer.record);
  if (request.is_plan) show_plan(session, receipt.plan, receipt.rejected, receipt.examples);
  if (tell) tell();
  tell_rejected(session, request.file.path, receipt.rejected, receipt.examples, receipt.rejects_path);
  if (!answer.next.empty() && !is_trial(session, request)) session.next(answer.next);
}

}  // namespace loyal::cli
