// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/tier.hpp"

namespace loyal::domain {
namespace {

Date day(const char* text) {
  return date_from_iso(text).value();
}

/// Silver from 10,000.00 (kept with 8,000.00) and gold from 50,000.00.
TierRules silver_and_gold() {
  TierRules rules;
  Tier silver;
  silver.name = "silver";
  silver.enter = 1'000'000;
  silver.keep = 800'000;
  Tier gold;
  gold.name = "gold";
  gold.enter = 5'000'000;
  rules.tiers = {silver, gold};
  return rules;
}

TierRules rolling(int days) {
  TierRules rules = silver_and_gold();
  rules.window = TierRules::Window::rolling;
  rules.window_days = days;
  return rules;
}

TierRules by_calendar(Period period) {
  TierRules rules = silver_and_gold();
  rules.window = TierRules::Window::calendar;
  rules.window_period = period;
  return rules;
}

std::string name_on(const TierRules& rules, const std::vector<TierEvent>& events, const char* on,
                    const std::vector<TierPin>& pins = {}) {
  const TierStanding standing = tier_on(rules, events, pins, day(on));
  return standing.level ? rules.tiers[*standing.level].name : "-";
}

struct Row {
  const char* on;
  const char* tier;
  const char* reason;
};

void check(const TierRules& rules, const std::vector<TierEvent>& events, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.on);
    CAPTURE(row.reason);
    CHECK(name_on(rules, events, row.on) == row.tier);
  }
}

}  // namespace

TEST_SUITE("tiers") {
  TEST_CASE("a lifetime ladder is climbed at the threshold itself and never left") {
    const std::vector<TierEvent> events = {
        {day("2026-01-10"), 999'999}, {day("2026-02-10"), 1}, {day("2027-05-01"), 4'000'000}};
    check(silver_and_gold(), events,
          {{"2026-01-09", "-", "nothing has been bought"},
           {"2026-02-09", "-", "a kopeck is missing"},
           {"2026-02-10", "silver", "the threshold is reached on that day"},
           {"2027-04-30", "silver", "no term ends it"},
           {"2027-05-01", "gold", "5,000,000 in all"},
           {"2040-01-01", "gold", "for ever"}});
  }

  TEST_CASE(
      "over a rolling window a tier is held for the window's length, then looked at by what it takes to keep it") {
    const std::vector<TierEvent> events = {{day("2026-03-01"), 1'000'000}, {day("2026-12-01"), 800'000}};
    check(rolling(365), events,
          {{"2026-03-01", "silver", "entered"},
           {"2027-03-01", "silver", "the 365th day after it"},
           {"2027-03-02", "silver", "800,000 in the last 365 days keeps it"},
           {"2028-02-29", "silver", "the second term ends on the 365th day after the first"},
           {"2028-03-01", "-", "nothing in the last 365 days"}});
  }

  TEST_CASE("grace lengthens the term, and what is bought in it counts") {
    TierRules rules = rolling(365);
    rules.grace_days = 30;
    check(rules, {{day("2026-03-01"), 1'000'000}},
          {{"2027-03-31", "silver", "the last day of grace"}, {"2027-04-01", "-", "grace is over"}});
    check(rules, {{day("2026-03-01"), 1'000'000}, {day("2027-03-20"), 800'000}},
          {{"2027-04-01", "silver", "bought in the days of grace"}});
  }

  TEST_CASE("a fall goes to what qualifies, by one step, or nowhere") {
    const std::vector<TierEvent> events = {{day("2026-01-01"), 5'000'000}};
    TierRules rules = rolling(100);
    CHECK(name_on(rules, events, "2026-04-11") == "gold");
    CHECK(name_on(rules, events, "2026-04-12") == "-");
    rules.downgrade = TierRules::Downgrade::one_step;
    CHECK(name_on(rules, events, "2026-04-12") == "silver");
    CHECK(name_on(rules, events, "2026-07-21") == "silver");
    CHECK(name_on(rules, events, "2026-07-22") == "-");
    rules.downgrade = TierRules::Downgrade::none;
    CHECK(name_on(rules, events, "2036-01-01") == "gold");
    rules.downgrade = TierRules::Downgrade::qualify;
    CHECK(name_on(rules, {{day("2026-01-01"), 5'000'000}, {day("2026-04-01"), 900'000}}, "2026-04-12") == "silver");
  }

  TEST_CASE("a calendar window starts anew with the period, and what was reached holds through the next") {
    const std::vector<TierEvent> events = {
        {day("2026-06-15"), 600'000}, {day("2026-12-31"), 400'000}, {day("2027-01-01"), 900'000}};
    check(by_calendar(Period::year), events,
          {{"2026-12-30", "-", "600,000 so far"},
           {"2026-12-31", "silver", "1,000,000 in the year"},
           {"2027-12-31", "silver", "the end of the year after"},
           {"2028-01-01", "silver", "900,000 in 2027 keeps it"},
           {"2028-12-31", "silver", "through 2028"},
           {"2029-01-01", "-", "nothing in 2028"}});
  }

  TEST_CASE("a step up may wait for the next period") {
    TierRules rules = silver_and_gold();
    rules.upgrade_next_period = true;
    check(rules, {{day("2026-01-31"), 1'000'000}},
          {{"2026-01-31", "-", "reached, and not yet in force"},
           {"2026-02-01", "silver", "the first of the next month"}});
    rules = by_calendar(Period::quarter);
    rules.upgrade_next_period = true;
    check(rules, {{day("2026-01-31"), 5'000'000}},
          {{"2026-03-31", "-", "the quarter is not over"}, {"2026-04-01", "gold", "straight to what was reached"}});
  }

  TEST_CASE("a term of its own may be longer than the window") {
    TierRules rules = rolling(30);
    rules.term = Term{12, Term::Unit::months};
    check(
        rules, {{day("2024-02-29"), 1'000'000}},
        {{"2025-02-28", "silver", "29 February and a year is 28 February"}, {"2025-03-01", "-", "nothing in 30 days"}});
  }

  TEST_CASE("days of a missed summer are looked at one term after the other") {
    const std::vector<TierEvent> events = {{day("2020-01-01"), 5'000'000}, {day("2020-06-01"), 800'000}};
    TierRules rules = rolling(100);
    rules.downgrade = TierRules::Downgrade::one_step;
    check(rules, events,
          {{"2020-04-10", "gold", "the last day of the first term"},
           {"2020-04-11", "silver", "one step down"},
           {"2020-07-20", "silver", "800,000 within 100 days keeps silver"},
           {"2020-10-28", "silver", "the second term of silver"},
           {"2020-10-29", "-", "nothing any more"}});
  }

  TEST_CASE("a standing says what is missing: to the next tier, and to hold this one") {
    const TierStanding standing =
        tier_on(rolling(365), std::vector<TierEvent>{{day("2026-03-01"), 1'200'000}, {day("2026-09-01"), 100'000}}, {},
                day("2026-10-01"));
    CHECK(standing.level == std::optional<std::size_t>(0));
    CHECK(standing.since == day("2026-03-01"));
    CHECK(standing.held_through == day("2027-03-01"));
    CHECK(standing.metric == 1'300'000);
    CHECK(standing.to_next == 3'700'000);
    // The purchase of 1 March will have left the window of 365 days on 1 March a year later.
    CHECK(standing.to_keep == 700'000);
  }

  TEST_CASE("a pin holds through its last day, above or below what was bought, and then the purchases decide") {
    const std::vector<TierEvent> events = {{day("2026-01-01"), 1'000'000}};
    const std::vector<TierPin> gold = {{"gold", day("2026-02-01"), day("2026-02-28")}};
    CHECK(name_on(silver_and_gold(), events, "2026-01-31", gold) == "silver");
    CHECK(name_on(silver_and_gold(), events, "2026-02-28", gold) == "gold");
    CHECK(name_on(silver_and_gold(), events, "2026-03-01", gold) == "silver");
    CHECK(name_on(silver_and_gold(), events, "2026-02-10", {{"", day("2026-02-01"), day("2026-02-28")}}) == "-");
    SUBCASE("a later pin goes before an earlier one, and may end it") {
      std::vector<TierPin> pins = gold;
      pins.push_back({std::string(by_sales_again), day("2026-02-10"), day("2026-02-28")});
      CHECK(name_on(silver_and_gold(), events, "2026-02-09", pins) == "gold");
      CHECK(name_on(silver_and_gold(), events, "2026-02-10", pins) == "silver");
    }
    SUBCASE("a tier that the rules no longer know pins nothing") {
      CHECK(name_on(silver_and_gold(), events, "2026-02-10", {{"platinum", day("2026-02-01"), day("2026-02-28")}}) ==
            "silver");
    }
  }

  TEST_CASE("sales may be added in any order") {
    const TierRules rules = rolling(200);
    const std::vector<TierEvent> events = {{day("2026-01-05"), 700'000},
                                           {day("2026-02-05"), 700'000},
                                           {day("2026-08-20"), 300'000},
                                           {day("2026-09-01"), 600'000}};
    std::vector<std::size_t> order = {0, 1, 2, 3};
    do {
      TierTrack track(rules);
      for (const std::size_t i : order) track.add(events[i]);
      for (int offset = 0; offset < 700; offset += 7) {
        const Date on = plus_days(day("2026-01-01"), offset);
        std::vector<TierEvent> until;
        for (const TierEvent& event : events)
          if (event.date <= on) until.push_back(event);
        const TierStanding whole = track.on(on);
        const TierStanding folded = tier_on(rules, until, {}, on);
        REQUIRE(whole.level == folded.level);
        REQUIRE(whole.metric == folded.metric);
        REQUIRE(whole.held_through == folded.held_through);
      }
    } while (std::next_permutation(order.begin(), order.end()));
  }
}

}  // namespace loyal::domain
