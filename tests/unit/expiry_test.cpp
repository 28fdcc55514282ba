// SPDX-License-Identifier: MIT
#include "loyal/domain/expiry.hpp"

#include <doctest/doctest.h>

using loyal::Date;
using loyal::Period;
using loyal::domain::Expiry;
using loyal::domain::Lot;
using loyal::domain::Program;

namespace {

Expiry after(Expiry::Mode mode, int count, std::optional<Period> round_to = std::nullopt) {
  Expiry expiry;
  expiry.mode = mode;
  expiry.count = count;
  expiry.round_to = round_to;
  return expiry;
}

Expiry yearly(std::vector<std::pair<unsigned, unsigned>> days) {
  Expiry expiry;
  expiry.mode = Expiry::Mode::yearly;
  expiry.yearly = std::move(days);
  return expiry;
}

constexpr auto days = Expiry::Mode::days;
constexpr auto months = Expiry::Mode::months;

}  // namespace

TEST_SUITE("domain") {
  TEST_CASE("the last day of points is found in the calendar") {
    struct Row {
      Expiry expiry;
      Date start;
      std::string last;
      const char* reason;
    };
    const Row rows[] = {
        {after(months, 1), Date::of(2027, 1, 31), "2027-02-28", "31 January + 1 month"},
        {after(months, 1), Date::of(2028, 1, 31), "2028-02-29", "the same in a leap year"},
        {after(months, 12), Date::of(2028, 2, 29), "2029-02-28", "29 February + 12 months"},
        {after(months, 48), Date::of(2028, 2, 29), "2032-02-29", "29 February + 48 months"},
        {after(months, 1), Date::of(2026, 2, 28), "2026-03-28", "the end of February is not stretched"},
        {after(days, 30), Date::of(2026, 2, 10), "2026-03-12", "30 days over a short month"},
        {after(days, 1), Date::of(2026, 12, 31), "2027-01-01", "over the new year"},
        {after(months, 12, Period::month), Date::of(2026, 3, 5), "2027-03-31", "up to the month's end"},
        {after(months, 12, Period::month), Date::of(2026, 3, 31), "2027-03-31", "already the month's end"},
        {after(months, 1, Period::quarter), Date::of(2026, 3, 1), "2026-06-30", "April lies in the second quarter"},
        {after(months, 1, Period::half_year), Date::of(2026, 6, 30), "2026-12-31", "July lies in the second half"},
        {after(days, 1, Period::year), Date::of(2026, 12, 30), "2026-12-31", "up to the year's end"},
        {after(days, 1, Period::year), Date::of(2026, 12, 31), "2027-12-31", "a day later, a year later"},
        {yearly({{12, 31}}), Date::of(2026, 12, 31), "2026-12-31", "on the fixed day itself"},
        {yearly({{12, 31}}), Date::of(2027, 1, 1), "2027-12-31", "the day after"},
        {yearly({{6, 30}, {12, 31}}), Date::of(2026, 7, 1), "2026-12-31", "the nearer of two"},
        {yearly({{2, 29}}), Date::of(2026, 1, 1), "2026-02-28", "29 February in a common year"},
        {yearly({{2, 29}}), Date::of(2028, 1, 1), "2028-02-29", "29 February in a leap year"},
        {yearly({{2, 29}}), Date::of(2026, 3, 1), "2027-02-28", "29 February after February"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      const auto last = last_day(row.expiry, row.start);
      REQUIRE(last);
      CHECK(to_string(*last) == row.last);
    }
    CHECK_FALSE(last_day(Expiry{}, Date::of(2026, 1, 1)));
  }

  TEST_CASE("a term begins at activation, or at the earn date by choice") {
    Program program;
    program.pending_days = 14;
    program.expiry = after(days, 30);
    const Date earned = Date::of(2026, 3, 1);
    CHECK(validity_of_earn(program, earned).usable_from == Date::of(2026, 3, 15));
    CHECK(validity_of_earn(program, earned).valid_through == Date::of(2026, 4, 14));
    program.expiry.from_activation = false;
    CHECK(validity_of_earn(program, earned).valid_through == Date::of(2026, 3, 31));
  }

  TEST_CASE("inactivity counts from the last sale that found the lot usable") {
    const Expiry expiry = after(Expiry::Mode::inactivity, 180);
    const Date start = Date::of(2026, 1, 1);
    const Lot lot = {{1}, {10}, {1}, start, start, std::nullopt};
    const auto end_with = [&](std::vector<Date> activity) {
      return with_inactivity(expiry, lot, activity).valid_through;
    };
    CHECK(end_with({}) == Date::of(2026, 6, 30));
    CHECK(end_with({Date::of(2026, 6, 30)}) == Date::of(2026, 12, 27));
    CHECK(end_with({Date::of(2026, 7, 1)}) == Date::of(2026, 6, 30));
    CHECK(end_with({Date::of(2026, 3, 1), Date::of(2026, 8, 28), Date::of(2027, 6, 1)}) == Date::of(2027, 2, 24));
    CHECK(end_with({Date::of(2025, 1, 1)}) == Date::of(2026, 6, 30));
  }

  TEST_CASE("inactivity leaves debts, dated lots and other programs alone") {
    const Date start = Date::of(2026, 1, 1);
    Lot lot = {{1}, {10}, {1}, start, start, std::nullopt};
    CHECK_FALSE(with_inactivity(Expiry{}, lot, {}).valid_through);
    const Expiry expiry = after(Expiry::Mode::inactivity, 180);
    lot.valid_through = Date::of(2026, 1, 5);
    CHECK(with_inactivity(expiry, lot, {}).valid_through == Date::of(2026, 1, 5));
    const Lot debt = {{1}, {-10}, {1}, start, start, std::nullopt};
    CHECK_FALSE(with_inactivity(expiry, debt, {}).valid_through);
  }
}
