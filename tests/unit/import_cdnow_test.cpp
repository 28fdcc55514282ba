// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "support/imports.hpp"
#include "support/shared.hpp"

TEST_SUITE("import of real purchases") {
  TEST_CASE("the purchases of a music shop, eighteen months of them, come in to the cent and expire to nothing") {
    const auto file = loyal::test::shared_file("data/cdnow/CDNOW_master.txt");
    if (!file) return;
    loyal::test::ImportShop shop;
    const std::vector<std::string> how{"--program", "coffee", "--create-cards", "--map",
                                       "card=customer_id,at=date,amount=dollar_value"};
    const auto first = shop.import("sales", file->string(), 0, how);
    CHECK(first["posted"] == 69'659);
    CHECK(first["cards_made"] == 23'570);
    CHECK(first["total"] == 250'031'563);
    CHECK(shop.number("select count(*) from sale where total = 0") == 80);
    CHECK(shop.number("select sum(total) from sale") == 250'031'563);

    const auto second = shop.import("sales", file->string(), 0, how);
    CHECK(second["posted"] == 0);
    CHECK(second["known"] == 69'659);

    CHECK(shop.number("select sum(points) from entry") == shop.number("select sum(remainder) from lot"));
    CHECK(shop.number("select sum(points) from entry") == first["earned"].get<std::int64_t>());
    REQUIRE(shop.run({"nightly", "--until", "1999-12-31"}) == 0);
    CHECK(shop.number("select count(*) from lot") == 0);
    CHECK(shop.number("select coalesce(sum(points), 0) from entry") == 0);
    CHECK(shop.number("select count(*) from (select lot_id from entry group by lot_id having sum(points) <> 0)") == 0);
  }
}
