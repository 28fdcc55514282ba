// SPDX-License-Identifier: MIT
#include "loyal/format/workbook.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "column_choice.hpp"
#include "late_xlsxwriter.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/atomic_file.hpp"
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

/// Beside a summary's tables, in characters and pixels.
constexpr lxw_col_t chart_column = 8;
constexpr lxw_row_t chart_rows = 16;
constexpr std::uint8_t paper_a4 = 9;

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
    case Kind::percent:
      return 9;
    case Kind::boolean:
    case Kind::clock:
      return 8;
    case Kind::date:
    case Kind::points:
    case Kind::amount:
      return 11;
    case Kind::time:
      return 20;
    case Kind::money:
      return 14;
  }
  return 12;
}

}  // namespace

/// What the sheets of one file share: its place and its formats.
struct Workbook::File {
  File(const std::string& wanted_path, const std::string& title, Instant created);

  void check(lxw_error error) const {
    if (error != LXW_NO_ERROR) fail(lxw_strerror(error));
  }
  [[noreturn]] void fail(std::string_view reason) const {
    throw Error(Fault::failed, tr("cannot write {}: {}", path, reason));
  }
  lxw_format* new_format();
  lxw_format* number_format(const char* pattern);
  lxw_worksheet* add_sheet(const std::string& title, std::size_t number);

  std::string path;
  WorkbookPlace place;
  std::unique_ptr<lxw_workbook, FreeWorkbook> book;
  lxw_format* heading = nullptr;
  lxw_format* strong = nullptr;
  std::array<lxw_format*, 3> scales{};
  std::array<lxw_format*, 3> sums{};
  lxw_format* percent = nullptr;
  lxw_format* date = nullptr;
  lxw_format* time = nullptr;
  lxw_format* clock = nullptr;
};

namespace {

/// Writes cells of one row of a sheet after another.
class CellWriter {
 public:
  explicit CellWriter(Workbook::File& file) : file_(file) {}

  void stand(lxw_worksheet* sheet, lxw_row_t row) {
    sheet_ = sheet;
    row_ = row;
  }
  void write(lxw_col_t place, const Column& column, const Cell& cell);
  void write_text(lxw_col_t place, const std::string& key, const std::string& text, lxw_format* format = nullptr);

 private:
  void write_number(lxw_col_t place, const std::string& key, std::int64_t count, int scale, lxw_format* format);
  void write_serial(lxw_col_t place, const std::string& key, Date date, std::int32_t second_of_day, lxw_format* format);
  void write_time(lxw_col_t place, const Column& column, LocalTime time);

  Workbook::File& file_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_row_t row_ = 0;
};

/// One division of a whole number that a double holds: the nearest double to the amount, which prints as the amount.
double number_of(std::int64_t count, int scale) {
  static constexpr std::array<double, 5> units{1, 10, 100, 1000, 10000};
  return static_cast<double>(count) / units[static_cast<std::size_t>(scale)];
}

}  // namespace

Workbook::File::File(const std::string& wanted_path, const std::string& title, Instant created)
    : path(wanted_path), place(wanted_path) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  std::string directory = place.directory();
  options.tmpdir = directory.data();
  book.reset(workbook_new_opt(place.path().c_str(), &options));
  if (!book) throw std::bad_alloc();
  lxw_doc_properties properties{};
  properties.created = created.seconds;
  std::string clean_title = clean_workbook_text(title);
  if (!title.empty()) properties.title = clean_title.data();
  check(workbook_set_properties(book.get(), &properties));
  heading = new_format();
  format_set_bold(heading);
  format_set_text_wrap(heading);
  format_set_align(heading, LXW_ALIGN_VERTICAL_TOP);
  format_set_bg_color(heading, 0xE8EEF4);
  strong = new_format();
  format_set_bold(strong);
  // Money that was given back is red; the locale of whoever opens the file sets the marks.
  scales = {number_format("#,##0;[Red]-#,##0"), number_format("#,##0.0;[Red]-#,##0.0"),
            number_format("#,##0.00;[Red]-#,##0.00")};
  sums = {number_format("#,##0;[Red]-#,##0"), number_format("#,##0.0;[Red]-#,##0.0"),
          number_format("#,##0.00;[Red]-#,##0.00")};
  for (lxw_format* sum : sums) {
    format_set_bold(sum);
    format_set_top(sum, LXW_BORDER_THIN);
  }
  percent = number_format("0.00%");
  date = number_format("dd.mm.yyyy");
  time = number_format("dd.mm.yyyy hh:mm:ss");
  clock = number_format("hh:mm");
}

lxw_format* Workbook::File::new_format() {
  lxw_format* const format = workbook_add_format(book.get());
  if (format == nullptr) throw std::bad_alloc();
  return format;
}

lxw_format* Workbook::File::number_format(const char* pattern) {
  lxw_format* const format = new_format();
  format_set_num_format(format, pattern);
  return format;
}

lxw_worksheet* Workbook::File::add_sheet(const std::string& title, std::size_t number) {
  lxw_worksheet* const sheet = workbook_add_worksheet(book.get(), sheet_name(title, number).c_str());
  if (sheet == nullptr) fail(tr("no sheet could be added"));
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, paper_a4);
  worksheet_fit_to_pages(sheet, 1, 0);
  check(worksheet_set_footer(sheet, "&L&A&R&P / &N"));
  return sheet;
}

void CellWriter::write(lxw_col_t place, const Column& column, const Cell& cell) {
  struct Writer {
    CellWriter& cells;
    lxw_col_t place;
    const Column& column;
    Workbook::File& file;
    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const { cells.write_text(place, column.key, text); }
    void operator()(std::int64_t count) const { cells.write_number(place, column.key, count, 0, nullptr); }
    void operator()(bool truth) const {
      file.check(worksheet_write_boolean(cells.sheet_, cells.row_, place, truth, nullptr));
    }
    void operator()(Date date) const { cells.write_serial(place, column.key, date, 0, file.date); }
    void operator()(LocalTime time) const { cells.write_time(place, column, time); }
    // A workbook's times have no zone, and an instant without one would mislead.
    void operator()(Instant instant) const { cells.write_text(place, column.key, to_string(instant)); }
    void operator()(const MoneyCell& cell) const {
      cells.write_number(place, column.key, cell.money.count, 2, file.scales[2]);
    }
    void operator()(const PointsCell& cell) const {
      const auto scale = static_cast<std::size_t>(std::clamp(cell.scale, 0, 2));
      cells.write_number(place, column.key, cell.points.count, cell.scale, file.scales[scale]);
    }
    void operator()(const PercentCell& cell) const {
      cells.write_number(place, column.key, cell.hundredths, 4, file.percent);
    }
    void operator()(Amount amount) const { cells.write_number(place, column.key, amount.count, 3, nullptr); }
    void operator()(const NameCell& cell) const { cells.write_text(place, column.key, translate(cell.name.c_str())); }
  };
  std::visit(Writer{*this, place, column, file_}, cell);
}

void CellWriter::write_text(lxw_col_t place, const std::string& key, const std::string& text, lxw_format* format) {
  if (text.empty()) return;
  if (exceeds_workbook_cell(text))
    file_.fail(tr("row {}, column {}: the text is longer than the 32767 characters that a cell holds", row_ + 1, key));
  if (is_clean_workbook_text(text))
    file_.check(worksheet_write_string(sheet_, row_, place, text.c_str(), format));
  else
    file_.check(worksheet_write_string(sheet_, row_, place, clean_workbook_text(text).c_str(), format));
}

void CellWriter::write_number(lxw_col_t place, const std::string& key, std::int64_t count, int scale,
                              lxw_format* format) {
  if (count > exact_in_double || count < -exact_in_double || scale < 0 || scale > 4)
    return write_text(place, key, to_decimal(count, scale));
  file_.check(worksheet_write_number(sheet_, row_, place, number_of(count, scale), format));
}

void CellWriter::write_serial(lxw_col_t place, const std::string& key, Date date, std::int32_t second_of_day,
                              lxw_format* format) {
  if (date.day_number < first_sure_day) {
    const bool with_time = format == file_.time;
    return write_text(place, key, with_time ? to_string(LocalTime{date, second_of_day}) : to_string(date));
  }
  const double serial = date.day_number + excel_epoch_offset_days + second_of_day / 86400.0;
  file_.check(worksheet_write_number(sheet_, row_, place, serial, format));
}

void CellWriter::write_time(lxw_col_t place, const Column& column, LocalTime time) {
  if (column.kind != Kind::clock) return write_serial(place, column.key, time.date, time.second_of_day, file_.time);
  file_.check(worksheet_write_number(sheet_, row_, place, time.second_of_day / 86400.0, file_.clock));
}

namespace {

class SheetSink : public Sink {
 public:
  SheetSink(Workbook::File& file, std::vector<Column> columns, const SheetForm& form);

  void row(std::span<const Cell> cells) override;
  void finish() override;

 private:
  /// A sum in units of the smallest scale that its cells had so far.
  struct Sum {
    bool is_wanted = false;
    std::int64_t count = 0;
    int scale = 0;
    void add(std::int64_t other, int other_scale);
    void add(const Cell& cell);
  };

  void begin();
  void end();
  void write_sums();
  void measure(std::size_t place, const Cell& cell);

  Workbook::File& file_;
  CellWriter writer_;
  ColumnChoice choice_;
  std::string title_;
  std::vector<Sum> sums_;
  lxw_row_t rows_max_ = rows_in_sheet;
  lxw_worksheet* sheet_ = nullptr;
  std::size_t sheets_ = 0;
  lxw_row_t row_ = 0;
  std::vector<std::size_t> text_widths_;
};

SheetSink::SheetSink(Workbook::File& file, std::vector<Column> columns, const SheetForm& form)
    : file_(file), writer_(file), choice_(std::move(columns), form.columns, true), title_(form.title) {
  sums_.resize(choice_.size());
  for (std::size_t place = 0; place < choice_.size(); ++place)
    sums_[place].is_wanted =
        std::find(form.totals.begin(), form.totals.end(), choice_.column(place).key) != form.totals.end();
  if (!form.totals.empty()) --rows_max_;
  begin();
}

void SheetSink::Sum::add(std::int64_t other, int other_scale) {
  for (; scale < other_scale; ++scale) count *= 10;
  for (; other_scale < scale; ++other_scale) other *= 10;
  if (__builtin_add_overflow(count, other, &count)) throw_overflow();
}

void SheetSink::Sum::add(const Cell& cell) {
  if (const auto* money = std::get_if<MoneyCell>(&cell)) return add(money->money.count, 2);
  if (const auto* points = std::get_if<PointsCell>(&cell)) return add(points->points.count, points->scale);
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return add(*whole, 0);
  if (const auto* amount = std::get_if<Amount>(&cell)) return add(amount->count, 3);
}

void SheetSink::begin() {
  sheet_ = file_.add_sheet(title_, ++sheets_);
  text_widths_.assign(choice_.size(), 0);
  for (Sum& sum : sums_) sum = {sum.is_wanted, 0, 0};
  for (std::size_t place = 0; place < choice_.size(); ++place) {
    const std::string heading = clean_workbook_text(choice_.column(place).heading);
    text_widths_[place] = std::max(width_of(choice_.column(place).kind), display_width(heading) + 3);
    file_.check(worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(place), heading.c_str(), file_.heading));
  }
  worksheet_freeze_panes(sheet_, 1, 0);
  file_.check(worksheet_repeat_rows(sheet_, 0, 0));
  row_ = 1;
}

void SheetSink::end() {
  if (choice_.size() == 0) return;
  const auto last_column = static_cast<lxw_col_t>(choice_.size() - 1);
  file_.check(worksheet_autofilter(sheet_, 0, 0, row_ - 1, last_column));
  for (std::size_t place = 0; place < choice_.size(); ++place) {
    const auto column = static_cast<lxw_col_t>(place);
    const auto width = static_cast<double>(std::min(text_widths_[place], widest_column));
    file_.check(worksheet_set_column(sheet_, column, column, width, nullptr));
  }
  // Card numbers are text that looks like numbers; without this Excel marks every one of them.
  std::array<char, LXW_MAX_CELL_RANGE_LENGTH> range{};
  lxw_rowcol_to_range(range.data(), 0, 0, row_ - 1, last_column);
  file_.check(worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range.data()));
  write_sums();
}

void SheetSink::write_sums() {
  const bool has_sums = std::any_of(sums_.begin(), sums_.end(), [](const Sum& sum) { return sum.is_wanted; });
  if (!has_sums || row_ == 1) return;
  writer_.stand(sheet_, row_);
  for (std::size_t place = 0; place < sums_.size(); ++place) {
    const auto column = static_cast<lxw_col_t>(place);
    if (!sums_[place].is_wanted) {
      if (place == 0) writer_.write_text(column, choice_.column(0).key, tr("Total"), file_.strong);
      continue;
    }
    std::array<char, LXW_MAX_CELL_RANGE_LENGTH> range{};
    lxw_rowcol_to_range(range.data(), 1, column, row_ - 1, column);
    // A filter leaves out of the sum what it hides, and what reads no formulas finds the value that it had. Function 9
    // and not 109, which would leave out rows hidden by hand too: not every program that opens workbooks knows it.
    const std::string formula = std::string("=SUBTOTAL(9,") + range.data() + ")";
    const Sum& sum = sums_[place];
    file_.check(worksheet_write_formula_num(sheet_, row_, column, formula.c_str(),
                                            file_.sums[static_cast<std::size_t>(std::min(sum.scale, 2))],
                                            number_of(sum.count, sum.scale)));
  }
}

void SheetSink::measure(std::size_t place, const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  if (text != nullptr && text->size() > text_widths_[place])
    text_widths_[place] = std::max(text_widths_[place], display_width(*text) + 1);
}

void SheetSink::row(std::span<const Cell> cells) {
  choice_.check(cells);
  if (row_ == rows_max_) {
    end();
    begin();
  }
  writer_.stand(sheet_, row_);
  for (std::size_t place = 0; place < choice_.size(); ++place) {
    const Cell& cell = choice_.cell(cells, place);
    if (row_ < rows_for_widths) measure(place, cell);
    if (sums_[place].is_wanted) sums_[place].add(cell);
    writer_.write(static_cast<lxw_col_t>(place), choice_.column(place), cell);
  }
  ++row_;
}

void SheetSink::finish() {
  end();
}

class SummarySheet : public Summary {
 public:
  SummarySheet(Workbook::File& file, const std::string& title)
      : file_(file), writer_(file), name_(sheet_name(title, 1)), sheet_(file.add_sheet(title, 1)) {
    file_.check(worksheet_set_column(sheet_, 0, 0, 34, nullptr));
    file_.check(worksheet_set_column(sheet_, 1, chart_column - 1, 16, nullptr));
  }

  void heading(const std::string& text) override {
    writer_.stand(sheet_, row_++);
    writer_.write_text(0, {}, text, file_.strong);
  }

  void pair(const std::string& label, const Cell& value) override {
    writer_.stand(sheet_, row_++);
    writer_.write_text(0, {}, label);
    writer_.write(1, {}, value);
  }

  SummaryTable table(const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows) override {
    writer_.stand(sheet_, row_++);
    for (std::size_t place = 0; place < columns.size(); ++place)
      writer_.write_text(static_cast<lxw_col_t>(place), columns[place].key, columns[place].heading, file_.heading);
    SummaryTable result{row_, row_, rows.empty()};
    for (const auto& row : rows) {
      result.last_row = row_;
      writer_.stand(sheet_, row_++);
      for (std::size_t place = 0; place < columns.size(); ++place)
        writer_.write(static_cast<lxw_col_t>(place), columns[place], row[place]);
    }
    return result;
  }

  void gap() override { ++row_; }

  void chart(const ChartForm& form) override {
    if (form.table.is_empty) return;
    lxw_chart* const chart = workbook_add_chart(
        file_.book.get(), form.shape == ChartForm::Shape::columns ? LXW_CHART_COLUMN : LXW_CHART_LINE);
    if (chart == nullptr) throw std::bad_alloc();
    const auto& [first, last, is_empty] = form.table;
    for (const auto& [name, column] : form.series) {
      lxw_chart_series* const series = chart_add_series(chart, nullptr, nullptr);
      if (series == nullptr) throw std::bad_alloc();
      const auto place = static_cast<lxw_col_t>(column);
      chart_series_set_categories(series, name_.c_str(), first, 0, last, 0);
      chart_series_set_values(series, name_.c_str(), first, place, last, place);
      chart_series_set_name(series, clean_workbook_text(name).c_str());
    }
    chart_title_set_name(chart, clean_workbook_text(form.title).c_str());
    if (form.series.size() == 1) chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    file_.check(worksheet_insert_chart(sheet_, charts_++ * chart_rows, chart_column, chart));
  }

 private:
  Workbook::File& file_;
  CellWriter writer_;
  std::string name_;
  lxw_worksheet* sheet_;
  lxw_row_t row_ = 0;
  lxw_row_t charts_ = 0;
};

/// A workbook of one list.
class WorkbookSink : public Sink {
 public:
  WorkbookSink(const std::string& path, std::vector<Column> columns, const FormOptions& options, Instant created)
      : book_(path, options.title, created),
        sheet_(book_.sheet(std::move(columns), {options.title, options.columns, {}})) {}

  void row(std::span<const Cell> cells) override { sheet_->row(cells); }
  void finish() override {
    sheet_->finish();
    book_.finish();
  }

 private:
  Workbook book_;
  std::unique_ptr<Sink> sheet_;
};

}  // namespace

Workbook::Workbook(const std::string& path, const std::string& title, Instant created)
    : file_(std::make_unique<File>(path, title, created)) {}

Workbook::~Workbook() = default;

std::unique_ptr<Summary> Workbook::summary(const std::string& title) {
  return std::make_unique<SummarySheet>(*file_, title);
}

std::unique_ptr<Sink> Workbook::sheet(std::vector<Column> columns, const SheetForm& form) {
  return std::make_unique<SheetSink>(*file_, std::move(columns), form);
}

void Workbook::finish() {
  // workbook_close frees the workbook even when it fails.
  file_->check(workbook_close(file_->book.release()));
  file_->place.commit();
}

std::unique_ptr<Sink> make_workbook_sink(const std::string& path, std::vector<Column> columns,
                                         const FormOptions& options, Instant created) {
  return std::make_unique<WorkbookSink>(path, std::move(columns), options, created);
}

}  // namespace loyal::format
