// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "loyal/format/barcode.hpp"

namespace loyal::format {

inline constexpr double a4_width_mm = 210.0;
inline constexpr double a4_height_mm = 297.0;

/// A grid of equal labels on A4, in millimetres.
struct SheetLayout {
  std::string_view name = "3x8";
  int columns = 3;
  int rows = 8;
  double label_width_mm = 70.0;
  double label_height_mm = 37.0;
  double margin_left_mm = 0.0;
  double margin_top_mm = 0.5;
  double gap_across_mm = 0.0;
  double gap_down_mm = 0.0;

  int labels() const { return columns * rows; }
};

/// The grids that label paper is sold in; the first is the default.
std::span<const SheetLayout> sheet_layouts();
/// Error{usage} with the names there are for any other name.
const SheetLayout& sheet_layout_named(std::string_view name);

struct Point {
  double x = 0;
  double y = 0;
};

/// A place on the page, in millimetres from its upper left corner.
struct Rectangle {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

/// The place of the label number `index` (from 0, row by row) on its page.
Rectangle label_rectangle(const SheetLayout& layout, int index);

/// The corners of all labels, each once.
std::vector<Point> label_corners(const SheetLayout& layout);

/// Where the parts of a label stand, from the label's upper left corner, in millimetres.
struct LabelPlan {
  double module_mm = 0;  ///< the width of one module, a whole number of printer dots
  Rectangle symbol;      ///< without its quiet zone
  double guard_mm = 0;   ///< how far the guard bars of EAN reach below the other bars
  bool centred = false;  ///< texts stand in the middle, not at the left
  Rectangle title;       ///< boxes of text: as high as all their lines
  Rectangle holder;
  int holder_lines = 1;
  Rectangle number;
  double text_size_mm = 0;
};

/// Plans a label with this symbol, with room for a title and a holder's name where wanted; nothing where the symbol
/// would come out smaller than scanners read.
std::optional<LabelPlan> plan_label(const SheetLayout& layout, const Symbol& symbol, bool with_title, bool with_holder);

}  // namespace loyal::format
