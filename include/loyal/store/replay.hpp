// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "loyal/store/ledger.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::store {

/// A store in memory with the parties of another: its companies, shops, customers, programs with their versions, cards,
/// and what holders chose or were given by hand; and none of its documents. `text` becomes one more version of the
/// program.
struct Scratch {
  Database database;
  VersionId version;
};
Scratch scratch_of(Database& real, ProgramId program, const std::string& text, Instant now);

/// What happened on the cards of a program, in the order in which it was recorded; what was undone is left out.
struct ProgramHistory {
  std::function<void(const Sale&, const std::vector<SaleLine>&)> sale;
  std::function<void(const SaleReturn&, const std::vector<ReturnLine>&)> sale_return;
  /// Points that no sale and no return moved: grants, corrections, opening balances, transfers.
  std::function<void(const Entry&)> by_hand;
};
void each_document(Database& database, ProgramId program, const ProgramHistory& take);

/// The sales of a program of which something has come back.
std::set<SaleId> returned_sales(Database& database, ProgramId program);

}  // namespace loyal::store
