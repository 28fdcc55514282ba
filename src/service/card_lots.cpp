// SPDX-License-Identifier: MIT
#include "loyal/service/card_lots.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/store/dependents.hpp"
#include "loyal/store/operation.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {
namespace {

using domain::EntryKind;

/// A pointer into the entries, constant where they are.
template <class Entries>
auto find(Entries& entries, EntryId id) {
  const auto found = std::lower_bound(entries.begin(), entries.end(), id,
                                      [](const CountedEntry& row, EntryId wanted) { return row.entry.id < wanted; });
  return found != entries.end() && found->entry.id == id ? &*found : nullptr;
}

}  // namespace

std::vector<CountedEntry> counted(std::vector<store::Entry> entries) {
  std::vector<CountedEntry> result;
  result.reserve(entries.size());
  for (store::Entry& entry : entries) {
    const Date date = entry.date;
    result.push_back({std::move(entry), date});
  }
  for (CountedEntry& row : result) {
    if (const CountedEntry* opening = find(result, row.entry.lot); opening != nullptr)
      row.counts_from = std::max(row.counts_from, opening->entry.date);
    CountedEntry* answered = row.entry.answers ? find(result, row.entry.answers) : nullptr;
    if (answered == nullptr) continue;
    if (row.entry.kind == EntryKind::reverse) row.counts_from = answered->counts_from;
    // Both halves of a repayment count from one day on, else points would be gone before their debt is.
    if (row.entry.kind == EntryKind::repay) answered->counts_from = row.counts_from;
  }
  return result;
}

EntryKind kind_meant(std::span<const CountedEntry> entries, const store::Entry& entry) {
  if (entry.kind != EntryKind::reverse) return entry.kind;
  const CountedEntry* const undone = find(entries, entry.answers);
  return undone == nullptr ? entry.kind : undone->entry.kind;
}

std::vector<domain::Lot> lots_of_entries(std::span<const CountedEntry> entries, std::optional<Date> on) {
  std::vector<domain::Lot> lots;
  for (const auto& [entry, counts_from] : entries) {
    if (on && counts_from > *on) continue;
    if (entry.lot == entry.id) {
      lots.push_back({entry.id, entry.points, entry.issuer, entry.date, entry.usable_from.value_or(entry.date),
                      entry.valid_through});
      continue;
    }
    const auto lot = std::lower_bound(lots.begin(), lots.end(), entry.lot,
                                      [](const domain::Lot& held, EntryId id) { return held.id < id; });
    if (lot == lots.end() || lot->id != entry.lot) continue;
    lot->remainder += entry.points;
    if (entry.kind == EntryKind::extend) lot->valid_through = entry.valid_through;
  }
  std::erase_if(lots, [](const domain::Lot& lot) { return lot.remainder.count == 0; });
  return lots;
}

std::vector<domain::Lot> lots_on(store::Database& database, const domain::Program& program, CardId card,
                                 const std::vector<domain::Lot>& lots, Date on, OperationId known_at) {
  if (program.expiry.mode != domain::Expiry::Mode::inactivity) return lots;
  const auto activity = store::activity_of(database, card, on, known_at);
  std::vector<domain::Lot> result;
  result.reserve(lots.size());
  for (const domain::Lot& lot : lots) result.push_back(domain::with_inactivity(program.expiry, lot, activity));
  return result;
}

std::vector<domain::Lot> rebuilt_lots(store::Database& database, const domain::Program& program, CardId card,
                                      OperationId known_at, std::optional<Date> as_of, Date on) {
  const auto entries = counted(store::entries_of(database, card, known_at));
  return lots_on(database, program, card, lots_of_entries(entries, as_of), on, known_at);
}

Instant instant_known(const Context& context, OperationId known_at) {
  if (!known_at) return context.now;
  const auto row = store::operation(context.store, known_at);
  if (!row) throw Error(Fault::not_found, tr("there is no operation {}", known_at.value), "loyal log");
  return instant_from_iso(row->at).value();
}

store::Card card_known(const Context& context, const store::Card& card, OperationId known_at) {
  if (!known_at) return card;
  if (card.operation > known_at)
    throw Error(
        Fault::not_found,
        tr("card {} was issued by operation {}, after operation {}", card.number, card.operation.value, known_at.value),
        fmt::format("loyal card show {}", card.number));
  return store::card_known_at(context.store, card, known_at);
}

}  // namespace loyal::service
