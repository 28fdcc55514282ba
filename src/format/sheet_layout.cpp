// SPDX-License-Identifier: MIT
#include "loyal/format/sheet_layout.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

constexpr std::array<SheetLayout, 4> layouts{{
    {"3x8", 3, 8, 70.0, 37.0, 0.0, 0.5, 0.0, 0.0},
    {"3x7", 3, 7, 70.0, 42.3, 0.0, 0.45, 0.0, 0.0},
    {"4x10", 4, 10, 52.5, 29.7, 0.0, 0.0, 0.0, 0.0},
    {"5x13", 5, 13, 38.1, 21.2, 4.75, 10.7, 2.5, 0.0},
}};

// Office printers leave this edge of the paper white.
constexpr double unprintable_mm = 5.0;
// Scissors and label paper are off by about as much.
constexpr double padding_min_mm = 2.0;
// One dot at 600 dpi; modules of whole dots come out of the printer with equal bars.
constexpr double dot_mm = 25.4 / 600;
constexpr double line_height = 1.3;  // of the size of its text
constexpr double bar_height_min_mm = 5.0;
constexpr double bar_height_max_mm = 18.0;
// EAN's guard bars are longer than the others by about this part.
constexpr double guard_part = 1.0 / 11;

constexpr int ean_digit_modules = 9;

double whole_dots(double length_mm) {
  return std::floor(length_mm / dot_mm + 1e-6) * dot_mm;
}

/// What may be drawn on of a label.
Rectangle content(const SheetLayout& layout) {
  const double across = std::max(padding_min_mm, unprintable_mm - layout.margin_left_mm);
  const double down = std::max(padding_min_mm, unprintable_mm - layout.margin_top_mm);
  return {across, down, layout.label_width_mm - 2 * across, layout.label_height_mm - 2 * down};
}

double text_size(const Rectangle& box) {
  return std::clamp(box.height / 8, 1.9, 3.3);
}

std::optional<LabelPlan> plan_bars(const SheetLayout& layout, const Symbol& symbol, bool with_title, bool with_holder) {
  const auto& known = traits(symbol.symbology);
  const auto box = content(layout);
  LabelPlan plan;
  plan.centred = true;
  plan.text_size_mm = text_size(box);
  const double line = plan.text_size_mm * line_height;
  const int modules = symbol.width + known.quiet_left_modules + known.quiet_right_modules;
  // The quiet zone is white paper, so it may lie in the padding; the first digit of EAN stands beside the bars and may
  // not.
  const int beside = symbol.symbology == Symbology::ean13 ? 2 * ean_digit_modules : 0;
  plan.module_mm = whole_dots(std::min({(layout.label_width_mm - 2 * padding_min_mm) / modules,
                                        box.width / (symbol.width + beside), known.module_max_mm}));
  if (plan.module_mm < known.module_min_mm) return {};

  const int lines_above = (with_title ? 1 : 0) + (with_holder ? 1 : 0);
  const double gap = lines_above > 0 ? line * 0.25 : 0;
  const double bars = std::min(box.height - line * (lines_above + 1) - gap, bar_height_max_mm);
  if (bars < bar_height_min_mm) return {};
  double y = box.y + (box.height - line * (lines_above + 1) - gap - bars) / 2;
  const auto take = [&](double height) { return Rectangle{box.x, std::exchange(y, y + height), box.width, height}; };
  if (with_title) plan.title = take(line);
  if (with_holder) plan.holder = take(line);
  y += gap;
  plan.symbol = take(bars);
  plan.symbol.width = plan.module_mm * symbol.width;
  plan.symbol.x = (layout.label_width_mm - plan.symbol.width) / 2;
  plan.number = take(line);
  if (symbol.symbology == Symbology::ean13) plan.guard_mm = bars * guard_part;
  return plan;
}

/// Rows of bars, wider than high: texts stand above and below, parted from the symbol by its quiet zone.
std::optional<LabelPlan> plan_rows(const SheetLayout& layout, const Symbol& symbol, bool with_title, bool with_holder) {
  const auto& known = traits(symbol.symbology);
  const auto box = content(layout);
  LabelPlan plan;
  plan.centred = true;
  plan.text_size_mm = text_size(box);
  const double line = plan.text_size_mm * line_height;
  const int quiet = known.quiet_left_modules;
  const int lines_above = (with_title ? 1 : 0) + (with_holder ? 1 : 0);
  const double free_height = box.height - line * (lines_above + 1);
  plan.module_mm = whole_dots(std::min(
      {box.width / (symbol.width + 2 * quiet), free_height / (symbol.height + 2 * quiet), known.module_max_mm}));
  if (plan.module_mm < known.module_min_mm) return {};

  const double white = plan.module_mm * quiet;
  double y = box.y + (free_height - plan.module_mm * symbol.height - 2 * white) / 2;
  const auto take = [&](double height) { return Rectangle{box.x, std::exchange(y, y + height), box.width, height}; };
  if (with_title) plan.title = take(line);
  if (with_holder) plan.holder = take(line);
  y += white;
  plan.symbol = take(plan.module_mm * symbol.height);
  plan.symbol.width = plan.module_mm * symbol.width;
  plan.symbol.x = (layout.label_width_mm - plan.symbol.width) / 2;
  y += white;
  plan.number = take(line);
  return plan;
}

std::optional<LabelPlan> plan_matrix(const SheetLayout& layout, const Symbol& symbol, bool with_title,
                                     bool with_holder) {
  const auto& known = traits(symbol.symbology);
  const auto box = content(layout);
  LabelPlan plan;
  plan.text_size_mm = text_size(box);
  const double line = plan.text_size_mm * line_height;
  const int quiet = known.quiet_left_modules;
  const double bottom = box.y + box.height;
  // Either the padding or the quiet zone keeps the symbol from the edge, whichever is wider; the quiet zone alone parts
  // it from the number.
  const double by_padding = (box.height - line) / (symbol.height + quiet);
  const double by_quiet = (bottom - line) / (symbol.height + 2 * quiet);
  plan.module_mm =
      whole_dots(std::min({by_padding, by_quiet, box.width / (symbol.width + quiet), known.module_max_mm}));
  if (plan.module_mm < known.module_min_mm) return {};

  const double white = plan.module_mm * quiet;
  const double edge = std::max(box.y, white);
  plan.symbol = {std::max(box.x, white), edge, plan.module_mm * symbol.width, plan.module_mm * symbol.height};
  const double used = plan.symbol.height + white + line;
  plan.symbol.y += std::max(0.0, (bottom - edge - used) / 2);
  plan.number = {plan.symbol.x, plan.symbol.y + plan.symbol.height + white, box.x + box.width - plan.symbol.x, line};

  const double text_x = plan.symbol.x + plan.symbol.width + std::max(white, padding_min_mm);
  const double text_width = box.x + box.width - text_x;
  double y = plan.symbol.y;
  if (with_title) plan.title = {text_x, std::exchange(y, y + line), text_width, line};
  if (!with_holder) return plan;
  plan.holder_lines = std::clamp(static_cast<int>((plan.symbol.y + plan.symbol.height - y) / line), 1, 3);
  plan.holder = {text_x, y, text_width, line * plan.holder_lines};
  return plan;
}

}  // namespace

std::span<const SheetLayout> sheet_layouts() {
  return layouts;
}

const SheetLayout& sheet_layout_named(std::string_view name) {
  const auto* found = std::ranges::find(layouts, name, &SheetLayout::name);
  if (found != layouts.end()) return *found;
  std::vector<std::string_view> names;
  for (const auto& layout : layouts) names.push_back(layout.name);
  throw Error(Fault::usage, tr("there is no sheet layout “{}”", visible(name)),
              tr("these there are: {}", fmt::format("{}", fmt::join(names, ", "))));
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
    const auto near = [](double left, double right) { return right - left < dot_mm; };
    places->erase(std::unique(places->begin(), places->end(), near), places->end());
  }
  std::vector<Point> corners;
  for (const double y : down)
    for (const double x : across) corners.push_back({x, y});
  return corners;
}

std::optional<LabelPlan> plan_label(const SheetLayout& layout, const Symbol& symbol, bool with_title,
                                    bool with_holder) {
  const auto& known = traits(symbol.symbology);
  if (known.linear) return plan_bars(layout, symbol, with_title, with_holder);
  if (known.row_height_modules > 1) return plan_rows(layout, symbol, with_title, with_holder);
  return plan_matrix(layout, symbol, with_title, with_holder);
}

}  // namespace loyal::format
