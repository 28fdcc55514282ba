// SPDX-License-Identifier: MIT
#include "loyal/base/apportion.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <numeric>
#include <random>
#include <stdexcept>

using Parts = std::vector<std::int64_t>;

TEST_SUITE("base") {
  TEST_CASE("a sum in kopecks is split over lines by largest remainder, ties to the earlier line") {
    struct Row {
      std::int64_t total;
      Parts weights;
      Parts parts;
      const char* reason;
    };
    const Row rows[] = {
        {10'000, {33'333, 33'333, 33'334}, {3'333, 3'333, 3'334}, "the spare kopeck goes to the larger remainder"},
        {5'000, {19'999, 14'970, 50}, {2'856, 2'137, 7}, "lines of very different size"},
        {100, {100, 100, 100}, {34, 33, 33}, "a tie: the first line takes the spare kopeck"},
        {2, {1, 1, 1}, {1, 1, 0}, "fewer kopecks than lines"},
        {1, {10'000}, {1}, "one line takes all"},
        {100, {99'990, 10}, {100, 0}, "a tiny line gets nothing"},
        {33'333, {50'000, 50'000}, {16'667, 16'666}, "an odd kopeck between equals"},
        {10, {0, 1'000}, {0, 10}, "a free line bears nothing"},
        {0, {1, 2}, {0, 0}, "nothing to split"},
        {0, {}, {}, "no lines"},
        {10, {35, 35, 35}, {4, 3, 3}, "ten points over three equal lines"},
        {INT64_MAX, {INT64_MAX, INT64_MAX}, {INT64_MAX / 2 + 1, INT64_MAX / 2}, "the largest sums stay exact"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      CHECK(loyal::apportion(row.total, row.weights) == row.parts);
    }
  }

  TEST_CASE("splitting a sum over nothing is a bug") {
    CHECK_THROWS_AS(loyal::apportion(1, Parts{}), std::logic_error);
    CHECK_THROWS_AS(loyal::apportion(1, Parts{0, 0}), std::logic_error);
    CHECK_THROWS_AS(loyal::apportion(1, Parts{2, -1}), std::logic_error);
    CHECK_THROWS_AS(loyal::apportion(-1, Parts{1}), std::logic_error);
  }

  TEST_CASE("parts add up to the whole and each is within one of its exact share") {
    std::mt19937_64 random(20260301);
    for (int round = 0; round < 3'000; ++round) {
      Parts weights(1 + random() % 12);
      for (auto& weight : weights) weight = static_cast<std::int64_t>(random() % (round % 2 == 0 ? 5 : 1'000'000));
      const auto sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
      if (sum == 0) continue;
      const auto total = static_cast<std::int64_t>(random() % 10'000'000);
      const Parts parts = loyal::apportion(total, weights);
      CAPTURE(round);
      REQUIRE(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
      for (std::size_t i = 0; i < parts.size(); ++i) {
        REQUIRE(std::llabs(parts[i] * sum - total * weights[i]) < sum);
        REQUIRE((weights[i] > 0 || parts[i] == 0));
      }
    }
  }
}
