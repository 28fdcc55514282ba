// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace loyal::store {

/// An even choice among the numbers below `bound`, by the system's random source.
std::uint32_t random_below(std::uint32_t bound);

/// The same for many choices one after the other: the system is asked for bytes by the page.
class RandomNumbers {
 public:
  std::uint32_t below(std::uint32_t bound);

 private:
  std::uint8_t byte();

  std::array<std::uint8_t, 4096> bytes_{};
  std::size_t next_ = bytes_.size();
};

}  // namespace loyal::store
