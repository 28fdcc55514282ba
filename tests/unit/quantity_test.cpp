// SPDX-License-Identifier: MIT
#include "loyal/base/quantity.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "loyal/base/apportion.hpp"
#include "loyal/base/error.hpp"
#include "support/shared.hpp"

namespace {

using loyal::apportion;
using loyal::Money;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_SUITE("base") {
  TEST_CASE("a sum that does not fit is an error and never wraps") {
    CHECK((Money{2} + Money{3}) == Money{5});
    CHECK((Money{2} - Money{3}) == Money{-1});
    CHECK_THROWS_AS((Money{largest} + Money{1}), loyal::Error);
    CHECK_THROWS_AS((Money{smallest} - Money{1}), loyal::Error);
    CHECK_THROWS_AS(-Money{smallest}, loyal::Error);
  }

  TEST_CASE("a product is divided with its full width and rounded as asked") {
    struct Row {
      std::int64_t a, b, c, floored, half_up;
      const char* reason;
    };
    const Row rows[] = {
        {19999, 5, 100, 999, 1000, "5 % of 199.99"},
        {1, 1, 2, 0, 1, "a half goes up"},
        {-1, 1, 2, -1, 0, "a negative half goes up as well"},
        {-3, 1, 2, -2, -1, "below nought the floor is lower"},
        {-2, 1, 2, -1, -1, "what divides evenly is not rounded"},
        {largest, largest, largest, largest, largest, "the product needs more than 64 bits"},
        {smallest, 1, 1, smallest, smallest, "the smallest number"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      CHECK(loyal::multiply_divide_floor(row.a, row.b, row.c) == row.floored);
      CHECK(loyal::multiply_divide_half_up(row.a, row.b, row.c) == row.half_up);
    }
    CHECK_THROWS_AS(loyal::multiply_divide_floor(largest, 2, 1), loyal::Error);
    CHECK_THROWS_AS(loyal::multiply_divide_half_up(smallest, 2, 1), loyal::Error);
  }

  TEST_CASE("a total is split by largest remainder, ties to the earlier line") {
    CHECK(apportion(10, std::vector<std::int64_t>{35, 35, 35}) == std::vector<std::int64_t>{4, 3, 3});
    CHECK(apportion(10000, std::vector<std::int64_t>{33333, 33333, 33334}) ==
          std::vector<std::int64_t>{3333, 3333, 3334});
    CHECK(apportion(0, std::vector<std::int64_t>{0, 0}) == std::vector<std::int64_t>{0, 0});
    CHECK(apportion(0, {}).empty());
    CHECK(apportion(largest, std::vector<std::int64_t>{largest, largest}) ==
          std::vector<std::int64_t>{largest / 2 + 1, largest / 2});
    CHECK_THROWS_AS(apportion(1, std::vector<std::int64_t>{0, 0}), std::logic_error);
    CHECK_THROWS_AS(apportion(1, std::vector<std::int64_t>{2, -1}), std::logic_error);
    CHECK_THROWS_AS(apportion(-1, std::vector<std::int64_t>{1}), std::logic_error);
    const auto path = loyal::test::shared_file("reference/identifier-vectors.json");
    if (!path) return;
    const auto vectors = nlohmann::json::parse(loyal::test::contents_of(*path));
    for (const auto& row : vectors.at("discount_distribution_kopecks_largest_remainder")) {
      CAPTURE(row.dump());
      CHECK(apportion(row.at("discount").get<std::int64_t>(), row.at("lines").get<std::vector<std::int64_t>>()) ==
            row.at("expected").get<std::vector<std::int64_t>>());
    }
  }

  TEST_CASE("the parts of any split add up and differ from the exact share by less than one") {
    std::uint64_t state = 20260301;
    const auto next = [&](std::uint64_t below) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      return static_cast<std::int64_t>((state >> 33) % below);
    };
    for (int round = 0; round < 2000; ++round) {
      std::vector<std::int64_t> weights(static_cast<std::size_t>(next(8) + 1));
      for (auto& weight : weights) weight = next(1000);
      weights[0] += 1;
      const std::int64_t total = next(100000);
      const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
      const auto parts = apportion(total, weights);
      REQUIRE(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::int64_t floored = total * weights[i] / sum;
        REQUIRE((parts[i] == floored || parts[i] == floored + 1));
        if (weights[i] == 0) REQUIRE(parts[i] == 0);
      }
    }
  }
}
