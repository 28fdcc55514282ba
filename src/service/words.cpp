// SPDX-License-Identifier: MIT
#include "loyal/service/words.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"

namespace loyal::service {

std::string points_text(Points points, int scale) {
  std::int64_t whole = points.count;
  bool is_whole = true;
  for (int digit = 0; digit < scale; ++digit) {
    is_whole = is_whole && whole % 10 == 0;
    whole /= 10;
  }
  const std::string number = to_text(points.count, scale);
  // "1,5 балла": a part takes the form of two.
  if (!is_whole) whole = 2;
  return fmt::format(fmt::runtime(translate_plural("{} point", "{} points", whole)), number);
}

}  // namespace loyal::service
