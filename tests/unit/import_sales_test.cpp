// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "support/imports.hpp"
#include "support/shared.hpp"

using loyal::test::ImportShop;

namespace {

constexpr const char* day =
    "card,date,receipt,total\n"
    "0001,2026-02-01,1,100.00\n"
    "0002,2026-02-01,2,250.50\n";

std::string mode_of(const std::string& path) {
  const auto permissions = std::filesystem::status(path).permissions();
  return permissions == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write) ? "0600" : "other";
}

}  // namespace

TEST_SUITE("import of purchases") {
  TEST_CASE("purchases are posted once, however often their file comes") {
    ImportShop shop;
    const auto first = shop.import_text(day, 0);
    CHECK(first["posted"] == 2);
    CHECK(first["cards_made"] == 2);
    CHECK(first["total"] == 35050);
    CHECK(first["earned"] == 17);
    const auto operations = shop.number("select count(*) from operation");
    const auto second = shop.import_text(day, 0);
    CHECK(second["posted"] == 0);
    CHECK(second["known"] == 2);
    CHECK(second["operation"].is_null());
    CHECK(shop.number("select count(*) from operation") == operations);
    CHECK(shop.number("select count(*) from sale") == 2);
  }

  TEST_CASE("a receipt that is there with other content is rejected, and the rest is posted") {
    ImportShop shop;
    shop.import_text(day, 0);
    const auto again = shop.import_text("card,date,receipt,total\n0001,2026-02-01,1,100.01\n0003,2026-02-02,3,5\n", 3);
    CHECK(again["posted"] == 1);
    CHECK(again["conflicts"] == 1);
    CHECK(loyal::test::contents_of(shop.scratch.file("rows.csv.rejects.csv")) ==
          "line,column,reason,card,date,receipt,total\n"
          "2,,receipt 1 is there already with other content: 100.00 ₽ on 2026-02-01,0001,2026-02-01,1,100.01\n");
    CHECK(mode_of(shop.scratch.file("rows.csv.rejects.csv")) == "0600");
    SUBCASE("and a mended reject file can be imported, its own columns passed over") {
      const auto path =
          shop.write("mended.csv", "line,column,reason,card,date,receipt,total\n2,,…,0001,2026-02-01,1,100.00\n");
      CHECK(shop.import("sales", path, 0)["known"] == 1);
      CHECK(shop.world.err.str().find("ignored") == std::string::npos);
    }
  }

  TEST_CASE("a card that a conflicting row alone names is not made") {
    ImportShop shop;
    shop.import_text(day, 0);
    CHECK(shop.import_text("card,date,receipt,total\n0009,2026-02-01,1,100.00\n", 3)["cards_made"] == 0);
    CHECK(shop.number("select count(*) from card") == 2);
  }

  TEST_CASE("the same receipt twice in one file is one purchase, or a conflict") {
    ImportShop shop;
    const auto got =
        shop.import_text("card,date,receipt,total\n1a,2026-02-01,7,10\n1a,2026-02-01,7,10\n1a,2026-02-01,7,11\n", 3);
    CHECK(got["posted"] == 1);
    CHECK(got["known"] == 1);
    CHECK(got["conflicts"] == 1);
  }

  TEST_CASE("a receipt belongs to its till, and to its day where numbering starts anew") {
    ImportShop shop;
    CHECK(shop.import_text("card,date,till,receipt,total\n1a,2026-02-01,a,7,10\n1a,2026-02-01,b,7,11\n", 0)["posted"] ==
          2);
    ImportShop daily;
    const char* file = "card,date,receipt,total\n1a,2026-02-01,7,10\n1a,2026-02-02,7,11\n";
    CHECK(daily.import_text(file, 0, {"--receipts-restart", "daily"})["posted"] == 2);
    CHECK(daily.import_text(file, 0, {"--receipts-restart", "daily"})["known"] == 2);
  }

  TEST_CASE("without receipts two equal rows are two purchases, and the same file again is nothing new") {
    ImportShop shop;
    const char* file = "card,date,total\n1a,2026-02-01,10\n1a,2026-02-01,10\n1a,2026-02-02,10\n2b,2026-02-01,10\n";
    CHECK(shop.import_text(file, 0)["posted"] == 4);
    const auto again = shop.import_text(file, 0, {"--show-known"});
    CHECK(again["posted"] == 0);
    CHECK(again["known"] == 4);
    CHECK(again["known_rows"].size() == 4);
    CHECK(again["known_rows"][0]["line"] == 2);
    SUBCASE("a third equal row is one more") {
      CHECK(shop.import_text("card,date,total\n1a,2026-02-01,10\n1a,2026-02-01,10\n1a,2026-02-01,10\n", 0)["posted"] ==
            1);
    }
    SUBCASE("the order of the rows does not matter") {
      CHECK(shop.import_text("card,date,total\n2b,2026-02-01,10\n1a,2026-02-02,10\n1a,2026-02-01,10\n", 0)["posted"] ==
            0);
    }
    SUBCASE("rows said to be new are posted under the next ordinals") {
      CHECK(shop.import_text("card,date,total\n1a,2026-02-01,10\n", 0, {"--new-rows"})["posted"] == 1);
      CHECK(shop.number("select count(*) from sale") == 5);
      CHECK(shop.import_text(file, 0)["known"] == 4);
    }
    SUBCASE("an undone import can be made again") {
      REQUIRE(shop.run({"undo", "--last"}) == 0);
      CHECK(shop.import_text(file, 0)["posted"] == 4);
      CHECK(shop.number("select count(*) from live_sale") == 4);
      CHECK(shop.import_text(file, 0)["known"] == 4);
    }
  }

  TEST_CASE("a plan tells what would be done and writes nothing") {
    ImportShop shop;
    const auto operations = shop.number("select count(*) from operation");
    const auto plan = shop.import_text("card,date,total\n1a,2026-02-01,10\n1a,2026-02-30,10\n", 3, {"--plan"});
    CHECK(plan["posted"] == 1);
    CHECK(plan["cards_made"] == 1);
    CHECK(plan["rejected"] == 1);
    CHECK(plan["examples"][0]["line"] == 3);
    CHECK(shop.number("select count(*) from operation") == operations);
    CHECK(shop.number("select count(*) from card") == 0);
    CHECK_FALSE(std::filesystem::exists(shop.scratch.file("rows.csv.rejects.csv")));
  }

  TEST_CASE("with --strict one bad row refuses all, and the bad row is kept for mending") {
    ImportShop shop;
    shop.import_text("card,date,total\n1a,2026-02-01,10\n1a,2026-02-30,10\n", 6, {"--strict"});
    CHECK(shop.world.err.str().find("rows.csv:3: ") != std::string::npos);
    CHECK(shop.number("select count(*) from sale") == 0);
    CHECK(shop.number("select count(*) from card") == 0);
    CHECK(std::filesystem::exists(shop.scratch.file("rows.csv.rejects.csv")));
  }

  TEST_CASE("rows are posted in order of their time, then of the file") {
    ImportShop shop;
    shop.import_text(
        "card,date,receipt,total\n1a,2026-02-02,c,10\n1a,2026-02-01T12:00,b,10\n1a,2026-02-01T09:00,a,10\n1a,2026-02-"
        "02,d,10\n",
        0);
    CHECK(shop.text("select receipt from sale order by id") == "a\nb\nc\nd\n");
  }

  TEST_CASE("cards that cannot take a purchase reject their rows") {
    ImportShop shop;
    shop.import_text("card,date,total\nGOOD1,2026-02-01,10\nSTOP1,2026-02-01,10\n", 0);
    REQUIRE(shop.run({"card", "block", "STOP1", "--reason", "lost"}) == 0);
    const auto path =
        shop.write("more.csv", "card,date,total\nGOOD1,2026-02-03,10\nSTOP1,2026-02-03,10\nNEW1,2026-02-03,10\n");
    const auto got = shop.import("sales", path, 3);
    CHECK(got["posted"] == 1);
    CHECK(got["examples"][0]["reason"] == "card STOP1 is blocked");
    CHECK(got["examples"][1]["reason"] == "there is no card NEW1; --create-cards makes it");
  }

  TEST_CASE("bad fields are rejected with line, column and reason, and good rows go in") {
    struct Case {
      const char* field;
      const char* value;
      const char* because;
    };
    const Case cases[] = {
        {"total", "1.299,50", "both marks could part thousands"},
        {"total", "1e3", "an exponent"},
        {"total", "-0", "a minus at nothing"},
        {"total", "-5", "returns are no purchases"},
        {"total", "99999999999999999999", "more than 64 bits"},
        {"total", "999999999999999", "more than a purchase can come to"},
        {"total", "", "no amount"},
        {"total", "abc", "no number"},
        {"date", "2026-02-30", "a day that does not exist"},
        {"date", "2025-02-29", "no leap year"},
        {"date", "31.04.2025", "April has thirty days"},
        {"date", "2026-13-01", "no thirteenth month"},
        {"date", "2026-03-05", "it has not come yet"},
        {"date", "", "no date"},
        {"date", "13/13/2026", "no thirteenth month, whichever stands first"},
        {"card", "", "no card"},
        {"card", "---", "nothing of a number in it"},
    };
    for (const Case& row : cases) {
      CAPTURE(row.because);
      ImportShop shop;
      const std::string field = row.field;
      const std::string value = "\"" + std::string(row.value) + "\"";
      const std::string bad = (field == "card" ? value : "1a") + "," + (field == "date" ? value : "2026-02-01") + "," +
                              (field == "total" ? value : "10") + "\n";
      const auto got = shop.import_text("card,date,total\n1a,2026-02-01,20\n" + bad, 3);
      CHECK(got["posted"] == 1);
      CHECK(got["rejected"] == 1);
      CHECK(got["examples"][0]["line"] == 3);
      CHECK(got["examples"][0]["column"] == field);
    }
  }

  TEST_CASE("broken bytes, broken quotes and endless lines do not stop the rest") {
    ImportShop shop;
    SUBCASE("a NUL") {
      using namespace std::string_literals;
      CHECK(shop.import_text("card,date,total\n1a,2026-02-01,1\0000\n1a,2026-02-02,20\n"s, 3)["posted"] == 1);
    }
    SUBCASE("a quote left open") {
      CHECK(shop.import_text("card,date,total\n1a,2026-02-02,20\n\"1a,2026-02-01,10\n", 3)["posted"] == 1);
    }
    SUBCASE("a line of ten megabytes") {
      const std::string line(10'000'000, 'x');
      CHECK(shop.import_text("card,date,total\n" + line + "\n1a,2026-02-02,20\n", 3)["posted"] == 1);
    }
    SUBCASE("a bare separator in an amount") {
      CHECK(shop.import_text("card,date,total\n1a,2026-02-02,20\n1a,2026-02-01,1,50\n", 3)["posted"] == 1);
      CHECK(loyal::test::contents_of(shop.scratch.file("rows.csv.rejects.csv")).find("1a,2026-02-01,\"1,50\"") !=
            std::string::npos);
    }
  }

  TEST_CASE("files as shops have them are read: a BOM, cp1251, Russian headings, other separators") {
    ImportShop shop;
    SUBCASE("BOM and semicolons") {
      CHECK(shop.import_text("\xEF\xBB\xBFКарта;Дата;Время;Сумма\r\n1a;01.02.2026;10:15;1 250,50\r\n", 0)["total"] ==
            125050);
      CHECK(shop.text("select document_date || ' ' || document_time from sale") == "2026-02-01 10:15:00\n");
    }
    SUBCASE("windows-1251") {
      const auto got =
          shop.import_text("\xCA\xE0\xF0\xF2\xE0;\xC4\xE0\xF2\xE0;\xD1\xF3\xEC\xEC\xE0\n1a;01.02.2026;10,50\n", 0);
      CHECK(got["total"] == 1050);
    }
    SUBCASE("tabs and English headings") {
      CHECK(shop.import_text("Customer ID\tInvoice No\tInvoiceDate\tTotal\n1a\t17\t2026-02-01 10:15\t10\n",
                             0)["posted"] == 1);
      CHECK(shop.text("select receipt from sale") == "17\n");
    }
  }

  TEST_CASE("a reject file is what its source is for Excel, and can be mended and imported again") {
    struct Row {
      const char* why;
      std::string source, expected_start, expected_end;
    };
    const std::string mark = "\xEF\xBB\xBF";
    const Row rows[] = {
        {"semicolons and CRLF, as Excel in Russia saves",
         "card;date;total\r\n1a;01.02.2026;x\r\n1b;01.02.2026;1,50\r\n",
         mark + "line;column;reason;card;date;total\r\n2;total;", ";1a;01.02.2026;x\r\n"},
        {"windows-1251, which comes back as UTF-8 with a mark",
         "\xCA\xE0\xF0\xF2\xE0,\xC4\xE0\xF2\xE0,\xD1\xF3\xEC\xEC\xE0\n1a,01.02.2026,x\n",
         mark + "line,column,reason,Карта,Дата,Сумма\n", ",1a,01.02.2026,x\n"},
        {"tabs", "card\tdate\ttotal\n1a\t2026-02-01\tx\n", "line\tcolumn\treason\tcard\tdate\ttotal\n",
         "\t1a\t2026-02-01\tx\n"},
        {"plain CSV stays plain", "card,date,total\n1a,2026-02-01,x\n", "line,column,reason,card,date,total\n",
         ",1a,2026-02-01,x\n"},
        {"a mark stays", mark + "card,date,total\n1a,2026-02-01,x\n", mark + "line,column,reason,card,date,total\n",
         ",1a,2026-02-01,x\n"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.why);
      ImportShop shop;
      shop.import_text(row.source, 3);
      std::string rejects = loyal::test::contents_of(shop.scratch.file("rows.csv.rejects.csv"));
      CAPTURE(rejects);
      CHECK(rejects.starts_with(row.expected_start));
      CHECK(rejects.ends_with(row.expected_end));
      rejects.replace(rejects.rfind('x'), 1, "10");
      CHECK(shop.import_text(rejects, 0)["total"] == 1000);
      // Who named the source's encoding will name it again.
      CHECK(shop.import_text(rejects, 0,
                             {"--encoding", rejects.starts_with(mark) ? "windows-1251" : "UTF-8"})["known"] == 1);
    }
  }

  TEST_CASE("a card is made only of what can be a card number, and a mistyped one is told") {
    struct Row {
      std::string number;
      const char* reason;  ///< a part of it; empty: the card is made
    };
    const Row rows[] = {
        {"=cmd|x", "a spreadsheet would take it for a formula"},
        {"@sum", "a spreadsheet would take it for a formula"},
        {"Иванов Пётр", "digits, Latin letters and signs are"},
        {"//", "is no card number"},
        {"12345678901234567890123456789012345678901", "41 bytes, at most 40"},
        {"card \u202E21", "holds characters that cannot be seen"},
        {"АВ-100", ""},
        {"C 1", ""},
        {"2900000000018", ""},
    };
    for (const Row& row : rows) {
      CAPTURE(row.number);
      ImportShop shop;
      const bool is_good = *row.reason == '\0';
      const auto got = shop.import_text("card,date,total\n" + row.number + ",2026-02-01,10\n", is_good ? 0 : 3);
      CHECK(got["cards_made"] == (is_good ? 1 : 0));
      if (!is_good) CHECK(got["examples"][0]["reason"].get<std::string>().find(row.reason) != std::string::npos);
    }
    ImportShop shop;
    shop.import_text(
        "card,date,total\n2900000000010,2026-02-01,10\n2900000000011,2026-02-01,10\n2900000000018,2026-02-01,1\n", 0);
    CHECK(shop.world.err.str().find(
              "2 new cards have a wrong check digit in their numbers; the first is 2900000000010") !=
          std::string::npos);
  }

  TEST_CASE("columns are told, ignored ones named, missing ones refused with the headings there are") {
    ImportShop shop;
    shop.import_text("card,date,total,weather\n1a,2026-02-01,10,rain\n", 0);
    CHECK(shop.world.err.str().find("card = card, at = date, amount = total") != std::string::npos);
    CHECK(shop.world.err.str().find("ignored: weather") != std::string::npos);
    shop.import_text("who,date,total\n1a,2026-02-01,10\n", 2);
    CHECK(shop.world.err.str().find("no column is known as card; the columns are: who, date, total") !=
          std::string::npos);
    CHECK(shop.world.err.str().find("--map card=COLUMN") != std::string::npos);
    CHECK(shop.import_text("who,date,total\n1a,2026-02-01,10\n", 0, {"--map", "card=who,amount=total"})["known"] == 1);
    shop.import_text("who,date,total\n1a,2026-02-01,10\n", 2, {"--map", "card=wo"});
    CHECK(shop.world.err.str().find("--map card=who") != std::string::npos);
    shop.import_text("who,date,total\n1a,2026-02-01,10\n", 2, {"--map", "colour=who"});
    CHECK(shop.world.err.str().find("card, at, amount") != std::string::npos);
  }

  TEST_CASE("an empty file is refused, one with a heading alone is nothing to do") {
    ImportShop shop;
    shop.import_text("", 2);
    CHECK(shop.import_text("card,date,total\n", 0)["rows"] == 0);
  }

  TEST_CASE("a withdrawn card of the file is taken into use again") {
    ImportShop shop;
    const char* file = "card,date,total\n1a,2026-02-01,10\n";
    shop.import_text(file, 0);
    REQUIRE(shop.run({"undo", "--last"}) == 0);
    REQUIRE(shop.text("select state from card") == "withdrawn\n");
    CHECK(shop.import_text(file, 0)["cards_taken_again"] == 1);
    CHECK(shop.text("select state from card") == "active\n");
  }

  TEST_CASE("the same key and file answer the first result; another file is a conflict") {
    ImportShop shop;
    CHECK(shop.import_text(day, 0, {"--key", "k1"})["replayed"] == false);
    const auto again = shop.import_text(day, 0, {"--key", "k1"});
    CHECK(again["replayed"] == true);
    CHECK(again["posted"] == 2);
    CHECK(again["total"] == 35050);
    shop.import_text("card,date,total\n1a,2026-02-01,10\n", 5, {"--key", "k1"});
  }
}
