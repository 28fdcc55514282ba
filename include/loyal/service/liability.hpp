// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/liability.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// Whose points are asked about, and over which days (points dates, both inclusive).
struct LiabilityQuery {
  std::string program;           ///< slug or title; empty: all that hold points
  std::optional<Date> from, to;  ///< to: today; from: the first day of that year
  OperationId known_at;          ///< zero: all that is known
};

/// Points that stand at the end of a period, by the month of their last day.
struct OutstandingMonth {
  std::optional<Date> last_month;  ///< its last day; nothing: they never expire
  Points points;
  Money worth;     ///< all of them
  Money expected;  ///< less breakage
};

/// What one company owes to the holders of one program's cards.
struct LiabilityRow {
  store::ProgramRow program;
  std::string company;  ///< slug of the company whose points these are
  domain::Unit unit;
  bool is_prepaid = false;  ///< sold for money: an advance of the buyer, and no provision
  bool is_money = false;    ///< whether a point pays a fixed sum: else there are points alone
  domain::PointsMovement movement;
  Points debt;  ///< ≥ 0; movement.at_end is what the months sum up to, less this
  std::vector<OutstandingMonth> months;
  Money worth;     ///< of what stands at the end
  Money expected;  ///< of that, what is expected to be spent
  domain::RunOff run_off;
  domain::ProvisionMovement provision;
  domain::ContractLiability contract;
};

struct LiabilityReport {
  Date from, to;
  std::vector<LiabilityRow> rows;  ///< by program, then company
};

/// Every figure is computed from the ledger's entries, by the same functions that answer a balance. Breakage is
/// expected by the run-off method over lots whose last day lies in the three years before the date asked. Charity
/// accounts, which hold the company's own money, are no liability and are left out. Error{not_found} for a program that
/// is not there, Error{usage} for one that holds no points, and for days in the wrong order.
LiabilityReport liability(const Context& context, const LiabilityQuery& query);

}  // namespace loyal::service
