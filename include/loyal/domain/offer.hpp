// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"
#include "loyal/domain/rule.hpp"

namespace loyal::domain {

/// Something that is sold onto a card: visits of a pass, a ticket, a month of a subscription, money of a gift card.
struct Offer {
  std::string name;
  std::optional<Money> price;  ///< nothing: any sum, each unit of money bringing what it is worth
  Points points;               ///< what a card gets for the price
  std::optional<Term> valid;   ///< in place of the program's expiry

  friend bool operator==(const Offer&, const Offer&) = default;
};

/// What stands for points: a thing given for them, or for having collected so many.
struct Reward {
  std::string name;
  Points cost;                 ///< taken from the card; nothing for a step on the way
  Points at;                   ///< of a step on the way: given once a cycle to a card that holds as many
  Rate off = {1, 1};           ///< of the price of one piece
  std::optional<Money> up_to;  ///< the most that a piece may cost; a dearer one is paid for beyond it
  Filter filter;               ///< which goods
  bool has_stock = false;      ///< only while `reward stock` says that there are some

  friend bool operator==(const Reward&, const Reward&) = default;
};

/// How a card is used up at the door.
struct UseRules {
  bool unlimited = false;          ///< entry takes nothing while something valid is held
  std::optional<int> per_day;      ///< most entries of a card on one day
  std::vector<std::string> lists;  ///< check-in lists, each of which lets a card in once; none: each entry takes one

  friend bool operator==(const UseRules&, const UseRules&) = default;
};

/// How long the holder of a pass may put it aside.
struct FreezeRules {
  int days_max = 0;              ///< in all, of one lot
  std::optional<int> times_max;  ///< how often
  int days_min = 1;              ///< at once

  friend bool operator==(const FreezeRules&, const FreezeRules&) = default;
};

/// What tickets are for.
struct EventRules {
  Date date;
  std::optional<int> capacity;

  friend bool operator==(const EventRules&, const EventRules&) = default;
};

/// What is paid for by a subscription.
struct SubscriptionRules {
  std::string of;  ///< the slug of the discount program whose benefits it gives; empty: those of its own text
  int grace_days = 0;
  int notice_days = 0;

  friend bool operator==(const SubscriptionRules&, const SubscriptionRules&) = default;
};

/// What a company gives away when a card is presented.
struct DonationRules {
  std::string fund;                ///< the slug of the fund
  std::optional<Money> amount;     ///< a sum each time
  std::optional<Rate> rate;        ///< or a part of what was paid
  std::optional<Money> round_up;   ///< or what is missing to the next full sum of this size
  std::optional<Money> per_month;  ///< the most of one calendar month, of all cards

  friend bool operator==(const DonationRules&, const DonationRules&) = default;
};

/// A company of a club.
struct Member {
  std::string company;              ///< its slug
  std::vector<EarnRule> earn;       ///< in place of the program's rules
  std::optional<Rate> clearing;     ///< what a partner's point is paid with, of its worth; nothing: all of it
  std::optional<Rate> fee;          ///< that the club keeps of a settlement, of what is paid
  std::optional<Date> from, until;  ///< inclusive

  friend bool operator==(const Member&, const Member&) = default;
};

}  // namespace loyal::domain
