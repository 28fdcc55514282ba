// SPDX-License-Identifier: MIT
#include "loyal/store/card_documents.hpp"

namespace loyal::store {

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
  Statement rows = database.prepare(
      "select sale_id, line, name, sku, earned, spent from sale_line where sale_id in (select sale_id from entry where "
      "card_id = $1) order by sale_id, line");
  rows.bind(card);
  while (rows.step())
    result.push_back({rows.id<SaleId>(0), rows.integer(1), rows.text(2), rows.text(3), rows.quantity<Points>(4),
                      rows.quantity<Points>(5)});
  return result;
}

std::vector<NamedReturnLine> return_lines_named_by(Database& database, CardId card) {
  std::vector<NamedReturnLine> result;
  Statement rows = database.prepare(
      "select return_id, line, restored from sale_return_line where return_id in (select return_id from entry where "
      "card_id = $1) order by return_id, line");
  rows.bind(card);
  while (rows.step()) result.push_back({rows.id<ReturnId>(0), rows.integer(1), rows.quantity<Points>(2)});
  return result;
}

}  // namespace loyal::store
