// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/format/barcode.hpp"
#include "loyal/format/sheet_layout.hpp"

namespace loyal::format {

/// What a label is to show.
struct LabelContent {
  std::span<const Symbol> symbols;
  std::string_view title;  ///< empty texts take no room
  std::string_view holder;
  std::span<const std::string> lines;
  double logo_aspect = 0;  ///< width by height; 0: no logo
};

/// Where a symbol stands.
struct SymbolPlan {
  double module_mm = 0;  ///< the width of one module, a whole number of printer dots
  Rectangle symbol;      ///< without its quiet zone
  double guard_mm = 0;   ///< how far the guard bars of EAN reach below the other bars
  Rectangle number;      ///< of its code in print; without a width there is none
  bool centred = true;   ///< the number stands under the middle, not at the left
};

/// A box of text, as high as all its lines.
struct TextPlan {
  Rectangle box;
  int lines = 1;
  double size_mm = 0;
};

/// Where the parts of a label stand, from the label's upper left corner, in millimetres.
struct LabelPlan {
  std::vector<SymbolPlan> symbols;  ///< on the back of a plastic card
  bool centred = false;             ///< texts stand in the middle, not at the left
  Rectangle logo;                   ///< without a width there is none
  TextPlan title;
  TextPlan holder;
  TextPlan lines;
  bool lines_on_back = false;
  double number_size_mm = 0;
  double height_mm = 0;  ///< of the label; of a roll, what the parts need
};

/// Plans a label; nothing where a symbol would come out smaller than scanners read.
std::optional<LabelPlan> plan_label(const SheetLayout& layout, const LabelContent& content);

/// What a scanner must see of a symbol, and where nothing else may stand.
Rectangle with_quiet_zone(const Symbol& symbol, const SymbolPlan& plan);

}  // namespace loyal::format
