// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <set>
#include <string>
#include <variant>
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

/// A live sale of a program's card.
struct ReplayedSale {
  Sale sale;
  std::vector<SaleLine> lines;
  std::string offer;  ///< what was sold onto the card; empty: goods
};
/// A live return, with the sale that it names.
struct ReplayedReturn {
  SaleReturn back;
  std::vector<ReturnLine> lines;
  Sale sale;
  bool sale_has_lines = false;
};
/// What happened on a card; an entry is points that no sale and no return moved: a grant, a correction, an opening
/// balance, a transfer.
using ReplayedDocument = std::variant<ReplayedSale, ReplayedReturn, Entry>;
/// The documents of a program's cards in the order in which they were recorded; what was undone is left out.
void each_replayed(Database& database, ProgramId program, const std::function<void(ReplayedDocument)>& take);

/// The cards of a program whose earlier sales are read again: something has come back of one, or another card took the
/// place of it.
std::set<CardId> cards_read_again(Database& database, ProgramId program);

}  // namespace loyal::store
