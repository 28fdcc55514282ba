// SPDX-License-Identifier: MIT
#include "loyal/store/ledger.hpp"

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::store {
namespace {

#define ENTRY_COLUMNS                                                                                               \
  "entry.id, entry.operation_id, entry.card_id, entry.lot_id, entry.kind, entry.points, entry.issuer_id, "          \
  "entry.shop_id, "                                                                                                 \
  "entry.sale_id, entry.return_id, entry.rule, entry.answers, entry.date, entry.usable_from, entry.valid_through, " \
  "entry.reason"

Entry read_entry(const Statement& row) {
  Entry entry;
  entry.id = row.id<EntryId>(0);
  entry.operation = row.id<OperationId>(1);
  entry.card = row.id<CardId>(2);
  entry.lot = row.id<EntryId>(3);
  const auto kind = domain::entry_kind(row.text_view(4));
  if (!kind)
    throw Error(Fault::store_broken, tr("the store holds an entry of the unknown kind \"{}\"", row.text_view(4)),
                "loyal doctor");
  entry.kind = *kind;
  entry.points = row.quantity<Points>(5);
  entry.issuer = row.id<CompanyId>(6);
  entry.shop = row.id<ShopId>(7);
  entry.sale = row.id<SaleId>(8);
  entry.sale_return = row.id<ReturnId>(9);
  entry.rule = row.text(10);
  entry.answers = row.id<EntryId>(11);
  entry.date = row.date(12);
  entry.usable_from = row.optional_date(13);
  entry.valid_through = row.optional_date(14);
  entry.reason = row.text(15);
  return entry;
}

domain::Lot read_lot(const Statement& row, int first) {
  return {row.id<EntryId>(first), row.quantity<Points>(first + 1), row.id<CompanyId>(first + 2), row.date(first + 3),
          row.date(first + 4),    row.optional_date(first + 5)};
}

}  // namespace

EntryId add_entry(Journal& journal, const Entry& entry) {
  const EntryId id{journal.next_id(History::entry)};
  journal.insert(History::entry,
                 "insert into entry (id, operation_id, card_id, lot_id, kind, points, issuer_id, shop_id, sale_id, "
                 "return_id, rule, answers, "
                 "date, usable_from, valid_through, reason) "
                 "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                 journal.id(), entry.card, entry.lot ? entry.lot : id, domain::name(entry.kind), entry.points,
                 entry.issuer, entry.shop, entry.sale, entry.sale_return, entry.rule, entry.answers, entry.date,
                 entry.usable_from, entry.valid_through, entry.reason);
  return id;
}

std::vector<domain::Lot> lots_of(Database& database, CardId card) {
  std::vector<domain::Lot> result;
  Statement rows = database.prepare(
      "select id, remainder, issuer_id, date, usable_from, valid_through from lot where card_id = $1 order by id");
  rows.bind(card);
  while (rows.step()) result.push_back(read_lot(rows, 0));
  return result;
}

bool has_debt(Database& database, CardId card) {
  Statement row = database.prepare("select 1 from lot where card_id = $1 and remainder < 0");
  row.bind(card);
  return row.step();
}

void put_lot(Database& database, CardId card, const domain::Lot& lot) {
  if (lot.remainder.count == 0) {
    database.prepare("delete from lot where card_id = $1 and id = $2").bind(card, lot.id).run();
    return;
  }
  database
      .prepare(
          "insert into lot (card_id, id, remainder, issuer_id, date, usable_from, valid_through) values ($1, $2, $3, "
          "$4, $5, $6, $7) "
          "on conflict (card_id, id) do update set remainder = excluded.remainder, valid_through = "
          "excluded.valid_through")
      .bind(card, lot.id, lot.remainder, lot.issuer, lot.date, lot.usable_from, lot.valid_through)
      .run();
}

std::vector<Entry> entries_of(Database& database, CardId card, OperationId through) {
  std::vector<Entry> result;
  Statement rows = database.prepare(
      "select " ENTRY_COLUMNS " from entry where card_id = $1 and ($2 is null or operation_id <= $2) order by id");
  rows.bind(card, through);
  while (rows.step()) result.push_back(read_entry(rows));
  return result;
}

std::optional<Entry> entry(Database& database, EntryId id) {
  Statement row = database.prepare("select " ENTRY_COLUMNS " from entry where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_entry(row)) : std::nullopt;
}

std::vector<Entry> entries_of_operation(Database& database, OperationId operation) {
  std::vector<Entry> result;
  Statement rows =
      database.prepare("select " ENTRY_COLUMNS
                       " from entry where id > coalesce((select entry_to from operation where id = $1 - 1), 0) "
                       "and id <= (select entry_to from operation where id = $1) order by id");
  rows.bind(operation);
  while (rows.step()) result.push_back(read_entry(rows));
  return result;
}

void each_lot(Database& database, const std::function<void(CardId, ProgramId, const domain::Lot&)>& take) {
  Statement rows = database.prepare(
      "select lot.card_id, card.program_id, lot.id, remainder, issuer_id, date, usable_from, valid_through from lot "
      "join card on card.id = lot.card_id order by lot.card_id, lot.id");
  rows.rewind();
  while (rows.step()) take(rows.id<CardId>(0), rows.id<ProgramId>(1), read_lot(rows, 2));
}

void each_due_lot(Database& database, Date before, const std::function<void(CardId, const domain::Lot&)>& take) {
  Statement rows = database.prepare(
      "select card_id, id, remainder, issuer_id, date, usable_from, valid_through from lot "
      "where valid_through < $1 and remainder > 0 order by card_id, id");
  rows.bind(before);
  while (rows.step()) take(rows.id<CardId>(0), read_lot(rows, 1));
}

void remove_due_lots(Database& database, Date before) {
  database.prepare("delete from lot where valid_through < $1 and remainder > 0").bind(before).run();
}

std::optional<domain::Lot> lot_as_opened(Database& database, CardId card, EntryId id) {
  const auto opening = entry(database, id);
  if (!opening) return std::nullopt;
  domain::Lot lot{
      id, {}, opening->issuer, opening->date, opening->usable_from.value_or(opening->date), opening->valid_through};
  Statement extended = database.prepare(
      "select valid_through from entry where card_id = $1 and lot_id = $2 and kind = 'extend' order by id desc limit "
      "1");
  extended.bind(card, id);
  if (extended.step()) lot.valid_through = extended.is_null(0) ? std::nullopt : std::optional(extended.date(0));
  Statement row = database.prepare("select remainder from lot where card_id = $1 and id = $2");
  row.bind(card, id);
  if (row.step()) lot.remainder = row.quantity<Points>(0);
  return lot;
}

void each_entry(Database& database, const EntryFilter& filter, const std::function<void(const EntryListing&)>& take) {
  Statement rows = database.prepare(
      "select " ENTRY_COLUMNS
      ", card.number, coalesce(customer.name, ''), program.slug, coalesce(sale.receipt, ''), program.id "
      "from entry join card on card.id = entry.card_id join program on program.id = card.program_id "
      "left join customer on customer.id = card.customer_id left join sale on sale.id = entry.sale_id "
      "where ($1 is null or entry.card_id = $1) and ($2 is null or entry.date >= $2) and ($3 is null or entry.date <= "
      "$3) "
      "and ($4 = '' or entry.kind = $4) and ($5 is null or entry.operation_id <= $5) order by entry.id");
  rows.bind(filter.card, filter.from, filter.to, filter.kind, filter.through);
  while (rows.step())
    take({read_entry(rows), rows.text(16), rows.text(17), rows.text(18), rows.text(19), rows.id<ProgramId>(20)});
}

void each_expiring(Database& database, Date from, Date to, const std::function<void(const ExpiringLot&)>& take) {
  Statement rows = database.prepare(
      "select lot.id, remainder, issuer_id, date, usable_from, valid_through, card.id, card.program_id, card.number, "
      "coalesce(customer.name, ''), coalesce(customer.phone, '') from lot join card on card.id = lot.card_id "
      "left join customer on customer.id = card.customer_id "
      "where remainder > 0 and valid_through between $1 and $2 order by valid_through, card.id, lot.id");
  rows.bind(from, to);
  while (rows.step())
    take({read_lot(rows, 0), rows.id<CardId>(6), rows.id<ProgramId>(7), rows.text(8), rows.text(9), rows.text(10)});
}

}  // namespace loyal::store
