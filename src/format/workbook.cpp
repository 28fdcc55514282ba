// SPDX-License-Identifier: MIT
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "column_choice.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/atomic_file.hpp"
#include "loyal/format/sink.hpp"
#include "plain.hpp"
#include "workbook_place.hpp"
#include "workbook_text.hpp"

namespace loyal::format {
namespace {

constexpr lxw_row_t rows_in_sheet = LXW_ROW_MAX;
constexpr std::size_t sheet_name_characters = 31;
/// Rows whose texts decide how wide a column opens.
constexpr lxw_row_t rows_for_widths = 1000;
constexpr std::size_t widest_column = 60;
/// Beyond this a double no longer holds every whole number.
constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
/// Excel counts a 29 February 1900 that never was; days before 1 March 1900 are written as text.
constexpr std::int32_t first_sure_day = -25508;
constexpr int excel_epoch_offset_days = 25569;

struct FreeWorkbook {
  void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
};

/// Names may not hold these, nor start or end with an apostrophe.
std::string sheet_name(const std::string& title, std::size_t number) {
  std::string name = clean_workbook_text(title.empty() ? tr("list") : title);
  for (char& byte : name)
    if (std::string_view("[]:*?/\\'").find(byte) != std::string_view::npos) byte = '-';
  std::string suffix;
  if (number > 1) (suffix = ' ') += std::to_string(number);
  return cut_to_characters(name, sheet_name_characters - suffix.size()) + suffix;
}

std::size_t width_of(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::name:
      return 12;
    case Kind::identifier:
      return 16;
    case Kind::integer:
      return 9;
    case Kind::boolean:
      return 8;
    case Kind::date:
      return 11;
    case Kind::time:
      return 20;
    case Kind::money:
      return 14;
    case Kind::points:
    case Kind::amount:
      return 11;
  }
  return 12;
}

class WorkbookSink : public Sink {
 public:
  WorkbookSink(const std::string& path, std::vector<Column> columns, const FormOptions& options, Instant created);

  void row(std::span<const Cell> cells) override;
  void finish() override;

 private:
  void check(lxw_error error) const {
    if (error != LXW_NO_ERROR) fail(lxw_strerror(error));
  }
  [[noreturn]] void fail(std::string_view reason) const {
    throw Error(Fault::failed, tr("cannot write {}: {}", path_, reason));
  }
  lxw_format* number_format(const char* pattern);
  void begin_sheet();
  void end_sheet();
  void write(lxw_col_t place, const Cell& cell);
  void write_text(lxw_col_t place, const std::string& text);
  void write_number(lxw_col_t place, std::int64_t count, int scale, lxw_format* format);
  void write_serial(lxw_col_t place, Date date, std::int32_t second_of_day, lxw_format* format);

  std::string path_;
  WorkbookPlace place_;
  ColumnChoice choice_;
  std::string title_;
  std::unique_ptr<lxw_workbook, FreeWorkbook> workbook_;
  lxw_worksheet* sheet_ = nullptr;
  std::size_t sheets_ = 0;
  lxw_row_t row_ = 0;
  std::vector<std::size_t> text_widths_;
  lxw_format* heading_format_ = nullptr;
  std::array<lxw_format*, 3> scale_formats_{};
  lxw_format* date_format_ = nullptr;
  lxw_format* time_format_ = nullptr;
};

WorkbookSink::WorkbookSink(const std::string& path, std::vector<Column> columns, const FormOptions& options,
                           Instant created)
    : path_(path), place_(path), choice_(std::move(columns), options.columns, true), title_(options.title) {
  lxw_workbook_options workbook_options{};
  workbook_options.constant_memory = LXW_TRUE;
  std::string directory = place_.directory();
  workbook_options.tmpdir = directory.data();
  workbook_.reset(workbook_new_opt(place_.path().c_str(), &workbook_options));
  if (!workbook_) throw std::bad_alloc();
  lxw_doc_properties properties{};
  properties.created = created.seconds;
  check(workbook_set_properties(workbook_.get(), &properties));
  heading_format_ = workbook_add_format(workbook_.get());
  if (heading_format_ == nullptr) throw std::bad_alloc();
  format_set_bold(heading_format_);
  scale_formats_ = {number_format("#,##0"), number_format("#,##0.0"), number_format("#,##0.00")};
  date_format_ = number_format("dd.mm.yyyy");
  time_format_ = number_format("dd.mm.yyyy hh:mm:ss");
  begin_sheet();
}

lxw_format* WorkbookSink::number_format(const char* pattern) {
  lxw_format* const format = workbook_add_format(workbook_.get());
  if (format == nullptr) throw std::bad_alloc();
  format_set_num_format(format, pattern);
  return format;
}

void WorkbookSink::begin_sheet() {
  ++sheets_;
  sheet_ = workbook_add_worksheet(workbook_.get(), sheet_name(title_, sheets_).c_str());
  if (sheet_ == nullptr) fail(tr("no sheet could be added"));
  text_widths_.assign(choice_.size(), 0);
  for (std::size_t place = 0; place < choice_.size(); ++place) {
    const std::string heading = clean_workbook_text(choice_.column(place).heading);
    text_widths_[place] = std::max(width_of(choice_.column(place).kind), display_width(heading) + 3);
    check(worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(place), heading.c_str(), heading_format_));
  }
  worksheet_freeze_panes(sheet_, 1, 0);
  row_ = 1;
}

void WorkbookSink::end_sheet() {
  if (choice_.size() == 0) return;
  const auto last_column = static_cast<lxw_col_t>(choice_.size() - 1);
  check(worksheet_autofilter(sheet_, 0, 0, row_ - 1, last_column));
  for (std::size_t place = 0; place < choice_.size(); ++place) {
    const auto column = static_cast<lxw_col_t>(place);
    const auto width = static_cast<double>(std::min(text_widths_[place], widest_column));
    check(worksheet_set_column(sheet_, column, column, width, nullptr));
  }
  // Card numbers are text that looks like numbers; without this Excel marks every one of them.
  std::array<char, LXW_MAX_CELL_RANGE_LENGTH> range{};
  lxw_rowcol_to_range(range.data(), 0, 0, row_ - 1, last_column);
  check(worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range.data()));
}

void WorkbookSink::row(std::span<const Cell> cells) {
  choice_.check(cells);
  if (row_ == rows_in_sheet) {
    end_sheet();
    begin_sheet();
  }
  for (std::size_t place = 0; place < choice_.size(); ++place)
    write(static_cast<lxw_col_t>(place), choice_.cell(cells, place));
  ++row_;
}

void WorkbookSink::write(lxw_col_t place, const Cell& cell) {
  struct Writer {
    WorkbookSink& sink;
    lxw_col_t place;
    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const { sink.write_text(place, text); }
    void operator()(std::int64_t count) const { sink.write_number(place, count, 0, nullptr); }
    void operator()(bool truth) const {
      sink.check(worksheet_write_boolean(sink.sheet_, sink.row_, place, truth, nullptr));
    }
    void operator()(Date date) const { sink.write_serial(place, date, 0, sink.date_format_); }
    void operator()(LocalTime time) const {
      sink.write_serial(place, time.date, time.second_of_day, sink.time_format_);
    }
    // A workbook's times have no zone, and an instant without one would mislead.
    void operator()(Instant instant) const { sink.write_text(place, to_string(instant)); }
    void operator()(const MoneyCell& cell) const {
      sink.write_number(place, cell.money.count, 2, sink.scale_formats_[2]);
    }
    void operator()(const PointsCell& cell) const {
      const auto scale = static_cast<std::size_t>(std::clamp(cell.scale, 0, 2));
      sink.write_number(place, cell.points.count, cell.scale, sink.scale_formats_[scale]);
    }
    void operator()(Amount amount) const { sink.write_number(place, amount.count, 3, nullptr); }
    void operator()(const NameCell& cell) const { sink.write_text(place, translate(cell.name.c_str())); }
  };
  std::visit(Writer{*this, place}, cell);
}

void WorkbookSink::write_text(lxw_col_t place, const std::string& text) {
  if (text.empty()) return;
  if (exceeds_workbook_cell(text)) {
    fail(tr("row {}, column {}: the text is longer than the 32767 characters that a cell holds", row_ + 1,
            choice_.column(place).key));
  }
  if (row_ < rows_for_widths && text.size() > text_widths_[place])
    text_widths_[place] = std::max(text_widths_[place], display_width(text) + 1);
  if (is_clean_workbook_text(text))
    check(worksheet_write_string(sheet_, row_, place, text.c_str(), nullptr));
  else
    check(worksheet_write_string(sheet_, row_, place, clean_workbook_text(text).c_str(), nullptr));
}

void WorkbookSink::write_number(lxw_col_t place, std::int64_t count, int scale, lxw_format* format) {
  static constexpr std::array<double, 4> units{1, 10, 100, 1000};
  if (count > exact_in_double || count < -exact_in_double || scale < 0 || scale > 3)
    return write_text(place, to_decimal(count, scale));
  // One division of a whole number that a double holds: the nearest double to the amount, which prints as the amount.
  const double number = static_cast<double>(count) / units[static_cast<std::size_t>(scale)];
  check(worksheet_write_number(sheet_, row_, place, number, format));
}

void WorkbookSink::write_serial(lxw_col_t place, Date date, std::int32_t second_of_day, lxw_format* format) {
  if (date.day_number < first_sure_day) {
    const bool with_time = format == time_format_;
    return write_text(place, with_time ? to_string(LocalTime{date, second_of_day}) : to_string(date));
  }
  const double serial = date.day_number + excel_epoch_offset_days + second_of_day / 86400.0;
  check(worksheet_write_number(sheet_, row_, place, serial, format));
}

void WorkbookSink::finish() {
  end_sheet();
  // workbook_close frees the workbook even when it fails.
  check(workbook_close(workbook_.release()));
  place_.commit();
}

}  // namespace

std::unique_ptr<Sink> make_workbook_sink(const std::string& path, std::vector<Column> columns,
                                         const FormOptions& options, Instant created) {
  return std::make_unique<WorkbookSink>(path, std::move(columns), options, created);
}

}  // namespace loyal::format
