// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"
#include "loyal/domain/rate.hpp"

namespace loyal::domain {

/// What a line, a receipt and its buyer must be for a rule to apply; an empty filter takes all.
struct Filter {
  std::vector<std::string> categories;
  std::vector<std::string> except_categories;
  std::vector<std::string> skus;
  std::vector<std::string> except_skus;
  std::vector<unsigned> weekdays;            ///< ISO: Monday is 1
  std::optional<std::pair<int, int>> hours;  ///< seconds of the day: from, before
  std::optional<Date> from;                  ///< first day, inclusive
  std::optional<Date> until;                 ///< last day, inclusive
  Money min_amount;                          ///< of the matching lines together
  std::vector<std::string> tiers;            ///< by name, as the card stood before the sale
  bool first_purchase = false;               ///< only the card's first sale that stands
  bool chosen_categories = false;            ///< only categories that the holder chose for the month
  std::string subscription;                  ///< only while the holder has paid for this program

  friend bool operator==(const Filter&, const Filter&) = default;
};

/// One way to earn by buying.
struct EarnRule {
  enum class Basis {
    rate,       ///< a part of the base
    per_money,  ///< points per full `per` of the base
    per_visit,  ///< points once a receipt
    per_item,   ///< points per whole piece
    times       ///< multiplies what the other rules bring a line; only where rules go together as a product
  };
  std::string name;  ///< what entries and explanations call it
  Basis basis = Basis::rate;
  Rate rate;  ///< of the base; with `times`, the factor
  Points points;
  Money per;
  Filter filter;

  friend bool operator==(const EarnRule&, const EarnRule&) = default;
};

/// A reduction of the price of the matching lines; where several match, a line takes the largest.
struct DiscountRule {
  enum class Basis {
    rate,   ///< a part of the price
    price,  ///< a price for one piece, where it is lower
    every   ///< each Nth piece costs nothing, the cheapest of the receipt first
  };
  std::string name;
  Basis basis = Basis::rate;
  Rate rate;
  Money price;
  int every = 0;
  bool counts_receipts_apart = false;  ///< `every` begins anew with each receipt instead of going on over visits
  Filter filter;

  friend bool operator==(const DiscountRule&, const DiscountRule&) = default;
};

/// A number of days or calendar months.
struct Term {
  enum class Unit { days, months };
  int count = 0;
  Unit unit = Unit::days;

  friend bool operator==(const Term&, const Term&) = default;
};

/// The day that lies a term after `date`; the 31st becomes the last day of a shorter month.
Date plus_term(Date date, Term term);
/// `30d` or `12m`.
std::string to_text(Term term);

/// Points given on a day of their own, without a purchase.
struct GrantRule {
  enum class Event {
    welcome,   ///< the day on which the card is issued
    birthday,  ///< each year; born on 29 February, on the 28th of other years
    holiday,   ///< each year on a day that the rule names
    absence    ///< so many days after the last purchase, once an absence
  };
  std::string name;
  Event event = Event::welcome;
  Points points;
  unsigned month = 0, day = 0;  ///< of a holiday
  int absence_days = 0;
  int days_before = 0;          ///< the points come so many days before the day
  int days_after = 0;           ///< and, where nothing says when they end, live so many days after it
  std::optional<Term> expires;  ///< from the day on which they are given
  std::vector<std::string> tiers;

  friend bool operator==(const GrantRule&, const GrantRule&) = default;
};

/// The name of the event in a program's text ("birthday").
std::string_view name(GrantRule::Event event);

/// Points for who brings somebody, and for who was brought: given at the newcomer's first purchase.
struct ReferralRule {
  Points points;         ///< to the card that is named by the newcomer
  Points friend_points;  ///< to the newcomer
  Money min_amount;      ///< that the first purchase must come to
  std::optional<int> per_year;

  friend bool operator==(const ReferralRule&, const ReferralRule&) = default;
};

/// The most in one calendar period; without a period, on one day.
struct PeriodLimit {
  std::optional<Period> period;
  std::optional<int> sales;
  std::optional<Points> points;

  friend bool operator==(const PeriodLimit&, const PeriodLimit&) = default;
};

/// The first day of the limit's period in which `date` lies.
Date first_day_of(const PeriodLimit& limit, Date date);

struct Limits {
  std::optional<Points> per_sale;   ///< most points that one sale earns
  std::vector<PeriodLimit> period;  ///< earning sales and earned points of a card
  std::optional<Points> balance;    ///< most points that a card may hold; the earn is cut to it

  friend bool operator==(const Limits&, const Limits&) = default;
};

/// Categories of which the holder chooses some for each month.
struct ChoiceRules {
  std::vector<std::string> categories;
  int count = 1;

  friend bool operator==(const ChoiceRules&, const ChoiceRules&) = default;
};

}  // namespace loyal::domain
