// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "loyal/domain/ledger.hpp"
#include "loyal/domain/liability.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// One movement of a company's points on one card, as the report of the liability counts it.
struct PointsMovementRow {
  store::Card card;
  std::string holder;
  Date date;                 ///< the day from which it counts
  domain::EntryKind kind{};  ///< of the entry, or of what it undid
  bool is_undoing = false;
  bool is_booked = true;  ///< false: expiry that no night has booked yet
  std::string receipt;
  Points points;   ///< with its sign
  Points balance;  ///< of this company's points on the card, after it
  std::optional<Date> valid_through;
};

/// The movements of one company's points in one program between two days, card by card, then by day. Their sum is what
/// the liability of the same company, program and days moved by, to the last unit.
void each_points_movement(const Context& context, const store::ProgramRow& program, const domain::Program& rules,
                          CompanyId company, Date from, Date to,
                          const std::function<void(const PointsMovementRow&)>& take);

/// What a card holds of one company's points that have not expired on a day, by all that is known now; below zero: it
/// owes.
Points balance_at(const Context& context, const domain::Program& rules, CardId card, CompanyId company, Date on);

}  // namespace loyal::service
