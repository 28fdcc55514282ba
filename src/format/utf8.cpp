// SPDX-License-Identifier: MIT
#include "utf8.hpp"

#include <cstdint>
#include <cstring>

#include "loyal/base/text.hpp"

namespace loyal::format {

bool is_ascii(std::string_view text) {
  std::uint64_t high_bits = 0;
  while (text.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), 8);
    high_bits |= word;
    text.remove_prefix(8);
  }
  for (const char byte : text) high_bits |= static_cast<unsigned char>(byte);
  return (high_bits & 0x8080808080808080U) == 0;
}

void append_utf8(std::string& out, std::string_view text) {
  if (is_ascii(text)) {
    out.append(text);
    return;
  }
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = static_cast<unsigned char>(text[at]) < 0x80 ? 1 : character_bytes(text.substr(at));
    if (bytes == 0) {
      out.append(text, run, at - run).append(replacement_character);
      run = at + 1;
    }
    at += bytes == 0 ? 1 : bytes;
  }
  out.append(text, run);
}

}  // namespace loyal::format
