// SPDX-License-Identifier: MIT
#include "loyal/store/export_1c.hpp"

#include "sale_rows.hpp"

namespace loyal::store {
namespace {

/// Whether the newest consent of a kind was given; without a sort, for which SQLite would fetch memory at every card.
#define HAS_AGREED(of)                                                                                            \
  "exists (select 1 from consent where consent.customer_id = customer.id and consent.kind = '" of                 \
  "' and consent.given = 1 and not exists (select 1 from consent as later where later.customer_id = customer.id " \
  "and later.kind = consent.kind and (later.at, later.id) > (consent.at, consent.id)))"
// A case, since SQLite computes both sides of an "and" that is a value.
#define OWNER_COLUMNS \
  "card.id, card.number, card.program_id, card.issued_date, card.state, customer.id, "                          \
  "case customer.state when 'active' then " HAS_AGREED("data") " else 0 end, "                                  \
  "case customer.company_id when $1 then 1 else customer.id is not null and " HAS_AGREED("sharing") " end, "     \
  "customer.name, customer.phone, customer.email, customer.birthday, "                                          \
  "case when customer.id is not null then (select other.number from card as other where other.customer_id = "   \
  "customer.id order by other.id limit 1) end"
constexpr int owner_columns = 13;

/// A card's owner out of OWNER_COLUMNS ($1 is the company that asks), which begin at `first`.
CardOwner read_owner(const Statement& row, int first) {
  CardOwner owner;
  owner.card = row.id<CardId>(first);
  owner.number = row.text(first + 1);
  owner.program = row.id<ProgramId>(first + 2);
  owner.issued = row.date(first + 3);
  owner.state = row.text(first + 4);
  owner.first_number = owner.number;
  const bool is_seen = !row.is_null(first + 5) && row.boolean(first + 7);
  if (!is_seen) return owner;
  owner.customer = row.id<CustomerId>(first + 5);
  owner.first_number = row.text(first + 12);
  if (!row.boolean(first + 6)) return owner;
  owner.name = row.text(first + 8);
  owner.phone = row.text(first + 9);
  owner.email = row.text(first + 10);
  owner.birthday = row.optional_date(first + 11);
  return owner;
}

#define IN_PERIOD(column) " and ($2 is null or " column " >= $2) and ($3 is null or " column " <= $3)"
#define WITHDRAWN(table)                                                                                     \
  " and " table ".operation_id <= $4 and exists (select 1 from operation as undo where undo.undoes = " table \
  ".operation_id and undo.id > $4)"

AccountedSale accounted_sale(Database& database, SaleId id, CompanyId company) {
  constexpr int sale_columns = 20;
  Statement row = database.prepare(
      "select " SALE_COLUMNS ", " OWNER_COLUMNS
      ", coalesce((select sum(donation.amount) from donation where donation.sale_id = sale.id), 0) "
      "from sale join card on card.id = sale.card_id left join customer on customer.id = card.customer_id "
      "where sale.id = $2");
  row.bind(company, id);
  row.step();
  return {read_sale(row), read_owner(row, sale_columns), row.quantity<Money>(sale_columns + owner_columns)};
}

void take_sales(Database& database, const AccountingFilter& filter, std::string_view query,
                const std::function<void(const AccountedSale&)>& take) {
  Statement ids = database.prepare(query);
  ids.bind(filter.company, filter.from, filter.to, filter.after.value);
  while (ids.step()) take(accounted_sale(database, ids.id<SaleId>(0), filter.company));
}

void take_returns(Database& database, const AccountingFilter& filter, std::string_view query,
                  const std::function<void(const AccountedReturn&)>& take) {
  Statement ids = database.prepare(query);
  ids.bind(filter.company, filter.from, filter.to, filter.after.value);
  while (ids.step()) {
    const SaleReturn back = sale_return(database, ids.id<ReturnId>(0)).value();
    take({back, accounted_sale(database, back.sale, filter.company)});
  }
}

}  // namespace

ReadTransaction::ReadTransaction(Database& database) : database_(database) {
  database_.execute("begin");
}

ReadTransaction::~ReadTransaction() {
  try {
    database_.execute("rollback");
  } catch (...) {  // NOLINT: the connection takes it back when it closes
  }
}

CardOwner card_owner(Database& database, CardId card, CompanyId company) {
  Statement row = database.prepare(
      "select " OWNER_COLUMNS " from card left join customer on customer.id = card.customer_id where card.id = $2");
  row.bind(company, card);
  row.step();
  return read_owner(row, 0);
}

void each_card_in_use(Database& database, const AccountingFilter& filter,
                      const std::function<void(const CardOwner&)>& take) {
  Statement ids = database.prepare(
      "select card.id from card join program on program.id = card.program_id where (card.id in "
      "(select sale.card_id from live_sale as sale where sale.company_id = $1" IN_PERIOD("sale.document_date")
      " and sale.operation_id > $4 "
      "union select sale.card_id from live_return as back join sale on sale.id = back.sale_id where sale.company_id = "
      "$1" IN_PERIOD("back.document_date") " and back.operation_id > $4 "
      "union select entry.card_id from entry where entry.shop_id in (select id from shop where company_id = $1)"
      IN_PERIOD("entry.date") " and entry.operation_id > $4) "
      "or (card.customer_id is not null and $2 is null and $3 is null and program.company_id = $1 and ($4 = 0 or "
      "card.operation_id > $4 or exists (select 1 from change where change.operation_id > $4 and (change.subject = "
      "'card' and change.subject_id = card.id or change.subject = 'customer' and change.subject_id = "
      "card.customer_id))))) "
      "and card.id not in (select card_id from account) order by card.customer_id, card.id");
  ids.bind(filter.company, filter.from, filter.to, filter.after.value);
  while (ids.step()) take(card_owner(database, ids.id<CardId>(0), filter.company));
}

void each_accounted_sale(Database& database, const AccountingFilter& filter,
                         const std::function<void(const AccountedSale&)>& take) {
  take_sales(database, filter,
             "select sale.id from live_sale as sale where sale.company_id = $1" IN_PERIOD("sale.document_date")
             " and sale.operation_id > $4 order by sale.shop_id, sale.document_date, sale.document_time, sale.id",
             take);
}

void each_withdrawn_sale(Database& database, const AccountingFilter& filter,
                         const std::function<void(const AccountedSale&)>& take) {
  take_sales(database, filter,
             "select sale.id from sale where sale.company_id = $1" IN_PERIOD("sale.document_date")
                 WITHDRAWN("sale") " order by sale.id",
             take);
}

void each_accounted_return(Database& database, const AccountingFilter& filter,
                           const std::function<void(const AccountedReturn&)>& take) {
  take_returns(database, filter,
               "select back.id from live_return as back join sale on sale.id = back.sale_id where sale.company_id = "
               "$1" IN_PERIOD("back.document_date")
               " and back.operation_id > $4 order by sale.shop_id, back.document_date, back.document_time, back.id",
               take);
}

void each_withdrawn_return(Database& database, const AccountingFilter& filter,
                           const std::function<void(const AccountedReturn&)>& take) {
  take_returns(database, filter,
               "select back.id from sale_return as back join sale on sale.id = back.sale_id where sale.company_id = "
               "$1" IN_PERIOD("back.document_date") WITHDRAWN("back") " order by back.id",
               take);
}

void add_export_mark(Journal& journal, const ExportMark& mark) {
  journal.insert(History::export_mark,
                 "insert into export_mark (id, operation_id, company_id, form, through_operation) values ($1, $2, $3, "
                 "$4, $5)",
                 journal.id(), mark.company, mark.form, mark.through);
}

namespace {

std::optional<ExportMark> read_mark(Statement& row) {
  if (!row.step()) return std::nullopt;
  return ExportMark{row.id<OperationId>(0), row.id<CompanyId>(1), row.text(2), row.id<OperationId>(3)};
}

}  // namespace

std::optional<ExportMark> last_export_mark(Database& database, CompanyId company, std::string_view form) {
  Statement row = database.prepare(
      "select operation_id, company_id, form, through_operation from live_export_mark where company_id = $1 and form = "
      "$2 order by id desc limit 1");
  row.bind(company, form);
  return read_mark(row);
}

std::optional<ExportMark> export_mark_of_operation(Database& database, OperationId operation) {
  Statement row = database.prepare(
      "select operation_id, company_id, form, through_operation from export_mark where operation_id = $1");
  row.bind(operation);
  return read_mark(row);
}

}  // namespace loyal::store
