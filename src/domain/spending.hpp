// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "loyal/domain/assessment.hpp"

namespace loyal::domain {

/// What the steps of paying leave to one another: the lots in spending order, and what of them is still free.
struct Purse {
  std::vector<Lot> ordered;  ///< active, in spending order
  Points available;          ///< active less debt and what tills have reserved
};
Purse purse_of(const CardFacts& card, Date on);

/// Takes points out of the purse, lot by lot.
void take_from(Purse& purse, Points points, Assessment& result);

/// Gives the rewards that were asked for, each on one piece of its line.
std::optional<Refusal> give_rewards(const Program& program, const Receipt& receipt, const CardFacts& card, Purse& purse,
                                    Assessment& result);

/// Pays a part with points.
std::optional<Refusal> pay_with_points(const Program& program, const Receipt& receipt, const SpendWish& wish,
                                       const CardFacts& card, Purse& purse, Assessment& result);

/// Pays a part of what is left with gift cards, in the order in which they were given.
std::optional<Refusal> pay_with_gifts(const Receipt& receipt, Assessment& result);

}  // namespace loyal::domain
