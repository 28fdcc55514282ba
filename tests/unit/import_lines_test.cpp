// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "support/imports.hpp"
#include "support/shared.hpp"

using loyal::test::ImportShop;

namespace {

constexpr const char* lines =
    "card,receipt,date,sku,product,category,quantity,price,amount\n"
    "1a,1,2026-02-01,A1,Coffee,drinks,2,100.50,201.00\n"
    "2b,2,2026-02-01,B1,Bread,bread,1,50,\n"
    "1a,1,2026-02-01,B1,Bread,bread,0.5,50,25\n";

}  // namespace

TEST_SUITE("import of receipts with lines") {
  TEST_CASE("rows with one receipt are one purchase, though another stands between them") {
    ImportShop shop;
    const auto got = shop.import_text(lines, 0);
    CHECK(got["posted"] == 2);
    CHECK(got["lines"] == 3);
    CHECK(got["total"] == 27600);
    CHECK(got["earned"] == 13);
    CHECK(shop.text("select receipt || ' ' || total || ' ' || earned from sale order by receipt") ==
          "1 22600 11\n2 5000 2\n");
    CHECK(
        shop.text("select sale_id || ' ' || line || ' ' || sku || ' ' || name || ' ' || category || ' ' || quantity || "
                  "' ' || price || ' ' || amount from sale_line order by sale_id, line") ==
        "1 1 A1 Coffee drinks 2000 10050 20100\n1 2 B1 Bread bread 500 5000 2500\n2 1 B1 Bread bread 1000 5000 5000\n");
    CHECK(shop.run({"doctor"}) == 0);
    SUBCASE("and the same file again is nothing new") {
      const auto again = shop.import_text(lines, 0);
      CHECK(again["posted"] == 0);
      CHECK(again["known"] == 2);
    }
    SUBCASE("other goods at the same price are a conflict of all the receipt's rows") {
      std::string other = lines;
      other.replace(other.find("A1,Coffee"), 9, "A2,Coffee");
      const auto got_other = shop.import_text(other, 3);
      CHECK(got_other["known"] == 1);
      CHECK(got_other["rejected"] == 2);
      CHECK(got_other["conflicts"] == 1);
    }
    SUBCASE("a line can be given back") {
      CHECK(shop.run({"sale", "return", "1", "--line", "2"}) == 0);
      CHECK(shop.number("select amount from sale_return") == 2500);
    }
    SUBCASE("and an undo takes all back") {
      CHECK(shop.run({"undo", "--last"}) == 0);
      CHECK(shop.number("select count(*) from live_sale") == 0);
      CHECK(shop.import_text(lines, 0)["posted"] == 2);
      CHECK(shop.run({"doctor"}) == 0);
    }
  }

  TEST_CASE("a receipt comes in the same from its lines as from the counter") {
    ImportShop shop, other;
    shop.import_text(lines, 0);
    REQUIRE(other.run({"card", "issue", "coffee", "--number", "1a"}) == 0);
    REQUIRE_MESSAGE(other.run({"sale", "add", "1a", "--receipt", "1", "--at", "2026-02-01", "--line", "A1:2:100.50",
                               "--line", "B1:0.5:50"}) == 0,
                    other.world.err.str());
    const char* query = "select earned || ' ' || total || ' ' || paid from sale where receipt = '1'";
    CHECK(shop.text(query) == other.text(query));
    const char* line_query =
        "select line || ' ' || sku || ' ' || amount || ' ' || earned || ' ' || paid from sale_line where sale_id = 1 "
        "order "
        "by line";
    CHECK(shop.text(line_query) == other.text(line_query));
  }

  TEST_CASE("a receipt of which one row cannot be taken is rejected whole, and mended whole") {
    struct Row {
      const char* row;
      const char* column;
      const char* reason;
    };
    const Row rows[] = {
        {"1a,7,2026-02-01,A1,Coffee,drinks,x,100,100", "quantity", "\"x\" is not a number"},
        {"1a,7,2026-02-01,A1,Coffee,drinks,0,100,100", "quantity", "\"0\" pieces are no purchase"},
        {"1a,7,2026-02-01,A1,Coffee,drinks,-1,100,100", "quantity", "\"-1\" pieces are no purchase"},
        {"1a,7,2026-02-01,A1,Coffee,drinks,1,abc,100", "price", "\"abc\" is not a number"},
        {"1a,7,2026-02-01,A1,Coffee,drinks,1,100,-5", "amount",
         "\"-5\" is less than nothing; returns are not imported with purchases"},
        {"2b,7,2026-02-01,A1,Coffee,drinks,1,100,100", "card", "receipt 7 has another card in line 2"},
        {"1a,7,2026-02-02,A1,Coffee,drinks,1,100,100", "date", "receipt 7 is of another day in line 2"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.row);
      ImportShop shop;
      const std::string heading = "card,receipt,date,sku,product,category,quantity,price,amount\n";
      const std::string good = "1a,7,2026-02-01,B1,Bread,bread,1,50,50\n";
      const auto got =
          shop.import_text(heading + good + row.row + "\n" + good + "1a,8,2026-02-01,B1,Bread,bread,1,50,50\n", 3);
      CHECK(got["posted"] == 1);
      CHECK(got["rejected"] == 3);
      CHECK(got["examples"][1]["line"] == 3);
      CHECK(got["examples"][1]["column"] == row.column);
      CHECK(got["examples"][1]["reason"] == row.reason);
      CHECK(got["examples"][0]["reason"] == "line 3 of the file, which belongs to receipt 7, cannot be taken");
      CHECK(shop.text("select receipt from sale") == "8\n");
      std::string mended = loyal::test::contents_of(shop.scratch.file("rows.csv.rejects.csv"));
      const std::size_t bad = mended.find(row.row);
      REQUIRE(bad != std::string::npos);
      mended.replace(bad, std::string(row.row).size(), "1a,7,2026-02-01,A1,Coffee,drinks,1,100,100");
      CHECK(shop.import_text(mended, 0)["total"] == 20000);
    }
  }

  TEST_CASE("returns among the rows are passed over, and an unknown type is rejected") {
    ImportShop shop;
    const char* file =
        "card,receipt,date,type,amount\n1a,1,2026-02-01,Продажа,100\n1a,1,2026-02-02,Возврат,40\n1a,2,2026-02-02,???,"
        "5\n";
    const auto got = shop.import_text(file, 3);
    CHECK(got["posted"] == 1);
    CHECK(got["returns"] == 1);
    CHECK(got["examples"][0]["column"] == "type");
    CHECK(shop.world.err.str().find("loyal import returns") != std::string::npos);
    const auto back = shop.import("returns", shop.scratch.file("rows.csv"), 3);
    CHECK(back["posted"] == 1);
    CHECK(back["sales"] == 1);
    CHECK(back["amount"] == 4000);
  }

  TEST_CASE("without receipts each row of goods is a purchase of its own") {
    ImportShop shop;
    CHECK(shop.import_text("card,date,product,amount\n1a,2026-02-01,Tea,10\n1a,2026-02-01,Tea,10\n", 0)["posted"] == 2);
    CHECK(shop.number("select count(*) from sale_line") == 2);
  }
}
