// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "loyal/service/card_lots.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/sale_promos.hpp"
#include "loyal/store/card_history.hpp"
#include "loyal/store/gift.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

domain::SoldLine whole_sale_as_line(const store::Sale& sale) {
  domain::SoldLine line;
  line.line.amount = sale.total;
  line.line.price = sale.total;
  line.sold = {sale.total, sale.discount, sale.points_money, sale.paid, sale.spent, sale.earned, {}};
  line.quantity = whole_quantity(sale);
  return line;
}

domain::SoldLine sold_line(const store::SaleLine& row) {
  domain::SoldLine line;
  line.line = {row.sku, row.name, row.category, row.quantity, row.price, row.amount};
  line.sold = {row.amount, row.discount, row.points_money, row.paid, row.spent, row.earned, {}};
  line.quantity = row.quantity;
  return line;
}

void add_returned(store::Database& database, const store::SaleReturn& sale_return,
                  std::vector<domain::SoldLine>& lines) {
  for (const store::ReturnLine& back : store::return_lines(database, sale_return.id)) {
    domain::SoldLine& line = lines.at(static_cast<std::size_t>(back.line - 1));
    line.returned_quantity += back.quantity;
    line.returned_discount += back.discount;
    line.returned_points_money += back.points_money;
    line.returned_paid += back.paid;
    line.restored += back.restored;
  }
}

/// Entries that stand: no reversal, and not reversed.
std::vector<store::Entry> standing(std::vector<store::Entry> entries) {
  std::set<EntryId> reversed;
  for (const store::Entry& entry : entries)
    if (entry.kind == domain::EntryKind::reverse) reversed.insert(entry.answers);
  std::erase_if(entries, [&reversed](const store::Entry& entry) {
    return entry.kind == domain::EntryKind::reverse || reversed.contains(entry.id);
  });
  return entries;
}

/// Where the points of a sale went.
struct Lineage {
  std::set<EntryId> lots;
  Points expired;  ///< as booked
};

/// Points of a sale live in the lot that it opened, in lots restored from purchases paid with them, and in those to
/// which either went on when another card took this one's place.
Lineage lineage_of(const std::vector<store::Entry>& entries, SaleId sale) {
  Lineage result;
  std::set<EntryId> spends;
  std::map<EntryId, EntryId> moved;  // an entry that took points to another card, and its lot
  for (const store::Entry& entry : entries)
    if (entry.kind == domain::EntryKind::transfer && entry.points.count < 0) moved.emplace(entry.id, entry.lot);
  for (const store::Entry& entry : entries) {
    const bool is_earned_here = entry.kind == domain::EntryKind::earn && entry.sale == sale;
    const bool is_restored = entry.kind == domain::EntryKind::restore && spends.contains(entry.answers);
    const auto from = moved.find(entry.answers);
    const bool is_moved = entry.kind == domain::EntryKind::transfer && entry.points.count > 0 && from != moved.end() &&
                          result.lots.contains(from->second);
    if (is_earned_here || is_restored || is_moved) result.lots.insert(entry.id);
    if (!result.lots.contains(entry.lot)) continue;
    if (entry.kind == domain::EntryKind::spend) spends.insert(entry.id);
    if (entry.kind == domain::EntryKind::expire) result.expired -= entry.points;
  }
  return result;
}

/// The entries of the card that holds what the sale's card had, and of all cards whose place it took, in order.
std::vector<store::Entry> entries_united(store::Database& database, CardId card) {
  std::vector<store::Entry> result;
  for (const CardId part : store::cards_united(database, store::card_in_use(database, card)))
    for (store::Entry& entry : store::entries_of(database, part)) result.push_back(std::move(entry));
  std::sort(result.begin(), result.end(), [](const store::Entry& a, const store::Entry& b) { return a.id < b.id; });
  return result;
}

}  // namespace

Amount whole_quantity(const store::Sale& sale) {
  return {std::max<std::int64_t>(1, sale.total.count)};
}

std::vector<EntryId> lots_of_sale(store::Database& database, const store::Sale& sale) {
  const Lineage lineage = lineage_of(standing(entries_united(database, sale.card)), sale.id);
  return {lineage.lots.begin(), lineage.lots.end()};
}

domain::TouchedSpend touched_spend(store::Database& database, const domain::Program& program, const store::Entry& spend,
                                   const store::Entry& opening, Date on) {
  const domain::Lot lot{
      opening.id,           opening.points, opening.issuer, opening.date, opening.usable_from.value_or(opening.date),
      opening.valid_through};
  const domain::Lot seen = lots_on(database, program, opening.card, {lot}, on).front();
  return {spend.id, -spend.points, {}, spend.issuer, seen.valid_through, seen.valid_through != lot.valid_through};
}

domain::SoldSale sold_sale(store::Database& database, const domain::Program& program, const store::Sale& sale,
                           LocalTime points_time, Date on) {
  domain::SoldSale result;
  result.at = points_time;
  result.buyer = store::sale_context(database, sale.id);
  Rules rules(database);
  result.buyer.promos = promos_used(database, rules, sale.id);
  result.earned = sale.earned;
  result.earn_limit = sale.earn_limit;
  for (const store::SaleLine& line : store::sale_lines(database, sale.id)) result.lines.push_back(sold_line(line));
  if (result.lines.empty()) result.lines.push_back(whole_sale_as_line(sale));
  for (const store::SaleReturn& sale_return : store::returns_of(database, sale.id)) {
    add_returned(database, sale_return, result.lines);
    result.clawed_back += sale_return.clawed_back + sale_return.forgiven;
  }

  for (const store::GiftPayment& payment : store::gift_payments(database, sale.id)) {
    domain::SoldLine& line = result.lines.at(static_cast<std::size_t>(payment.line - 1));
    (payment.sale_return ? line.returned_gift_money : line.sold.gift_money) +=
        payment.sale_return ? -payment.amount : payment.amount;
  }

  const auto entries = standing(entries_united(database, sale.card));
  const Lineage lineage = lineage_of(entries, sale.id);
  result.expired = lineage.expired;
  const CardId held_by = store::card_in_use(database, sale.card);
  for (const domain::Lot& lot : lots_on(database, program, held_by, store::lots_of(database, held_by), on))
    if (lineage.lots.contains(lot.id) && lot.is_expired(on)) result.expired += lot.remainder;

  for (const store::Entry& entry : entries) {
    if (entry.kind != domain::EntryKind::spend || entry.sale != sale.id) continue;
    const auto opening = std::find_if(entries.begin(), entries.end(),
                                      [&entry](const store::Entry& other) { return other.id == entry.lot; });
    domain::TouchedSpend spend = touched_spend(database, program, entry, *opening, on);
    for (const store::Entry& other : entries)
      if (other.kind == domain::EntryKind::restore && other.answers == entry.id) spend.restored += other.points;
    result.spends.push_back(spend);
  }
  std::reverse(result.spends.begin(), result.spends.end());
  return result;
}

}  // namespace loyal::service
