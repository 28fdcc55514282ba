// SPDX-License-Identifier: MIT
#include "loyal/format/accounting.hpp"

namespace loyal::format {

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_first_byte = (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
    if (is_first_byte && ++characters > count) return text.substr(0, at);
  }
  return text;
}

bool is_barcode(std::string_view sku) {
  const bool has_length = sku.size() == 8 || (sku.size() >= 12 && sku.size() <= 14);
  return has_length && sku.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace loyal::format
