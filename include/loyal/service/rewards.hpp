// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/reward.hpp"

namespace loyal::service {

/// A reward of a program: how often it was given, how much is left, and whether a card can take it now.
struct RewardStanding {
  domain::Reward reward;
  store::RewardCount count;
  std::optional<bool> can_take;                      ///< nothing: no card was named
  std::optional<domain::Refusal::Reason> hindrance;  ///< why the card cannot
  Points missing;                                    ///< what the card lacks
};
struct RewardList {
  std::string program_slug;
  domain::Unit unit;
  std::vector<RewardStanding> rewards;
};
/// The rewards of a program, or of a card's program.
RewardList rewards(const Context& context, const std::string& program, const std::string& card);

/// Pieces put into the stock of a reward, or (less than zero) taken out of it.
struct StockRequest {
  std::string reward, program;
  std::int64_t pieces = 0;
  std::string reason;
};
struct StockReceipt {
  std::string program_slug, reward;
  std::int64_t pieces = 0;
  std::int64_t left = 0;
  OperationId operation;
};
StockReceipt stock_reward(const Context& context, const StockRequest& request);

/// A reward given without a purchase.
struct RedeemRequest {
  std::string card, reward;
  std::optional<LocalTime> at;
};
struct RedeemReceipt {
  store::Card card;
  std::string reward;
  Points points;
  domain::Unit unit;
  domain::Balance balance;
  OperationId operation;
};
RedeemReceipt redeem_reward(const Context& context, const RedeemRequest& request);

}  // namespace loyal::service
