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
#include "loyal/domain/offer.hpp"
#include "loyal/domain/rate.hpp"
#include "loyal/domain/rule.hpp"
#include "loyal/domain/tier.hpp"

namespace loyal::domain {

/// The presets of the one model; each names what a card of it holds.
enum class Kind { bonus, discount, club, charity, stamp, pass, ticket, gift, subscription };

/// How several matching earn rules go together: the best alone, their sum, or the best times every factor.
enum class Combine { best, sum, product };

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

struct SpendRules {
  bool allowed = true;
  Rate max_share = {1, 1};  ///< of the payable base
  std::optional<Points> per_sale;
  Points min_balance;  ///< active points that a card needs before it may pay with any
  Points step = {1};
  Money min_to_pay = {100};  ///< what always stays to be paid with money
  std::vector<std::string> except_categories;
  std::vector<PeriodLimit> period;  ///< spending sales and spent points of a card

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
  bool from_first_use = false;                        ///< the term begins when something of the lot is first used

  friend bool operator==(const Expiry&, const Expiry&) = default;
};

enum class ReturnPolicy {
  only_pending,
  within_balance,
  debt,
  keep,   ///< what was earned stays: donations
  unused  ///< no more comes back than is unused: goods that were sold onto the card
};

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
  std::vector<GrantRule> grants;
  std::optional<ReferralRule> referral;
  std::optional<ChoiceRules> choice;
  std::vector<DiscountRule> discount;
  std::vector<Offer> offers;
  std::vector<Reward> rewards;
  Limits limits;
  SpendRules spend;
  EarnBase earn_base;
  int pending_days = 0;
  Expiry expiry;
  ReturnRules returns;
  TierRules tiers;
  std::optional<UseRules> use;
  std::optional<FreezeRules> freeze;
  std::optional<EventRules> event;
  std::optional<SubscriptionRules> subscription;
  std::optional<DonationRules> donation;
  std::vector<Member> members;

  friend bool operator==(const Program&, const Program&) = default;
};

std::string_view name(Kind kind);
std::optional<Kind> kind_of(std::string_view name);
/// Whether cards of this kind hold something.
bool holds_points(Kind kind);
std::string_view name(ReturnPolicy policy);

/// The tier of that name, or nothing.
const Tier* find_tier(const Program& program, const std::string& name);
const Offer* find_offer(const Program& program, const std::string& name);
const Reward* find_reward(const Program& program, const std::string& name);

/// Money that an amount of points pays; exact for multiples of the spend step (the program file's reader sees to that).
Money worth_of(const Unit& unit, Points points);
/// The most points whose worth is not more than `money`.
Points points_for(const Unit& unit, Money money);

}  // namespace loyal::domain
