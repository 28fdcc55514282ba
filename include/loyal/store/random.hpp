// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace loyal::store {

/// An even choice among the numbers below `bound`, by the system's random source.
std::uint32_t random_below(std::uint32_t bound);

}  // namespace loyal::store
