// SPDX-License-Identifier: MIT
#include "loyal/domain/rate.hpp"

#include <fmt/format.h>

#include <numeric>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"

namespace loyal::domain {

__extension__ using Wide = __int128;

bool is_less(Rate a, Rate b) {
  return static_cast<Wide>(a.numerator) * b.denominator < static_cast<Wide>(b.numerator) * a.denominator;
}

Rate reduced(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t common = std::gcd(numerator, denominator);
  return common == 0 ? Rate{} : Rate{numerator / common, denominator / common};
}

Rate parse_percent(std::string_view text) {
  std::string_view number = trim(text);
  if (!number.ends_with('%') || number.starts_with('-'))
    throw Error(Fault::usage, tr("\"{}\" is not a percentage", visible(text)), tr("write it as 5% or 7.5%"));
  number.remove_suffix(1);
  constexpr int scale = 4;
  constexpr std::int64_t whole = 100 * 10'000;
  return reduced(parse_decimal(trim(number), scale), whole);
}

std::string to_percent(Rate rate) {
  constexpr std::int64_t whole = 100 * 10'000;
  if (whole % rate.denominator != 0) return fmt::format("{}/{}", rate.numerator, rate.denominator);
  std::string text = to_decimal(multiply_divide_floor(rate.numerator, whole, rate.denominator), 4);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text + "%";
}

}  // namespace loyal::domain
