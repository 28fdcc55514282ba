// SPDX-License-Identifier: MIT
#include "loyal/service/words.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"

namespace loyal::service {
namespace {

/// Which of the three forms a whole number takes: 1 балл, 2 балла, 5 баллов, 21 балл.
std::size_t form_of(std::int64_t whole) {
  const std::int64_t tens = (whole < 0 ? -(whole % 100) : whole % 100);
  const std::int64_t ones = tens % 10;
  if (tens >= 11 && tens <= 14) return 2;
  if (ones == 1) return 0;
  return ones >= 2 && ones <= 4 ? 1 : 2;
}

/// Two forms told thrice are a language that has two: 21 stamps, as 2 and 5.
bool has_two_forms(const std::array<std::string, 3>& forms) {
  return forms[1] == forms[2];
}

}  // namespace

std::string points_text(Points points, const domain::Unit& unit) {
  std::int64_t whole = points.count;
  bool is_whole = true;
  for (int digit = 0; digit < unit.scale; ++digit) {
    is_whole = is_whole && whole % 10 == 0;
    whole /= 10;
  }
  const std::string number = to_text(points.count, unit.scale);
  // "1,5 балла": a part takes the form of two.
  if (!is_whole) whole = 2;
  if (unit.name == domain::Unit{}.name)
    return fmt::format(fmt::runtime(translate_plural("{} point", "{} points", whole)), number);
  const bool is_one = whole == 1 || whole == -1;
  const std::size_t form = has_two_forms(unit.name) ? (is_one ? 0U : 1U) : form_of(whole);
  return fmt::format("{} {}", number, visible(unit.name[form]));
}

}  // namespace loyal::service
