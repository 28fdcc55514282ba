// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "loyal/format/barcode.hpp"

namespace loyal::format {

/// What the terminal's background is; a symbol has light around it on either.
enum class Background { dark, light };

/// Columns that terminal_symbol takes.
int terminal_columns(const Symbol& symbol);

/// The symbol with its quiet zone as lines of half blocks, each ending with a newline, and `number_text` in the middle
/// of a line of its own below unless it is empty.
std::string terminal_symbol(const Symbol& symbol, std::string_view number_text, Background background);

}  // namespace loyal::format
