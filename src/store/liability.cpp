// SPDX-License-Identifier: MIT
#include "loyal/store/liability.hpp"

#include "known_at.hpp"

namespace loyal::store {

void each_ledger_card(Database& database, ProgramId program, const std::function<void(CardId)>& take) {
  Statement rows = database.prepare(
      "select card.id from card where card.program_id = $1 and exists (select 1 from entry where entry.card_id = "
      "card.id) and not exists (select 1 from live_account where live_account.card_id = card.id) order by card.id");
  rows.bind(program);
  while (rows.step()) take(rows.id<CardId>(0));
}

std::vector<ContinuedLot> continued_lots(Database& database, ProgramId program, OperationId through) {
  std::vector<ContinuedLot> result;
  Statement rows = database.prepare(
      "select entry.id, answered.lot_id from entry join entry as answered on answered.id = entry.answers join card on "
      "card.id = entry.card_id join card as other on other.id = answered.card_id where entry.kind in ('transfer', "
      "'restore') and entry.lot_id = entry.id and entry.points > 0 and card.program_id = $1 and other.program_id = $1 "
      "and ($2 is null or entry.operation_id <= $2) order by entry.id");
  rows.bind(program, through);
  while (rows.step()) result.push_back({rows.id<EntryId>(0), rows.id<EntryId>(1)});
  return result;
}

std::vector<EarningSales> earning_sales(Database& database, ProgramId program, Date from, Date to,
                                        OperationId through) {
  std::vector<EarningSales> result;
  Statement rows = database.prepare(
      "select sale.company_id, sum(sale.paid - coalesce((select sum(back.paid) from sale_return as back where "
      "back.sale_id = sale.id and " KNOWN_AT("back", "$1") "), 0)), sum(sale.earned - coalesce((select "
      "sum(back.clawed_back + back.forgiven) from sale_return as back where back.sale_id = sale.id and " KNOWN_AT(
          "back", "$1") "), 0)) from card join sale on sale.card_id = card.id where card.program_id = $2 and "
      "sale.points_date >= $3 and sale.points_date <= $4 and sale.earned > 0 and " KNOWN_AT("sale", "$1")
      " group by 1 order by 1");
  rows.bind(through, program, from, to);
  while (rows.step()) result.push_back({rows.id<CompanyId>(0), rows.quantity<Money>(1), rows.quantity<Points>(2)});
  return result;
}

}  // namespace loyal::store
