// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "loyal/base/error.hpp"
#include "support/played_shop.hpp"

using loyal::Date;
using loyal::Money;
using loyal::Points;
using loyal::test::PlayedShop;
using namespace loyal::domain;

namespace {

Program five_percent() {
  Program program;
  program.earn.push_back({"5%", EarnRule::Basis::rate, {1, 20}, {}, {}, {}});
  return program;
}

/// What books earn and nothing else does, so that other purchases only spend.
Program five_percent_of_books() {
  Program program = five_percent();
  program.earn[0].filter.categories = {"books"};
  return program;
}

ReceiptLine goods(std::int64_t kopecks, const std::string& category = "books", std::int64_t pieces = 1) {
  return {"sku", {}, category, {pieces * 1000}, {kopecks / pieces}, {kopecks}};
}

std::int64_t through(PlayedShop& shop, std::string_view day, Date last) {
  std::int64_t points = 0;
  for (const Lot& lot : shop.card(day).lots)
    if (lot.valid_through == last) points += lot.remainder.count;
  return points;
}

loyal::Fault fault_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const loyal::Error& error) {
    return error.fault();
  }
  FAIL("it was not refused");
  return {};
}

}  // namespace

TEST_SUITE("ledger vectors") {
  TEST_CASE("points are spent in order of their last day, those without one last") {
    PlayedShop shop(five_percent_of_books());
    shop.grant("2026-01-10", "100", "2026-03-31");
    shop.grant("2026-01-11", "50");
    shop.grant("2026-01-12", "30", "2026-02-28");
    shop.sell("2026-02-10", "1", 100'000, "120");
    const auto card = shop.card("2026-02-10");
    REQUIRE(card.lots.size() == 2);
    CHECK(card.lots[0].remainder.count == 10);
    CHECK(card.lots[0].valid_through == Date::of(2026, 3, 31));
    CHECK(card.lots[1].remainder.count == 50);
    CHECK_FALSE(card.lots[1].valid_through);
  }

  TEST_CASE("what was paid with points comes back as points, after the discount and line by line") {
    Program program = five_percent();
    DiscountRule off;
    off.name = "promo";
    off.rate = Rate{1, 10};
    program.discount.push_back(off);
    PlayedShop shop(program);
    shop.grant("2026-01-10", "200");
    const auto sale = shop.sell_lines("2026-01-11", "1", {goods(60'000), goods(40'000)}, "200");
    CHECK(sale.sale.earned.count == 35);
    CHECK(sale.lines[0].earned.count == 21);
    CHECK(sale.lines[0].spent.count == 120);
    CHECK(sale.lines[1].spent.count == 80);
    const auto first = shop.give_back("2026-01-12", "1", {{1, {}}});
    CHECK(first.sale_return.restored.count == 120);
    CHECK(first.sale_return.clawed_back.count == 21);
    CHECK(first.sale_return.paid.count == 42'000);
    const auto second = shop.give_back("2026-01-12", "1", {{2, {}}});
    CHECK(second.sale_return.restored.count == 80);
    CHECK(second.sale_return.clawed_back.count == 14);
    CHECK(second.sale_return.paid.count == 28'000);
    CHECK(second.is_full);
    CHECK(second.balance.active.count == 200);
  }

  TEST_CASE("points spent elsewhere become a debt, which pending points repay") {
    Program program = five_percent_of_books();
    program.pending_days = 14;
    PlayedShop shop(program);
    shop.sell_lines("2026-01-10", "1", {goods(140'000)});
    shop.sell("2026-02-01", "2", 100'000, "70");
    const auto back = shop.give_back("2026-02-02", "1");
    CHECK(back.debt.count == 70);
    CHECK(back.balance.debt.count == 70);
    CHECK(back.balance.active.count == 0);
    const auto later = shop.sell_lines("2026-02-03", "3", {goods(200'000)});
    CHECK(later.balance.debt.count == 0);
    CHECK(later.balance.pending.count == 30);
    CHECK(later.balance.active.count == 0);
  }

  TEST_CASE("two sales, the second paid with what the first earned, come back in either order") {
    for (const bool first_first : {true, false}) {
      CAPTURE(first_first);
      PlayedShop shop(five_percent_of_books());
      shop.sell_lines("2026-01-10", "1", {goods(140'000)});
      shop.sell("2026-01-11", "2", 100'000, "70");
      shop.give_back("2026-01-12", first_first ? "1" : "2");
      const auto last = shop.give_back("2026-01-12", first_first ? "2" : "1");
      CHECK(last.balance.active.count == 0);
      CHECK(last.balance.debt.count == 0);
      CHECK(shop.card("2026-01-12").lots.empty());
    }
  }

  TEST_CASE("what has expired is not clawed back again, booked by nightly or not") {
    for (const bool is_swept : {true, false}) {
      CAPTURE(is_swept);
      Program program = five_percent_of_books();
      program.expiry.mode = Expiry::Mode::days;
      program.expiry.count = 10;
      PlayedShop shop(program);
      shop.sell_lines("2026-01-10", "1", {goods(20'000, "books", 2)});
      shop.sell("2026-01-11", "2", 10'000, "6");
      if (is_swept) CHECK(shop.nightly("2026-01-21").expired_points.count == 4);
      CHECK(shop.give_back("2026-01-21", "1", {{1, {{1'000}}}}).sale_return.clawed_back.count == 1);
      CHECK(shop.give_back("2026-01-21", "1").sale_return.clawed_back.count == 5);
      shop.nightly("2026-01-22");
      CHECK(shop.card("2026-01-22").balance.debt.count == 6);
    }
  }

  TEST_CASE("points of 31 January for one month end with 28 February") {
    Program program = five_percent();
    program.expiry.mode = Expiry::Mode::months;
    program.expiry.count = 1;
    PlayedShop shop(program);
    CHECK(shop.sell("2027-01-31", "1", 100'000).valid_through == Date::of(2027, 2, 28));
    CHECK(shop.nightly("2027-02-28T23:59:59").expired_lots == 0);
    CHECK(shop.card("2027-02-28T23:59:59").balance.active.count == 50);
    CHECK(shop.nightly("2027-03-01T00:00").expired_points.count == 50);
    CHECK(shop.nightly("2027-03-01T00:01").expired_lots == 0);
  }

  TEST_CASE("points that a return brings back after their date live for the grace") {
    PlayedShop shop(five_percent_of_books());
    shop.grant("2026-01-01", "100", "2026-01-31");
    shop.sell("2026-01-20", "1", 100'000, "60");
    CHECK(shop.nightly("2026-02-01").expired_points.count == 40);
    shop.give_back("2026-02-10", "1");
    CHECK(shop.card("2026-02-10").balance.active.count == 60);
    CHECK(through(shop, "2026-02-10", Date::of(2026, 3, 12)) == 60);
  }

  TEST_CASE("a command that comes twice is one; the same key with another amount is a conflict") {
    PlayedShop shop(five_percent());
    const auto first = shop.sell("2026-01-10", "1", 100'000, {}, "key");
    const auto entries = shop.entries();
    const auto again = shop.sell("2026-01-12", "1", 100'000, {}, "key");
    CHECK(again.is_replayed);
    CHECK(again.sale.id == first.sale.id);
    CHECK(again.balance.active == first.balance.active);
    CHECK(fault_of([&] { shop.sell("2026-01-12", "1", 100'001, {}, "key"); }) == loyal::Fault::conflict);
    CHECK(fault_of([&] { shop.sell("2026-01-12", "1", 100'001); }) == loyal::Fault::conflict);
    CHECK(shop.entries() == entries);
  }

  TEST_CASE("more points than a purchase takes are refused with the number that it takes") {
    PlayedShop shop(five_percent());
    shop.grant("2026-01-10", "500");
    try {
      shop.sell("2026-01-10", "1", 10'000, "200");
      FAIL("it was not refused");
    } catch (const loyal::Error& error) {
      CHECK(error.fault() == loyal::Fault::refused);
      CHECK(std::string(error.what()) == "this purchase takes at most 99 points; 200 asked for");
    }
    CHECK(shop.sell("2026-01-10", "1", 10'000, "max").sale.spent.count == 99);
  }

  TEST_CASE("a return that moves no points is undone like any other") {
    PlayedShop shop(five_percent_of_books());
    shop.sell("2026-01-10", "1", 10'000);
    shop.give_back("2026-01-11", "1");
    const auto operations = shop.operations();
    CHECK(shop.undo_last("2026-01-12").returns == 1);
    CHECK(shop.operations() == operations + 1);
    CHECK(shop.give_back("2026-01-13", "1").is_full);
  }

  TEST_CASE("nobody's points are booked as expired before their last day is over where the program is") {
    struct Row {
      const char* zone;
      const char* now;
      std::int64_t lots;
      const char* reason;
    };
    const Row rows[] = {
        {"Europe/Moscow", "2026-02-01T00:00", 1, "the day is over"},
        {"Europe/Kaliningrad", "2026-02-01T00:30", 0, "an hour of the last day is left"},
        {"Europe/Kaliningrad", "2026-02-01T01:00", 1, "the day is over"},
        {"Asia/Vladivostok", "2026-01-31T16:59", 0, "a minute of the last day is left"},
        {"Asia/Vladivostok", "2026-01-31T17:00", 1, "the day is over"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.zone);
      CAPTURE(row.reason);
      Program program = five_percent();
      program.zone = row.zone;
      PlayedShop shop(program);
      shop.grant("2026-01-10", "100", "2026-01-31");
      CHECK(shop.nightly(row.now).expired_lots == row.lots);
    }
  }

  TEST_CASE("an undo is dated where the program is, so that the balance of that moment knows of it") {
    Program program = five_percent();
    program.zone = "Europe/Kaliningrad";
    PlayedShop shop(program);
    shop.sell("2026-01-10", "1", 100'000);
    shop.undo_last("2026-01-12T00:30");
    CHECK(shop.card("2026-01-12T00:30").lots.empty());
  }

  TEST_CASE("debt is charged to new points, not to those that the card held before") {
    Program program = five_percent_of_books();
    program.pending_days = 14;
    PlayedShop shop(program);
    shop.sell_lines("2026-01-10", "1", {goods(20'000)});
    shop.sell("2026-01-30", "2", 10'000, "10");
    shop.sell_lines("2026-01-30", "3", {goods(60'000)});
    CHECK(shop.give_back("2026-01-31", "1").debt.count == 10);
    // The points of the third purchase have become usable by now.
    const auto later = shop.sell_lines("2026-02-20", "4", {goods(40'000)});
    CHECK(later.balance.active.count == 30);
    CHECK(later.balance.pending.count == 10);
    CHECK(later.balance.debt.count == 0);
  }

  TEST_CASE("undoing the last operation leaves debt and points as they stood before it") {
    Program program = five_percent_of_books();
    program.pending_days = 14;
    PlayedShop shop(program);
    shop.sell_lines("2026-01-10", "1", {goods(20'000)});
    shop.sell("2026-01-30", "2", 10'000, "10");
    shop.sell_lines("2026-01-30", "3", {goods(60'000)});
    shop.give_back("2026-01-31", "1");
    shop.sell("2026-02-20", "4", 10'000, "20");
    shop.undo_last("2026-02-20");
    const auto card = shop.card("2026-02-20");
    CHECK(card.balance.active.count == 30);
    CHECK(card.balance.debt.count == 10);
  }

  TEST_CASE("points of a sale that came back to the card are clawed back before those of other sales") {
    PlayedShop shop(five_percent_of_books());
    shop.sell_lines("2026-01-10", "1", {goods(20'000)});
    shop.grant("2026-01-11", "100", "2026-12-31");
    shop.sell("2026-01-13", "2", 20'000, "105");
    shop.give_back("2026-01-14", "2");
    shop.give_back("2026-01-15", "1");
    CHECK(through(shop, "2026-01-15", Date::of(2026, 12, 31)) == 100);
  }

  TEST_CASE("a gift that stays keeps a return from being full") {
    PlayedShop shop(five_percent());
    shop.sell_lines("2026-01-10", "1", {goods(20'000), goods(0)});
    CHECK_FALSE(shop.give_back("2026-01-11", "1", {{1, {}}}).is_full);
    CHECK(shop.give_back("2026-01-11", "1", {{2, {}}}).is_full);
  }

  TEST_CASE("points for the visit stay while a kopeck of the purchase does") {
    Program program;
    program.earn.push_back({"visit", EarnRule::Basis::per_visit, {}, {10}, {}, {}});
    PlayedShop shop(program);
    shop.sell("2026-01-10", "1", 300'000);
    CHECK(shop.give_back_money("2026-01-11", "1", 299'999).sale_return.clawed_back.count == 0);
    CHECK(shop.give_back_money("2026-01-11", "1", 1).sale_return.clawed_back.count == 10);
  }

  TEST_CASE("points for free goods of a kind stand at those goods") {
    Program program;
    program.earn.push_back({"visit", EarnRule::Basis::per_visit, {}, {10}, {}, {}});
    program.earn[0].filter.categories = {"tea"};
    PlayedShop shop(program);
    const auto sale = shop.sell_lines("2026-01-10", "1", {goods(2'000), goods(0, "tea")});
    CHECK(sale.lines[0].earned.count == 0);
    CHECK(sale.lines[1].earned.count == 10);
  }
}
