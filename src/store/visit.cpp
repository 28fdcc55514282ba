// SPDX-License-Identifier: MIT
#include "loyal/store/visit.hpp"

#include <array>
#include <stdexcept>

#include "cards_united.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::store {
namespace {

constexpr std::array<std::string_view, 3> kind_names = {"use", "present", "check_in"};

VisitKind visit_kind(std::string_view text) {
  for (std::size_t i = 0; i < kind_names.size(); ++i)
    if (kind_names[i] == text) return static_cast<VisitKind>(i);
  throw std::logic_error("a kind of visit without a name");
}

// Of "2026-03-01T12:00:00".
constexpr std::size_t time_start = 11;

#define VISIT_COLUMNS                                                                                                \
  "visited.operation_id, visited.card_id, visited.shop_id, visited.kind, visited.list, visited.date, visited.time, " \
  "visited.sale_id"

std::vector<Visit> read_visits(Statement& rows) {
  std::vector<Visit> result;
  while (rows.step())
    result.push_back({rows.id<OperationId>(0), rows.id<CardId>(1), rows.id<ShopId>(2), visit_kind(rows.text_view(3)),
                      rows.text(4), local_time_from_iso(rows.text(5) + "T" + rows.text(6)).value(),
                      rows.id<SaleId>(7)});
  return result;
}

#define FREEZE_COLUMNS                                                                                          \
  "frozen.id, frozen.operation_id, frozen.card_id, frozen.lot_id, coalesce(frozen.ends, 0), frozen.from_date, " \
  "frozen.through_date"

std::vector<CardFreeze> read_freezes(Statement& rows) {
  std::vector<CardFreeze> result;
  while (rows.step())
    result.push_back({rows.integer(0), rows.id<OperationId>(1), rows.id<CardId>(2), rows.id<EntryId>(3),
                      rows.integer(4), rows.date(5), rows.date(6)});
  return result;
}

/// The ids of the rows that an operation wrote of a table: after the first, up to the second.
std::pair<std::int64_t, std::int64_t> rows_of(Database& database, OperationId id, History table) {
  const auto row = operation(database, id);
  if (!row) return {0, 0};
  const auto place = static_cast<std::size_t>(table);
  return {row->from[place], row->to[place]};
}

}  // namespace

std::string_view name(VisitKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

void add_visit(Journal& journal, const Visit& visit) {
  journal.insert(History::visit,
                 "insert into visit (id, operation_id, card_id, shop_id, kind, list, date, time, sale_id) values ($1, "
                 "$2, $3, $4, $5, $6, $7, $8, $9)",
                 journal.id(), visit.card, visit.shop, name(visit.kind), visit.list, visit.at.date,
                 to_string(visit.at).substr(time_start), visit.sale);
}

std::vector<Visit> visits_of(Database& database, CardId card) {
  Statement rows = database.prepare(CARDS_UNITED "select " VISIT_COLUMNS
                                                 " from united join live_visit as visited on visited.card_id = "
                                                 "united.id order by visited.id");
  rows.bind(card);
  return read_visits(rows);
}

std::vector<Visit> visits_of_sale(Database& database, SaleId sale) {
  Statement rows = database.prepare("select " VISIT_COLUMNS
                                    " from live_visit as visited where visited.sale_id = $1 order by visited.id");
  rows.bind(sale);
  return read_visits(rows);
}

std::vector<Visit> visits_of_operation(Database& database, OperationId operation) {
  const auto [after, last] = rows_of(database, operation, History::visit);
  Statement rows = database.prepare("select " VISIT_COLUMNS
                                    " from visit as visited where visited.id > $1 and visited.id <= $2 order by "
                                    "visited.id");
  rows.bind(after, last);
  return read_visits(rows);
}

void add_card_freeze(Journal& journal, const CardFreeze& freeze) {
  const auto ends = freeze.ends > 0 ? std::optional(freeze.ends) : std::nullopt;
  journal.insert(History::card_freeze,
                 "insert into card_freeze (id, operation_id, card_id, lot_id, ends, from_date, through_date) values "
                 "($1, $2, $3, $4, $5, $6, $7)",
                 journal.id(), freeze.card, freeze.lot, ends, freeze.from, freeze.through);
}

std::vector<CardFreeze> freezes_of(Database& database, CardId card) {
  Statement rows = database.prepare(CARDS_UNITED "select " FREEZE_COLUMNS
                                                 " from united join live_card_freeze as frozen on frozen.card_id = "
                                                 "united.id order by frozen.id");
  rows.bind(card);
  return read_freezes(rows);
}

std::vector<CardFreeze> freezes_of_operation(Database& database, OperationId operation) {
  const auto [after, last] = rows_of(database, operation, History::card_freeze);
  Statement rows = database.prepare("select " FREEZE_COLUMNS
                                    " from card_freeze as frozen where frozen.id > $1 and frozen.id <= $2 order by "
                                    "frozen.id");
  rows.bind(after, last);
  return read_freezes(rows);
}

Points points_issued(Database& database, ProgramId program) {
  Statement row = database.prepare(
      "select coalesce(sum(entry.points), 0) from card join entry on entry.card_id = card.id left join entry as "
      "reversed on entry.kind = 'reverse' and reversed.id = entry.answers where card.program_id = $1 and "
      "coalesce(reversed.kind, entry.kind) in ('earn', 'grant', 'opening', 'adjust', 'clawback')");
  row.bind(program);
  row.step();
  return row.quantity<Points>(0);
}

}  // namespace loyal::store
