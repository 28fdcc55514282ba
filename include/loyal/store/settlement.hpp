// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A period of a club's settlement that was closed: entries of these numbers, both inclusive.
struct Settlement {
  OperationId operation;
  ProgramId program;
  EntryId from, through;
  Date date;  ///< on which it was closed
};
void add_settlement(Journal& journal, const Settlement& settlement);
/// The live ones of a program, in their order.
std::vector<Settlement> settlements(Database& database, ProgramId program);
/// The last entry of the ledger.
EntryId last_entry(Database& database);

/// Which entries count: of a range of numbers, or of days.
struct SettlementRange {
  EntryId from, through;  ///< zero: open
  std::optional<Date> from_date, to_date;
};

/// Points of one company that were spent at another under one version of the rules, less what returns and undoing
/// brought back in the same range.
struct SpentPoints {
  CompanyId issuer, place;
  VersionId version;
  Points points;
};
/// By issuer, place and version; what was spent with its own issuer too.
std::vector<SpentPoints> spent_points(Database& database, ProgramId program, const SettlementRange& range);

/// What one company did in a club.
struct PartnerActivity {
  CompanyId company;
  std::int64_t sales = 0, cards = 0;
  Money paid;
  Points issued;  ///< less what returns took back
};
std::vector<PartnerActivity> partner_activity(Database& database, ProgramId program, std::optional<Date> from,
                                              std::optional<Date> to);

}  // namespace loyal::store
