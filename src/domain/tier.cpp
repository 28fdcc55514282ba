// SPDX-License-Identifier: MIT
#include "loyal/domain/tier.hpp"

#include <algorithm>

namespace loyal::domain {
namespace {

std::int64_t keep_of(const Tier& tier) {
  return tier.keep.value_or(tier.enter);
}

}  // namespace

std::string_view name(TierRules::Metric metric) {
  switch (metric) {
    case TierRules::Metric::net_spend:
      return "net_spend";
    case TierRules::Metric::points_earned:
      return "points_earned";
    case TierRules::Metric::visits:
      return "visits";
  }
  return {};
}

std::string_view name(TierRules::Downgrade downgrade) {
  switch (downgrade) {
    case TierRules::Downgrade::none:
      return "none";
    case TierRules::Downgrade::one_step:
      return "one_step";
    case TierRules::Downgrade::qualify:
      return "qualify";
  }
  return {};
}

std::int64_t TierTrack::sum_between(Date from, Date through) const {
  const auto before = [](const TierEvent& event, Date date) { return event.date < date; };
  const auto after = [](Date date, const TierEvent& event) { return date < event.date; };
  const auto first = std::lower_bound(events_.begin(), events_.end(), from, before) - events_.begin();
  const auto last = std::upper_bound(events_.begin(), events_.end(), through, after) - events_.begin();
  if (last <= first) return 0;
  return sums_[static_cast<std::size_t>(last) - 1] - (first == 0 ? 0 : sums_[static_cast<std::size_t>(first) - 1]);
}

Date TierTrack::window_start(Date day) const {
  switch (rules_->window) {
    case TierRules::Window::rolling:
      return plus_days(day, 1 - rules_->window_days);
    case TierRules::Window::calendar:
      return start_of(rules_->window_period, day);
    case TierRules::Window::lifetime:
      break;
  }
  return Date::of(1, 1, 1);
}

std::optional<std::size_t> TierTrack::qualified(std::int64_t metric) const {
  std::optional<std::size_t> level;
  for (std::size_t i = 0; i < rules_->tiers.size(); ++i)
    if (metric >= rules_->tiers[i].enter) level = i;
  return level;
}

std::optional<Date> TierTrack::end_of_term(Date from) const {
  if (rules_->term) return plus_term(from, *rules_->term);
  switch (rules_->window) {
    case TierRules::Window::rolling:
      return plus_days(from, rules_->window_days);
    case TierRules::Window::calendar:
      return end_of(rules_->window_period, plus_days(end_of(rules_->window_period, from), 1));
    case TierRules::Window::lifetime:
      break;
  }
  return std::nullopt;
}

void TierTrack::enter(State& state, std::optional<std::size_t> level, Date on) const {
  state.level = level;
  state.since = on;
  state.term_end = level ? end_of_term(on) : std::nullopt;
}

std::int64_t TierTrack::metric_for_review(Date term_end, Date through) const {
  const Date last = plus_days(term_end, rules_->grace_days);
  // A calendar window is that of the term's last day, and the days of grace count to it.
  const Date from =
      rules_->window == TierRules::Window::calendar ? start_of(rules_->window_period, term_end) : window_start(last);
  return sum_between(from, std::min(last, through));
}

void TierTrack::review(State& state) const {
  const Date last = plus_days(*state.term_end, rules_->grace_days);
  const std::int64_t metric = metric_for_review(*state.term_end, last);
  if (metric >= keep_of(rules_->tiers[*state.level]) || rules_->downgrade == TierRules::Downgrade::none) {
    state.term_end = end_of_term(*state.term_end);
    return;
  }
  std::optional<std::size_t> level;
  if (rules_->downgrade == TierRules::Downgrade::one_step) {
    if (*state.level > 0) level = *state.level - 1;
  } else {
    for (std::size_t i = 0; i < *state.level; ++i)
      if (metric >= keep_of(rules_->tiers[i])) level = i;
  }
  enter(state, level, plus_days(last, 1));
}

void TierTrack::pass_days(State& state, Date day) const {
  while (true) {
    const bool is_raised = state.raised_to && state.raised_on <= day;
    const auto review_day =
        state.term_end ? std::optional(plus_days(*state.term_end, rules_->grace_days + 1)) : std::nullopt;
    const bool is_due = review_day && *review_day <= day;
    if (is_raised && (!is_due || state.raised_on <= *review_day)) {
      if (!state.level || *state.level < *state.raised_to) enter(state, state.raised_to, state.raised_on);
      state.raised_to.reset();
    } else if (is_due) {
      review(state);
    } else {
      return;
    }
  }
}

void TierTrack::count(State& state, const TierEvent& event) const {
  pass_days(state, event.date);
  const auto level = qualified(sum_between(window_start(event.date), event.date));
  if (!level || (state.level && *state.level >= *level)) return;
  if (!rules_->upgrade_next_period) return enter(state, level, event.date);
  if (state.raised_to && *state.raised_to >= *level) return;
  const Period period = rules_->window == TierRules::Window::calendar ? rules_->window_period : Period::month;
  if (!state.raised_to) state.raised_on = plus_days(end_of(period, event.date), 1);
  state.raised_to = level;
}

void TierTrack::add(TierEvent event) {
  const bool is_in_order = events_.empty() || events_.back().date <= event.date;
  const auto place = std::upper_bound(events_.begin(), events_.end(), event.date,
                                      [](Date date, const TierEvent& other) { return date < other.date; });
  const auto index = static_cast<std::size_t>(place - events_.begin());
  events_.insert(place, event);
  sums_.insert(sums_.begin() + static_cast<std::ptrdiff_t>(index), 0);
  for (std::size_t i = index; i < events_.size(); ++i) sums_[i] = (i == 0 ? 0 : sums_[i - 1]) + events_[i].amount;
  if (is_in_order) return count(state_, event);
  state_ = {};
  for (const TierEvent& other : events_) count(state_, other);
}

TierStanding TierTrack::on(Date day) const {
  State state;
  if (events_.empty() || events_.back().date <= day) {
    state = state_;
  } else {
    for (const TierEvent& event : events_)
      if (event.date <= day) count(state, event);
  }
  pass_days(state, day);

  TierStanding standing;
  standing.level = state.level;
  standing.since = state.since;
  standing.metric = sum_between(window_start(day), day);
  if (state.term_end) {
    standing.held_through = plus_days(*state.term_end, rules_->grace_days);
    const std::int64_t keep = keep_of(rules_->tiers[*state.level]);
    standing.to_keep = std::max<std::int64_t>(0, keep - metric_for_review(*state.term_end, day));
  }
  const std::size_t next = state.level ? *state.level + 1 : 0;
  if (next < rules_->tiers.size())
    standing.to_next = std::max<std::int64_t>(0, rules_->tiers[next].enter - standing.metric);
  return standing;
}

TierStanding with_pins(const TierRules& rules, TierStanding standing, std::span<const TierPin> pins, Date day) {
  // Of several pins the last that was set holds.
  for (auto pin = pins.rbegin(); pin != pins.rend(); ++pin) {
    if (day < pin->from || day > pin->until) continue;
    if (pin->tier == by_sales_again) return standing;
    const auto found = std::find_if(rules.tiers.begin(), rules.tiers.end(),
                                    [&pin](const Tier& tier) { return tier.name == pin->tier; });
    // A tier that the rules no longer know pins nothing.
    if (found == rules.tiers.end() && !pin->tier.empty()) return standing;
    standing.level =
        pin->tier.empty() ? std::nullopt : std::optional(static_cast<std::size_t>(found - rules.tiers.begin()));
    standing.since = pin->from;
    standing.held_through = standing.pinned_until = pin->until;
    standing.to_keep.reset();
    standing.to_next.reset();
    const std::size_t next = standing.level ? *standing.level + 1 : 0;
    if (next < rules.tiers.size())
      standing.to_next = std::max<std::int64_t>(0, rules.tiers[next].enter - standing.metric);
    return standing;
  }
  return standing;
}

TierStanding tier_on(const TierRules& rules, std::span<const TierEvent> events, std::span<const TierPin> pins,
                     Date day) {
  TierTrack track(rules);
  for (const TierEvent& event : events)
    if (event.date <= day) track.add(event);
  return with_pins(rules, track.on(day), pins, day);
}

}  // namespace loyal::domain
