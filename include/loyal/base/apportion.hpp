// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace loyal {

/// Splits `total` over `weights` in proportion: floors first, then one unit each by largest remainder, ties to the
/// earlier place. The parts add up to the total exactly. All weights are ≥ 0; where their sum is 0, all parts are 0
/// unless total is not 0, which is a bug.
std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights);

}  // namespace loyal
