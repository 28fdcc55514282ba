// SPDX-License-Identifier: MIT
#include "loyal/base/quantity.hpp"

#include <limits>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal {
namespace {

__extension__ using Wide = __int128;

std::int64_t narrow(Wide value) {
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min())
    throw_overflow();
  return static_cast<std::int64_t>(value);
}

Wide floor_divide(Wide a, Wide b) {
  const Wide quotient = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

}  // namespace

void throw_overflow() {
  throw Error(Fault::usage, tr("the amount is too large"));
}

std::int64_t multiply_divide_floor(std::int64_t a, std::int64_t b, std::int64_t c) {
  return narrow(floor_divide(static_cast<Wide>(a) * b, c));
}

std::int64_t multiply_divide_half_up(std::int64_t a, std::int64_t b, std::int64_t c) {
  return narrow(floor_divide(2 * static_cast<Wide>(a) * b + c, 2 * static_cast<Wide>(c)));
}

}  // namespace loyal
