// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <map>

#include "loyal/format/xlsx_reader.hpp"
#include "support/imports.hpp"

using loyal::test::ImportShop;

namespace {

/// The rows of a workbook's first sheet by what stands in their first cell; of several, the last.
std::map<std::string, std::vector<std::string>> summary_of(const std::string& path) {
  std::map<std::string, std::vector<std::string>> rows;
  loyal::format::XlsxReader reader(path);
  std::vector<std::string> cells;
  for (std::size_t number = 0; reader.next(cells, number);)
    if (!cells.empty()) rows[cells.front()] = cells;
  return rows;
}

void run_all(ImportShop& shop, const std::vector<std::vector<std::string>>& commands) {
  for (const auto& command : commands)
    REQUIRE_MESSAGE(shop.run(command) == 0, command[0] << " " << command[1] << ": " << shop.world.err.str());
}

/// The values of one column of a list.
std::string column(ImportShop& shop, std::vector<std::string> words, const std::string& key) {
  words.emplace_back("--json");
  REQUIRE_MESSAGE(shop.run(words) == 0, shop.world.err.str());
  std::string text;
  for (const auto& row : nlohmann::json::parse(shop.world.out.str()))
    text += (text.empty() ? "" : " ") + row[key].get<std::string>();
  return text;
}

constexpr const char* gift_text = R"(slug = "gift"
title = "Подарок"
kind = "gift"
[[offer]]
name = "Любая сумма"
)";

}  // namespace

TEST_SUITE("the accountant's lists") {
  TEST_CASE("one company's lists of cards and purchases do not show another's") {
    ImportShop shop;
    run_all(shop,
            {{"company", "add", "--inn", "7736207543", "--ogrn", "1027700229193", "--name", "Книга", "--slug", "kniga"},
             {"program", "add", "bonus", "--slug", "books", "--earn", "3%", "--company", "kniga"},
             {"program", "add", "club", "--slug", "street", "--member", "zerno", "--member", "kniga", "--earn", "3%",
              "--company", "zerno"},
             {"card", "issue", "coffee", "--number", "C-#", "--sequential"},
             {"card", "issue", "books", "--number", "B-#", "--sequential"},
             {"card", "issue", "street", "--number", "S-#", "--sequential"},
             {"sale", "add", "C-0", "100.00", "--receipt", "1", "--at", "2026-02-01T10:00"},
             {"sale", "add", "B-0", "100.00", "--receipt", "2", "--at", "2026-02-02T10:00"},
             {"sale", "add", "S-0", "100.00", "--receipt", "3", "--at", "2026-02-03T10:00", "--company", "kniga"}});
    CHECK(column(shop, {"card", "list"}, "number") == "C-0 B-0 S-0");
    CHECK(column(shop, {"card", "list", "--company", "zerno"}, "number") == "C-0 S-0");
    CHECK(column(shop, {"card", "list", "--company", "kniga"}, "number") == "B-0 S-0");
    CHECK(column(shop, {"card", "list", "--company", "zerno", "--as-of", "2026-03-01"}, "number") == "C-0 S-0");
    CHECK(column(shop, {"points", "list", "--company", "zerno"}, "card") == "C-0 S-0");
    CHECK(column(shop, {"points", "expiring", "--within", "13m", "--company", "zerno"}, "card") == "C-0");
    CHECK(column(shop, {"sale", "list"}, "receipt") == "1 2 3");
    CHECK(column(shop, {"sale", "list", "--company", "zerno"}, "receipt") == "1");
    CHECK(column(shop, {"sale", "list", "--company", "kniga"}, "receipt") == "2 3");
    CHECK(column(shop, {"sale", "list", "--company", "kniga", "--shop", "kniga"}, "receipt") == "2 3");
  }

  TEST_CASE("a gift card that is sold is an advance, and what it pays is sold once") {
    ImportShop shop;
    const std::string gift = shop.write("gift.toml", gift_text);
    const std::string book = shop.scratch.file("q1.xlsx");
    run_all(shop, {{"program", "apply", gift},
                   {"card", "issue", "gift", "--number", "G-#", "--sequential", "--count", "2"},
                   {"card", "issue", "coffee", "--number", "C-#", "--sequential"},
                   {"card", "top-up", "G-0", "1000.00", "--receipt", "1", "--at", "2026-01-10T10:00"},
                   {"card", "top-up", "G-1", "300.00", "--receipt", "2", "--at", "2026-01-11T10:00"},
                   {"sale", "return", "2", "--at", "2026-01-12T10:00"},
                   {"sale", "add", "C-0", "400.00", "--gift", "G-0=250", "--receipt", "3", "--at", "2026-01-13T10:00"},
                   {"sale", "return", "3", "--amount", "40.00", "--at", "2026-01-14T10:00"},
                   {"export", "xlsx", "--from", "2026-01-01", "--to", "2026-02-28", "-o", book}});
    CHECK(shop.world.out.str().find("360.00") != std::string::npos);
    auto rows = summary_of(book);
    CHECK(rows["Sold: to pay, gift cards not counted"][1] == "360");
    CHECK(rows["Of it by gift card"][1] == "-225");
    CHECK(rows["Advances: gift cards sold"][1] == "1000");
    CHECK(rows["Money received"][1] == "1135");
    CHECK(rows["2026-01"][1] == "360");
    CHECK(rows["Purchases: to pay, against the months"][3] == "agrees");
    CHECK(column(shop, {"report", "discounts", "--from", "2026-01-01", "--to", "2026-02-28"}, "program") == "coffee");
  }

  TEST_CASE("the points of a month are worth what they were on their days") {
    ImportShop shop;
    const auto rules = [&shop](const char* worth) {
      return shop.write(std::string(worth) + ".toml",
                        "slug = \"coffee\"\ntitle = \"Coffee\"\nkind = \"bonus\"\n[unit]\nworth = \"" +
                            std::string(worth) + "\"\n[[earn]]\nrate = \"10%\"\n");
    };
    const std::string one = rules("1.00");
    const std::string half = rules("0.50");
    const std::string book = shop.scratch.file("q1.xlsx");
    run_all(shop, {{"program", "apply", one, "--from", "2026-01-01", "--now", "2026-01-01T09:00:00Z"},
                   {"card", "issue", "coffee", "--number", "C-#", "--sequential"},
                   {"sale", "add", "C-0", "1000.00", "--receipt", "1", "--at", "2026-01-10T10:00"},
                   {"program", "apply", half, "--from", "2026-02-01", "--now", "2026-02-01T09:00:00Z"},
                   {"sale", "add", "C-0", "1000.00", "--receipt", "2", "--at", "2026-02-10T10:00"},
                   {"export", "xlsx", "--from", "2026-01-01", "--to", "2026-02-28", "-o", book}});
    auto rows = summary_of(book);
    CHECK(rows["2026-01"][2] == "100");
    CHECK(rows["2026-02"][2] == "50");
  }

  TEST_CASE("the list of purchases that loyal wrote is held against the store without naming its columns") {
    ImportShop shop;
    const std::string book = shop.scratch.file("sales.xlsx");
    run_all(shop, {{"card", "issue", "coffee", "--number", "C-#", "--sequential"},
                   {"sale", "add", "C-0", "100.50", "--receipt", "1", "--at", "2026-02-01T10:00"},
                   {"sale", "add", "C-0", "200.00", "--receipt", "2", "--at", "2026-02-02T11:30"},
                   {"sale", "list", "-o", book},
                   {"reconcile", book}});
    CHECK(shop.run({"reconcile", book, "--json"}) == 0);
    const auto report = nlohmann::json::parse(shop.world.out.str());
    CHECK(report["sums"][0]["count"] == 2);
    CHECK(report["sums"][0]["there"] == 300'50);
    const std::string russian = shop.scratch.file("чеки.xlsx");
    run_all(shop, {{"sale", "list", "-o", russian, "--lang", "ru"}, {"reconcile", russian}});
  }

  TEST_CASE("an empty file is refused with where to read which columns are wanted") {
    ImportShop shop;
    const std::string file = shop.write("empty.csv", "");
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"import", "cards"},
                                                                                       {"import", "points"},
                                                                                       {"import", "returns"},
                                                                                       {"import", "customers"},
                                                                                       {"import", "consents"},
                                                                                       {"import", "sales"},
                                                                                       {"reconcile"}}) {
      std::vector<std::string> command = words;
      command.push_back(file);
      CHECK(shop.run(command) == 2);
      std::string hint = "loyal: hint: loyal";
      for (const std::string& word : words) hint += " " + word;
      CHECK_MESSAGE(shop.world.err.str().find(hint + " --help") != std::string::npos, shop.world.err.str());
    }
  }
}
