// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>

#include "support/imports.hpp"

TEST_SUITE("write-ahead log") {
  TEST_CASE("what a large import leaves beside the store is no burden to the commands that follow") {
    loyal::test::ImportShop shop;
    std::string rows = "card,at,amount,receipt\n";
    for (int row = 0; row < 30'000; ++row)
      rows += "card" + std::to_string(row % 9'000) + ",2026-01-10,100," + std::to_string(row) + "\n";
    shop.import_text(rows, 0);
    std::error_code none;
    const auto bytes = [&] {
      const auto size = std::filesystem::file_size(shop.store_path() + "-wal", none);
      return none ? std::uintmax_t{0} : size;
    };
    constexpr std::uintmax_t a_hundred_pages = 100 * (8192 + 24) + 32;
    CHECK(std::filesystem::file_size(shop.store_path()) > 20 * a_hundred_pages / 10);
    CHECK(bytes() <= a_hundred_pages);
    for (int sale = 0; sale < 3; ++sale)
      REQUIRE(shop.run({"sale", "add", "card1", "10", "--receipt", "new" + std::to_string(sale)}) == 0);
    CHECK(bytes() <= 2 * a_hundred_pages);
  }
}
