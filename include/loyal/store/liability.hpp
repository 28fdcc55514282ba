// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <vector>

#include "loyal/store/database.hpp"

namespace loyal::store {

/// The cards of a program with entries, by id; those that hold a company's own money for its funds are left out.
void each_ledger_card(Database& database, ProgramId program, const std::function<void(CardId)>& take);

/// A lot whose points another lot of the program held before: they were moved, or given back for goods that were
/// returned.
struct ContinuedLot {
  EntryId lot, from;
};
/// In the order in which they were opened; with `through`, by what this operation knew.
std::vector<ContinuedLot> continued_lots(Database& database, ProgramId program, OperationId through = {});

/// What a company sold on the cards of a program by purchases that earned points, less what came back.
struct EarningSales {
  CompanyId company;
  Money paid;
  Points earned;
};
/// By company, points dates both inclusive; with `through`, by what this operation knew.
std::vector<EarningSales> earning_sales(Database& database, ProgramId program, Date from, Date to,
                                        OperationId through = {});

}  // namespace loyal::store
