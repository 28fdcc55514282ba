// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// Cards that were spoiled in print and are never to be handed over.
struct SpoilRequest {
  std::vector<std::string> cards;  ///< each by number
  store::CardFilter filter;        ///< or those that it finds
  bool by_filter = false;
  std::string reason;  ///< kept with each
};

struct SpoilReceipt {
  std::vector<store::Card> cards;
  std::string program;  ///< of the first
  OperationId operation;
  bool is_replayed = false;
};

/// Withdraws them, all or none. Error{refused} for a card with a holder or a history, Error{not_found} where there is
/// none.
SpoilReceipt spoil_cards(const Context& context, const SpoilRequest& request);

}  // namespace loyal::service
