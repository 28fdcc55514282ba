// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "loyal/domain/liability.hpp"
#include "loyal/service/liability.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/points_movements.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card.hpp"
#include "support/imports.hpp"
#include "support/sample_shop.hpp"

using namespace loyal;
using namespace loyal::domain;

namespace {

Date day(const char* text) {
  return date_from_iso(text).value();
}

LotCourse course(const char* opened, const char* last_day, std::vector<std::pair<Date, Points>> remainders) {
  return {day(opened), day(last_day), std::move(remainders)};
}

}  // namespace

TEST_SUITE("liability") {
  TEST_CASE("whole months are counted by the calendar, not by thirty days") {
    struct Row {
      const char *on, *last_day;
      int months;
      const char* reason;
    };
    for (const Row& row : {
             Row{"2026-01-31", "2026-02-27", 0, "a day before the month is full"},
             Row{"2026-01-31", "2026-02-28", 1, "the 31st of January and a month"},
             Row{"2026-01-15", "2027-01-14", 11, "a day before the year is full"},
             Row{"2026-01-15", "2027-01-15", 12, "a year"},
             Row{"2026-03-01", "2026-03-01", 0, "the last day itself"},
             Row{"2026-03-02", "2026-03-01", 0, "a day that has passed"},
         }) {
      CAPTURE(row.reason);
      CHECK(months_left(day(row.on), day(row.last_day)) == row.months);
    }
  }

  TEST_CASE("breakage is what expired of what stood so many months before the last day") {
    RunOff run_off;
    CHECK(run_off.share(3) == Rate{0, 1});
    // 100 issued three months before the end, 60 spent after one month, 40 expired.
    run_off.add(
        course("2026-01-10", "2026-04-10",
               {{day("2026-01-10"), Points{100}}, {day("2026-02-15"), Points{40}}, {day("2026-04-11"), Points{}}}));
    CHECK(run_off.share(3) == Rate{2, 5});
    CHECK(run_off.share(2) == Rate{2, 5});
    CHECK(run_off.share(1) == Rate{1, 1});
    CHECK(run_off.share(0) == Rate{1, 1});
    CHECK(run_off.share_of_issued() == Rate{2, 5});
    // A second lot, spent whole in its last month.
    run_off.add(course("2026-02-10", "2026-04-10", {{day("2026-02-10"), Points{60}}, {day("2026-04-01"), Points{}}}));
    CHECK(run_off.share(3) == Rate{2, 5});
    CHECK(run_off.share(1) == Rate{2, 5});
    CHECK(run_off.share(0) == Rate{1, 1});
    CHECK(run_off.share(7) == Rate{2, 5});
  }

  TEST_CASE("a price is shared between goods and points by their stand-alone prices") {
    const Unit unit{{"балл", "балла", "баллов"}, 0, Money{100}};
    // 1000 paid, 50 points, of which a fifth is expected to expire: 1000 x 40 / 1040.
    const Money points = expected_worth(Points{50}, unit, Rate{1, 5});
    CHECK(points == Money{4000});
    CHECK(deferred_revenue(Money{100000}, points) == Money{3846});
    CHECK(deferred_revenue(Money{}, Money{}) == Money{});
  }

  TEST_CASE("worth is rounded half up, away from nothing in no case") {
    const Unit unit{{"балл", "балла", "баллов"}, 2, Money{33}};
    CHECK(money_of(Points{50}, unit) == Money{17});
    CHECK(money_of(Points{49}, unit) == Money{16});
    CHECK(expected_worth(Points{1000}, Unit{}, Rate{1, 3}) == Money{66667});
  }

  TEST_CASE("entries to post lead from the opening to the closing figure") {
    const ProvisionMovement provision = provision_movement(Money{100}, Money{500}, Money{350}, Money{240});
    CHECK(provision.adjusted == Money{-10});
    const ContractLiability contract = contract_liability(Money{100}, Money{500}, Money{240});
    CHECK(contract.recognised == Money{360});
  }
}

TEST_SUITE("liability of a store") {
  TEST_CASE("whatever the days, start and movements come to the end, and the end to the cards and to the months") {
    const loyal::test::SampleShop shop;
    store::Database database = shop.open(store::Access::read);
    const service::Context context = shop.context(database);
    service::Rules rules(database);
    int compared = 0;
    for (const char* from : {"2025-01-01", "2026-01-01", "2026-02-10", "2026-03-01"})
      for (const char* to : {"2026-03-01", "2026-03-31", "2026-12-31", "2028-01-01"}) {
        CAPTURE(from);
        CAPTURE(to);
        const auto report = service::liability(context, {{}, day(from), day(to), {}});
        REQUIRE(!report.rows.empty());
        for (const service::LiabilityRow& row : report.rows) {
          CAPTURE(row.program.slug);
          const PointsMovement& moved = row.movement;
          CHECK(moved.at_start + moved.issued - moved.spent - moved.expired + moved.corrected == moved.at_end);
          Points by_month;
          for (const service::OutstandingMonth& month : row.months) by_month += month.points;
          CHECK(by_month - row.debt == moved.at_end);
          Points listed;
          const auto company = service::find_company(database, row.company);
          const auto& text = rules.on(row.program.id, report.to).program;
          service::each_points_movement(context, row.program, text, company.id, report.from, report.to,
                                        [&listed](const service::PointsMovementRow& line) { listed += line.points; });
          CHECK(moved.at_start + listed == moved.at_end);
          compared += moved.at_end.count != 0 ? 1 : 0;
        }
      }
    CHECK(compared > 10);
  }

  TEST_CASE("the end of one period is the start of the next") {
    const loyal::test::SampleShop shop;
    store::Database database = shop.open(store::Access::read);
    const service::Context context = shop.context(database);
    const auto first = service::liability(context, {{}, day("2025-01-01"), day("2026-02-28"), {}});
    const auto second = service::liability(context, {{}, day("2026-03-01"), day("2026-12-31"), {}});
    REQUIRE(first.rows.size() == second.rows.size());
    for (std::size_t place = 0; place < first.rows.size(); ++place) {
      CAPTURE(first.rows[place].program.slug);
      CHECK(first.rows[place].movement.at_end == second.rows[place].movement.at_start);
      CHECK(first.rows[place].contract.closing == second.rows[place].contract.opening);
    }
  }

  /// Program texts that differ in what a point is worth.
  std::string coffee_worth(const char* worth) {
    return std::string("slug = \"coffee\"\ntitle = \"Coffee\"\nkind = \"bonus\"\n[unit]\nworth = \"") + worth +
           "\"\n[[earn]]\nrate = \"10%\"\n";
  }

  TEST_CASE("a change of what a point is worth leaves the past as it was, and is told as a change of the estimate") {
    loyal::test::ImportShop shop;
    const auto table = [&shop](const char* name, const char* from, const char* to) {
      REQUIRE(shop.run({"report", "liability", "--program", "coffee", "--table", name, "--from", from, "--to", to,
                        "--json"}) == 0);
      std::map<std::string, std::int64_t> amounts;
      for (const auto& row : nlohmann::json::parse(shop.world.out.str())) amounts[row["line"]] = row["amount"];
      return amounts;
    };
    const std::string before = shop.write("one.toml", coffee_worth("1.00"));
    const std::string after = shop.write("half.toml", coffee_worth("0.50"));
    REQUIRE_MESSAGE(
        shop.run({"program", "apply", before, "--from", "2026-01-01", "--now", "2026-01-01T09:00:00Z"}) == 0,
        shop.world.err.str());
    REQUIRE(shop.run({"card", "issue", "coffee", "--number", "C-#", "--sequential"}) == 0);
    REQUIRE(shop.run({"sale", "add", "C-0", "10000.00", "--receipt", "1", "--at", "2026-01-10"}) == 0);
    REQUIRE(shop.run({"sale", "add", "C-0", "1000.00", "--receipt", "2", "--at", "2026-01-20", "--spend", "400"}) == 0);
    REQUIRE_MESSAGE(shop.run({"program", "apply", after, "--from", "2026-02-01", "--now", "2026-02-01T09:00:00Z"}) == 0,
                    shop.world.err.str());
    auto amounts = table("provision", "2026-01-01", "2026-02-12");
    CHECK(amounts["used"] == 400'00);
    CHECK(amounts["accrued"] == 1060'00);
    CHECK(amounts["estimate lowered"] == 330'00);
    CHECK(amounts["closing_balance"] == 330'00);
    CHECK(table("provision", "2026-01-01", "2026-01-31")["closing_balance"] == 660'00);
    amounts = table("provision", "2026-02-01", "2026-02-12");
    CHECK(amounts["opening_balance"] == 660'00);
    CHECK(amounts["estimate lowered"] == 330'00);
  }

  TEST_CASE("points that were moved or given back expire as those that stayed where they were") {
    struct Row {
      std::vector<std::vector<std::string>> moves;
      const char* reason;
    };
    for (const Row& row : {
             Row{{}, "nothing happened to them"},
             Row{{{"points", "transfer", "C-0", "C-1", "60", "--reason", "family"}}, "a part went to another card"},
             Row{{{"card", "replace", "C-0", "C-2"}, {"card", "replace", "C-2", "C-3"}},
                 "the card was replaced, twice"},
             Row{{{"sale", "add", "C-0", "100.00", "--spend", "50", "--receipt", "1"}, {"sale", "return", "1"}},
                 "a purchase came back"},
         }) {
      CAPTURE(row.reason);
      test::ImportShop shop;
      REQUIRE(shop.run({"card", "issue", "coffee", "--number", "C-#", "--sequential", "--count", "4"}) == 0);
      const std::vector<std::string> then{"--now", "2025-11-01T09:00:00Z"};
      const auto at_that_time = [&](std::vector<std::string> words) {
        words.insert(words.end(), then.begin(), then.end());
        REQUIRE_MESSAGE(shop.run(words) == 0, shop.world.err.str());
      };
      at_that_time({"points", "grant", "C-0", "100", "--reason", "hello", "--expire", "60d"});
      for (const auto& move : row.moves) at_that_time(move);
      REQUIRE(shop.run({"nightly"}) == 0);
      store::Database store(shop.store_path(), store::Access::read);
      service::Context context{store, shop.world.clock.now(), shop.world.clock.now(), {}, {}, {}, {}, {}, false};
      const service::LiabilityReport report = service::liability(context, {});
      REQUIRE(report.rows.size() == 1);
      CHECK(report.rows.front().run_off.share_of_issued() == Rate{1, 1});
      CHECK(report.rows.front().run_off.share(1) == Rate{1, 1});
    }
  }

  TEST_CASE("money on a gift card is an advance of its buyer: owed whole, and no provision") {
    loyal::test::ImportShop shop;
    const std::string file = shop.write("gift.toml", "slug = \"gift\"\ntitle = \"Gift\"\nkind = \"gift\"\n");
    REQUIRE_MESSAGE(shop.run({"program", "apply", file}) == 0, shop.world.err.str());
    REQUIRE(shop.run({"card", "issue", "gift", "--number", "G-#", "--sequential"}) == 0);
    REQUIRE_MESSAGE(shop.run({"card", "top-up", "G-0", "3000"}) == 0, shop.world.err.str());
    REQUIRE(shop.run({"report", "liability", "--program", "gift", "--table", "ifrs15", "--json"}) == 0);
    const auto rows = nlohmann::json::parse(shop.world.out.str());
    REQUIRE(rows.size() == 4);
    CHECK(rows[1]["amount"] == 3000'00);
    CHECK(rows[3]["amount"] == 3000'00);
    REQUIRE(shop.run({"report", "liability", "--program", "gift", "--table", "provision", "--json"}) == 0);
    CHECK(nlohmann::json::parse(shop.world.out.str()).empty());
  }
}
