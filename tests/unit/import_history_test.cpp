// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "support/imports.hpp"

using loyal::test::ImportShop;

TEST_SUITE("import of a history") {
  TEST_CASE("what the file says was earned and spent is taken, and not what the rules say") {
    ImportShop shop;
    const auto got = shop.import_text(
        "card,receipt,at,total,discount,paid,earned,spent,usable_from,valid_through\n"
        "1a,1,2026-01-10T10:00,1000,100,900,77,0,2026-01-20,2026-12-31\n"
        "1a,2,2026-02-01,200,0,150,3,50,,\n"
        "1a,3,2026-02-02,10,0,10,4,0,,never\n",
        0, {"--as-history"});
    CHECK(got["posted"] == 3);
    CHECK(got["earned"] == 84);
    CHECK(got["spent"] == 50);
    CHECK(got["opened"] == 0);
    CHECK(shop.text("select total || ' ' || discount || ' ' || points_money || ' ' || paid || ' ' || earned || ' ' || "
                    "spent from sale order by id") ==
          "100000 10000 0 90000 77 0\n20000 0 5000 15000 3 50\n1000 0 0 1000 4 0\n");
    CHECK(shop.text(
              "select remainder || ' ' || usable_from || ' ' || coalesce(valid_through, '-') from lot order by id") ==
          "27 2026-01-20 2026-12-31\n3 2026-02-01 2027-02-01\n4 2026-02-02 -\n");
    CHECK(shop.run({"doctor"}) == 0);
    CHECK(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.run({"doctor"}) == 0);
    CHECK(shop.number("select coalesce(sum(remainder), 0) from lot") == 0);
  }

  TEST_CASE("points that the file does not show earned are opened so that they can be spent") {
    ImportShop shop;
    const auto got = shop.import_text(
        "card,receipt,at,total,earned,spent\n1a,1,2026-01-10,100,2,30\n1a,2,2026-01-11,100,2,5\n", 0, {"--as-history"});
    CHECK(got["opened"] == 33);
    CHECK(shop.world.err.str().find("33 points were spent") != std::string::npos);
    CHECK(shop.number("select sum(remainder) from lot") == 2);
    CHECK(shop.number("select points_money from sale where receipt = '1'") == 3000);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("a history of lines keeps what each line earned and cost") {
    ImportShop shop;
    shop.import_text(
        "card,receipt,at,sku,quantity,amount,discount,earned\n"
        "1a,1,2026-01-10,A,1,100,10,1\n1a,1,2026-01-10,B,2,50,0,4\n",
        0, {"--as-history"});
    CHECK(shop.text("select line || ' ' || discount || ' ' || paid || ' ' || earned from sale_line order by line") ==
          "1 1000 9000 1\n2 0 5000 4\n");
    CHECK(shop.number("select earned from sale") == 5);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("what gift cards paid is taken from them, or the row is rejected") {
    ImportShop shop;
    const std::string gift = shop.write("gift.toml", "slug = \"gift\"\ntitle = \"Gift\"\nkind = \"gift\"\n");
    REQUIRE(shop.run({"program", "apply", gift}) == 0);
    REQUIRE(shop.run({"card", "issue", "gift", "--number", "G-#", "--sequential"}) == 0);
    REQUIRE(shop.run({"points", "grant", "G-0", "100", "--reason", "prize", "--now", "2026-01-01T09:00:00Z"}) == 0);
    const auto got = shop.import_text(
        "card,receipt,at,total,discount,earned,gifts\n"
        "1a,1,2026-01-10,100,0,0,G-0=40\n"
        "1a,2,2026-01-11,100,10,0,G-0=90.01\n"
        "1a,3,2026-01-12,100,0,0,1a=10\n"
        "1a,4,2026-01-13,100,0,0,G-7=10\n"
        "1a,5,2026-01-14,100,0,0,G-0\n"
        "1a,6,2026-01-15,100,0,0,\"G-0=20; G-0=30,50\"\n",
        3, {"--as-history", "--program", "coffee"});
    CHECK(got["posted"] == 2);
    CHECK(got["rejected"] == 4);
    CHECK(shop.number("select sum(amount) from gift_payment") == 90'50);
    CHECK(shop.number("select sum(remainder) from lot") == 9'50);
    CHECK(shop.run({"doctor"}) == 0);
    REQUIRE(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.number("select sum(remainder) from lot") == 100'00);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("a row whose sums do not add up is rejected") {
    ImportShop shop;
    const auto got = shop.import_text(
        "card,receipt,at,total,discount,points_money,earned\n1a,1,2026-01-10,100,60,50,1\n1a,2,2026-01-10,100,0,0,-"
        "1\n1a,3,"
        "2026-01-10,100,0,0,1.5\n",
        3, {"--as-history"});
    CHECK(got["rejected"] == 3);
    CHECK(got["examples"][0]["reason"] == "discount, points and payment do not add up to 100.00\u00A0₽");
    CHECK(got["examples"][1]["column"] == "earned");
    CHECK(got["examples"][2]["column"] == "earned");
  }

  TEST_CASE("returns of a history restore and take back what the file says") {
    ImportShop shop;
    shop.import_text("card,receipt,at,total,earned,spent\n1a,1,2026-01-10,100,40,0\n1a,2,2026-01-11,100,6,30\n", 0,
                     {"--as-history"});
    const auto path = shop.write(
        "back.csv",
        "receipt,at,amount,restored,clawed_back,return_reason\n2,2026-01-12,100,25,6,broken\n1,2026-01-13,50,0,17,\n");
    const auto got = shop.import("returns", path, 0, {"--as-history"});
    CHECK(got["posted"] == 2);
    CHECK(shop.text("select restored || ' ' || clawed_back || ' ' || forgiven from sale_return order by id") ==
          "25 6 0\n0 17 0\n");
    CHECK(shop.number("select sum(remainder) from lot") == 40 + 6 - 30 + 25 - 6 - 17);
    CHECK(shop.run({"doctor"}) == 0);
    CHECK(shop.import("returns", path, 0, {"--as-history"})["posted"] == 0);
    const auto bad = shop.write("bad.csv", "receipt,at,amount,restored,clawed_back\n1,2026-01-14,50,1,0\n");
    CHECK(shop.import("returns", bad, 3, {"--as-history"})["rejected"] == 1);
    CHECK(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.run({"doctor"}) == 0);
  }
}
