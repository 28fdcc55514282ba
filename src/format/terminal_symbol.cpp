// SPDX-License-Identifier: MIT
#include "loyal/format/terminal_symbol.hpp"

#include <algorithm>
#include <array>

#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

constexpr int bar_lines = 7;

// Indexed by which halves are inked: none, first (upper or left), second (lower or right), both.
constexpr std::array<std::string_view, 4> stacked{" ", "▀", "▄", "█"};
constexpr std::array<std::string_view, 4> side_by_side{" ", "▌", "▐", "█"};

class Ink {
 public:
  Ink(const Symbol& symbol, Background background) : symbol_(symbol), inked_is_dark_(background == Background::light) {}
  bool at(int x, int y) const { return symbol_.dark(x, y) == inked_is_dark_; }

 private:
  const Symbol& symbol_;
  bool inked_is_dark_;
};

std::size_t halves(bool first, bool second) {
  return (first ? 1U : 0U) + (second ? 2U : 0U);
}

std::string matrix_lines(const Symbol& symbol, const Ink& ink, int quiet) {
  std::string lines;
  for (int y = -quiet; y < symbol.height + quiet; y += 2) {
    for (int x = -quiet; x < symbol.width + quiet; ++x) lines += stacked[halves(ink.at(x, y), ink.at(x, y + 1))];
    lines += '\n';
  }
  return lines;
}

/// How many lines a row of bars takes: enough to be swept over, or the height that a row of PDF417 has.
int lines_of_row(const SymbologyTraits& known) {
  // A line is as high as four modules that are half a column wide.
  constexpr int modules_per_line = 4;
  return known.linear ? bar_lines : std::max(1, known.row_height_modules / modules_per_line);
}

/// Two modules to a column, so that the usual 13 digits need less than 80 columns.
std::string barred_lines(const Symbol& symbol, const Ink& ink, const SymbologyTraits& known) {
  const int columns = terminal_columns(symbol);
  const auto row = [&](int y) {
    std::string bars;
    for (int column = 0; column < columns; ++column) {
      const int x = 2 * column - known.quiet_left_modules;
      bars += side_by_side[halves(ink.at(x, y), ink.at(x + 1, y))];
    }
    return bars + '\n';
  };
  const std::string blank = row(-1);
  std::string lines = blank;
  for (int y = 0; y < symbol.height; y += known.row_height_modules)
    for (int line = 0; line < lines_of_row(known); ++line) lines += row(y);
  return lines + blank;
}

/// Whether the symbol is made of rows of bars and not of squares.
bool is_barred(const SymbologyTraits& known) {
  return known.linear || known.row_height_modules > 1;
}

}  // namespace

int terminal_columns(const Symbol& symbol) {
  const auto& known = traits(symbol.symbology);
  const int modules = symbol.width + known.quiet_left_modules + known.quiet_right_modules;
  return is_barred(known) ? (modules + 1) / 2 : modules;
}

std::string terminal_symbol(const Symbol& symbol, std::string_view number_text, Background background) {
  const auto& known = traits(symbol.symbology);
  const Ink ink(symbol, background);
  auto lines =
      is_barred(known) ? barred_lines(symbol, ink, known) : matrix_lines(symbol, ink, known.quiet_left_modules);
  if (number_text.empty()) return lines;
  const auto shown = visible(number_text);
  const auto columns = static_cast<std::size_t>(terminal_columns(symbol));
  const auto width = display_width(shown);
  lines.append(columns > width ? (columns - width) / 2 : 0, ' ');
  return lines + shown + '\n';
}

}  // namespace loyal::format
