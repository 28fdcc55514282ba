// SPDX-License-Identifier: MIT
#include "loyal/store/card_documents.hpp"

#include "cards_united.hpp"

namespace loyal::store {
#define IS_GIFT "(select kind from program where id = (select program_id from card where card.id = $1)) = 'gift'"

std::vector<NamedSale> sales_named_by(Database& database, CardId card) {
  std::vector<NamedSale> result;
  Statement rows = database.prepare(
      "select id, operation_id, till, receipt, document_date, program_version_id from sale where id in (select sale_id "
      "from entry where card_id = $1) order by id");
  rows.bind(card);
  while (rows.step())
    result.push_back(
        {rows.id<SaleId>(0), rows.id<OperationId>(1), rows.text(2), rows.text(3), rows.date(4), rows.id<VersionId>(5)});
  return result;
}

std::vector<NamedLine> lines_named_by(Database& database, CardId card) {
  std::vector<NamedLine> result;
  // What a gift card paid of a line is its own, and not what the buyer's card did.
  Statement rows = database.prepare(
      CARDS_UNITED
      "select line.sale_id, line.line, line.name, line.sku, case when " IS_GIFT
      " then 0 else line.earned end, case when " IS_GIFT
      " then (select coalesce(sum(amount), 0) from united join gift_payment on gift_payment.card_id = united.id where "
      "gift_payment.sale_id = line.sale_id and gift_payment.line = line.line and return_id is null) else line.spent "
      "end "
      "from sale_line as line where line.sale_id in (select sale_id from entry where card_id = $1) order by "
      "line.sale_id, line.line");
  rows.bind(card);
  while (rows.step())
    result.push_back({rows.id<SaleId>(0), rows.integer(1), rows.text(2), rows.text(3), rows.quantity<Points>(4),
                      rows.quantity<Points>(5)});
  return result;
}

std::vector<NamedReturnLine> return_lines_named_by(Database& database, CardId card) {
  std::vector<NamedReturnLine> result;
  Statement rows = database.prepare(
      CARDS_UNITED
      "select back.return_id, back.line, case when " IS_GIFT
      " then (select coalesce(-sum(amount), 0) from united join gift_payment on gift_payment.card_id = united.id where "
      "gift_payment.return_id = back.return_id and gift_payment.line = back.line) else back.restored end "
      "from sale_return_line as back where back.return_id in (select return_id from entry where card_id = $1) order by "
      "back.return_id, back.line");
  rows.bind(card);
  while (rows.step()) result.push_back({rows.id<ReturnId>(0), rows.integer(1), rows.quantity<Points>(2)});
  return result;
}

}  // namespace loyal::store
