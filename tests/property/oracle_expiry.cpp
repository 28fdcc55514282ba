// SPDX-License-Identifier: MIT
#include <algorithm>

#include "property/oracle.hpp"

namespace loyal::test {
namespace {

/// The first of the yearly days that has not passed, day by day; 29 February is the last of February in other years.
Date next_yearly(const domain::Expiry& expiry, Date start) {
  for (Date day = start;; day = plus_days(day, 1))
    for (const auto& [month, number] : expiry.yearly) {
      if (day.month() != month) continue;
      const bool is_last = plus_days(day, 1).month() != month;
      if (day.day() == number || (is_last && number > day.day())) return day;
    }
}

}  // namespace

std::optional<Date> Oracle::last_day(int card, Date start) const {
  using Mode = domain::Expiry::Mode;
  const domain::Expiry& expiry = rules_of(card).expiry;
  if (expiry.mode == Mode::never || expiry.mode == Mode::inactivity) return std::nullopt;
  if (expiry.mode == Mode::yearly) return next_yearly(expiry, start);
  const Date last = expiry.mode == Mode::days ? plus_days(start, expiry.count) : plus_months(start, expiry.count);
  return expiry.round_to ? end_of(*expiry.round_to, last) : last;
}

std::set<Date> Oracle::activity(int card, Date on) const {
  std::set<Date> days;
  for (const auto& [number, sale] : sales_) {
    const bool is_own = sale.card == card && (sale.earned > 0 || !sale.spends.empty());
    const bool is_paid = std::any_of(sale.gift_spends.begin(), sale.gift_spends.end(),
                                     [&](const Spend& spend) { return lots_[spend.lot].card == card; });
    const Date day = is_own ? sale.at.date : sale.gifts_on;
    if ((is_own || is_paid) && day <= on && !undone_.contains(sale.operation)) days.insert(day);
  }
  return days;
}

std::optional<Date> Oracle::end(const Lot& lot, Date on) const {
  const domain::Expiry& expiry = rules_of(lot.card).expiry;
  if (expiry.mode != domain::Expiry::Mode::inactivity || lot.valid_through || lot.is_debt) return lot.valid_through;
  const int days = expiry.count;
  Date end = plus_days(lot.usable_from, days);
  for (const Date day : activity(lot.card, on))
    if (day <= end) end = std::max(end, plus_days(day, days));
  return end;
}

bool Oracle::is_expired(const Lot& lot, Date on) const {
  const auto last = end(lot, on);
  return !lot.is_debt && last && *last < on;
}

bool Oracle::is_active(const Lot& lot, Date on) const {
  return !lot.is_debt && !lot.is_pending(on) && lot.remainder() > 0 && !is_expired(lot, on);
}

std::pair<Date, std::optional<Date>> Oracle::clock(const Lot& lot, Date on, int days_at_least) const {
  const Date earliest_end = plus_days(on, days_at_least);
  if (lot.valid_through) return {on, std::max(*lot.valid_through, earliest_end)};
  const auto last = end(lot, on);
  if (!last) return {on, std::nullopt};
  // Neither moving nor taking back is a purchase: idleness goes on counting where it stood.
  const int days = rules_of(lot.card).expiry.count;
  return {std::min(on, plus_days(std::max(*last, earliest_end), -days)), std::nullopt};
}

int Oracle::nightly(int operation, Date until) {
  int swept = 0;
  for (Lot& lot : lots_) {
    const Whole rest = lot.remainder();
    if (rest == 0 || !is_expired(lot, until)) continue;
    lot.movements.push_back({operation, Kind::expire, -rest});
    ++swept;
  }
  return swept;
}

}  // namespace loyal::test
