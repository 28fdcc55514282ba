// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/moving.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/customer.hpp"

namespace loyal::service {

/// What became of one card of a merged customer.
struct MergedCard {
  store::Card card;
  std::string into_number;  ///< the card that it was merged into; empty: it goes on as it is
  MovedPoints moved;
  domain::Unit unit;
};

struct MergeReceipt {
  store::Customer from, into;
  std::vector<std::string> taken;  ///< what the other had not: name, phone, email, birthday, tags, note
  std::vector<MergedCard> cards;
  std::int64_t consents = 0;
  OperationId operation;
};

/// Makes two records of one person one: cards, consents and points of the first become the second's. Where both hold a
/// card of a program, its lots move and it is withdrawn, so that limits and what is given once unite.
MergeReceipt merge_customers(const Context& context, const std::string& from, const std::string& into);

}  // namespace loyal::service
