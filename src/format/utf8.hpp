// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace loyal::format {

/// What stands for a byte that is no part of well-formed UTF-8.
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// Whether all bytes are ASCII, control characters included.
bool is_ascii(std::string_view text);

/// Appends the text with broken bytes replaced by U+FFFD.
void append_utf8(std::string& out, std::string_view text);

}  // namespace loyal::format
