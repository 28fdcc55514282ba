// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "canvas.hpp"
#include "loyal/format/label_plan.hpp"
#include "loyal/format/sheet.hpp"

namespace loyal::format {

/// A label with all that is needed to draw it.
struct Drawable {
  SheetLabel label;
  std::vector<Symbol> symbols;
  std::vector<std::string> codes;    ///< of each symbol
  std::vector<std::string> numbers;  ///< in print, of each symbol
  LabelPlan plan;
};

enum class Side { both, front, back };

struct PlacedLabel {
  const Drawable* label = nullptr;
  Rectangle place;
  Side side = Side::both;

  bool has_symbols() const { return side != Side::front; }
};

struct Page {
  PageSize size;
  std::vector<PlacedLabel> labels;
};

/// The pages of these labels; the first begins `first_place` places later.
std::vector<Page> pages_of(std::span<const Drawable> labels, const SheetLayout& layout, int first_place);

/// Makes symbols and plan of a label. Error{refused} where the label cannot hold them.
void prepare(Drawable& drawable, const SheetOptions& options);

void draw_page(Canvas& canvas, const Page& page, const SheetOptions& options);

/// Error{failed} for the first symbol of the page that does not read as its code.
void require_readable(const PixelCanvas& canvas, const Page& page);

}  // namespace loyal::format
