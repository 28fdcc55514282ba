// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "column_choice.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "output.hpp"
#include "plain.hpp"
#include "sinks.hpp"
#include "utf8.hpp"
#include "windows_1251.hpp"

namespace loyal::format {
namespace {

bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

/// CSV of RFC 4180. Blanks at the ends are quoted too, since many readers trim what is bare.
class CsvDialect {
 public:
  explicit CsvDialect(const FormOptions& options)
      : excel_(options.excel), style_(excel_ ? CsvStyle{';', true, true} : options.csv_style.value_or(CsvStyle{})) {}

  const char* start() const { return style_.has_byte_order_mark ? "\xEF\xBB\xBF" : ""; }
  char separator() const { return style_.separator; }
  const char* line_end() const { return style_.has_crlf ? "\r\n" : "\n"; }
  /// An empty line is no record to most readers.
  const char* lone_empty() const { return "\"\""; }
  char decimal_mark() const { return excel_ ? ',' : '\0'; }

  void append_text(std::string& out, std::string_view text) const {
    constexpr std::string_view formula_starts = "=+-@\t\r";
    const bool is_formula = excel_ && !text.empty() && formula_starts.find(text.front()) != std::string_view::npos;
    if (!is_formula && !needs_quotes(text)) {
      append_utf8(out, text);
      return;
    }
    out += '"';
    if (is_formula) out += '\'';
    for (std::size_t quote = 0; (quote = text.find('"')) != std::string_view::npos; text.remove_prefix(quote + 1)) {
      append_utf8(out, text.substr(0, quote));
      out += "\"\"";
    }
    append_utf8(out, text);
    out += '"';
  }

 private:
  bool needs_quotes(std::string_view text) const {
    if (text.empty()) return false;
    if (is_blank(text.front()) || is_blank(text.back())) return true;
    return text.find_first_of("\"\r\n") != std::string_view::npos ||
           text.find(style_.separator) != std::string_view::npos;
  }

  bool excel_;
  CsvStyle style_;
};

/// Columns divided by tabs; tab, line ends and \ in a text are written as \t, \n, \r and \\.
class TsvDialect {
 public:
  const char* start() const { return ""; }
  char separator() const { return '\t'; }
  const char* line_end() const { return "\n"; }
  const char* lone_empty() const { return ""; }
  char decimal_mark() const { return '\0'; }

  void append_text(std::string& out, std::string_view text) const {
    for (std::size_t at = 0; (at = text.find_first_of("\t\n\r\\")) != std::string_view::npos;
         text.remove_prefix(at + 1)) {
      append_utf8(out, text.substr(0, at));
      out += '\\';
      out += text[at] == '\t' ? 't' : text[at] == '\n' ? 'n' : text[at] == '\r' ? 'r' : '\\';
    }
    append_utf8(out, text);
  }
};

template <class Dialect>
class DelimitedSink : public Sink {
 public:
  DelimitedSink(std::ostream& out, std::vector<Column> columns, const FormOptions& options, Dialect dialect)
      : out_(out),
        choice_(std::move(columns), options.columns, false),
        dialect_(dialect),
        is_windows_1251_(options.is_windows_1251) {
    if (!is_windows_1251_) out_.text() += dialect_.start();
    for (std::size_t place = 0; place < choice_.size(); ++place) {
      if (place > 0) out_.text() += dialect_.separator();
      dialect_.append_text(out_.text(), choice_.column(place).key);
    }
    out_.text() += dialect_.line_end();
  }

  void row(std::span<const Cell> cells) override {
    choice_.check(cells);
    std::string& text = out_.text();
    const std::size_t start = text.size();
    for (std::size_t place = 0; place < choice_.size(); ++place) {
      if (place > 0) text += dialect_.separator();
      append_cell(text, choice_.cell(cells, place));
    }
    if (text.size() == start) text += dialect_.lone_empty();
    text += dialect_.line_end();
    ++row_;
    if (is_windows_1251_) encode(text, start);
    out_.settle();
  }

  void finish() override { out_.finish(); }

 private:
  /// Brings what was appended from a place on into the other encoding.
  void encode(std::string& text, std::size_t start) const {
    const std::string row = text.substr(start);
    for (std::size_t at = 0; at < row.size();
         at += std::max<std::size_t>(1, character_bytes(std::string_view(row).substr(at)))) {
      const std::string_view rest = std::string_view(row).substr(at);
      if (static_cast<unsigned char>(rest.front()) < 0x80 || windows_1251_byte(code_point(rest)) != 0) continue;
      throw Error(Fault::failed, tr("row {}: windows-1251 has no \"{}\"", row_, rest.substr(0, character_bytes(rest))),
                  tr("leave --encoding out, or write a workbook: {}", "-o list.xlsx"));
    }
    text.resize(start);
    append_windows_1251(text, row);
  }

  void append_cell(std::string& out, const Cell& cell) const {
    if (const auto* text = std::get_if<std::string>(&cell)) return dialect_.append_text(out, *text);
    if (const char mark = dialect_.decimal_mark(); mark != '\0') {
      if (const auto* money = std::get_if<MoneyCell>(&cell)) return append_decimal(out, money->money.count, 2, mark);
      if (const auto* points = std::get_if<PointsCell>(&cell))
        return append_decimal(out, points->points.count, points->scale, mark);
      if (const auto* share = std::get_if<PercentCell>(&cell)) return append_decimal(out, share->hundredths, 2, mark);
      if (const auto* amount = std::get_if<Amount>(&cell)) return append_amount(out, *amount, mark);
    }
    append_plain(out, cell);
  }

  Output out_;
  ColumnChoice choice_;
  Dialect dialect_;
  bool is_windows_1251_;
  std::int64_t row_ = 0;
};

}  // namespace

std::unique_ptr<Sink> make_delimited_sink(std::ostream& out, std::vector<Column> columns, const FormOptions& options) {
  if (options.form == Form::tsv)
    return std::make_unique<DelimitedSink<TsvDialect>>(out, std::move(columns), options, TsvDialect());
  return std::make_unique<DelimitedSink<CsvDialect>>(out, std::move(columns), options, CsvDialect(options));
}

}  // namespace loyal::format
