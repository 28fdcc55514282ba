// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/store/check.hpp"

namespace loyal::store {

// One function per check of the table in check.cpp.

/// Every operation's link of the hash chain, from the rows as they stand.
void check_chain(Database& database, CheckReport& report);
/// The rows that can change, against their last change.
void check_changes(Database& database, CheckReport& report);
/// Every lot, from the entries that name it: its sum, its dates, and who may touch it when.
void check_lots(Database& database, CheckReport& report);
/// Sales against their lines and their entries.
void check_sales(Database& database, CheckReport& report);
/// Returns against their lines, their entries and their sales.
void check_returns(Database& database, CheckReport& report);
/// No till's document stands twice.
void check_documents(Database& database, CheckReport& report);
/// No more rewards were given than were in stock, nobody came in more often than by a ticket, and no more days were
/// given back than frozen.
void check_uses(Database& database, CheckReport& report);
/// Ids that name a row without a foreign key behind them.
void check_references(Database& database, CheckReport& report);
void check_foreign_keys(Database& database, CheckReport& report);
/// Tables, indexes and triggers are those that this program makes.
void check_schema(Database& database, CheckReport& report);
/// What was given away, against the accounts that it came from and went to.
void check_donations(Database& database, CheckReport& report);
/// Closed periods of settlement follow one another.
void check_settlements(Database& database, CheckReport& report);
/// SQLite's own check of the file.
void check_pages(Database& database, CheckReport& report);

}  // namespace loyal::store
