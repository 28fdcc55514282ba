// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>

#include "loyal/base/handover.hpp"

using loyal::Handover;

TEST_SUITE("handover") {
  TEST_CASE("values come in the order in which they were made, and then no more") {
    for (const int count : {0, 1, 511, 512, 513, 20'000}) {
      CAPTURE(count);
      Handover<int> handover([count](const Handover<int>::Give& give) {
        for (int value = 0; value < count; ++value) give(value);
      });
      int expected = 0;
      bool in_order = true;
      while (const auto value = handover.next()) in_order = in_order && *value == expected++;
      CHECK(in_order);
      CHECK(expected == count);
      CHECK_FALSE(handover.next().has_value());
    }
  }

  TEST_CASE("an error of the maker comes after the values before it") {
    Handover<int> handover([](const Handover<int>::Give& give) {
      for (int value = 0; value < 700; ++value) give(value);
      throw std::runtime_error("broken");
    });
    int taken = 0;
    CHECK_THROWS_WITH(
        [&] {
          while (handover.next()) ++taken;
        }(),
        "broken");
    CHECK(taken == 700);
  }

  TEST_CASE("a maker that nobody listens to any more is stopped") {
    std::atomic<int> made{0};
    {
      Handover<int> handover([&made](const Handover<int>::Give& give) {
        for (int value = 0; value < 10'000'000; ++value) {
          give(value);
          ++made;
        }
      });
      CHECK(handover.next() == 0);
    }
    CHECK(made < 10'000'000);
  }
}
