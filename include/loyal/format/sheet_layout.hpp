// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loyal::format {

inline constexpr double a4_width_mm = 210.0;
inline constexpr double a4_height_mm = 297.0;
inline constexpr double inch_mm = 25.4;

/// What is printed on: sheets with a grid of labels, plastic cards of two pages each, or a roll with a page for each.
enum class Paper { sheet, card, roll };

/// Where labels stand on a page, in millimetres.
struct SheetLayout {
  std::string name = "3x8";
  int columns = 3;
  int rows = 8;
  double label_width_mm = 70.0;
  double label_height_mm = 37.0;  ///< of a roll: the least; a page is as high as what it shows
  double margin_left_mm = 0.0;
  double margin_top_mm = 0.5;
  double gap_across_mm = 0.0;
  double gap_down_mm = 0.0;
  Paper paper = Paper::sheet;
  double page_width_mm = a4_width_mm;
  double page_height_mm = a4_height_mm;
  bool is_cut = true;             ///< by scissors along marks; label paper and rolls are not
  double bleed_mm = 0.0;          ///< how far a background reaches beyond the label
  double dot_mm = inch_mm / 600;  ///< of the printer; modules of whole dots come out with equal bars

  int labels() const { return columns * rows; }
};

/// The layouts there are by name: plain grids, label paper, cards and rolls; the first is the default.
std::span<const SheetLayout> sheet_layouts();
/// Capitals do not matter. Error{usage} with the names there are for any other name.
const SheetLayout& sheet_layout_named(std::string_view name);

/// A grid as somebody types it: “3x8” labels of “70x37” mm; what is empty follows from the rest.
struct GridText {
  std::string grid, label, margin, gap;
};

/// The grid on A4: without a margin it stands in the middle, without a label's size it fills the page. Error{usage} for
/// what is no size, or does not fit the page.
SheetLayout sheet_layout_of(const GridText& text);

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

}  // namespace loyal::format
