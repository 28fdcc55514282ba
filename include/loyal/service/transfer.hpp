// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// Points that go from one card to another of the same program.
struct TransferRequest {
  std::string from, into;
  std::string points;  ///< as typed, or "all"
  std::string reason;
};

struct TransferReceipt {
  store::Card from, into;
  Points points;
  Points repaid;  ///< of them, what the other card owed
  std::int64_t lots = 0;
  domain::Unit unit;
  domain::Balance from_balance, into_balance;
  OperationId operation;
};

/// Moves points with their issuers and dates, those first that end first; Error{refused} where a card is blocked or
/// withdrawn, of another program or the same one, where there are not so many, or where the other card has no room.
TransferReceipt transfer_points(const Context& context, const TransferRequest& request);

}  // namespace loyal::service
