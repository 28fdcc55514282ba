// SPDX-License-Identifier: MIT
#include <algorithm>

#include "loyal/base/zone.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/dependents.hpp"
#include "loyal/store/sale.hpp"
#include "loyal/store/visit.hpp"
#include "undoing.hpp"

namespace loyal::service {

const std::vector<std::vector<store::Entry>>& Reversal::cards() {
  if (is_read_) return cards_;
  for (store::Entry& entry : store::entries_of_operation(database_, row_.id)) {
    if (cards_.empty() || cards_.back().front().card != entry.card) cards_.emplace_back();
    cards_.back().push_back(std::move(entry));
  }
  is_read_ = true;
  return cards_;
}

/// What of the entry is reversed: above zero where points come back.
Points Reversal::amount_of(const store::Entry& entry) const {
  const auto left = left_.find(entry.id);
  if (left == left_.end()) return -entry.points;
  return entry.points.count > 0 ? left->second - entry.points : -entry.points - left->second;
}

Reversal::ByLot Reversal::changes(const std::vector<store::Entry>& entries) const {
  ByLot result;
  for (const store::Entry& entry : entries) result[entry.lot] += amount_of(entry);
  return result;
}

Points Reversal::shortage(const store::Entry& entry, EntryId id, Points change) {
  const auto lot = store::lot_as_opened(database_, entry.card, id);
  const auto opening = store::entry(database_, id);
  if (!lot || !opening) return change.count < 0 ? -change : change;
  Points after = lot->remainder + change;
  if (opening->points.count < 0) return std::max(Points{}, after);
  if (after.count < 0)
    for (const store::Entry& expiry : store::standing_expiries(database_, entry.card, id)) after -= expiry.points;
  return std::max(Points{}, -after);
}

std::set<OperationId> Reversal::users() {
  std::set<OperationId> result;
  bool is_short = false;
  for (const auto& entries : cards())
    for (const store::Entry& entry : entries)
      if (entry.kind == domain::EntryKind::extend) result.merge(users_of_term(entry));
  for (const auto& entries : cards())
    for (const auto& [lot, change] : changes(entries)) {
      if (shortage(entries.front(), lot, change).count == 0) continue;
      is_short = true;
      for (const OperationId user : store::operations_on_lot_after(database_, entries.front().card, lot, row_.id))
        result.insert(user);
    }
  if (is_short && result.empty()) result.insert(row_.id);
  return result;
}

std::set<OperationId> Reversal::users_of_term(const store::Entry& entry) {
  std::set<OperationId> result;
  for (const OperationId user : store::operations_on_lot_after(database_, entry.card, entry.lot, row_.id))
    result.insert(user);
  const auto opening = store::entry(database_, entry.lot);
  for (const store::Visit& visit : store::visits_of(database_, entry.card))
    if (visit.operation > row_.id && visit.sale && opening && visit.sale == opening->sale)
      result.insert(visit.operation);
  return result;
}

void Reversal::leave(const store::Entry& entry, Points points) {
  left_[entry.id] += points;
  if (entry.kind != domain::EntryKind::transfer) return;
  // Points that stay on one card do not come back to the other.
  for (const auto& entries : cards())
    for (const store::Entry& other : entries)
      if (other.kind == entry.kind && (other.id == entry.answers || other.answers == entry.id))
        left_[other.id] += points;
}

void Reversal::leave_used(UndoReport& report) {
  for (const auto& entries : cards())
    for (const auto& [lot, change] : changes(entries)) {
      Points lacking = shortage(entries.front(), lot, change);
      if (lacking.count == 0) continue;
      report.left += lacking;
      report.left_unit = rules_.newest(store::card(database_, entries.front().card).value().program).program.unit;
      ++report.left_lots;
      for (auto entry = entries.rbegin(); entry != entries.rend() && lacking.count > 0; ++entry) {
        if (entry->lot != lot || (entry->points.count > 0) != (change.count < 0)) continue;
        const Points whole = entry->points.count > 0 ? entry->points : -entry->points;
        const Points part = std::min(lacking, whole);
        leave(*entry, part);
        lacking -= part;
      }
    }
}

void Reversal::run(store::Journal& journal, UndoReport& report) {
  if (mode_ == UndoMode::except_used) leave_used(report);
  Posting posting(journal);
  for (const auto& entries : cards()) reverse_card(posting, entries, report);
  posting.flush();
}

Origin Reversal::origin_of(const store::Entry& entry) const {
  return {entry.issuer, entry.shop, entry.sale, entry.sale_return, {}, on_, {}};
}

/// Today where the card's program is.
Date Reversal::today_of(CardId card) {
  const ProgramId program = store::card(database_, card).value().program;
  const auto [place, is_first] = today_.try_emplace(program);
  if (is_first) place->second = Zone(rules_.newest(program).program.zone).local(now_).date;
  return place->second;
}

void Reversal::reverse_card(Posting& posting, const std::vector<store::Entry>& entries, UndoReport& report) {
  on_ = today_of(entries.front().card);
  const ByLot change = changes(entries);
  for (const auto& [lot, points] : change) reverse_expiry(posting, entries.front(), lot, points, report);
  // What comes back first, so that no lot is overdrawn on the way.
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    if (entry->points.count < 0) reverse(posting, *entry, report);
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    if (entry->points.count > 0) reverse(posting, *entry, report);
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    if (entry->kind == domain::EntryKind::extend && users_of_term(*entry).empty()) set_back(posting, *entry, report);
  expire_what_is_past(posting, entries.front(), change, report);
}

/// Expiry since is no use of a lot: where the lot lacks what goes, it is reversed along.
void Reversal::reverse_expiry(Posting& posting, const store::Entry& entry, EntryId id, Points change,
                              UndoReport& report) {
  const auto lot = store::lot_as_opened(database_, entry.card, id);
  const auto opening = store::entry(database_, id);
  if (!lot || !opening || opening->points.count < 0 || (lot->remainder + change).count >= 0) return;
  for (const store::Entry& expiry : store::standing_expiries(database_, entry.card, id)) {
    posting.move(entry.card, domain::EntryKind::reverse, -expiry.points, *lot, origin_of(expiry), expiry.id);
    ++report.entries;
  }
}

void Reversal::reverse(Posting& posting, const store::Entry& entry, UndoReport& report) {
  const Points amount = amount_of(entry);
  if (amount.count == 0) return;
  const auto lot = store::lot_as_opened(database_, entry.card, entry.lot);
  posting.move(entry.card, domain::EntryKind::reverse, amount, lot.value(), origin_of(entry), entry.id);
  ++report.entries;
}

/// Gives the lot the last day that it had before; what expired since comes back with it.
void Reversal::set_back(Posting& posting, const store::Entry& entry, UndoReport& report) {
  for (const store::Entry& expiry : store::standing_expiries(database_, entry.card, entry.lot)) {
    const auto lot = store::lot_as_opened(database_, entry.card, entry.lot);
    posting.move(entry.card, domain::EntryKind::reverse, -expiry.points, lot.value(), origin_of(expiry), expiry.id);
    ++report.entries;
  }
  std::optional<Date> before;
  for (const store::Entry& other : store::entries_of(database_, entry.card))
    if (other.id < entry.id && other.lot == entry.lot &&
        (other.id == other.lot || other.kind == domain::EntryKind::extend))
      before = other.valid_through;
  posting.extend(entry.card, entry.lot, before, origin_of(entry), entry.id);
  ++report.entries;
}

void Reversal::expire_what_is_past(Posting& posting, const store::Entry& entry, const ByLot& touched,
                                   UndoReport& report) {
  const std::vector<domain::Lot> lots = posting.lots(entry.card);
  const domain::Expiry& expiry = rules_.newest(store::card(database_, entry.card).value().program).program.expiry;
  std::vector<Date> activity;
  if (expiry.mode == domain::Expiry::Mode::inactivity)
    activity = store::activity_of(database_, entry.card, on_, {}, row_.id);
  for (const domain::Lot& held : lots) {
    const domain::Lot lot = domain::with_inactivity(expiry, held, activity);
    if (lot.remainder.count <= 0 || !lot.is_expired(on_) || !touched.contains(lot.id)) continue;
    const domain::LotDebit debit{lot.id, lot.remainder, lot.issuer};
    posting.debit(entry.card, domain::EntryKind::expire, {&debit, 1}, origin_of(entry));
    report.expired += lot.remainder;
  }
}

}  // namespace loyal::service
