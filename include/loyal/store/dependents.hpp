// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "loyal/store/card.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::store {

/// Standing operations that build on rows of this one beside its lots: returns of its sales, sales under its program
/// version, anything on its cards, cards of its customers.
std::set<OperationId> dependents_of(Database& database, const OperationRow& row);

/// Standing expire entries of a lot.
std::vector<Entry> standing_expiries(Database& database, CardId card, EntryId lot);

/// Standing operations after one that took from a lot or gave to it, expiry left out.
std::vector<OperationId> operations_on_lot_after(Database& database, CardId card, EntryId lot, OperationId operation);

/// The card as an operation left it: as it is now without the changes since.
Card card_known_at(Database& database, const Card& card, OperationId operation);

/// The card as it was before a change, by the change's detail.
Card card_before(const Card& after, const std::string& detail);

}  // namespace loyal::store
