// SPDX-License-Identifier: MIT
#include "loyal/domain/rate.hpp"

#include <doctest/doctest.h>

#include "loyal/base/error.hpp"

using loyal::domain::Rate;

TEST_SUITE("domain") {
  TEST_CASE("a percentage is read as an exact fraction in lowest terms") {
    struct Row {
      const char* text;
      Rate rate;
      const char* reason;
    };
    const Row rows[] = {
        {"5%", {1, 20}, "whole"},
        {"7.5%", {3, 40}, "a point"},
        {"7,5 %", {3, 40}, "a comma and a blank, as people write"},
        {" 100% ", {1, 1}, "all of it"},
        {"150%", {3, 2}, "more than all: the program file decides whether it may be"},
        {"0%", {0, 1}, "nothing"},
        {"0.0001%", {1, 1'000'000}, "the finest step"},
        {"33.3333%", {333'333, 1'000'000}, "as near to a third as is written"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      CHECK(loyal::domain::parse_percent(row.text) == row.rate);
    }
  }

  TEST_CASE("a percentage without its sign, below zero or too fine is refused and quoted") {
    for (const char* text : {"5", "", "%", "-5%", "-0%", "five%", "5%%", "1e1%", "0.00001%", "99999999999999999999%"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(loyal::domain::parse_percent(text), loyal::Error);
    }
    CHECK_THROWS_WITH(loyal::domain::parse_percent("5"), "\"5\" is not a percentage");
  }

  TEST_CASE("a rate is shown as the shortest percentage") {
    CHECK(loyal::domain::to_percent({1, 20}) == "5%");
    CHECK(loyal::domain::to_percent({3, 40}) == "7.5%");
    CHECK(loyal::domain::to_percent({1, 1}) == "100%");
    CHECK(loyal::domain::to_percent({0, 1}) == "0%");
    CHECK(loyal::domain::to_percent({1, 1'000'000}) == "0.0001%");
    CHECK(loyal::domain::to_percent({1, 3}) == "1/3");
  }

  TEST_CASE("rates compare exactly, however large their terms are") {
    CHECK(loyal::domain::is_less({1, 3}, {1, 2}));
    CHECK_FALSE(loyal::domain::is_less({1, 2}, {1, 2}));
    constexpr std::int64_t large = INT64_MAX;
    CHECK(loyal::domain::is_less({large - 1, large}, {large, large - 1}));
  }
}
