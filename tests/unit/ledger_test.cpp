// SPDX-License-Identifier: MIT
#include "loyal/domain/ledger.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using loyal::Date;
using loyal::EntryId;
using loyal::domain::EntryKind;
using loyal::domain::Lot;

namespace {

Lot lot(std::int64_t id, std::int64_t points, std::optional<Date> valid_through, Date from = Date::of(2026, 1, 1)) {
  return {EntryId{id}, {points}, {1}, from, from, valid_through};
}

}  // namespace

TEST_SUITE("domain") {
  TEST_CASE("a spend takes the lot that ends first, the endless one last") {
    const std::vector<Lot> lots = {lot(1, 100, Date::of(2026, 3, 31)), lot(2, 50, std::nullopt),
                                   lot(3, 30, Date::of(2026, 2, 28))};
    const auto debits = take(in_spending_order(lots, Date::of(2026, 2, 10)), {120});
    REQUIRE(debits.size() == 2);
    CHECK(debits[0].lot == EntryId{3});
    CHECK(debits[0].points.count == 30);
    CHECK(debits[1].lot == EntryId{1});
    CHECK(debits[1].points.count == 90);
  }

  TEST_CASE("of lots that end together the older goes first, then the lower number") {
    const Date end = Date::of(2026, 12, 31);
    const std::vector<Lot> lots = {lot(9, 1, end, Date::of(2026, 1, 2)), lot(4, 1, end, Date::of(2026, 1, 3)),
                                   lot(8, 1, end, Date::of(2026, 1, 2)), lot(2, 1, std::nullopt, Date::of(2025, 1, 1))};
    std::vector<std::int64_t> order;
    for (const Lot& each : in_spending_order(lots, Date::of(2026, 6, 1))) order.push_back(each.id.value);
    CHECK(order == std::vector<std::int64_t>{8, 9, 4, 2});
  }

  TEST_CASE("a lot is usable from its first day to its last, both included") {
    Lot each = lot(1, 10, Date::of(2026, 3, 31), Date::of(2026, 3, 15));
    struct Row {
      Date on;
      std::int64_t pending, active, expired;
    };
    const Row rows[] = {{Date::of(2026, 3, 14), 10, 0, 0},
                        {Date::of(2026, 3, 15), 0, 10, 0},
                        {Date::of(2026, 3, 31), 0, 10, 0},
                        {Date::of(2026, 4, 1), 0, 0, 10}};
    for (const Row& row : rows) {
      CAPTURE(to_string(row.on));
      const auto balance = loyal::domain::balance_on({&each, 1}, row.on);
      CHECK(balance.pending.count == row.pending);
      CHECK(balance.active.count == row.active);
      CHECK(balance.expired_unswept.count == row.expired);
    }
  }

  TEST_CASE("a debt is counted apart from what the card holds") {
    const std::vector<Lot> lots = {lot(1, 10, std::nullopt), lot(2, -70, std::nullopt)};
    const auto balance = loyal::domain::balance_on(lots, Date::of(2026, 3, 1));
    CHECK(balance.active.count == 10);
    CHECK(balance.debt.count == 70);
    CHECK(in_spending_order(lots, Date::of(2026, 3, 1)).size() == 1);
  }

  TEST_CASE("taking more than the lots hold is a bug") {
    const std::vector<Lot> lots = {lot(1, 10, std::nullopt)};
    CHECK_THROWS_AS(take(lots, {11}), std::logic_error);
    CHECK(take(lots, {0}).empty());
  }

  TEST_CASE("every kind of entry has a name of its own that is read back") {
    for (int number = 0; number <= static_cast<int>(EntryKind::transfer); ++number) {
      const auto kind = static_cast<EntryKind>(number);
      CHECK(loyal::domain::entry_kind(name(kind)) == kind);
    }
    CHECK(name(EntryKind::write_off) == "write_off");
    CHECK_FALSE(loyal::domain::entry_kind("gift"));
  }
}
