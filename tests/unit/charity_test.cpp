// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <string>

#include "loyal/store/check.hpp"
#include "support/imports.hpp"

using namespace loyal;

namespace {

/// A shop with a charity program "kind", the card K-0, and so much on the account.
struct KindShop : test::ImportShop {
  explicit KindShop(const std::string& donate, const std::string& account, const std::string& per_month = {}) {
    std::vector<std::string> add = {"program",  "add",  "charity", "--slug", "kind",
                                    "--donate", donate, "--fund",  "fond"};
    if (!per_month.empty()) add.insert(add.end(), {"--per-month", per_month});
    REQUIRE_MESSAGE(run(add) == 0, world.err.str());
    REQUIRE(run({"card", "issue", "kind", "--number", "K-#", "--sequential"}) == 0);
    if (!account.empty()) REQUIRE(run({"fund", "top-up", account, "--program", "kind"}) == 0);
  }
  nlohmann::json answer(std::vector<std::string> words, int code = 0) {
    words.emplace_back("--json");
    const int got = run(words);
    REQUIRE_MESSAGE(got == code, "exit " << got << ": " << world.err.str());
    return world.out.str().empty() ? nlohmann::json() : nlohmann::json::parse(world.out.str());
  }
  /// What the funds have been given and the account still holds, in kopecks.
  std::pair<std::int64_t, std::int64_t> money() {
    const auto row = answer({"fund", "list"}).at(0);
    return {row.at("donated").get<std::int64_t>(), row.at("account").get<std::int64_t>()};
  }
  std::string doctor() {
    store::Database store(store_path(), store::Access::read);
    for (const store::Check& check : store::checks()) {
      const store::CheckReport report = store::run_check(store, check);
      if (report.problems > 0)
        return report.name + ": " + report.first.front().place + ": " + report.first.front().what;
    }
    return {};
  }
};

using Given = std::pair<std::int64_t, std::int64_t>;

}  // namespace

TEST_SUITE("charity") {
  TEST_CASE("a purchase gives what the program says") {
    const struct {
      const char* donate;
      const char* amount;
      std::int64_t given;
      const char* reason;
    } rows[] = {{"1.00", "350.00", 100, "a sum, whatever is bought"},
                {"1%", "350.50", 351, "a part, half up to the kopeck: 3.505"},
                {"1%", "0.49", 0, "a part of little is nothing"},
                {"round-up:10.00", "123.40", 660, "what is missing to the next ten"},
                {"round-up:10.00", "130.00", 0, "nothing is missing"}};
    for (const auto& row : rows) {
      CAPTURE(row.reason);
      KindShop shop(row.donate, "100");
      const auto sale = shop.answer({"sale", "add", "K-0", row.amount});
      CHECK(sale.at("donation") == row.given);
      CHECK(sale.at("earned") == row.given);
      CHECK(shop.money() == Given(row.given, 10'000 - row.given));
      CHECK(shop.doctor() == "");
    }
  }

  TEST_CASE("doctor takes a donation for no damage where the receipt has lines") {
    KindShop shop("1.00", "100");
    const auto sale = shop.answer({"sale", "add", "K-0", "--line", "tea:2:100", "--line", "jam:1:50"});
    CHECK(sale.at("donation") == 100);
    CHECK(shop.doctor() == "");
  }

  TEST_CASE("an empty account counts the presentation, gives nothing, and says so") {
    KindShop shop("1.00", "1.50");
    CHECK(shop.answer({"card", "present", "K-0"}).at("donation") == 100);
    const auto empty = shop.answer({"card", "present", "K-0"});
    CHECK(empty.at("donation") == 0);
    CHECK(empty.at("donation_short") == "empty_account");
    CHECK(shop.world.err.str().find("fund top-up") != std::string::npos);
    const auto month = shop.answer({"report", "donations"}).at(0);
    CHECK(month.at("presentations") == 2);
    CHECK(month.at("without") == 1);
    CHECK(month.at("empty_account") == 1);
    CHECK(month.at("donated") == 100);
    CHECK(shop.doctor() == "");
  }

  TEST_CASE("an import gives by row, keeps the month's cap, and takes all of it back with its undo") {
    KindShop shop("1.00", "4.50", "2.50");
    const auto imported = shop.import("sales",
                                      shop.write("rows.csv",
                                                 "card,receipt,at,amount\nK-0,1,2026-01-05,100\nK-0,2,2026-01-06,100\n"
                                                 "K-0,3,2026-01-07,100\nK-0,4,2026-02-01,100\nK-0,5,2026-02-02,100\n"),
                                      0, {"--program", "kind"});
    CHECK(imported.at("posted") == 5);
    // 1.00 + 1.00 + 0.50 of the cap, then 1.00; 1.00 is left of the account, and so given.
    CHECK(shop.money() == Given(450, 0));
    const auto months = shop.answer({"report", "donations"});
    REQUIRE(months.size() == 2);
    CHECK(months.at(0).at("donated") == 250);
    CHECK(months.at(0).at("month_cap") == 1);
    CHECK(months.at(1).at("donated") == 200);
    CHECK(shop.doctor() == "");
    CHECK(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.money() == Given(0, 450));
    CHECK(shop.doctor() == "");
  }

  TEST_CASE("a return leaves a donation where it is; an undo takes it back unless it was paid out") {
    KindShop shop("1.00", "10");
    shop.answer({"sale", "add", "K-0", "100", "--receipt", "1"});
    shop.answer({"sale", "return", "1"});
    CHECK(shop.money() == Given(100, 900));
    shop.answer({"sale", "add", "K-0", "100", "--receipt", "2"});
    CHECK(shop.money() == Given(200, 800));
    CHECK(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.money() == Given(100, 900));
    shop.answer({"sale", "add", "K-0", "100", "--receipt", "3"});
    const std::int64_t sale = shop.number("select max(id) from operation");
    shop.answer({"fund", "payout", "fond", "2.00", "--reason", "41"});
    CHECK(shop.run({"undo", std::to_string(sale)}) == 6);
    CHECK(shop.money() == Given(200, 800));
    CHECK(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.run({"undo", std::to_string(sale)}) == 0);
    CHECK(shop.money() == Given(100, 900));
    CHECK(shop.run({"fund", "payout", "fond", "1.01", "--reason", "42"}) == 6);
    CHECK(shop.doctor() == "");
  }

  TEST_CASE("nobody comes to an account as to a card") {
    KindShop shop("1.00", "10");
    for (const char* number : {"account-kind", "account-kind-fond", "ACCOUNTKIND"}) {
      CHECK(shop.run({"card", "show", number}) == 4);
      CHECK(shop.run({"sale", "add", number, "100"}) == 4);
    }
    CHECK(shop.answer({"card", "list"}).size() == 1);
    CHECK(shop.run({"tier", "list", "--program", "kind"}) != 0);
  }

  TEST_CASE("doctor finds a donation that the accounts do not bear out") {
    KindShop shop("1.00", "10");
    shop.answer({"card", "present", "K-0"});
    {
      store::Database store(shop.store_path(), store::Access::write);
      store.execute("drop trigger donation_no_update; update donation set amount = 50");
    }
    CHECK(shop.doctor() != "");
  }
}
