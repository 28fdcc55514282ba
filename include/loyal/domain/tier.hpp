// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/domain/rate.hpp"
#include "loyal/domain/rule.hpp"

namespace loyal::domain {

/// A step of a ladder and what it gives.
struct Tier {
  std::string name;
  std::int64_t enter = 0;               ///< of the metric, in its minor units
  std::optional<std::int64_t> keep;     ///< what holds it at the end of the term; nothing: as much as to enter
  std::optional<Rate> rate;             ///< earned in place of the rules without a filter
  std::optional<Rate> discount;         ///< given in place of the discounts without a filter
  std::optional<Rate> max_share;        ///< of a purchase that points may pay, in place of the program's
  std::optional<int> pending_days;      ///< in place of the program's
  std::vector<std::string> privileges;  ///< what the shop promises beside, in its own words

  friend bool operator==(const Tier&, const Tier&) = default;
};

/// How a card climbs and falls. Tiers stand in ascending order of their thresholds.
struct TierRules {
  enum class Metric { net_spend, points_earned, visits };
  enum class Window { rolling, calendar, lifetime };
  enum class Downgrade { none, one_step, qualify };
  std::vector<Tier> tiers;
  Metric metric = Metric::net_spend;
  Window window = Window::lifetime;
  int window_days = 0;                  ///< rolling
  Period window_period = Period::year;  ///< calendar
  bool upgrade_next_period = false;     ///< a step up counts from the next month; else at once
  Downgrade downgrade = Downgrade::qualify;
  std::optional<Term> term;  ///< how long a tier is held before it is looked at again; nothing: by the window
  int grace_days = 0;

  bool is_empty() const { return tiers.empty(); }
  friend bool operator==(const TierRules&, const TierRules&) = default;
};

std::string_view name(TierRules::Metric metric);
std::string_view name(TierRules::Downgrade downgrade);

/// What a sale adds to the metric, net of what has come back of it by the day that is asked about.
struct TierEvent {
  Date date;
  std::int64_t amount = 0;
};

/// The tier of a pin that ends the pins before it: no tier has this name.
inline constexpr std::string_view by_sales_again = "*";

/// A tier given by hand, until a day.
struct TierPin {
  std::string tier;  ///< empty: none of them; by_sales_again: what the sales say
  Date from;
  Date until;  ///< inclusive
};

/// Where a card stands. Levels count from zero; below the first there is none.
struct TierStanding {
  std::optional<std::size_t> level;
  std::optional<Date> since;            ///< nothing: it never rose
  std::optional<Date> held_through;     ///< the last day before it is looked at again, grace included
  std::int64_t metric = 0;              ///< in the window that ends on the day
  std::optional<std::int64_t> to_next;  ///< what is missing of the next tier's threshold
  std::optional<std::int64_t> to_keep;  ///< what is missing to hold the tier at the end of its term; zero: it is held
  std::optional<Date> pinned_until;
};

/// The fold over a card's sales that says its tier on any day; sales are added in the order of their dates. Days are
/// the program's points dates. Nothing of it is stored: a late document, an undo or a return changes what is asked
/// later, and no sale that was made before.
class TierTrack {
 public:
  explicit TierTrack(const TierRules& rules) : rules_(&rules) {}

  const TierRules& rules() const { return *rules_; }

  /// Adds what a sale brought; a date before the last one makes the fold begin anew.
  void add(TierEvent event);
  /// The standing at the end of a day, by the sales added so far and not after it.
  TierStanding on(Date day) const;

 private:
  struct State {
    std::optional<std::size_t> level;
    std::optional<Date> since;
    std::optional<Date> term_end;          ///< grace not counted
    std::optional<std::size_t> raised_to;  ///< from raised_on
    Date raised_on;
  };
  std::int64_t sum_between(Date from, Date through) const;
  Date window_start(Date day) const;
  std::optional<std::size_t> qualified(std::int64_t metric) const;
  std::optional<Date> end_of_term(Date from) const;
  /// What counts towards holding the tier at the end of a term, by sales up to `through`.
  std::int64_t metric_for_review(Date term_end, Date through) const;
  void enter(State& state, std::optional<std::size_t> level, Date on) const;
  void review(State& state) const;
  /// Steps up and reviews that are due by a day.
  void pass_days(State& state, Date day) const;
  void count(State& state, const TierEvent& event) const;

  const TierRules* rules_;
  std::vector<TierEvent> events_;
  std::vector<std::int64_t> sums_;  ///< up to and with each event
  State state_;                     ///< after the last event
};

/// The standing with the pin that covers the day, if one does, in place of what the sales say.
TierStanding with_pins(const TierRules& rules, TierStanding standing, std::span<const TierPin> pins, Date day);

/// The standing of a card with these sales on a day. A pin that covers the day overrides what the sales say.
TierStanding tier_on(const TierRules& rules, std::span<const TierEvent> events, std::span<const TierPin> pins,
                     Date day);

}  // namespace loyal::domain
