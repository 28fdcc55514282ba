// SPDX-License-Identifier: MIT
#include "loyal/store/random.hpp"

#include <sodium.h>

namespace loyal::store {

std::uint32_t random_below(std::uint32_t bound) {
  return randombytes_uniform(bound);
}

std::uint8_t RandomNumbers::byte() {
  if (next_ == bytes_.size()) {
    randombytes_buf(bytes_.data(), bytes_.size());
    next_ = 0;
  }
  return bytes_[next_++];
}

std::uint32_t RandomNumbers::below(std::uint32_t bound) {
  constexpr std::uint32_t byte_values = 256;
  if (bound > byte_values) return random_below(bound);
  // Bytes past the last whole multiple would make the first numbers likelier.
  const std::uint32_t even = byte_values - byte_values % bound;
  std::uint32_t value = byte();
  while (value >= even) value = byte();
  return value % bound;
}

}  // namespace loyal::store
