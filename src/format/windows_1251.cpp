// SPDX-License-Identifier: MIT
#include "windows_1251.hpp"

#include <iconv.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

/// Of each character, by its number, the byte; the table ends with the last character that has one.
std::vector<unsigned char> make_bytes() {
  std::vector<unsigned char> bytes;
  const iconv_t converter = ::iconv_open("UTF-8", "WINDOWS-1251");
  if (converter == reinterpret_cast<iconv_t>(-1)) throw std::logic_error("the system does not know windows-1251");
  for (unsigned byte = 0x80; byte <= 0xff; ++byte) {
    char in = static_cast<char>(byte);
    std::array<char, 8> out{};
    char* from = &in;
    char* to = out.data();
    std::size_t from_bytes = 1;
    std::size_t to_bytes = out.size();
    ::iconv(converter, nullptr, nullptr, nullptr, nullptr);
    if (::iconv(converter, &from, &from_bytes, &to, &to_bytes) == static_cast<std::size_t>(-1)) continue;
    const char32_t character = code_point({out.data(), out.size() - to_bytes});
    if (character >= bytes.size()) bytes.resize(character + 1);
    bytes[character] = static_cast<unsigned char>(byte);
  }
  ::iconv_close(converter);
  return bytes;
}

}  // namespace

unsigned char windows_1251_byte(char32_t character) {
  static const std::vector<unsigned char> bytes = make_bytes();
  return character < bytes.size() ? bytes[character] : 0;
}

char32_t code_point(std::string_view text) {
  const auto at = [&text](std::size_t place) { return static_cast<char32_t>(static_cast<unsigned char>(text[place])); };
  const char32_t lead = at(0);
  if (lead < 0x80) return lead;
  if (lead < 0xe0) return (lead & 0x1f) << 6 | (at(1) & 0x3f);
  if (lead < 0xf0) return (lead & 0x0f) << 12 | (at(1) & 0x3f) << 6 | (at(2) & 0x3f);
  return (lead & 0x07) << 18 | (at(1) & 0x3f) << 12 | (at(2) & 0x3f) << 6 | (at(3) & 0x3f);
}

void append_windows_1251(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      out.push_back(text[at++]);
      continue;
    }
    out.push_back(static_cast<char>(windows_1251_byte(code_point(text.substr(at)))));
    at += character_bytes(text.substr(at));
  }
}

}  // namespace loyal::format
