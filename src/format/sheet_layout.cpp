// SPDX-License-Identifier: MIT
#include "loyal/format/sheet_layout.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

// Rounding of what is typed to tenths of a millimetre must not make a full page "too large".
constexpr double tolerance_mm = 0.05;
constexpr double label_side_min_mm = 10.0;
constexpr int labels_across_max = 100;

constexpr double card_width_mm = 85.60;
constexpr double card_height_mm = 53.98;
constexpr double card_bleed_mm = 3.0;
// The cut marks stand beyond the bleed.
constexpr double card_margin_mm = card_bleed_mm + 5.0;
// Receipt printers have eight dots a millimetre.
constexpr double roll_dot_mm = 0.125;
constexpr double roll_height_min_mm = 20.0;

/// A4 label paper, cut already.
SheetLayout paper_of(const char* name, int columns, int rows, Rectangle first, double gap_across, double gap_down = 0) {
  SheetLayout layout{name, columns, rows, first.width, first.height, first.x, first.y, gap_across, gap_down};
  layout.is_cut = false;
  return layout;
}

SheetLayout roll_of(const char* name, double paper_mm, double printable_mm) {
  const double margin = (paper_mm - printable_mm) / 2;
  SheetLayout layout{name, 1, 1, printable_mm, roll_height_min_mm, margin, 0, 0, 0, Paper::roll};
  layout.page_width_mm = paper_mm;
  layout.page_height_mm = roll_height_min_mm;
  layout.is_cut = false;
  layout.dot_mm = roll_dot_mm;
  return layout;
}

SheetLayout plastic_card() {
  SheetLayout layout{"cr80", 1, 1, card_width_mm, card_height_mm, card_margin_mm, card_margin_mm, 0, 0, Paper::card};
  layout.page_width_mm = card_width_mm + 2 * card_margin_mm;
  layout.page_height_mm = card_height_mm + 2 * card_margin_mm;
  layout.bleed_mm = card_bleed_mm;
  return layout;
}

std::vector<SheetLayout> make_layouts() {
  return {{"3x8", 3, 8, 70.0, 37.0, 0.0, 0.5, 0.0, 0.0},
          {"3x7", 3, 7, 70.0, 42.3, 0.0, 0.45, 0.0, 0.0},
          {"4x10", 4, 10, 52.5, 29.7, 0.0, 0.0, 0.0, 0.0},
          {"5x13", 5, 13, 38.1, 21.2, 4.75, 10.7, 2.5, 0.0},
          paper_of("L7159", 3, 8, {7.2, 12.9, 63.5, 33.9}, 2.54),
          paper_of("L7160", 3, 7, {7.2, 15.15, 63.5, 38.1}, 2.54),
          paper_of("L7161", 3, 6, {7.2, 8.7, 63.5, 46.6}, 2.54),
          paper_of("L7162", 2, 8, {4.65, 12.9, 99.1, 33.9}, 2.5),
          paper_of("L7163", 2, 7, {4.65, 15.15, 99.1, 38.1}, 2.5),
          paper_of("L7165", 2, 4, {4.65, 13.1, 99.1, 67.7}, 2.5),
          paper_of("L7414", 2, 5, {15.0, 18.5, 90.0, 52.0}, 0.0),
          paper_of("L7651", 5, 13, {4.75, 10.7, 38.1, 21.2}, 2.5),
          paper_of("L7654", 4, 10, {9.7, 21.5, 45.7, 25.4}, 2.54),
          paper_of("3474", 3, 8, {0.0, 0.5, 70.0, 37.0}, 0.0),
          paper_of("3475", 3, 8, {0.0, 4.5, 70.0, 36.0}, 0.0),
          paper_of("3477", 2, 7, {0.0, 5.0, 105.0, 41.0}, 0.0),
          paper_of("3490", 3, 8, {0.0, 4.5, 70.0, 36.0}, 0.0),
          paper_of("4781", 2, 6, {8.0, 21.6, 97.0, 42.3}, 0.0),
          paper_of("32015", 2, 4, {17.0, 31.5, 85.0, 54.0}, 6.0, 6.0),
          plastic_card(),
          roll_of("58mm", 58.0, 48.0),
          roll_of("80mm", 80.0, 72.0)};
}

std::string folded(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return lower;
}

std::optional<double> number_of(std::string text) {
  std::ranges::replace(text, ',', '.');
  double value = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return {};
  return value;
}

using Pair = std::pair<double, double>;

/// “70x37”: x, ×, * or the Cyrillic letter between two numbers.
Pair pair_of(const char* flag, const std::string& text) {
  for (const std::string_view sign : {"x", "X", "×", "*", "х", "Х"}) {
    const auto place = text.find(sign);
    if (place == std::string::npos) continue;
    const auto first = number_of(text.substr(0, place));
    const auto second = number_of(text.substr(place + sign.size()));
    if (first && second && *first >= 0 && *second >= 0) return {*first, *second};
  }
  throw Error(Fault::usage, tr("{}: “{}” is not two numbers with an x between", flag, visible(text)),
              "loyal code sheet --grid 3x8 --label 70x37 -o cards.pdf");
}

std::pair<int, int> counts_of(const std::string& text) {
  const auto [across, down] = pair_of("--grid", text);
  const auto is_count = [](double number) {
    return number >= 1 && number <= labels_across_max && number == std::floor(number);
  };
  if (!is_count(across) || !is_count(down))
    throw Error(Fault::usage,
                tr("--grid: “{}” is not columns x rows of labels, from 1 to {} each", visible(text), labels_across_max),
                "loyal code sheet --grid 3x8 --label 70x37 -o cards.pdf");
  return {static_cast<int>(across), static_cast<int>(down)};
}

/// One side of the page: what the labels, the gaps between them and the margin before them take.
struct Side {
  int count;
  double page_mm;
  std::optional<double> label_mm, margin_mm;
  double gap_mm;

  double gaps() const { return gap_mm * (count - 1); }
  /// Rounded to what people measure, never up: the labels must fit.
  double label() const {
    if (label_mm) return *label_mm;
    return std::floor((page_mm - 2 * margin_mm.value_or(0) - gaps()) / count * 100 + 1e-6) / 100;
  }
  double used() const { return count * label() + gaps(); }
  double margin() const { return margin_mm.value_or(std::max(0.0, (page_mm - used()) / 2)); }
};

void require_fit(const Side& side, const std::string& what) {
  const double taken = side.margin() + side.used();
  if (taken > side.page_mm + tolerance_mm)
    throw Error(Fault::usage,
                tr("{} labels of {:.4g} mm, gaps and margin take {:.5g} mm of the page's {}; A4 has {:.4g} mm",
                   side.count, side.label(), taken, what, side.page_mm));
  if (side.label() < label_side_min_mm)
    throw Error(Fault::usage, tr("the labels would have {:.3g} mm of {}; {:.3g} mm are the least", side.label(), what,
                                 label_side_min_mm));
}

}  // namespace

std::span<const SheetLayout> sheet_layouts() {
  static const std::vector<SheetLayout> layouts = make_layouts();
  return layouts;
}

const SheetLayout& sheet_layout_named(std::string_view name) {
  const auto layouts = sheet_layouts();
  const auto found =
      std::ranges::find(layouts, folded(name), [](const SheetLayout& layout) { return folded(layout.name); });
  if (found != layouts.end()) return *found;
  std::vector<std::string_view> names;
  for (const auto& layout : layouts) names.push_back(layout.name);
  throw Error(Fault::usage, tr("there is no sheet layout “{}”", visible(name)),
              tr("these there are: {}", fmt::format("{}", fmt::join(names, ", "))));
}

SheetLayout sheet_layout_of(const GridText& text) {
  const auto [columns, rows] = counts_of(text.grid);
  Side across{columns, a4_width_mm, {}, {}, 0};
  Side down{rows, a4_height_mm, {}, {}, 0};
  if (!text.label.empty()) std::tie(across.label_mm, down.label_mm) = pair_of("--label", text.label);
  if (!text.margin.empty()) std::tie(across.margin_mm, down.margin_mm) = pair_of("--margin", text.margin);
  if (!text.gap.empty()) std::tie(across.gap_mm, down.gap_mm) = pair_of("--gap", text.gap);
  require_fit(across, tr("width"));
  require_fit(down, tr("height"));
  SheetLayout layout{text.grid,       columns,       rows,          across.label(), down.label(),
                     across.margin(), down.margin(), across.gap_mm, down.gap_mm};
  layout.name = fmt::format("{}x{}", columns, rows);
  return layout;
}

Rectangle label_rectangle(const SheetLayout& layout, int index) {
  const int column = index % layout.columns;
  const int row = index / layout.columns;
  return {layout.margin_left_mm + column * (layout.label_width_mm + layout.gap_across_mm),
          layout.margin_top_mm + row * (layout.label_height_mm + layout.gap_down_mm), layout.label_width_mm,
          layout.label_height_mm};
}

std::vector<Point> label_corners(const SheetLayout& layout) {
  std::vector<double> across;
  std::vector<double> down;
  for (int index = 0; index < layout.labels(); ++index) {
    const auto label = label_rectangle(layout, index);
    across.insert(across.end(), {label.x, label.x + label.width});
    down.insert(down.end(), {label.y, label.y + label.height});
  }
  for (auto* const places : {&across, &down}) {
    std::ranges::sort(*places);
    const auto near = [](double left, double right) { return right - left < tolerance_mm; };
    places->erase(std::unique(places->begin(), places->end(), near), places->end());
  }
  std::vector<Point> corners;
  for (const double y : down)
    for (const double x : across) corners.push_back({x, y});
  return corners;
}

}  // namespace loyal::format
