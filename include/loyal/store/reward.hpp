// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A reward that was given: with a purchase, on one of its lines, or without one.
struct RewardUse {
  OperationId operation;
  CardId card;
  ProgramId program;
  SaleId sale;            ///< none: given without a purchase
  std::int64_t line = 0;  ///< of the sale, from 1
  std::string reward;
  Points points;  ///< what it cost; nothing for a step on the way
  Money value;    ///< of the goods that it paid for
  Date date;      ///< points date
};

void add_reward_use(Journal& journal, const RewardUse& use);
/// What was given with a sale, in the order in which it was asked for.
std::vector<RewardUse> reward_uses_of_sale(Database& database, SaleId sale);
std::vector<RewardUse> reward_uses_of_operation(Database& database, OperationId operation);
/// The live uses of a card, and of those whose place it took, without those whose goods came back; in their order.
std::vector<RewardUse> standing_reward_uses(Database& database, CardId card);

/// Puts pieces of a reward into the stock, or takes them out.
void add_reward_stock(Journal& journal, ProgramId program, const std::string& reward, std::int64_t pieces,
                      const std::string& reason);

/// How much of a reward there is, and how often it was given to somebody who kept it.
struct RewardCount {
  std::int64_t put_in = 0;  ///< less what was taken out by hand
  std::int64_t given = 0;
  std::int64_t given_of_stock = 0;  ///< since something was first put in

  std::int64_t left() const { return put_in - given_of_stock; }
};
RewardCount reward_count(Database& database, ProgramId program, const std::string& reward);

}  // namespace loyal::store
