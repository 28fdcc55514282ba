// SPDX-License-Identifier: MIT
#include "loyal/domain/granting.hpp"

#include <algorithm>

#include "loyal/domain/expiry.hpp"

namespace loyal::domain {
namespace {

using Event = GrantRule::Event;

/// The day of a year; 29 February is the 28th in years that lack it.
Date day_of_year(int year, unsigned month, unsigned day) {
  const Date first = Date::of(year, month, 1);
  return std::min(plus_days(first, static_cast<int>(day) - 1), end_of(Period::month, first));
}

bool has_days_around(const GrantRule& rule) {
  return rule.days_before > 0 || rule.days_after > 0;
}

/// The last day on which what was missed is still made good.
Date end_of_window(const GrantRule& rule, Date day) {
  return plus_days(day, has_days_around(rule) ? rule.days_after : catch_up_days);
}

std::optional<Date> end_of_points(const Program& program, const GrantRule& rule, Date date, Date day) {
  if (rule.expires) return plus_term(date, *rule.expires);
  if (has_days_around(rule)) return plus_days(day, rule.days_after);
  return last_day(program.expiry, date);
}

std::optional<DueGrant> due_on(const Program& program, const GrantRule& rule, Date day, Date earliest, Date until) {
  const Date planned = plus_days(day, -rule.days_before);
  // What a card or a rule came too late for is given only within the days around the day.
  if (planned < earliest && !has_days_around(rule)) return std::nullopt;
  const Date date = std::max(planned, earliest);
  if (date > until || until > end_of_window(rule, day)) return std::nullopt;
  const auto valid_through = end_of_points(program, rule, date, day);
  if (valid_through && *valid_through < until) return std::nullopt;
  return DueGrant{date, valid_through, day};
}

}  // namespace

std::optional<DueGrant> due_grant(const Program& program, const GrantRule& rule, Date anchor, Date earliest,
                                  Date until) {
  if (rule.event == Event::welcome) return due_on(program, rule, anchor, earliest, until);
  if (rule.event == Event::absence) return due_on(program, rule, plus_days(anchor, rule.absence_days), earliest, until);
  const unsigned month = rule.event == Event::holiday ? rule.month : anchor.month();
  const unsigned day = rule.event == Event::holiday ? rule.day : anchor.day();
  // The days around a day may reach into the next year, or begin in the last.
  for (int year = until.year() + 1; year >= until.year() - 1; --year) {
    if (rule.event == Event::birthday && year <= anchor.year()) continue;
    if (auto due = due_on(program, rule, day_of_year(year, month, day), earliest, until)) return due;
  }
  return std::nullopt;
}

AnchorDays anchors_due(const GrantRule& rule, Date until) {
  const int after = has_days_around(rule) ? rule.days_after : catch_up_days;
  AnchorDays days{plus_days(until, -after), plus_days(until, rule.days_before)};
  if (rule.event != Event::absence) return days;
  return {plus_days(days.from, -rule.absence_days), plus_days(days.through, -rule.absence_days)};
}

}  // namespace loyal::domain
