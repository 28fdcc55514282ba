// SPDX-License-Identifier: MIT
#include "loyal/store/random.hpp"

#include <sodium.h>

namespace loyal::store {

std::uint32_t random_below(std::uint32_t bound) {
  return randombytes_uniform(bound);
}

}  // namespace loyal::store
