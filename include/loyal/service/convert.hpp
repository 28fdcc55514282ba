// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// Points of one program that become points of another.
struct ConvertRequest {
  std::string from, into;
  std::string points;  ///< as typed, or "all"
  std::string rate;    ///< "2:1" or "2/1": two here become one there
  std::string reason;
};

struct ConvertReceipt {
  store::Card from, into;
  Points taken;  ///< no more than what arrived needs
  Points arrived;
  Points left_over;  ///< of those asked for, what stayed where it was
  domain::Unit from_unit, into_unit;
  std::optional<Date> valid_through;  ///< of what arrived
  domain::Balance from_balance, into_balance;
  OperationId operation;
};

/// Changes points at an exact rate, rounded down; what makes no whole point stays. They keep their issuers, and live
/// from today as the other program says. Error{refused} between programs that have no company in common, where nothing
/// would arrive, and as for a transfer.
ConvertReceipt convert_points(const Context& context, const ConvertRequest& request);

}  // namespace loyal::service
