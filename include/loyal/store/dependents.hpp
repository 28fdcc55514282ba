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

/// Of these, the ones whose documents rest on this one's: returns of its sales, and sales under its program version.
std::set<OperationId> document_dependents_of(Database& database, const OperationRow& row);

/// Whether a standing operation after one sold with the card, moved its points (expiry left out) or changed it.
bool is_card_used_after(Database& database, CardId card, OperationId operation);
/// Whether a standing operation after one changed the row.
bool is_changed_after(Database& database, std::string_view subject, std::int64_t id, OperationId operation);

/// Standing expire entries of a lot.
std::vector<Entry> standing_expiries(Database& database, CardId card, EntryId lot);

/// Standing operations after one that took from a lot or gave to it, expiry left out.
std::vector<OperationId> operations_on_lot_after(Database& database, CardId card, EntryId lot, OperationId operation);

/// The card as an operation left it: as it is now without the changes since.
Card card_known_at(Database& database, const Card& card, OperationId operation);

/// The card as it was before a change, by the change's detail.
Card card_before(const Card& after, const std::string& detail);

}  // namespace loyal::store
