// SPDX-License-Identifier: MIT
#include "loyal/domain/retail_number.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/domain/code_number.hpp"

namespace loyal::domain {
namespace {

constexpr std::size_t upca_length = 12;
constexpr std::size_t upce_length = 8;

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char symbol) { return symbol >= '0' && symbol <= '9'; });
}

}  // namespace

bool is_upca(std::string_view text) {
  return text.size() == upca_length && is_ean13(fmt::format("0{}", text));
}

bool is_upce(std::string_view text) {
  if (text.size() != upce_length) return false;
  const auto whole = upca_of_upce(text);
  return whole && whole->back() == text.back();
}

std::optional<std::string> upca_of_upce(std::string_view text) {
  if (text.size() != upce_length && text.size() != upce_length - 1) return std::nullopt;
  if (!all_digits(text) || text.front() > '1') return std::nullopt;
  const char system = text[0];
  const auto digits = text.substr(1, 6);
  // The last of the six says where the zeros were left out.
  std::string whole(1, system);
  switch (digits[5]) {
    case '0':
    case '1':
    case '2':
      whole += fmt::format("{}{}0000{}", digits.substr(0, 2), digits[5], digits.substr(2, 3));
      break;
    case '3':
      whole += fmt::format("{}00000{}", digits.substr(0, 3), digits.substr(3, 2));
      break;
    case '4':
      whole += fmt::format("{}00000{}", digits.substr(0, 4), digits[4]);
      break;
    default:
      whole += fmt::format("{}0000{}", digits.substr(0, 5), digits[5]);
  }
  whole += ean_check_digit(fmt::format("0{}", whole));
  return whole;
}

}  // namespace loyal::domain
