// SPDX-License-Identifier: MIT
#include "loyal/domain/door.hpp"

#include <doctest/doctest.h>

#include "loyal/domain/expiry.hpp"

using loyal::Date;
using namespace loyal::domain;
using Reason = DoorRefusal::Reason;

namespace {

const Date day = Date::of(2026, 3, 2);

Lot lot(std::int64_t id, std::int64_t visits, std::optional<Date> through = std::nullopt, Date from = day) {
  return {{id}, {visits}, {1}, from, from, through};
}

Program pass() {
  Program program;
  program.kind = Kind::pass;
  program.use.emplace();
  return program;
}

DoorFacts holding(std::vector<Lot> lots) {
  DoorFacts facts;
  facts.lots = std::move(lots);
  facts.was_bought = true;
  return facts;
}

}  // namespace

TEST_SUITE("door") {
  TEST_CASE("a card that does not let in says why, and what of it is left") {
    Program plain = pass();
    Program no_door;
    Program twice_a_day = pass();
    twice_a_day.use->per_day = 2;
    Program ticket = pass();
    ticket.use->lists = {"in", "dinner"};
    ticket.event = EventRules{day, {}};
    Program tomorrow = ticket;
    tomorrow.event->date = plus_days(day, 1);
    DoorFacts empty = holding({});
    DoorFacts never;
    DoorFacts over = holding({});
    over.ended_last = plus_days(day, -3);
    DoorFacts frozen = holding({});
    frozen.frozen_through = plus_days(day, 5);
    DoorFacts came_twice = holding({lot(1, 8)});
    came_twice.entries_today = 2;
    DoorFacts inside = holding({lot(1, 1)});
    inside.entries_on_list = 1;
    const struct {
      const char* why;
      Program program;
      DoorFacts card;
      DoorWish wish;
      Reason reason;
      int allowed;
      Date date;
    } rows[] = {
        {"a program without a door", no_door, holding({lot(1, 8)}), {}, Reason::no_door, 0, {}},
        {"a list that is not there", ticket, holding({lot(1, 1)}), {1, "cellar", false}, Reason::unknown_list, 0, {}},
        {"a pass has no lists", plain, holding({lot(1, 8)}), {1, "in", false}, Reason::unknown_list, 0, {}},
        {"the day before the event", tomorrow, holding({lot(1, 1)}), {}, Reason::other_day, 0, plus_days(day, 1)},
        {"put aside", plain, frozen, {}, Reason::frozen, 0, plus_days(day, 5)},
        {"the term lies ahead",
         plain,
         holding({lot(1, 8, {}, plus_days(day, 2))}),
         {},
         Reason::not_yet,
         0,
         plus_days(day, 2)},
        {"past its day, no night since",
         plain,
         holding({lot(1, 8, plus_days(day, -1), plus_days(day, -9))}),
         {},
         Reason::ended,
         0,
         plus_days(day, -1)},
        {"past its day, booked by a night", plain, over, {}, Reason::ended, 0, plus_days(day, -3)},
        {"the last visit is gone", plain, empty, {}, Reason::used_up, 0, {}},
        {"an empty card", plain, never, {}, Reason::never_bought, 0, {}},
        {"three with two visits", plain, holding({lot(1, 2)}), {3, {}, false}, Reason::used_up, 2, day},
        {"the third time today", twice_a_day, came_twice, {}, Reason::day_limit, 0, day},
        {"three at once", twice_a_day, holding({lot(1, 8)}), {3, {}, false}, Reason::day_limit, 2, day},
        {"in already", ticket, inside, {}, Reason::entered_already, 0, day},
        {"two with one ticket", ticket, holding({lot(1, 1)}), {2, {}, false}, Reason::entered_already, 1, day},
    };
    for (const auto& row : rows) {
      INFO(row.why);
      const auto outcome = enter(row.program, row.wish, day, row.card);
      REQUIRE(std::holds_alternative<DoorRefusal>(outcome));
      const auto& refusal = std::get<DoorRefusal>(outcome);
      CHECK(refusal.reason == row.reason);
      CHECK(refusal.allowed == row.allowed);
      CHECK(refusal.date == row.date);
    }
  }

  TEST_CASE("visits come off the lot that ends first, over lots where one is not enough") {
    const auto outcome = enter(pass(), {3, {}, false}, day, holding({lot(1, 5), lot(2, 2, plus_days(day, 4))}));
    const auto& entrance = std::get<Entrance>(outcome);
    REQUIRE(entrance.debits.size() == 2);
    CHECK(entrance.debits[0].lot.value == 2);
    CHECK(entrance.debits[0].points.count == 2);
    CHECK(entrance.debits[1].lot.value == 1);
    CHECK(entrance.debits[1].points.count == 1);
    CHECK(entrance.used.size() == 2);
  }

  TEST_CASE("an unlimited pass lets in and loses nothing, but not past its day") {
    Program unlimited = pass();
    unlimited.use->unlimited = true;
    const auto card = holding({lot(1, 1, plus_days(day, 3))});
    const auto inside = enter(unlimited, {5, {}, false}, plus_days(day, 3), card);
    REQUIRE(std::holds_alternative<Entrance>(inside));
    CHECK(std::get<Entrance>(inside).debits.empty());
    CHECK(std::holds_alternative<DoorRefusal>(enter(unlimited, {}, plus_days(day, 4), card)));
  }

  TEST_CASE("a ticket stays for the other lists, and each list takes as many as there are tickets") {
    Program ticket = pass();
    ticket.use->lists = {"in", "dinner"};
    ticket.event = EventRules{plus_days(day, 9), {}};
    DoorFacts card = holding({lot(1, 1), lot(2, 2)});
    DoorWish wish{1, {}, true};
    CHECK(list_of(ticket, wish) == "in");
    for (int entered = 0; entered < 3; ++entered) {
      INFO("tickets used on the list: " << entered);
      card.entries_on_list = entered;
      const auto outcome = enter(ticket, wish, day, card);
      REQUIRE(std::holds_alternative<Entrance>(outcome));
      const auto& entrance = std::get<Entrance>(outcome);
      CHECK(entrance.debits.empty());
      REQUIRE(entrance.used.size() == 1);
      CHECK(entrance.used.front().id.value == (entered == 0 ? 1 : 2));
    }
    card.entries_on_list = 3;
    CHECK(std::holds_alternative<DoorRefusal>(enter(ticket, wish, day, card)));
  }

  TEST_CASE("a freeze keeps to the program's days and times") {
    Program program = pass();
    program.freeze = FreezeRules{14, 2, 3};
    const auto span = [](int from, int days) {
      return FrozenSpan{plus_days(day, from), plus_days(day, from + days - 1)};
    };
    using Why = FreezeRefusal::Reason;
    const struct {
      const char* why;
      std::vector<FrozenSpan> before;
      FrozenSpan wish;
      std::optional<Why> reason;
      int allowed;
    } rows[] = {
        {"the first", {}, span(0, 14), {}, 0},
        {"one day too many", {}, span(0, 15), Why::too_long, 14},
        {"one day too few", {}, span(0, 2), Why::too_short, 3},
        {"the rest of the days", {span(-20, 4)}, span(0, 10), {}, 0},
        {"more than the rest", {span(-20, 4)}, span(0, 11), Why::too_long, 10},
        {"a third time", {span(-20, 3), span(-10, 3)}, span(0, 3), Why::too_often, 2},
        {"frozen already", {span(-2, 5)}, span(0, 3), Why::frozen_already, 0},
        {"on its last day", {span(-4, 5)}, span(0, 3), Why::frozen_already, 0},
        {"the day after", {span(-5, 5)}, span(0, 3), {}, 0},
        {"around one to come", {span(2, 3)}, span(0, 9), Why::frozen_already, 0},
    };
    for (const auto& row : rows) {
      INFO(row.why);
      const auto refusal = check_freeze(program, row.before, row.wish);
      CHECK(refusal.has_value() == row.reason.has_value());
      if (!refusal || !row.reason) continue;
      CHECK(refusal->reason == *row.reason);
      CHECK(refusal->allowed == row.allowed);
    }
    CHECK(check_freeze(pass(), {}, span(0, 3))->reason == Why::not_allowed);
  }

  TEST_CASE("what begins with its first use ends by the offer's own term, else by the program's") {
    Program program = pass();
    program.expiry.mode = Expiry::Mode::months;
    program.expiry.count = 6;
    program.offers = {{"month", loyal::Money{100}, {8}, Term{1, Term::Unit::months}},
                      {"once", loyal::Money{10}, {1}, {}}};
    CHECK(last_day_from_use(program, "month", Date::of(2026, 1, 31)) == Date::of(2026, 2, 28));
    CHECK(last_day_from_use(program, "once", Date::of(2026, 8, 31)) == Date::of(2027, 2, 28));
    CHECK(last_day_from_use(program, "gone from the text", day) == plus_months(day, 6));
  }
}
