// SPDX-License-Identifier: MIT
#include "loyal/service/import_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/atomic_file.hpp"
#include "loyal/format/sink.hpp"
#include "loyal/format/xlsx_reader.hpp"
#include "loyal/service/column_map.hpp"

namespace loyal::service {
namespace {

constexpr unsigned owner_only = 0600;
constexpr std::size_t examples_shown = 5;

std::optional<char> separator_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (text == "comma") return ',';
  if (text == "semicolon") return ';';
  if (text == "tab" || text == "\\t") return '\t';
  if (text == "blank") return ' ';
  if (text.size() == 1) return text.front();
  throw Error(Fault::usage, tr("\"{}\" is no separator", visible(text)),
              tr("use comma, semicolon, tab, blank or one character"));
}

std::string all_of(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string heading_of(std::size_t column, const std::vector<std::string>& heading) {
  return column > 0 && column <= heading.size() ? heading[column - 1] : std::string{};
}

/// How many columns of a reject file stand before those of its source: such a file was imported again.
std::size_t own_columns(const std::vector<std::string>& heading) {
  const auto own = reject_headings();
  const bool is_reject_file = heading.size() > own.size() && std::equal(own.begin(), own.end(), heading.begin());
  return is_reject_file ? own.size() : 0;
}

}  // namespace

ImportSource::ImportSource(const ImportFile& file, const std::string& command)
    : name_(file.path), rejects_path_(file.rejects_path) {
  options_.empty_hint = command + " --help";
  options_.separator = separator_of(file.separator);
  options_.encoding = file.encoding;
  std::error_code error;
  if (!file.table.empty()) {
    keep(file.table, file.table_of);
    if (rejects_path_.empty() && file.path != "-") rejects_path_ = file.path + ".rejects.csv";
  } else if (file.path == "-") {
    if (file.standard_input == nullptr) throw std::logic_error("an import from a standard input that is not given");
    name_ = tr("standard input");
    kept_.str(all_of(*file.standard_input));
    is_kept_ = true;
  } else if (std::filesystem::exists(file.path, error) && !std::filesystem::is_regular_file(file.path, error) &&
             !std::filesystem::is_directory(file.path, error)) {
    std::ifstream pipe(file.path, std::ios::binary);
    kept_.str(all_of(pipe));
    is_kept_ = true;
  } else if (rejects_path_.empty()) {
    rejects_path_ = file.path + ".rejects.csv";
  }
  if (!is_kept_ && format::is_archive(file.path)) keep_sheet(file.path);
  if (!rejects_path_.empty() && std::filesystem::equivalent(file.path, rejects_path_, error))
    throw Error(Fault::usage, tr("{} is what is imported; the rejects need another file", visible(rejects_path_)));
}

void ImportSource::keep(std::string text, std::string source) {
  kept_.str(std::move(text));
  is_kept_ = true;
  options_.separator = ';';
  options_.encoding = "UTF-8";
  options_.source = std::move(source);
}

void ImportSource::keep_sheet(const std::string& path) {
  format::XlsxReader reader(path);
  keep(format::sheet_as_text(reader), tr("sheet {} of the workbook", visible(reader.sheet())));
}

format::DelimitedReader ImportSource::open() {
  if (!is_kept_) return format::DelimitedReader(name_, options_);
  kept_.clear();
  kept_.seekg(0);
  return format::DelimitedReader(kept_, name_, options_);
}

void Rejections::add(std::size_t line, std::size_t column, std::string_view reason) {
  rows_.push_back({static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column),
                   static_cast<std::uint32_t>(reason.size()), reasons_.size()});
  reasons_ += reason;
}

Rejections::Settled Rejections::settle(ImportSource& source, const std::vector<std::string>& heading, bool writes,
                                       bool is_strict) {
  std::stable_sort(rows_.begin(), rows_.end(), [](const Rejection& a, const Rejection& b) { return a.line < b.line; });
  Settled settled;
  settled.count = static_cast<std::int64_t>(rows_.size());
  for (const Rejection& row : rows_) {
    if (settled.examples.size() == examples_shown) break;
    settled.examples.push_back({row.line, heading_of(row.column, heading), std::string(reason_of(row))});
  }
  if (rows_.empty()) return settled;
  if (writes && !source.rejects_path().empty()) {
    write(source, source.rejects_path());
    settled.path = source.rejects_path();
  }
  if (!is_strict) return settled;
  const Example& first = settled.examples.front();
  throw Error(Fault::refused,
              trn("{} row cannot be taken, and nothing was imported; the first is {}:{}: {}",
                  "{} rows cannot be taken, and nothing was imported; the first is {}:{}: {}", settled.count,
                  visible(source.name()), first.line, first.reason),
              settled.path.empty() ? std::string{} : tr("mend them in {}", visible(settled.path)));
}

void Rejections::write(ImportSource& source, const std::string& path) const {
  format::DelimitedReader reader = source.open();
  const std::size_t skipped = own_columns(reader.heading());
  std::vector<format::Column> columns;
  for (const char* own : reject_headings()) columns.push_back({own, own});
  for (std::size_t i = skipped; i < reader.heading().size(); ++i)
    columns.push_back({reader.heading()[i], reader.heading()[i]});
  format::AtomicStream out(path, owner_only);
  format::FormOptions options;
  options.form = format::Form::csv;
  options.csv_style = reader.style();
  const auto sink = format::make_sink(out, columns, options);
  format::Row row;
  auto rejection = rows_.begin();
  while (rejection != rows_.end() && reader.next(row)) {
    if (row.line != rejection->line) continue;
    std::vector<format::Cell> cells(columns.size(), std::string{});
    cells[0] = std::int64_t{rejection->line};
    cells[1] = heading_of(rejection->column, reader.heading());
    cells[2] = std::string(reason_of(*rejection));
    for (std::size_t i = skipped; i < row.fields.size() && i < reader.heading().size(); ++i)
      cells[i - skipped + reject_headings().size()] = std::string(row.fields[i]);
    // What stands beyond the last column is kept with it, so that a line broken by a bare separator can be mended.
    for (std::size_t i = reader.heading().size(); i < row.fields.size(); ++i)
      std::get<std::string>(cells.back()).append(1, reader.separator()).append(row.fields[i]);
    sink->row(cells);
    ++rejection;
  }
  sink->finish();
  out.commit();
}

void tell_columns(const ImportFile& file, const format::DelimitedReader& reader, const ColumnMap& columns,
                  const ImportNote& note) {
  note(tr("columns: {} ({})", columns.taken(), reader.description()));
  if (const auto ignored = columns.ignored(); !ignored.empty())
    note(tr("ignored: {}", visible(fmt::format("{}", fmt::join(ignored, ", ")))));
  if (file.keep_columns) file.keep_columns(columns);
}

}  // namespace loyal::service
