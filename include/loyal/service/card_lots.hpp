// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {

/// An entry with the day from which it counts: not before the lot that it names was opened, and what was undone or
/// repaid on the day of what it undoes or repays, whenever that was recorded.
struct CountedEntry {
  store::Entry entry;
  Date counts_from;
};

/// A card's entries, which are in order of their ids, with the days from which they count.
std::vector<CountedEntry> counted(std::vector<store::Entry> entries);

/// The kind of what happened: of the entry itself, or of what it undid.
domain::EntryKind kind_meant(std::span<const CountedEntry> entries, const store::Entry& entry);

/// What lots hold by their entries; with `on`, by those that count on that day. Empty lots are left out.
std::vector<domain::Lot> lots_of_entries(std::span<const CountedEntry> entries, std::optional<Date> on);

/// The card's lots as the program's rules see them on a date; with `known_at`, by the sales that this operation knew.
std::vector<domain::Lot> lots_on(store::Database& database, const domain::Program& program, CardId card,
                                 const std::vector<domain::Lot>& lots, Date on, OperationId known_at = {});

/// The lots rebuilt from the entries of operations up to `known_at` (zero: all), as of a day (nothing: whatever their
/// day), and as the program's rules see them on `on`.
std::vector<domain::Lot> rebuilt_lots(store::Database& database, const domain::Program& program, CardId card,
                                      OperationId known_at, std::optional<Date> as_of, Date on);

/// The time at which an operation was done, or now where none is named. Error{not_found} for one that is not there.
Instant instant_known(const Context& context, OperationId known_at);

/// The card as an operation left it, by the changes since; as it is now where none is named. Error{not_found} for a
/// card that was issued later.
store::Card card_known(const Context& context, const store::Card& card, OperationId known_at);

}  // namespace loyal::service
