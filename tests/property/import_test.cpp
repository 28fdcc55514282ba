// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "loyal/base/money.hpp"
#include "support/imports.hpp"

using loyal::test::ImportShop;

namespace {

struct Purchase {
  std::string card, at, receipt;
  std::int64_t amount = 0;
};

std::string two(unsigned value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// Few cards and days, so that caps, inactivity and equal times are met often.
std::vector<Purchase> random_purchases(std::mt19937& random, int count, const std::string& prefix) {
  const auto below = [&random](unsigned bound) { return static_cast<unsigned>(random() % bound); };
  std::vector<Purchase> result;
  for (int i = 0; i < count; ++i) {
    Purchase purchase;
    purchase.card = "C" + std::to_string(below(4));
    purchase.at = "2025-" + two(1 + below(4)) + "-" + two(1 + below(9)) + "T" + two(below(24)) + ":00";
    purchase.receipt = prefix + std::to_string(i);
    purchase.amount = below(10) == 0 ? 0 : below(50'000);
    result.push_back(purchase);
  }
  return result;
}

const std::vector<std::string>& programs() {
  static const std::string head =
      "slug = \"coffee\"\ntitle = \"Кофе\"\nkind = \"bonus\"\nzone = \"Asia/Vladivostok\"\n[[earn]]\nrate = \"7%\"\n";
  static const std::vector<std::string> texts = {
      head + "[expiry]\nafter = \"2m\"\n",
      head + "[limits]\nper_sale = 20\nper_day = { sales = 2 }\n[pending]\ndays = 14\n[expiry]\nafter = \"30d\"\n",
      head + "[limits]\nbalance = 60\n[expiry]\ninactivity = \"9d\"\n",
      head + "[limits]\nbalance = 40\nper_day = { sales = 1 }\n",
  };
  return texts;
}

void open_program(ImportShop& shop, const std::string& text) {
  REQUIRE_MESSAGE(shop.run({"program", "apply", shop.write("program.toml", text), "--from", "2024-01-01"}) == 0,
                  shop.world.err.str());
}

void sell(ImportShop& shop, const Purchase& purchase, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{"sale", "add",       purchase.card, loyal::to_decimal(purchase.amount, 2),
                                 "--at", purchase.at, "--receipt",   purchase.receipt};
  words.insert(words.end(), more.begin(), more.end());
  REQUIRE_MESSAGE(shop.run(words) == 0, shop.world.err.str());
}

/// What both shops have sold before: points spent and goods taken back, so that there are debts.
void live_before(ImportShop& shop, const std::vector<Purchase>& before) {
  REQUIRE(shop.import("customers", shop.write("people.csv", "name,card\na,C0\nb,C1\nc,C2\nd,C3\n"), 0,
                      {"--create-cards", "--program", "coffee"})["cards_made"] == 4);
  for (std::size_t i = 0; i < before.size(); ++i) {
    sell(shop, before[i], {"--spend", "max"});
    if (i % 3 == 0 && before[i].amount > 0)
      REQUIRE_MESSAGE(shop.run({"sale", "return", before[i].receipt}) == 0, shop.world.err.str());
  }
}

constexpr const char* sales =
    "select card.number || ' ' || receipt || ' ' || document_date || ' ' || document_time || ' ' || points_date || ' ' "
    "|| total "
    "|| ' ' || discount || ' ' || paid || ' ' || earned || ' ' || coalesce(earn_limit, '-') from sale join card "
    "on card.id = card_id order by 1";
constexpr const char* entries =
    "select card.number || ' ' || coalesce(sale.receipt, '') || ' ' || entry.kind || ' ' || entry.points || ' ' || "
    "entry.date || ' ' || coalesce(usable_from, '-') || ' ' || coalesce(valid_through, '-') || ' ' || rule from entry "
    "join card on card.id = entry.card_id left join sale on sale.id = entry.sale_id order by 1";
constexpr const char* lots =
    "select card.number || ' ' || remainder || ' ' || date || ' ' || usable_from || ' ' || coalesce(valid_through, "
    "'-') "
    "from lot join card on card.id = card_id order by 1";

void compare(const ImportShop& imported, const ImportShop& sold) {
  CHECK(imported.text(sales) == sold.text(sales));
  CHECK(imported.text(entries) == sold.text(entries));
  CHECK(imported.text(lots) == sold.text(lots));
}

}  // namespace

TEST_SUITE("import of purchases, by chance") {
  TEST_CASE("what is imported at once and what is sold one by one in order of time come to the same") {
    for (unsigned seed = 1; seed <= 12; ++seed) {
      CAPTURE(seed);
      std::mt19937 random(seed);
      const std::string& program = programs()[seed % programs().size()];
      ImportShop imported("other");
      ImportShop sold("other");
      open_program(imported, program);
      open_program(sold, program);
      const auto before = random_purchases(random, seed % 2 == 0 ? 0 : 12, "b");
      auto rows = random_purchases(random, 30, "r");
      if (!before.empty()) live_before(imported, before);
      live_before(sold, before);

      std::string file = "card,at,receipt,amount\n";
      for (const Purchase& row : rows)
        file += row.card + "," + row.at + "," + row.receipt + "," + loyal::to_decimal(row.amount, 2) + "\n";
      CHECK(imported.import_text(file, 0, {"--program", "coffee"})["posted"] == 30);
      std::stable_sort(rows.begin(), rows.end(), [](const Purchase& a, const Purchase& b) { return a.at < b.at; });
      for (const Purchase& row : rows) sell(sold, row);
      compare(imported, sold);
    }
  }
}
