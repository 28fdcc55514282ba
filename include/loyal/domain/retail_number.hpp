// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loyal::domain {

/// Whether the text is 12 digits with the right check digit: EAN-13 without its leading zero.
bool is_upca(std::string_view text);
/// Whether the text is 8 digits that begin with 0 or 1 and are short for a UPC-A number.
bool is_upce(std::string_view text);
/// The UPC-A number that 7 or 8 digits of UPC-E are short for, its check digit computed; nothing for any other text.
std::optional<std::string> upca_of_upce(std::string_view text);

}  // namespace loyal::domain
