// SPDX-License-Identifier: MIT
#include <algorithm>

#include "property/oracle.hpp"

namespace loyal::test {
namespace {

using Rules = domain::TierRules;

/// Where a card stands at the end of a day; levels count from 1, 0 is none.
struct Standing {
  std::size_t level = 0;
  std::optional<Date> term_end;  // the last day of the term, grace not counted
  std::size_t raised_to = 0;
  Date raised_on;
};

Date first_of(Period period, Date day) {
  Date first = day;
  while (end_of(period, plus_days(first, -1)) == end_of(period, day)) first = plus_days(first, -1);
  return first;
}

Date after_term(Date day, domain::Term term) {
  return term.unit == domain::Term::Unit::days ? plus_days(day, term.count) : plus_months(day, term.count);
}

std::optional<Date> term_from(const Rules& rules, Date day) {
  if (rules.term) return after_term(day, *rules.term);
  if (rules.window == Rules::Window::rolling) return plus_days(day, rules.window_days);
  if (rules.window == Rules::Window::lifetime) return std::nullopt;
  // What was reached in one period is held for the next.
  return end_of(rules.window_period, plus_days(end_of(rules.window_period, day), 1));
}

Date window_from(const Rules& rules, Date day) {
  if (rules.window == Rules::Window::rolling) return plus_days(day, 1 - rules.window_days);
  if (rules.window == Rules::Window::calendar) return first_of(rules.window_period, day);
  return Date::of(2000, 1, 1);
}

Whole threshold_to_keep(const domain::Tier& tier) {
  return tier.keep ? *tier.keep : tier.enter;
}

void enter(const Rules& rules, Standing& standing, std::size_t level, Date day) {
  standing.level = level;
  standing.term_end.reset();
  if (level > 0) standing.term_end = term_from(rules, day);
}

}  // namespace

bool Oracle::pin(Pin pin) {
  const auto holds = [&](const Pin& other) {
    return other.card == pin.card && !undone_.contains(other.operation) && other.from <= pin.from &&
           other.until >= pin.from;
  };
  const auto last = std::find_if(pins_.rbegin(), pins_.rend(), holds);
  if (pin.ends && (last == pins_.rend() || last->ends)) return false;
  if (pin.ends) pin.until = last->until;
  pins_.push_back(pin);
  return true;
}

Whole Oracle::metric(int card, Date from, Date through, Date on) const {
  Whole sum = 0;
  for (const auto& [number, sale] : sales_) {
    if (sale.card != card || undone_.contains(sale.operation) || sale.at.date < from || sale.at.date > through)
      continue;
    Whole paid = 0;
    Whole earned = sale.earned;
    std::vector<Whole> left = sale.quantities;
    for (const Figures& line : sale.sold) paid += line.paid;
    for (const Return& back : live_returns(sale)) {
      if (back.on > on) continue;
      earned -= back.clawed_back;
      for (std::size_t i = 0; i < left.size(); ++i) {
        paid -= back.lines[i].paid;
        left[i] -= back.quantities[i];
      }
    }
    const bool stands = std::any_of(left.begin(), left.end(), [](Whole rest) { return rest > 0; });
    if (program.tiers.metric == Rules::Metric::net_spend) sum += paid;
    if (program.tiers.metric == Rules::Metric::points_earned) sum += earned;
    if (program.tiers.metric == Rules::Metric::visits && stands) ++sum;
  }
  return sum;
}

/// Day by day from the first purchase, by what is known on the day that is asked about.
std::string Oracle::tier(int card, Date on) const {
  const Rules& rules = program.tiers;
  if (rules.tiers.empty()) return {};
  for (auto pin = pins_.rbegin(); pin != pins_.rend(); ++pin) {
    if (pin->card != card || undone_.contains(pin->operation) || on < pin->from || on > pin->until) continue;
    if (pin->ends) break;
    return pin->tier;
  }
  std::set<Date> days;
  for (const auto& [number, sale] : sales_)
    if (sale.card == card && !undone_.contains(sale.operation) && sale.at.date <= on) days.insert(sale.at.date);
  if (days.empty()) return {};
  Standing standing;
  for (Date day = *days.begin(); day <= on; day = plus_days(day, 1)) {
    if (standing.raised_to > 0 && standing.raised_on == day) {
      if (standing.level < standing.raised_to) enter(rules, standing, standing.raised_to, day);
      standing.raised_to = 0;
    }
    if (standing.term_end && plus_days(*standing.term_end, rules.grace_days) < day) {
      const Date last = plus_days(day, -1);
      const Date from = rules.window == Rules::Window::calendar ? first_of(rules.window_period, *standing.term_end)
                                                                : window_from(rules, last);
      const Whole has = metric(card, from, last, on);
      if (has >= threshold_to_keep(rules.tiers[standing.level - 1]) || rules.downgrade == Rules::Downgrade::none) {
        standing.term_end = term_from(rules, *standing.term_end);
      } else if (rules.downgrade == Rules::Downgrade::one_step) {
        enter(rules, standing, standing.level - 1, day);
      } else {
        std::size_t level = standing.level - 1;
        while (level > 0 && has < threshold_to_keep(rules.tiers[level - 1])) --level;
        enter(rules, standing, level, day);
      }
    }
    if (!days.contains(day)) continue;
    const Whole has = metric(card, window_from(rules, day), day, on);
    std::size_t reached = 0;
    while (reached < rules.tiers.size() && has >= rules.tiers[reached].enter) ++reached;
    if (reached <= standing.level) continue;
    if (!rules.upgrade_next_period) {
      enter(rules, standing, reached, day);
    } else if (reached > standing.raised_to) {
      const Period period = rules.window == Rules::Window::calendar ? rules.window_period : Period::month;
      if (standing.raised_to == 0) standing.raised_on = plus_days(end_of(period, day), 1);
      standing.raised_to = reached;
    }
  }
  return standing.level == 0 ? "" : rules.tiers[standing.level - 1].name;
}

}  // namespace loyal::test
