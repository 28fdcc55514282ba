// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/moving.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// A card that is handed over in the place of another.
struct ReplaceRequest {
  std::string card;
  std::string number;  ///< a card that nobody holds or has used, or a number that there is not yet; empty: the next one
  std::string reason;
  bool with_codes = false;  ///< the codes that it has beside its number open the new card
};

struct ReplaceReceipt {
  store::Card old_card, new_card;
  std::string holder;
  MovedPoints moved;
  domain::Unit unit;
  bool holds_points = true;  ///< false: a discount card
  OperationId operation;
  std::int64_t codes_moved = 0, codes_left = 0;
};

/// Gives a card's holder and all that it holds to another card of the program and withdraws it; sales of the old card
/// count for the limits of the new one.
ReplaceReceipt replace_card(const Context& context, const ReplaceRequest& request);

}  // namespace loyal::service
