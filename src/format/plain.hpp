// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "loyal/format/cell.hpp"

namespace loyal::format {

/// Appends a cell as programs get it, without quotes or escapes; nothing for an absent one. Text is not checked.
void append_plain(std::string& out, const Cell& cell);

/// Appends the digits.
void append_integer(std::string& out, std::int64_t count);

/// Appends `count` minor units as a decimal with all `scale` digits.
void append_decimal(std::string& out, std::int64_t count, int scale, char mark);

/// Appends an amount without needless zeros: `1.5`.
void append_amount(std::string& out, Amount amount, char mark);

}  // namespace loyal::format
