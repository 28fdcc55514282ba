// SPDX-License-Identifier: MIT
#include "loyal/service/points_movements.hpp"

#include <algorithm>
#include <vector>

#include "loyal/service/card_lots.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/documents.hpp"
#include "loyal/store/liability.hpp"

namespace loyal::service {
namespace {

using domain::EntryKind;

/// The movements of one card by day, expiry that is not booked yet among them.
std::vector<PointsMovementRow> rows_of(const Context& context, const domain::Program& rules, CardId card,
                                       CompanyId company, Date to) {
  const auto entries = counted(store::entries_of(context.store, card));
  std::vector<PointsMovementRow> rows;
  const auto add = [&rows](PointsMovementRow row) { rows.push_back(std::move(row)); };
  for (const auto& [entry, counts_from] : entries) {
    if (counts_from > to || entry.issuer != company || entry.points.count == 0) continue;
    PointsMovementRow row;
    row.date = counts_from;
    row.kind = kind_meant(entries, entry);
    row.is_undoing = entry.kind == EntryKind::reverse;
    row.points = entry.points;
    if (entry.sale) row.receipt = store::receipt_of(context.store, entry.sale);
    if (entry.lot == entry.id) row.valid_through = entry.valid_through;
    add(std::move(row));
  }
  for (const domain::Lot& lot : lots_on(context.store, rules, card, lots_of_entries(entries, to), to)) {
    if (lot.issuer != company || !lot.is_expired(to)) continue;
    PointsMovementRow row;
    row.date = plus_days(*lot.valid_through, 1);
    row.kind = EntryKind::expire;
    row.is_booked = false;
    row.points = -lot.remainder;
    add(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
  return rows;
}

}  // namespace

void each_points_movement(const Context& context, const store::ProgramRow& program, const domain::Program& rules,
                          CompanyId company, Date from, Date to,
                          const std::function<void(const PointsMovementRow&)>& take) {
  store::each_ledger_card(context.store, program.id, [&](CardId id) {
    auto rows = rows_of(context, rules, id, company, to);
    if (rows.empty() || rows.back().date < from) return;
    const store::Card card = store::card(context.store, id).value();
    const auto holder = card.customer ? store::customer(context.store, card.customer) : std::nullopt;
    Points balance;
    for (PointsMovementRow& row : rows) {
      balance += row.points;
      if (row.date < from) continue;
      row.card = card;
      if (holder) row.holder = holder->name;
      row.balance = balance;
      take(row);
    }
  });
}

Points balance_at(const Context& context, const domain::Program& rules, CardId card, CompanyId company, Date on) {
  auto lots = rebuilt_lots(context.store, rules, card, {}, on, on);
  std::erase_if(lots, [company](const domain::Lot& lot) { return lot.issuer != company; });
  const domain::Balance balance = domain::balance_on(lots, on);
  return balance.active + balance.pending - balance.debt;
}

}  // namespace loyal::service
