// SPDX-License-Identifier: MIT
#include "loyal/service/moving.hpp"

#include "loyal/service/sell.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

void book_expiry(Posting& posting, store::Database& database, const domain::Program& program, CardId card, ShopId shop,
                 Date on) {
  for (const domain::Lot& lot : lots_on(database, program, card, posting.lots(card), on)) {
    if (lot.remainder.count <= 0 || !lot.is_expired(on)) continue;
    const domain::LotDebit debit{lot.id, lot.remainder, lot.issuer};
    posting.debit(card, domain::EntryKind::expire, {&debit, 1},
                  {lot.issuer, shop, {}, {}, {}, plus_days(*lot.valid_through, 1), {}});
  }
}

}  // namespace

void move_part(Posting& posting, CardId from, CardId into, const domain::Lot& lot, Points points, Origin origin) {
  origin.issuer = lot.issuer;
  const EntryId taken = posting.move(from, domain::EntryKind::transfer, -points, lot, origin);
  if (lot.is_debt())
    posting.incur_debt(into, -points, origin, domain::EntryKind::transfer, taken);
  else
    posting.credit(into, domain::EntryKind::transfer, points, origin, {lot.usable_from, lot.valid_through}, taken);
}

MovedPoints move_everything(Posting& posting, store::Database& database, const domain::Program& program, CardId from,
                            CardId into, const Origin& origin) {
  for (const CardId card : {from, into}) book_expiry(posting, database, program, card, origin.shop, origin.date);
  MovedPoints moved;
  const std::vector<domain::Lot> lots = posting.lots(from);
  // Debts come last: on the card that they leave they were no charge on the lots beside them either.
  for (const bool is_debt : {false, true})
    for (const domain::Lot& lot : lots) {
      if (lot.remainder.count == 0 || lot.is_debt() != is_debt) continue;
      move_part(posting, from, into, lot, lot.remainder, origin);
      (is_debt                       ? moved.debt
       : lot.is_pending(origin.date) ? moved.pending
                                     : moved.active) += is_debt ? -lot.remainder : lot.remainder;
      ++moved.lots;
    }
  return moved;
}

MovedPoints moved_by(store::Database& database, OperationId operation, CardId from, CardId into) {
  MovedPoints moved;
  const auto entries = store::entries_of_operation(database, operation);
  for (const store::Entry& entry : entries) {
    if (entry.kind != domain::EntryKind::transfer || entry.card != into || !entry.answers) continue;
    if (store::entry(database, entry.answers)->card != from) continue;
    ++moved.lots;
    if (entry.points.count < 0)
      moved.debt -= entry.points;
    else
      (entry.usable_from > entry.date ? moved.pending : moved.active) += entry.points;
  }
  return moved;
}

}  // namespace loyal::service
