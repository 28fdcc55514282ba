// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/reward.hpp"

namespace loyal::service {

/// Puts the rewards that were asked for on the receipt's lines: where no line is named, on the dearest piece that the
/// reward fits. A line of several pieces is split, so that each reward has one piece of its own.
void place_rewards(const domain::Program& program, std::span<const RewardRequest> requests, domain::Receipt& receipt);

/// Adds what the rules ask before these rewards are given: the steps of the card's cycle, and what is out of stock.
void add_reward_facts(store::Database& database, const domain::Program& program, const store::Card& card,
                      std::span<const domain::RewardWish> wishes, domain::CardFacts& facts);

/// The steps on the way that a card was given since it last took a reward for its points.
std::vector<std::string> steps_of_cycle(std::span<const store::RewardUse> uses);

/// What an assessment gives, as rows of its sale.
std::vector<store::RewardUse> reward_uses(const domain::Assessment& assessment, const store::Sale& sale,
                                          ProgramId program);

/// Whether a posted sale gave what a receipt asks for.
bool is_same_rewards(std::span<const store::RewardUse> given, std::span<const domain::RewardWish> wishes);

/// The program's reward of that name, however it is written; else Error{not_found} that tells which there are.
const domain::Reward& reward_of(const domain::Program& program, const std::string& text);

}  // namespace loyal::service
