// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "support/imports.hpp"

TEST_SUITE("card history") {
  TEST_CASE("a receipt of goods that cost nothing is a visit until the last piece of them is back") {
    loyal::test::ImportShop shop;
    const std::string file = shop.write("visits.toml",
                                        "slug = \"visits\"\ntitle = \"Visits\"\nkind = \"bonus\"\n[[earn]]\nrate = "
                                        "\"5%\"\n[tiers]\nmetric = \"visits\"\n[[tier]]\nname = \"T1\"\nenter = 1\n");
    REQUIRE_MESSAGE(shop.run({"program", "apply", file}) == 0, shop.world.err.str());
    REQUIRE(shop.run({"card", "issue", "visits", "--number", "V-#", "--sequential"}) == 0);
    REQUIRE(shop.run({"sale", "add", "V-0", "--line", "tea:3:0.00", "--receipt", "R1"}) == 0);
    const auto tier = [&shop] {
      REQUIRE(shop.run({"tier", "list", "--program", "visits", "--json"}) == 0);
      const auto name = nlohmann::json::parse(shop.world.out.str()).at(0).at("tier");
      return name.is_null() ? std::string{} : name.get<std::string>();
    };
    CHECK(tier() == "T1");
    REQUIRE_MESSAGE(shop.run({"sale", "return", "R1", "--line", "1", "--quantity", "1"}) == 0, shop.world.err.str());
    CHECK(tier() == "T1");
    REQUIRE_MESSAGE(shop.run({"sale", "return", "R1"}) == 0, shop.world.err.str());
    CHECK(tier() == "");
  }
}
