// SPDX-License-Identifier: MIT
#include "workbook_text.hpp"

#include <algorithm>

#include "loyal/base/text.hpp"
#include "utf8.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t cell_units = 32767;

bool is_forbidden_control(char byte) {
  return static_cast<unsigned char>(byte) < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

/// U+FFFE and U+FFFF.
bool is_noncharacter(std::string_view character) {
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

bool is_hexadecimal(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

/// _xHHHH_ is how a workbook writes a character that XML cannot hold.
bool is_escape(std::string_view text) {
  return text.size() >= 7 && text[0] == '_' && text[1] == 'x' && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, is_hexadecimal);
}

/// Bytes of the clean character at the start, 0 if it is none.
std::size_t clean_bytes(std::string_view text) {
  if (is_forbidden_control(text.front())) return 0;
  const std::size_t bytes = character_bytes(text);
  return is_noncharacter(text.substr(0, bytes)) ? 0 : bytes;
}

std::size_t utf16_units(unsigned char byte) {
  return (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
}

}  // namespace

bool is_clean_workbook_text(std::string_view text) {
  if (is_ascii(text)) {
    return std::none_of(text.begin(), text.end(), is_forbidden_control) && text.find("_x") == std::string_view::npos;
  }
  while (!text.empty()) {
    const std::size_t bytes = clean_bytes(text);
    if (bytes == 0 || is_escape(text)) return false;
    text.remove_prefix(bytes);
  }
  return true;
}

std::string clean_workbook_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size() + 8);
  while (!text.empty()) {
    const std::size_t bytes = clean_bytes(text);
    if (bytes == 0)
      clean += replacement_character;
    else if (is_escape(text))
      clean += "_x005F_";
    else
      clean += text.substr(0, bytes);
    text.remove_prefix(std::max<std::size_t>(character_bytes(text), 1));
  }
  return clean;
}

bool exceeds_workbook_cell(std::string_view text) {
  if (text.size() <= cell_units) return false;
  std::size_t units = 0;
  for (const char byte : text) units += utf16_units(static_cast<unsigned char>(byte));
  return units > cell_units;
}

std::string cut_to_characters(std::string_view text, std::size_t characters) {
  std::size_t units = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t bytes = std::max<std::size_t>(character_bytes(text.substr(at)), 1);
    units += utf16_units(static_cast<unsigned char>(text[at]));
    if (units > characters) break;
    at += bytes;
  }
  return std::string(text.substr(0, at));
}

}  // namespace loyal::format
