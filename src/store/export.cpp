// SPDX-License-Identifier: MIT
#include "loyal/store/export.hpp"

#include "sale_rows.hpp"

namespace loyal::store {

void each_company_customer(Database& database, CompanyId company, const std::function<void(const Customer&)>& take) {
  Statement ids = database.prepare(
      "select id from customer where company_id = $1 and state = 'active' order by name_sort, phone, id");
  ids.bind(company);
  while (ids.step()) take(customer(database, ids.id<CustomerId>(0)).value());
}

void each_exported_card(Database& database, ProgramId program, const std::function<void(const ExportedCard&)>& take) {
  Statement rows = database.prepare(
      "select id, number, state, issued_date, coalesce(customer_id, 0) from card where program_id = $1 and not exists "
      "(select 1 from live_account where live_account.card_id = card.id) order by id");
  rows.bind(program);
  while (rows.step()) take({rows.id<CardId>(0), rows.text(1), rows.text(2), rows.date(3), rows.id<CustomerId>(4)});
}

void each_exported_link(Database& database, ProgramId program, const std::function<void(const ExportedLink&)>& take) {
  Statement rows = database.prepare(
      "select card.number, other.number, link.date from live_card_link as link join card on card.id = link.card_id "
      "join "
      "card as other on other.id = link.into_card_id where card.program_id = $1 order by link.id");
  rows.bind(program);
  while (rows.step()) take({rows.text(0), rows.text(1), rows.date(2)});
}

// Ids alone are sorted, as in each_sale.
void each_sale_of(Database& database, ProgramId program, ShopId shop,
                  const std::function<void(const Sale&, const std::string& card)>& take) {
  Statement ids = database.prepare(
      "select sale.id, card.number from live_sale as sale join card on card.id = sale.card_id where card.program_id = "
      "$1 and sale.shop_id = $2 order by document_date, document_time, sale.id");
  ids.bind(program, shop);
  while (ids.step()) take(sale(database, ids.id<SaleId>(0)).value(), ids.text(1));
}

void each_return_of(Database& database, ProgramId program, ShopId shop,
                    const std::function<void(const SaleReturn&, const Sale&)>& take) {
  Statement ids = database.prepare(
      "select back.id, back.sale_id from live_return as back join live_sale as sale on sale.id = back.sale_id join "
      "card "
      "on card.id = sale.card_id where card.program_id = $1 and sale.shop_id = $2 order by back.document_date, "
      "back.document_time, back.id");
  ids.bind(program, shop);
  while (ids.step())
    take(sale_return(database, ids.id<ReturnId>(0)).value(), sale(database, ids.id<SaleId>(1)).value());
}

std::optional<Entry> earned_lot(Database& database, const Sale& sale) {
  if (sale.earned.count == 0) return std::nullopt;
  Statement row = database.prepare(
      "select id from entry where card_id = $1 and sale_id = $2 and kind = 'earn' order by id limit 1");
  row.bind(sale.card, sale.id);
  return row.step() ? entry(database, row.id<EntryId>(0)) : std::nullopt;
}

bool is_moved_by_sales(Database& database, CardId card, CompanyId company) {
  Statement row = database.prepare(
      "select 1 from entry join live_sale on live_sale.id = entry.sale_id where entry.card_id = $1 and entry.kind in "
      "('earn', 'spend') and live_sale.company_id = $2 limit 1");
  row.bind(card, company);
  return row.step();
}

bool restarts_receipts_daily(Database& database, CompanyId company) {
  Statement row = database.prepare("select 1 from live_sale where company_id = $1 and receipt_day <> '' limit 1");
  row.bind(company);
  return row.step();
}

bool has_sales(Database& database, ProgramId program, ShopId shop) {
  Statement row = database.prepare(
      "select 1 from live_sale as sale join card on card.id = sale.card_id where card.program_id = $1 and sale.shop_id "
      "= "
      "$2 limit 1");
  row.bind(program, shop);
  return row.step();
}

}  // namespace loyal::store
