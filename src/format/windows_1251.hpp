// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace loyal::format {

/// The byte of windows-1251 that stands for a character beyond ASCII, or 0 where it has none.
unsigned char windows_1251_byte(char32_t character);

/// The character that a well-formed UTF-8 sequence, the start of `text`, stands for.
char32_t code_point(std::string_view text);

/// Appends UTF-8, of which every character has a byte in windows-1251, in that encoding.
void append_windows_1251(std::string& out, std::string_view text);

}  // namespace loyal::format
