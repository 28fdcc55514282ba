// SPDX-License-Identifier: MIT
#include "loyal/base/apportion.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace loyal {
namespace {
__extension__ using Wide = __int128;
}

std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> parts(weights.size(), 0);
  Wide sum = 0;
  for (const std::int64_t weight : weights) {
    if (weight < 0) throw std::logic_error("apportion: a negative weight");
    sum += weight;
  }
  if (total == 0) return parts;
  if (sum == 0 || total < 0) throw std::logic_error("apportion: nothing to split over");
  if (weights.size() == 1) return {total};

  std::vector<Wide> remainders(weights.size());
  std::int64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide product = static_cast<Wide>(total) * weights[i];
    parts[i] = static_cast<std::int64_t>(product / sum);
    remainders[i] = product % sum;
    left -= parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
  return parts;
}

}  // namespace loyal
