// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"
#include "loyal/domain/rate.hpp"

namespace loyal::domain {

/// The presets of the one model; each names what a card of it holds.
enum class Kind { bonus, discount };

/// How several matching earn rules go together.
enum class Combine { best, sum };

/// What a card holds: points of some name. Scale is the number of digits after the comma; worth is the money that one
/// whole unit pays.
struct Unit {
  std::array<std::string, 3> name = {"балл", "балла", "баллов"};
  int scale = 0;
  Money worth = {100};

  friend bool operator==(const Unit&, const Unit&) = default;
};

/// Minor units in one whole unit: 10 to the scale.
std::int64_t minor_units(const Unit& unit);

/// What a line or a receipt must be for a rule to apply; an empty filter takes all.
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

  friend bool operator==(const Filter&, const Filter&) = default;
};

/// One way to earn.
struct EarnRule {
  enum class Basis {
    rate,       ///< a part of the base
    per_money,  ///< points per full `per` of the base
    per_visit,  ///< points once a receipt
    per_item    ///< points per whole piece
  };
  std::string name;  ///< what entries and explanations call it
  Basis basis = Basis::rate;
  Rate rate;
  Points points;
  Money per;
  Filter filter;

  friend bool operator==(const EarnRule&, const EarnRule&) = default;
};

/// A percentage off the matching lines; where several match, a line takes the largest.
struct DiscountRule {
  std::string name;
  Rate rate;
  Filter filter;

  friend bool operator==(const DiscountRule&, const DiscountRule&) = default;
};

struct Limits {
  std::optional<Points> per_sale;    ///< most points that one sale earns
  std::optional<int> per_day_sales;  ///< most earning sales of a card on one points date
  std::optional<Points> balance;     ///< most points that a card may hold; the earn is cut to it

  friend bool operator==(const Limits&, const Limits&) = default;
};

struct SpendRules {
  bool allowed = true;
  Rate max_share = {1, 1};  ///< of the payable base
  std::optional<Points> per_sale;
  Points min_balance;  ///< active points that a card needs before it may pay with any
  Points step = {1};
  Money min_to_pay = {100};  ///< what always stays to be paid with money
  std::vector<std::string> except_categories;

  friend bool operator==(const SpendRules&, const SpendRules&) = default;
};

struct EarnBase {
  bool gross = false;        ///< before discounts, and points, instead of what was paid
  bool points_part = false;  ///< the part paid with points earns too

  friend bool operator==(const EarnBase&, const EarnBase&) = default;
};

struct Expiry {
  enum class Mode { never, days, months, yearly, inactivity };
  Mode mode = Mode::never;
  int count = 0;                                      ///< days or months
  std::optional<Period> round_to;                     ///< up to the end of the period
  std::vector<std::pair<unsigned, unsigned>> yearly;  ///< month and day, ascending
  bool from_activation = true;                        ///< false: from the earn date

  friend bool operator==(const Expiry&, const Expiry&) = default;
};

enum class ReturnPolicy { only_pending, within_balance, debt };

struct ReturnRules {
  ReturnPolicy policy = ReturnPolicy::debt;
  std::optional<Points> debt_limit;
  int grace_days = 30;
  bool keep_threshold = false;  ///< a bonus for a minimum amount stays when a return falls below it

  friend bool operator==(const ReturnRules&, const ReturnRules&) = default;
};

/// The rules of a card program, as one version of its text says them.
struct Program {
  std::string slug;
  std::string title;
  Kind kind = Kind::bonus;
  std::string zone;  ///< whose days the points rules compare
  Combine combine = Combine::best;
  Unit unit;
  std::vector<EarnRule> earn;
  std::vector<DiscountRule> discount;
  Limits limits;
  SpendRules spend;
  EarnBase earn_base;
  int pending_days = 0;
  Expiry expiry;
  ReturnRules returns;

  friend bool operator==(const Program&, const Program&) = default;
};

std::string_view name(Kind kind);
std::string_view name(ReturnPolicy policy);

/// Money that an amount of points pays; exact for multiples of the spend step (the program file's reader sees to that).
Money worth_of(const Unit& unit, Points points);
/// The most points whose worth is not more than `money`.
Points points_for(const Unit& unit, Money money);

}  // namespace loyal::domain
