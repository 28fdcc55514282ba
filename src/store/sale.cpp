// SPDX-License-Identifier: MIT
#include "loyal/store/sale.hpp"

#include "cards_united.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "sale_rows.hpp"

namespace loyal::store {
namespace {

#define RETURN_COLUMNS                                                                                                 \
  "id, operation_id, sale_id, kind, document_date, document_time, points_date, amount, discount, points_money, paid, " \
  "restored, "                                                                                                         \
  "clawed_back, forgiven, reason"

SaleReturn read_return(const Statement& row) {
  SaleReturn result;
  result.id = row.id<ReturnId>(0);
  result.operation = row.id<OperationId>(1);
  result.sale = row.id<SaleId>(2);
  result.kind = row.text(3);
  result.at = read_time(row, 4, 5);
  result.points_date = row.date(6);
  result.amount = row.quantity<Money>(7);
  result.discount = row.quantity<Money>(8);
  result.points_money = row.quantity<Money>(9);
  result.paid = row.quantity<Money>(10);
  result.restored = row.quantity<Points>(11);
  result.clawed_back = row.quantity<Points>(12);
  result.forgiven = row.quantity<Points>(13);
  result.reason = row.text(14);
  return result;
}

}  // namespace

SaleId add_sale(Journal& journal, const Sale& sale) {
  return {journal.insert(
      History::sale,
      "insert into sale (id, operation_id, company_id, shop_id, till, receipt, receipt_day, generation, card_id, "
      "program_version_id, "
      "document_date, document_time, points_date, total, discount, points_money, paid, earned, spent, earn_limit) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
      journal.id(), sale.company, sale.shop, sale.till, sale.receipt, sale.receipt_day, sale.generation, sale.card,
      sale.version, sale.at.date, time_text(sale.at), sale.points_date, sale.total, sale.discount, sale.points_money,
      sale.paid, sale.earned, sale.spent, sale.earn_limit)};
}

void add_sale_line(Journal& journal, SaleId sale, const SaleLine& line) {
  journal.insert(
      History::sale_line,
      "insert into sale_line (id, operation_id, sale_id, line, sku, name, category, quantity, price, amount, discount, "
      "points_money, spent, paid, earned) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      journal.id(), sale, line.line, line.sku, line.name, line.category, line.quantity, line.price, line.amount,
      line.discount, line.points_money, line.spent, line.paid, line.earned);
}

ReturnId add_return(Journal& journal, const SaleReturn& sale_return) {
  return {journal.insert(History::sale_return,
                         "insert into sale_return (id, operation_id, sale_id, kind, document_date, document_time, "
                         "points_date, amount, discount, "
                         "points_money, paid, restored, clawed_back, forgiven, reason) "
                         "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                         journal.id(), sale_return.sale, sale_return.kind, sale_return.at.date,
                         time_text(sale_return.at), sale_return.points_date, sale_return.amount, sale_return.discount,
                         sale_return.points_money, sale_return.paid, sale_return.restored, sale_return.clawed_back,
                         sale_return.forgiven, sale_return.reason)};
}

void add_return_line(Journal& journal, ReturnId id, const ReturnLine& line) {
  journal.insert(History::sale_return_line,
                 "insert into sale_return_line (id, operation_id, return_id, line, quantity, amount, discount, "
                 "points_money, paid, "
                 "restored) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                 journal.id(), id, line.line, line.quantity, line.amount, line.discount, line.points_money, line.paid,
                 line.restored);
}

std::optional<Sale> sale(Database& database, SaleId id) {
  Statement row = database.prepare("select " SALE_COLUMNS " from sale where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_sale(row)) : std::nullopt;
}

std::optional<DocumentState> find_document(Database& database, const Document& document) {
  Statement row = database.prepare(
      "select " SALE_COLUMNS
      ", exists (select 1 from operation as undo where undo.undoes = sale.operation_id) from sale "
      "where company_id = $1 and till = $2 and receipt = $3 and receipt_day = $4 order by generation desc limit 1");
  row.bind(document.company, document.till, document.receipt, document.day);
  if (!row.step()) return std::nullopt;
  return DocumentState{read_sale(row), row.boolean(20)};
}

std::vector<Sale> sales_by_receipt(Database& database, const std::string& receipt) {
  std::vector<Sale> result;
  Statement rows = database.prepare(
      "select " SALE_COLUMNS
      " from live_sale as sale where company_id in (select id from company) and receipt = $1 order by id desc");
  rows.bind(receipt);
  while (rows.step()) result.push_back(read_sale(rows));
  return result;
}

std::optional<Sale> last_sale_of_card(Database& database, CardId card) {
  Statement row = database.prepare(CARDS_UNITED "select " SALE_COLUMNS
                                                " from united join live_sale as sale on sale.card_id = united.id order "
                                                "by document_date desc, document_time desc, sale.id desc limit 1");
  row.bind(card);
  return row.step() ? std::optional(read_sale(row)) : std::nullopt;
}

std::vector<Sale> sales_of_day(Database& database, CardId card, Date day) {
  std::vector<Sale> result;
  Statement rows = database.prepare(CARDS_UNITED "select " SALE_COLUMNS
                                                 " from united join live_sale as sale on sale.card_id = united.id "
                                                 "where document_date = $2 order by sale.id");
  rows.bind(card, day);
  while (rows.step()) result.push_back(read_sale(rows));
  return result;
}

std::vector<std::string> tills_of(Database& database, CompanyId company) {
  std::vector<std::string> result;
  Statement rows = database.prepare("select distinct till from sale where company_id = $1 order by till");
  rows.bind(company);
  while (rows.step()) result.push_back(rows.text(0));
  return result;
}

std::optional<Sale> sale_of_operation(Database& database, OperationId operation) {
  Statement row =
      database.prepare("select " SALE_COLUMNS
                       " from sale where id = (select sale_to from operation where id = $1) and operation_id = $1");
  row.bind(operation);
  return row.step() ? std::optional(read_sale(row)) : std::nullopt;
}

std::vector<SaleLine> sale_lines(Database& database, SaleId sale) {
  std::vector<SaleLine> result;
  Statement rows = database.prepare(
      "select line, sku, name, category, quantity, price, amount, discount, points_money, spent, paid, earned from "
      "sale_line "
      "where sale_id = $1 order by line");
  rows.bind(sale);
  while (rows.step())
    result.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.quantity<Amount>(4),
                      rows.quantity<Money>(5), rows.quantity<Money>(6), rows.quantity<Money>(7),
                      rows.quantity<Money>(8), rows.quantity<Points>(9), rows.quantity<Money>(10),
                      rows.quantity<Points>(11)});
  return result;
}

std::vector<SaleReturn> returns_of(Database& database, SaleId sale) {
  std::vector<SaleReturn> result;
  Statement rows = database.prepare("select " RETURN_COLUMNS " from live_return where sale_id = $1 order by id");
  rows.bind(sale);
  while (rows.step()) result.push_back(read_return(rows));
  return result;
}

std::vector<ReturnLine> return_lines(Database& database, ReturnId id) {
  std::vector<ReturnLine> result;
  Statement rows = database.prepare(
      "select line, quantity, amount, discount, points_money, paid, restored from sale_return_line where return_id = "
      "$1 order by line");
  rows.bind(id);
  while (rows.step())
    result.push_back({rows.integer(0), rows.quantity<Amount>(1), rows.quantity<Money>(2), rows.quantity<Money>(3),
                      rows.quantity<Money>(4), rows.quantity<Money>(5), rows.quantity<Points>(6)});
  return result;
}

std::optional<SaleReturn> sale_return(Database& database, ReturnId id) {
  Statement row = database.prepare("select " RETURN_COLUMNS " from sale_return where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_return(row)) : std::nullopt;
}

std::optional<SaleReturn> return_of_operation(Database& database, OperationId operation) {
  Statement row = database.prepare(
      "select " RETURN_COLUMNS
      " from sale_return where id = (select sale_return_to from operation where id = $1) and operation_id = $1");
  row.bind(operation);
  return row.step() ? std::optional(read_return(row)) : std::nullopt;
}

bool has_sales(Database& database, CompanyId company) {
  Statement row = database.prepare("select exists (select 1 from sale where company_id = $1)");
  row.bind(company);
  return row.step() && row.boolean(0);
}

SaleTotals totals_of_operation(Database& database, OperationId operation) {
  Statement row = database.prepare(
      "select count(*), coalesce(sum(total), 0), coalesce(sum(earned), 0) from sale "
      "where id > coalesce((select sale_to from operation where id = $1 - 1), 0) and id <= (select sale_to from "
      "operation where id = $1)");
  row.bind(operation);
  if (!row.step()) return {};
  return {row.integer(0), row.quantity<Money>(1), row.quantity<Points>(2)};
}

std::vector<Date> activity_of(Database& database, CardId card, Date on, OperationId through, OperationId except) {
  std::vector<Date> result;
  Statement rows = database.prepare(
      CARDS_UNITED
      "select distinct date from (select points_date as date, operation_id from united join sale on sale.card_id = "
      "united.id where earned > 0 or spent > 0 union all select entry.date, operation_id from united join entry on "
      "entry.card_id = united.id where kind = 'spend' and sale_id is not null) as active where date <= $2 and "
      "($3 is null or operation_id <= $3) and not exists (select 1 from operation as undo where undo.undoes = "
      "active.operation_id and ($3 is null or undo.id <= $3)) and ($4 is null or operation_id <> $4) order by date");
  rows.bind(card, on, through, except);
  while (rows.step()) result.push_back(rows.date(0));
  return result;
}

// Ids alone are sorted: sorting whole rows of a million sales would spill far more to the disk than reading them one by
// one costs. The sorted statement stays open meanwhile, so that all is read in one transaction.
void each_sale(Database& database, const SaleFilter& filter, const std::function<void(const SaleListing&)>& take) {
#define SALE_FILTER                                                                                                    \
  " and ($2 is null or document_date >= $2) and ($3 is null or document_date <= $3) and ($4 is null or shop_id = $4) " \
  "and ($5 or not exists (select 1 from operation as undo where undo.undoes = sale.operation_id)) "                    \
  "and ($6 is null or company_id = $6) "                                                                               \
  "order by document_date, document_time, id"
  Statement ids = filter.card ? database.prepare("select id from sale where card_id = $1" SALE_FILTER)
                              : database.prepare("select id from sale where $1 is null" SALE_FILTER);
  ids.bind(filter.card, filter.from, filter.to, filter.shop, filter.with_undone, filter.company);
  Statement row =
      database.prepare("select " SALE_COLUMNS
                       ", card.number, coalesce(customer.name, ''), program.slug, shop.slug, "
                       "coalesce((select sum(back.paid) from live_return as back where back.sale_id = sale.id), 0), "
                       "exists (select 1 from operation as undo where undo.undoes = sale.operation_id) "
                       "from sale join card on card.id = sale.card_id join program on program.id = card.program_id "
                       "join shop on shop.id = sale.shop_id "
                       "left join customer on customer.id = card.customer_id where sale.id = $1");
  while (ids.step()) {
    row.bind(ids.integer(0));
    if (row.step())
      take({read_sale(row), row.text(20), row.text(21), row.text(22), row.text(23), row.quantity<Money>(24),
            row.boolean(25)});
  }
}

}  // namespace loyal::store
