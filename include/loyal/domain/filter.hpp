// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/assessment.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::domain {

/// Whether a rule applies at this time: weekdays, hours and dates.
bool matches_time(const Filter& filter, LocalTime at);

/// Whether a rule applies to this buyer: tiers, first purchase, subscriptions.
bool matches_buyer(const Filter& filter, const BuyerFacts& buyer);

/// Whether a rule applies to this line: categories, those that the buyer chose, and SKUs.
bool matches_line(const Filter& filter, const BuyerFacts& buyer, const ReceiptLine& line);

/// Whether a reward may be given on this line now.
bool matches_reward(const Reward& reward, LocalTime at, const BuyerFacts& buyer, const ReceiptLine& line);

}  // namespace loyal::domain
