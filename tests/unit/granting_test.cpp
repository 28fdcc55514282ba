// SPDX-License-Identifier: MIT
#include "loyal/domain/granting.hpp"

#include <doctest/doctest.h>

#include <string>

using loyal::Date;
using namespace loyal::domain;
using Event = GrantRule::Event;

namespace {

Date day(const std::string& text) {
  return *loyal::date_from_iso(text);
}

GrantRule rule_of(Event event, int before = 0, int after = 0) {
  GrantRule rule;
  rule.event = event;
  rule.name = "rule";
  rule.points = {100};
  rule.days_before = before;
  rule.days_after = after;
  return rule;
}

/// "date through last day", or "none".
std::string due(const GrantRule& rule, const std::string& anchor, const std::string& earliest, const std::string& until,
                const Program& program = {}) {
  const auto grant = due_grant(program, rule, day(anchor), day(earliest), day(until));
  if (!grant) return "none";
  return to_string(grant->date) + " through " + (grant->valid_through ? to_string(*grant->valid_through) : "ever");
}

}  // namespace

TEST_SUITE("granting") {
  TEST_CASE("a birthday's points come and end with the days around it, in every year") {
    struct Row {
      const char* born;
      int before, after;
      const char* until;
      const char* expected;
      const char* reason;
    };
    const Row rows[] = {
        {"1990-03-06", 3, 3, "2026-03-02", "none", "too early"},
        {"1990-03-06", 3, 3, "2026-03-03", "2026-03-03 through 2026-03-09", "the first of its days"},
        {"1990-03-06", 3, 3, "2026-03-09", "2026-03-03 through 2026-03-09", "the last night that can make it good"},
        {"1990-03-06", 3, 3, "2026-03-10", "none", "its days are over"},
        {"1990-01-02", 5, 0, "2026-12-29", "2026-12-28 through 2027-01-02", "the days begin in the year before"},
        {"1990-12-30", 0, 5, "2027-01-03", "2026-12-30 through 2027-01-04", "the days end in the year after"},
        {"1992-02-29", 0, 1, "2027-02-28", "2027-02-28 through 2027-03-01", "a year without 29 February"},
        {"1992-02-29", 0, 1, "2028-02-28", "none", "a year with it: not before the 29th"},
        {"1992-02-29", 0, 1, "2028-02-29", "2028-02-29 through 2028-03-01", "a year with it"},
        {"2026-03-06", 0, 1, "2026-03-06", "none", "the day of birth is no birthday"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      CHECK(due(rule_of(Event::birthday, row.before, row.after), row.born, "2020-01-01", row.until) == row.expected);
    }
  }

  TEST_CASE("what has no days around it is caught up for a week, and not for cards or rules that came later") {
    const GrantRule welcome = rule_of(Event::welcome);
    CHECK(due(welcome, "2026-03-01", "2026-03-01", "2026-03-01") == "2026-03-01 through ever");
    CHECK(due(welcome, "2026-03-01", "2026-03-01", "2026-03-08") == "2026-03-01 through ever");
    CHECK(due(welcome, "2026-03-01", "2026-03-01", "2026-03-09") == "none");
    CHECK(due(welcome, "2026-03-01", "2026-03-02", "2026-03-02") == "none");
    GrantRule month = welcome;
    month.expires = Term{2, Term::Unit::days};
    CHECK(due(month, "2026-03-01", "2026-03-01", "2026-03-03") == "2026-03-01 through 2026-03-03");
    CHECK(due(month, "2026-03-01", "2026-03-01", "2026-03-04") == "none");
  }

  TEST_CASE("a card that came between the days before and the day has the points from its own first day") {
    CHECK(due(rule_of(Event::birthday, 3, 3), "1990-03-06", "2026-03-05", "2026-03-05") ==
          "2026-03-05 through 2026-03-09");
    CHECK(due(rule_of(Event::birthday), "1990-03-06", "2026-03-07", "2026-03-07") == "none");
  }

  TEST_CASE("absence counts from the last purchase, and a holiday comes every year") {
    GrantRule absence = rule_of(Event::absence);
    absence.absence_days = 60;
    absence.expires = Term{14, Term::Unit::days};
    CHECK(due(absence, "2026-04-02", "2020-01-01", "2026-05-31") == "none");
    CHECK(due(absence, "2026-04-02", "2020-01-01", "2026-06-01") == "2026-06-01 through 2026-06-15");
    CHECK(due(absence, "2026-04-02", "2020-01-01", "2026-06-09") == "none");
    GrantRule holiday = rule_of(Event::holiday);
    holiday.month = 3;
    holiday.day = 8;
    Program program;
    program.expiry.mode = Expiry::Mode::days;
    program.expiry.count = 10;
    CHECK(due(holiday, "2026-03-08", "2020-01-01", "2027-03-08", program) == "2027-03-08 through 2027-03-18");
    CHECK(due(holiday, "2026-03-08", "2020-01-01", "2027-03-07", program) == "none");
  }

  TEST_CASE("the days that are looked at hold every anchor for which something is due") {
    for (const GrantRule& rule : {rule_of(Event::birthday, 3, 5), rule_of(Event::birthday), rule_of(Event::welcome),
                                  rule_of(Event::birthday, 10)}) {
      const Date until = day("2026-01-05");
      const AnchorDays days = anchors_due(rule, until);
      for (int offset = -40; offset <= 40; ++offset) {
        const Date anchor = plus_days(until, offset);
        const bool is_welcome = rule.event == Event::welcome;
        const Date born = is_welcome ? anchor : Date::of(anchor.year() - 30, anchor.month(), anchor.day());
        if (due_grant({}, rule, born, day("2000-01-01"), until))
          CHECK_MESSAGE((anchor >= days.from && anchor <= days.through), "an anchor is missed: ", to_string(anchor));
      }
    }
  }
}
