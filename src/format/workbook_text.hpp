// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loyal::format {

/// Whether XML can hold the text: well-formed UTF-8 without control characters (tab and line ends are allowed),
/// noncharacters and what Excel would take for an escape (_x0041_).
bool is_clean_workbook_text(std::string_view text);

/// The text with what XML cannot hold replaced by U+FFFD, and what looks like an escape escaped.
std::string clean_workbook_text(std::string_view text);

/// Whether the text has more UTF-16 units than a cell holds.
bool exceeds_workbook_cell(std::string_view text);

/// The first characters of well-formed UTF-8, one outside the basic plane counting as two.
std::string cut_to_characters(std::string_view text, std::size_t characters);

}  // namespace loyal::format
