// SPDX-License-Identifier: MIT
#include "loyal/base/clock.hpp"

#include <chrono>

namespace loyal {

Instant SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count()};
}

}  // namespace loyal
