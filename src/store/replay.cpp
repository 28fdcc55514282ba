// SPDX-License-Identifier: MIT
#include "loyal/store/replay.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include "loyal/store/program.hpp"
#include "loyal/store/schema.hpp"
#include "sale_rows.hpp"

namespace loyal::store {
namespace {

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using RawStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

RawStatement prepared(Database& database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    throw std::logic_error(sqlite3_errmsg(database.handle()));
  return RawStatement(statement);
}

/// Copies the rows of a query, which has the table's columns in their order: both stores have the same tables.
void copy_rows(Database& from, Database& to, std::string_view table, std::string_view query) {
  const RawStatement rows = prepared(from, std::string(query));
  const int columns = sqlite3_column_count(rows.get());
  std::string places = "?";
  for (int i = 1; i < columns; ++i) places += ", ?";
  const RawStatement insert = prepared(to, fmt::format("insert into {} values ({})", table, places));
  while (sqlite3_step(rows.get()) == SQLITE_ROW) {
    for (int i = 0; i < columns; ++i) sqlite3_bind_value(insert.get(), i + 1, sqlite3_column_value(rows.get(), i));
    if (sqlite3_step(insert.get()) != SQLITE_DONE) throw std::logic_error(sqlite3_errmsg(to.handle()));
    sqlite3_reset(insert.get());
  }
}

/// The next row of a cursor, or the end.
class Cursor {
 public:
  explicit Cursor(Statement statement) : statement_(std::move(statement)) { next(); }
  void next() { stands_ = statement_.step(); }
  bool stands() const { return stands_; }
  const Statement& row() const { return statement_; }

 private:
  Statement statement_;
  bool stands_ = false;
};

SaleLine line_of(const Statement& row) {
  SaleLine line;
  line.line = row.integer(1);
  line.sku = row.text(2);
  line.name = row.text(3);
  line.category = row.text(4);
  line.quantity = row.quantity<Amount>(5);
  line.price = row.quantity<Money>(6);
  line.amount = row.quantity<Money>(7);
  return line;
}

/// Of all programs: to look the card of each sale up would cost more than to read the few that are not asked for.
Statement live_sales(Database& database) {
  Statement rows = database.prepare("select " SALE_COLUMNS " from live_sale as sale order by sale.id");
  rows.rewind();
  return rows;
}

std::unordered_set<std::int64_t> cards_of(Database& database, ProgramId program) {
  std::unordered_set<std::int64_t> cards;
  Statement rows = database.prepare("select id from card where program_id = $1");
  rows.bind(program);
  while (rows.step()) cards.insert(rows.integer(0));
  return cards;
}

Statement offers_of(Database& database) {
  Statement rows = database.prepare("select sale_id, offer from sale_context where offer <> '' order by sale_id");
  rows.rewind();
  return rows;
}

Statement lines_of(Database& database) {
  Statement rows = database.prepare(
      "select sale_id, line, sku, name, category, quantity, price, amount from sale_line order by sale_id, line");
  rows.rewind();
  return rows;
}

Statement returns_of_program(Database& database, ProgramId program) {
  Statement rows = database.prepare(
      "select back.operation_id, back.id from live_return as back join live_sale as sale on sale.id = back.sale_id "
      "join "
      "card on card.id = sale.card_id where card.program_id = $1 order by back.id");
  rows.bind(program);
  return rows;
}

Statement entries_by_hand(Database& database) {
  Statement rows = database.prepare(
      "select operation_id, id, card_id from entry where kind in ('grant', 'adjust', 'opening', 'transfer') and "
      "sale_id "
      "is null and not exists (select 1 from operation as undo where undo.undoes = entry.operation_id) order by id");
  rows.rewind();
  return rows;
}

}  // namespace

Scratch scratch_of(Database& real, ProgramId program, const std::string& text, Instant now) {
  Scratch scratch{Database::in_memory(now), {}};
  scratch.database.execute("pragma foreign_keys = off");
  {
    Transaction transaction(scratch.database);
    for (const char* table : {"company", "shop", "customer", "program", "program_version", "card", "code"})
      copy_rows(real, scratch.database, table, fmt::format("select * from {}", table));
    for (const char* table : {"tier_pin", "category_choice", "referral", "card_link"})
      copy_rows(real, scratch.database, table, fmt::format("select * from live_{}", table));
    Statement newest = scratch.database.prepare("select coalesce(max(id), 0) + 1 from program_version");
    newest.rewind();
    newest.step();
    scratch.version = newest.id<VersionId>(0);
    Statement insert = scratch.database.prepare(
        "insert into program_version (id, operation_id, program_id, number, applies_from, rules) select $1, 0, $2, "
        "coalesce(max(number), 0) + 1, '9999-12-31', $3 from program_version where program_id = $2");
    insert.bind(scratch.version, program, text).run();
    transaction.commit();
  }
  return scratch;
}

void each_replayed(Database& database, ProgramId program, const std::function<void(ReplayedDocument)>& take) {
  const auto cards = cards_of(database, program);
  Cursor sales(live_sales(database));
  Cursor lines(lines_of(database));
  Cursor offers(offers_of(database));
  Cursor returns(returns_of_program(database, program));
  Cursor entries(entries_by_hand(database));
  const auto operation_of = [](const Cursor& cursor, int column) {
    return cursor.stands() ? cursor.row().integer(column) : INT64_MAX;
  };
  const auto take_sale = [&] {
    ReplayedSale document;
    document.sale = read_sale(sales.row());
    sales.next();
    if (!cards.contains(document.sale.card.value)) return;
    const std::int64_t id = document.sale.id.value;
    while (lines.stands() && lines.row().integer(0) < id) lines.next();
    for (; lines.stands() && lines.row().integer(0) == id; lines.next()) document.lines.push_back(line_of(lines.row()));
    while (offers.stands() && offers.row().integer(0) < id) offers.next();
    if (offers.stands() && offers.row().integer(0) == id) document.offer = offers.row().text(1);
    take(std::move(document));
  };
  while (sales.stands() || returns.stands() || entries.stands()) {
    const std::int64_t sale_operation = operation_of(sales, 1);
    const std::int64_t return_operation = operation_of(returns, 0);
    const std::int64_t entry_operation = operation_of(entries, 0);
    if (sale_operation <= std::min(return_operation, entry_operation)) {
      take_sale();
    } else if (return_operation <= entry_operation) {
      const ReturnId id = returns.row().id<ReturnId>(1);
      returns.next();
      ReplayedReturn document{sale_return(database, id).value(), return_lines(database, id), {}, false};
      document.sale = sale(database, document.back.sale).value();
      document.sale_has_lines = !sale_lines(database, document.back.sale).empty();
      take(std::move(document));
    } else {
      const EntryId id = entries.row().id<EntryId>(1);
      const bool is_meant = cards.contains(entries.row().integer(2));
      entries.next();
      if (is_meant) take(entry(database, id).value());
    }
  }
}

std::set<CardId> cards_read_again(Database& database, ProgramId program) {
  std::set<CardId> result;
  Statement rows = database.prepare(
      "select sale.card_id from live_return as back join live_sale as sale on sale.id = back.sale_id join card on "
      "card.id = sale.card_id where card.program_id = $1 union select card.id from card join live_card_link as link on "
      "link.card_id = card.id or link.into_card_id = card.id where card.program_id = $1");
  rows.bind(program);
  while (rows.step()) result.insert(rows.id<CardId>(0));
  return result;
}

}  // namespace loyal::store
