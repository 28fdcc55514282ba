// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "column_choice.hpp"
#include "output.hpp"
#include "people.hpp"
#include "sinks.hpp"

namespace loyal::format {
namespace {

/// Rows from which the widths are taken; later ones stream.
constexpr std::size_t rows_for_widths = 200;
constexpr std::size_t gap_columns = 2;
constexpr std::size_t narrowest_text_columns = 8;
// A text of this width says enough to be worth more than a column shown only if there is room.
constexpr std::size_t telling_text_columns = 24;

bool can_be_cut(Kind kind) {
  return kind == Kind::text || kind == Kind::name;
}

class TableSink : public Sink {
 public:
  TableSink(std::ostream& out, std::vector<Column> columns, const FormOptions& options)
      : out_(out),
        choice_(std::move(columns), options.columns, true),
        colour_(options.colour),
        terminal_columns_(options.width > 0 ? static_cast<std::size_t>(options.width) : 0) {
    for (std::size_t place = 0; place < choice_.size(); ++place)
      headings_.push_back(shown_text(choice_.column(place).heading));
  }

  void row(std::span<const Cell> cells) override {
    choice_.check(cells);
    std::vector<ShownText>& row = settled_ ? scratch_ : held_.emplace_back();
    row.resize(choice_.size());
    for (std::size_t place = 0; place < choice_.size(); ++place) people_.show(row[place], choice_.cell(cells, place));
    if (settled_)
      write(row);
    else if (held_.size() == rows_for_widths)
      settle();
  }

  void finish() override {
    if (!settled_ && !held_.empty()) settle();
    out_.finish();
  }

 private:
  void settle() {
    settled_ = true;
    measure();
    drop(Shown::wide_only, false);
    drop(Shown::if_room, true);
    shrink(Kind::text);
    shrink(Kind::name);
    if (colour_) out_.text() += "\x1b[1m";
    write_cells(headings_);
    if (colour_) out_.text() += "\x1b[0m";
    out_.text() += '\n';
    for (const std::vector<ShownText>& row : held_) write(row);
    held_ = {};
  }

  void measure() {
    for (std::size_t place = 0; place < choice_.size(); ++place) {
      std::size_t columns = headings_[place].columns;
      for (const std::vector<ShownText>& row : held_) columns = std::max(columns, row[place].columns);
      widths_.push_back(columns);
    }
  }

  std::size_t total() const {
    std::size_t columns = widths_.empty() ? 0 : (widths_.size() - 1) * gap_columns;
    for (const std::size_t width : widths_) columns += width;
    return columns;
  }

  bool is_too_wide() const { return terminal_columns_ > 0 && total() > terminal_columns_; }

  /// What cutting long texts down to a telling width would save.
  std::size_t spare() const {
    std::size_t columns = 0;
    for (std::size_t place = 0; place < widths_.size(); ++place)
      if (can_be_cut(choice_.column(place).kind) && widths_[place] > telling_text_columns)
        columns += widths_[place] - telling_text_columns;
    return columns;
  }

  void drop(Shown shown, bool texts_can_give) {
    for (std::size_t place = choice_.size(); place-- > 0 && is_too_wide();) {
      if (texts_can_give && total() - spare() <= terminal_columns_) return;
      if (choice_.column(place).shown != shown) continue;
      const auto offset = static_cast<std::ptrdiff_t>(place);
      choice_.drop(place);
      headings_.erase(headings_.begin() + offset);
      widths_.erase(widths_.begin() + offset);
      for (std::vector<ShownText>& row : held_) row.erase(row.begin() + offset);
    }
  }

  /// The widest of the kind gives way first.
  void shrink(Kind kind) {
    while (is_too_wide()) {
      std::size_t widest = widths_.size();
      for (std::size_t place = 0; place < widths_.size(); ++place) {
        const bool can_give = choice_.column(place).kind == kind && widths_[place] > narrowest_text_columns;
        if (can_give && (widest == widths_.size() || widths_[place] > widths_[widest])) widest = place;
      }
      if (widest == widths_.size()) return;
      --widths_[widest];
    }
  }

  void write(const std::vector<ShownText>& row) {
    write_cells(row);
    out_.text() += '\n';
    out_.settle();
  }

  void write_cells(const std::vector<ShownText>& row) {
    std::string& text = out_.text();
    std::size_t owed = 0;  // blanks are written before the next text, so that no line ends in them
    for (std::size_t place = 0; place < row.size(); ++place) {
      const Kind kind = choice_.column(place).kind;
      if (place > 0) owed += gap_columns;
      const ShownText* cell = &row[place];
      if (terminal_columns_ > 0 && can_be_cut(kind) && cell->columns > widths_[place]) {
        cut_ = cut(*cell, widths_[place]);
        cell = &cut_;
      }
      const std::size_t slack = widths_[place] - std::min(widths_[place], cell->columns);
      if (is_right_aligned(kind)) owed += slack;
      if (cell->columns > 0) {
        text.append(std::exchange(owed, 0), ' ');
        text += cell->text;
      }
      if (!is_right_aligned(kind)) owed += slack;
    }
  }

  Output out_;
  ColumnChoice choice_;
  bool colour_;
  std::size_t terminal_columns_;
  PeopleWriter people_;
  std::vector<ShownText> headings_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<ShownText>> held_;
  std::vector<ShownText> scratch_;
  ShownText cut_;
  bool settled_ = false;
};

}  // namespace

std::unique_ptr<Sink> make_table_sink(std::ostream& out, std::vector<Column> columns, const FormOptions& options) {
  return std::make_unique<TableSink>(out, std::move(columns), options);
}

}  // namespace loyal::format
