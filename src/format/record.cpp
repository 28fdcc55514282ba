// SPDX-License-Identifier: MIT
#include "loyal/format/record.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "column_choice.hpp"
#include "loyal/format/json.hpp"
#include "loyal/format/sink.hpp"
#include "output.hpp"
#include "people.hpp"

namespace loyal::format {
namespace {

using Fields = std::vector<const Record::Field*>;

bool is_list(const Record::Field& field) {
  return std::holds_alternative<Record::List>(field.value);
}

Fields chosen(const Record& record, const FormOptions& options, bool for_people) {
  Fields fields;
  for (const std::string& key : options.columns) {
    const auto found = std::find_if(record.fields().begin(), record.fields().end(),
                                    [&](const Record::Field& field) { return field.key == key; });
    if (found == record.fields().end()) {
      std::vector<std::string> keys;
      for (const Record::Field& field : record.fields()) keys.push_back(field.key);
      throw_unknown_column(key, keys);
    }
    fields.push_back(&*found);
  }
  if (!options.columns.empty()) return fields;
  for (const Record::Field& field : record.fields())
    if (!for_people || !field.heading.empty()) fields.push_back(&field);
  return fields;
}

void append_object(std::string& out, const Fields& fields);

void append_value(std::string& out, const Record::Field& field) {
  if (const auto* cell = std::get_if<Cell>(&field.value)) return append_json(out, *cell);
  out += '[';
  bool is_first = true;
  for (const Record& record : std::get<Record::List>(field.value)) {
    if (!is_first) out += ',';
    is_first = false;
    append_object(out, chosen(record, {}, false));
  }
  out += ']';
}

void append_object(std::string& out, const Fields& fields) {
  out += '{';
  bool is_first = true;
  for (const Record::Field* field : fields) {
    if (!is_first) out += ',';
    is_first = false;
    append_json_text(out, field->key);
    out += ':';
    append_value(out, *field);
  }
  out += '}';
}

void write_json(std::ostream& out, const Fields& fields) {
  Output output(out);
  append_object(output.text(), fields);
  output.text() += '\n';
  output.finish();
}

void write_row(std::ostream& out, const Fields& fields, FormOptions options) {
  std::vector<Column> columns;
  std::vector<Cell> cells;
  for (const Record::Field* field : fields) {
    columns.push_back({field->key, {}, Kind::text, Shown::always});
    if (const auto* cell = std::get_if<Cell>(&field->value)) {
      cells.push_back(*cell);
      continue;
    }
    std::string json;
    append_value(json, *field);
    cells.emplace_back(std::move(json));
  }
  options.columns.clear();
  const auto sink = make_sink(out, std::move(columns), options);
  sink->row(cells);
  sink->finish();
}

Kind kind_of(const Cell& cell) {
  struct Namer {
    Kind operator()(std::monostate) const { return Kind::text; }
    Kind operator()(const std::string&) const { return Kind::text; }
    Kind operator()(std::int64_t) const { return Kind::integer; }
    Kind operator()(bool) const { return Kind::boolean; }
    Kind operator()(Date) const { return Kind::date; }
    Kind operator()(LocalTime) const { return Kind::time; }
    Kind operator()(Instant) const { return Kind::time; }
    Kind operator()(const MoneyCell&) const { return Kind::money; }
    Kind operator()(const PointsCell&) const { return Kind::points; }
    Kind operator()(const PercentCell&) const { return Kind::percent; }
    Kind operator()(Amount) const { return Kind::amount; }
    Kind operator()(const NameCell&) const { return Kind::identifier; }
  };
  return std::visit(Namer{}, cell);
}

const Cell* cell_at(const Record& record, const std::string& key) {
  for (const Record::Field& field : record.fields())
    if (field.key == key) return std::get_if<Cell>(&field.value);
  return nullptr;
}

/// The columns of a small table: every field of any record that people see and that is no list itself.
std::vector<Column> columns_of(const Record::List& records) {
  std::vector<Column> columns;
  for (const Record& record : records) {
    for (const Record::Field& field : record.fields()) {
      const Cell* cell = std::get_if<Cell>(&field.value);
      if (cell == nullptr || field.heading.empty()) continue;
      const auto found =
          std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.key == field.key; });
      if (found == columns.end())
        columns.push_back({field.key, field.heading, kind_of(*cell), Shown::always});
      else if (found->kind == Kind::text)
        found->kind = kind_of(*cell);
    }
  }
  return columns;
}

void write_list(std::ostream& out, const Record::List& records, FormOptions options) {
  const std::vector<Column> columns = columns_of(records);
  options.columns.clear();
  options.form = Form::table;
  const auto sink = make_sink(out, columns, options);
  std::vector<Cell> cells;
  for (const Record& record : records) {
    cells.clear();
    for (const Column& column : columns) {
      const Cell* cell = cell_at(record, column.key);
      cells.push_back(cell == nullptr ? Cell{} : *cell);
    }
    sink->row(cells);
  }
  sink->finish();
}

void write_lines(std::ostream& out, const Fields& fields, const FormOptions& options) {
  const PeopleWriter people;
  std::size_t widest = 0;
  for (const Record::Field* field : fields)
    if (!is_list(*field)) widest = std::max(widest, shown_text(field->heading).columns);
  Output output(out);
  bool has_lines = false;
  for (const Record::Field* field : fields) {
    const ShownText heading = shown_text(field->heading.empty() ? field->key : field->heading);
    std::string& text = output.text();
    if (const auto* records = std::get_if<Record::List>(&field->value)) {
      if (records->empty()) continue;
      if (has_lines) text += '\n';
      text += options.colour ? "\x1b[1m" + heading.text + "\x1b[0m:\n" : heading.text + ":\n";
      output.finish();
      write_list(out, *records, options);
    } else {
      ShownText value;
      people.show(value, std::get<Cell>(field->value));
      text += options.colour ? "\x1b[1m" + heading.text + "\x1b[0m:" : heading.text + ":";
      if (value.columns > 0) text.append(widest - std::min(widest, heading.columns) + 1, ' ') += value.text;
      text += '\n';
    }
    has_lines = true;
  }
  output.finish();
}

}  // namespace

void write_record(std::ostream& out, const Record& record, const FormOptions& options) {
  switch (options.form) {
    case Form::table:
      return write_lines(out, chosen(record, options, true), options);
    case Form::json:
    case Form::jsonl:
      return write_json(out, chosen(record, options, false));
    case Form::csv:
    case Form::tsv:
      return write_row(out, chosen(record, options, false), options);
    case Form::xlsx:
      break;
  }
  throw std::logic_error("one record is no workbook");
}

}  // namespace loyal::format
