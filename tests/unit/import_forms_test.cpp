// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <iconv.h>

#include <sstream>
#include <string>

#include "support/imports.hpp"
#include "support/shared.hpp"

using loyal::test::ImportShop;

namespace {

std::string in_encoding(std::string text, const char* encoding) {
  const iconv_t converter = iconv_open(encoding, "UTF-8");
  REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
  std::string result(4 * text.size() + 4, '\0');
  char* in = text.data();
  char* out = result.data();
  std::size_t in_left = text.size();
  std::size_t out_left = result.size();
  REQUIRE(iconv(converter, &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1));
  iconv_close(converter);
  result.resize(result.size() - out_left);
  return result;
}

constexpr const char* russian_file = "Карта;Дата;Сумма\r\n1a;13.02.2026;1 250,50\r\n2b;14.02.2026;10\r\n";

}  // namespace

TEST_SUITE("forms of imported files") {
  TEST_CASE("a file is read in whatever encoding it comes, and what was guessed is said") {
    struct Row {
      const char* encoding;  ///< of iconv
      std::string mark;
      std::string said;
    };
    const Row rows[] = {
        {"UTF-8", "", "UTF-8"},
        {"UTF-8", "\xEF\xBB\xBF", "UTF-8"},
        {"UTF-16LE", "\xFF\xFE", "UTF-16LE"},
        {"UTF-16BE", "\xFE\xFF", "UTF-16BE"},
        {"UTF-16LE", "", "UTF-16LE"},
        {"UTF-16BE", "", "UTF-16BE"},
        {"WINDOWS-1251", "", "windows-1251"},
        {"CP866", "", "CP866"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.encoding);
      CAPTURE(row.mark.size());
      ImportShop shop;
      const std::string text = row.mark + in_encoding(russian_file, row.encoding);
      CHECK(shop.import_text(text, 0)["total"] == 126050);
      CHECK(shop.world.err.str().find("(" + row.said + ", separator ;)") != std::string::npos);
      SUBCASE("and again when it is named") {
        CHECK(shop.import_text(text, 0, {"--encoding", row.encoding})["known"] == 2);
      }
    }
  }

  TEST_CASE("a separator that was guessed wrong can be named") {
    ImportShop shop;
    const auto path = shop.write("odd.csv", "card:date:total\n1a:2026-02-01:10\n");
    CHECK(shop.run({"import", "sales", path, "--create-cards"}) == 2);
    CHECK(shop.import("sales", path, 0, {"--create-cards", "--separator", ":"})["posted"] == 1);
  }

  TEST_CASE("day first or month first is told by the file as a whole") {
    struct Row {
      const char* first;
      const char* second;
      const char* expected;  ///< days; empty: it cannot be told
      const char* because;
    };
    const Row rows[] = {
        {"01/02/2026", "13/01/2026", "2026-01-13\n2026-02-01\n", "thirteen is a day"},
        {"01/02/2026", "01/13/2026", "2026-01-02\n2026-01-13\n", "thirteen is a day in the second place too"},
        {"1-2-2026", "13-1-2026", "2026-01-13\n2026-02-01\n", "dashes and one digit"},
        {"01/01/2026", "02/02/2026", "2026-01-01\n2026-02-02\n", "either way is the same"},
        {"2026/01/02", "2026/1/13", "2026-01-02\n2026-01-13\n", "the year stands first, and the rest is plain"},
        {"01/02/2026 12:30", "13/01/2026 9:05", "2026-01-13\n2026-02-01\n", "with a time"},
        {"01/02/2026", "2026-01-13", "", "an ISO date tells nothing"},
        {"13/01/2026", "01/13/2026", "", "one says this, the other that"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.because);
      ImportShop shop;
      const auto path =
          shop.write("dates.csv", std::string("card,date,total\n1a,") + row.first + ",10\n1a," + row.second + ",20\n");
      const bool is_told = *row.expected != '\0';
      REQUIRE(shop.run({"import", "sales", path, "--create-cards"}) == (is_told ? 0 : 2));
      if (is_told) {
        CHECK(shop.text("select document_date from sale order by 1") == row.expected);
      } else {
        CHECK(shop.world.err.str().find("--dates day-first") != std::string::npos);
        CHECK(shop.number("select count(*) from sale") == 0);
      }
    }
  }

  TEST_CASE("where the file does not tell, the flag does, or a person is asked") {
    ImportShop shop;
    const auto path = shop.write("dates.csv", "card,date,total\n1a,01/02/2026,10\n");
    SUBCASE("day first") {
      shop.import("sales", path, 0, {"--create-cards", "--dates", "day-first"});
      CHECK(shop.text("select document_date from sale") == "2026-02-01\n");
    }
    SUBCASE("month first") {
      shop.import("sales", path, 0, {"--create-cards", "--dates", "month-first"});
      CHECK(shop.text("select document_date from sale") == "2026-01-02\n");
    }
    SUBCASE("asked") {
      shop.world.world.in_is_terminal = shop.world.world.err_is_terminal = true;
      shop.world.in.str("2\n");
      CHECK(shop.run({"import", "sales", path, "--create-cards"}) == 0);
      CHECK(shop.text("select document_date from sale") == "2026-01-02\n");
    }
    SUBCASE("asked, and not answered") {
      shop.world.world.in_is_terminal = shop.world.world.err_is_terminal = true;
      shop.world.in.str("\n");
      CHECK(shop.run({"import", "sales", path, "--create-cards"}) == 2);
    }
    SUBCASE("a day that the named order does not allow is a bad row") {
      const auto bad = shop.write("bad.csv", "card,date,total\n1a,13/02/2026,10\n1a,01/02/2026,10\n");
      const auto got = shop.import("sales", bad, 3, {"--create-cards", "--dates", "month-first"});
      CHECK(got["posted"] == 1);
      CHECK(got["examples"][0]["line"] == 2);
      CHECK(got["examples"][0]["column"] == "date");
    }
  }

  TEST_CASE("birthdays of customers follow the same order") {
    ImportShop shop;
    const auto path = shop.write("people.csv", "name,birthday\nAnna,03/04/1990\nBoris,25/12/1985\n");
    CHECK(shop.import("customers", path, 0)["added"] == 2);
    CHECK(shop.text("select birthday from customer order by id") == "1990-04-03\n1985-12-25\n");
  }

  TEST_CASE("columns are kept under a name, with the way in which the file is read") {
    ImportShop shop;
    shop.world.world.environment["XDG_CONFIG_HOME"] = shop.scratch.file("config");
    const auto path = shop.write("a.csv", "Кто|Когда|\"Сколько \"\"всего\"\"\"\n1a|01/02/2026|10\n");
    shop.import("sales", path, 0,
                {"--create-cards", "--map", "card=Кто,at=Когда,amount=Сколько \"всего\"", "--dates", "month-first",
                 "--separator", "|", "--save-map", "till"});
    CHECK(shop.world.err.str().find("--map till") != std::string::npos);
    const auto next = shop.write("b.csv", "Кто|Когда|\"Сколько \"\"всего\"\"\"\n1a|02/02/2026|20\n");
    CHECK(shop.import("sales", next, 0, {"--map", "till"})["total"] == 2000);
    CHECK(shop.text("select document_date from sale order by 1") == "2026-01-02\n2026-02-02\n");
    SUBCASE("a name that there is not is told with those that there are") {
      CHECK(shop.run({"import", "sales", next, "--map", "tell"}) == 4);
      CHECK(shop.world.err.str().find("there are: till") != std::string::npos);
    }
    SUBCASE("a name that leads out of the folder is none") {
      CHECK(shop.run({"import", "sales", next, "--map", "../till"}) == 4);
      CHECK(shop.run({"import", "sales", path, "--map", "till", "--save-map", "../up"}) == 2);
    }
  }

  TEST_CASE(
      "a real log comes in alike from a Russian Excel: windows-1251, semicolons, points in dates, decimal commas") {
    const auto file = loyal::test::shared_file("data/cdnow/cdnowElog.csv");
    if (!file) return;
    std::istringstream plain(loyal::test::contents_of(*file));
    std::string russian = "№;Карта;Дата;Дисков;Сумма\r\n";
    std::string line;
    std::getline(plain, line);
    while (std::getline(plain, line)) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      std::istringstream cells(line);
      std::string master, sample, date, count, amount;
      std::getline(cells, master, ',');
      std::getline(cells, sample, ',');
      std::getline(cells, date, ',');
      std::getline(cells, count, ',');
      std::getline(cells, amount, ',');
      if (const auto point = amount.find('.'); point != std::string::npos) amount[point] = ',';
      russian += master + ";" + sample + ";" + date.substr(6, 2) + "." + date.substr(4, 2) + "." + date.substr(0, 4) +
                 ";" + count + ";" + amount + "\r\n";
    }
    ImportShop one, other;
    const auto first = one.import("sales", file->string(), 0, {"--create-cards", "--map", "card=sampleid"});
    const auto second = other.import_text(in_encoding(russian, "WINDOWS-1251"), 0);
    CHECK(first["posted"].get<int>() > 6000);
    CHECK(first["posted"] == second["posted"]);
    CHECK(first["total"] == second["total"]);
    for (const char* query :
         {"select number || ' ' || issued_date from card order by id",
          "select card_id || ' ' || document_date || ' ' || document_time || ' ' || total || ' ' || earned from sale "
          "order by id",
          "select card_id || ' ' || lot_id || ' ' || kind || ' ' || points || ' ' || sale_id || ' ' || date || ' ' || "
          "valid_through from entry order by id",
          "select card_id || ' ' || id || ' ' || remainder from lot order by card_id, id"})
      CHECK(one.text(query) == other.text(query));
  }
}
