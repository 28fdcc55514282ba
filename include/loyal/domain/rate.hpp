// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loyal::domain {

/// An exact rational, in lowest terms, ≥ 0: 5 % is 1/20.
struct Rate {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  friend constexpr bool operator==(Rate, Rate) = default;
};

/// a < b, exactly.
bool is_less(Rate a, Rate b);
/// The rate in lowest terms.
Rate reduced(std::int64_t numerator, std::int64_t denominator);
/// Reads `5%`, `7.5%`, `7,5 %`; Error{usage} quotes the text.
Rate parse_percent(std::string_view text);
/// `7.5%`; a rate that is no finite decimal as `1/3`.
std::string to_percent(Rate rate);

}  // namespace loyal::domain
