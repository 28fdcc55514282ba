// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "loyal/base/quantity.hpp"

namespace loyal {

/// Reads an amount with up to `scale` digits after a point or comma: `1250`, `1250.5`, `1250,50`, `1 250,50`, a leading
/// sign. Grouping by points (`1.250`, `1.299,50`), exponents, `-0` and overflow are refused by Error{usage} that quotes
/// the text.
std::int64_t parse_decimal(std::string_view text, int scale);

/// parse_decimal with scale 2.
inline Money parse_money(std::string_view text) {
  return {parse_decimal(text, 2)};
}
/// parse_decimal with the scale of the program's unit.
inline Points parse_points(std::string_view text, int scale) {
  return {parse_decimal(text, scale)};
}
/// parse_decimal with scale 3.
inline Amount parse_amount(std::string_view text) {
  return {parse_decimal(text, 3)};
}

/// `1250.50`: for files and messages to programs.
std::string to_decimal(std::int64_t count, int scale);
/// `1 250,50` in Russian (no-break space), `1,250.50` in English.
std::string to_text(std::int64_t count, int scale);
/// As to_text with the currency's sign: `1 250,50 ₽`.
std::string to_text(Money money, std::string_view currency = "RUB");
/// As to_text without needless zeros after the comma, for pieces and kilograms.
std::string to_text(Amount amount);

}  // namespace loyal
