// SPDX-License-Identifier: MIT
#include "loyal/store/dependents.hpp"

#include <cstdio>

#include "loyal/store/reward.hpp"
#include "rewards_kept.hpp"

namespace loyal::store {
namespace {

// An operation stands unless it was undone; an undo is no user of anything.
#define STANDING(id)                                      \
  "exists (select 1 from operation as o where o.id = " id \
  " and o.undoes is null) and not exists (select 1 from operation as undo where undo.undoes = " id ")"

void collect(Statement rows, std::set<OperationId>& result) {
  while (rows.step()) result.insert(rows.id<OperationId>(0));
}

/// Binds the rows of one table that an operation wrote, and takes the operations that the query answers.
void collect_range(Database& database, const OperationRow& row, History table, std::string_view sql,
                   std::set<OperationId>& result) {
  if (row.count(table) == 0) return;
  const auto place = static_cast<std::size_t>(table);
  Statement rows = database.prepare(sql);
  rows.bind(row.from[place], row.to[place], row.id);
  collect(std::move(rows), result);
}

void collect_cards(Database& database, const OperationRow& row, std::set<OperationId>& result) {
  collect_range(
      database, row, History::card,
      "select distinct operation_id from sale where card_id > $1 and card_id <= $2 and operation_id > $3 and " STANDING(
          "sale.operation_id"),
      result);
  collect_range(
      database, row, History::card,
      "select distinct operation_id from entry where card_id > $1 and card_id <= $2 and operation_id > $3 and kind <> "
      "'expire' and " STANDING("entry.operation_id"),
      result);
  collect_range(
      database, row, History::card,
      "select distinct operation_id from change where subject = 'card' and subject_id > $1 and subject_id <= $2 and "
      "operation_id > $3 "
      "and " STANDING("change.operation_id"),
      result);
  collect_range(
      database, row, History::card,
      "select distinct operation_id from card_code where card_id > $1 and card_id <= $2 and operation_id > $3 "
      "and " STANDING("card_code.operation_id"),
      result);
  // What was done with a code since: it was taken away, or given again.
  collect_range(
      database, row, History::card_code,
      "select distinct later.operation_id from card_code as own join card_code as later on later.value = "
      "own.value where own.id > $1 and own.id <= $2 and later.operation_id > $3 and " STANDING("later.operation_id"),
      result);
  collect_range(database, row, History::reservation,
                "select distinct operation_id from reservation where reserves > $1 and reserves <= $2 and operation_id "
                "> $3 and " STANDING("reservation.operation_id"),
                result);
  // A card from the stack that took another's place goes back to it: what was done with it since goes first.
  collect_range(
      database, row, History::card_link,
      "select distinct sale.operation_id from card_link join sale on sale.card_id = card_link.into_card_id "
      "where card_link.id > $1 and card_link.id <= $2 and card_link.kind = 'replace' and sale.operation_id > $3 "
      "and " STANDING("sale.operation_id"),
      result);
  collect_range(
      database, row, History::card_link,
      "select distinct entry.operation_id from card_link join entry on entry.card_id = card_link.into_card_id "
      "where card_link.id > $1 and card_link.id <= $2 and card_link.kind = 'replace' and entry.operation_id > $3 and "
      "entry.kind <> 'expire' and " STANDING("entry.operation_id"),
      result);
}

void collect_changes(Database& database, const OperationRow& row, std::set<OperationId>& result) {
  for (const ChangeRow& change : changes_of_operation(database, row.id)) {
    if (change.subject == "consent") continue;
    Statement rows = database.prepare(
        "select distinct operation_id from change where subject = $1 and subject_id = $2 and operation_id > $3 "
        "and " STANDING("change.operation_id"));
    rows.bind(change.subject, change.subject_id, row.id);
    collect(std::move(rows), result);
    if (change.subject != "customer" || change.action != "add") continue;
    Statement cards = database.prepare(
        "select distinct change.operation_id from card join change on change.subject = 'card' and change.subject_id = "
        "card.id "
        "where card.customer_id = $1 and card.state <> 'withdrawn' and change.operation_id > $2 and " STANDING(
            "change.operation_id"));
    cards.bind(change.subject_id, row.id);
    collect(std::move(cards), result);
  }
}

/// Pieces of a reward's stock that an undo would take out again: what was put in, and what came back by returns.
constexpr std::string_view stock_pieces_query =
    "select program_id, reward, sum(pieces) from (select program_id, reward, pieces from reward_stock where id > $1 "
    "and "
    "id <= $2 union all select used.program_id, used.reward, 1 from sale_return join sale_return_line as back on "
    "back.return_id = sale_return.id join reward_use as used on used.sale_id = sale_return.sale_id and used.line = "
    "back.line where sale_return.id > $3 and sale_return.id <= $4 and not " REWARD_KEPT
    " and exists (select 1 from live_reward_stock as stock "
    "where stock.program_id = used.program_id and stock.reward = used.reward)) group by program_id, reward";

/// Who was given what of the stock would be missing, or took it out.
void collect_stock_users(Database& database, const OperationRow& row, std::set<OperationId>& result) {
  constexpr auto stock = static_cast<std::size_t>(History::reward_stock);
  constexpr auto returns = static_cast<std::size_t>(History::sale_return);
  if (row.count(History::reward_stock) == 0 && row.count(History::sale_return) == 0) return;
  Statement pieces = database.prepare(stock_pieces_query);
  pieces.bind(row.from[stock], row.to[stock], row.from[returns], row.to[returns]);
  while (pieces.step()) {
    const ProgramId program = pieces.id<ProgramId>(0);
    const std::string reward = pieces.text(1);
    if (reward_count(database, program, reward).left() >= pieces.integer(2)) continue;
    Statement users = database.prepare(
        "select distinct operation_id from reward_use where program_id = $1 and reward = $2 and operation_id > $3 "
        "and " STANDING("reward_use.operation_id") " union select operation_id from reward_stock where program_id = $1 "
        "and reward = $2 and operation_id > $3 and pieces < 0 and " STANDING("reward_stock.operation_id"));
    users.bind(program, reward, row.id);
    collect(std::move(users), result);
  }
}

/// Whoever came in by what was bought used it, also where that took nothing from the card.
void collect_uses(Database& database, const OperationRow& row, std::set<OperationId>& result) {
  collect_range(database, row, History::sale,
                "select distinct operation_id from visit where sale_id > $1 and sale_id <= $2 and operation_id > $3 "
                "and " STANDING("visit.operation_id"),
                result);
  collect_range(database, row, History::card_freeze,
                "select distinct operation_id from card_freeze where ends > $1 and ends <= $2 and operation_id > $3 "
                "and " STANDING("card_freeze.operation_id"),
                result);
  collect_stock_users(database, row, result);
}

/// Who used the codes that would be gone, who changed their campaign, and who used a code again that came back.
void collect_promo_users(Database& database, const OperationRow& row, std::set<OperationId>& result) {
  collect_range(database, row, History::campaign,
                "select distinct operation_id from promo_use where campaign_id > $1 and campaign_id <= $2 and "
                "operation_id > $3 and " STANDING("promo_use.operation_id"),
                result);
  collect_range(database, row, History::campaign,
                "select distinct operation_id from campaign_change where campaign_id > $1 and campaign_id <= $2 and "
                "operation_id > $3 and " STANDING("campaign_change.operation_id"),
                result);
  collect_range(database, row, History::promo_batch,
                "select distinct used.operation_id from promo_code join promo_use as used on used.code = "
                "promo_code.value where promo_code.batch_id > $1 and promo_code.batch_id <= $2 and used.operation_id > "
                "$3 and " STANDING("used.operation_id"),
                result);
  collect_range(database, row, History::promo_use,
                "select distinct later.operation_id from promo_use as own join promo_use as later on later.code = "
                "own.code and later.kind = 'use' where own.id > $1 and own.id <= $2 and own.kind = 'release' and "
                "later.operation_id > $3 and " STANDING("later.operation_id"),
                result);
}

bool is_any(Statement row) {
  return row.step() && row.boolean(0);
}

}  // namespace

std::set<OperationId> document_dependents_of(Database& database, const OperationRow& row) {
  std::set<OperationId> result;
  collect_range(
      database, row, History::sale,
      "select distinct operation_id from sale_return where sale_id > $1 and sale_id <= $2 and operation_id > $3 "
      "and " STANDING("sale_return.operation_id"),
      result);
  collect_range(database, row, History::program_version,
                "select distinct operation_id from sale where program_version_id > $1 and program_version_id <= $2 and "
                "operation_id > $3 and " STANDING("sale.operation_id"),
                result);
  // Periods follow one another: the last one is opened again first.
  collect_range(database, row, History::settlement,
                "select distinct later.operation_id from settlement as own join settlement as later on "
                "later.program_id = own.program_id and later.id > own.id where own.id > $1 and own.id <= $2 and "
                "later.operation_id > $3 and " STANDING("later.operation_id"),
                result);
  // A later return of the same sale counts on what this one gave back.
  collect_range(database, row, History::sale_return,
                "select distinct later.operation_id from sale_return as later join sale_return as own on own.sale_id = "
                "later.sale_id "
                "where own.id > $1 and own.id <= $2 and later.id > $2 and later.operation_id > $3 and " STANDING(
                    "later.operation_id"),
                result);
  collect_uses(database, row, result);
  collect_promo_users(database, row, result);
  return result;
}

std::set<OperationId> dependents_of(Database& database, const OperationRow& row) {
  std::set<OperationId> result = document_dependents_of(database, row);
  collect_cards(database, row, result);
  collect_changes(database, row, result);
  return result;
}

bool is_card_used_after(Database& database, CardId card, OperationId operation) {
  Statement row = database.prepare(
      "select exists (select 1 from sale where card_id = $1 and operation_id > $2 and " STANDING("sale.operation_id")
      ") or exists (select 1 from entry where card_id = $1 and operation_id > $2 and kind <> 'expire' "
      "and " STANDING("entry.operation_id") ") or exists (select 1 from change where subject = 'card' and subject_id = "
      "$1 and operation_id > $2 and " STANDING("change.operation_id") ")");
  row.bind(card, operation);
  return is_any(std::move(row));
}

bool is_changed_after(Database& database, std::string_view subject, std::int64_t id, OperationId operation) {
  Statement row = database.prepare(
      "select exists (select 1 from change where subject = $1 and subject_id = $2 and operation_id > $3 "
      "and " STANDING("change.operation_id") ")");
  row.bind(subject, id, operation);
  return is_any(std::move(row));
}

std::vector<Entry> standing_expiries(Database& database, CardId card, EntryId lot) {
  std::vector<Entry> result;
  std::set<EntryId> reversed;
  for (const Entry& entry : entries_of(database, card)) {
    if (entry.kind == domain::EntryKind::reverse) reversed.insert(entry.answers);
    if (entry.kind == domain::EntryKind::expire && entry.lot == lot) result.push_back(entry);
  }
  std::erase_if(result, [&reversed](const Entry& entry) { return reversed.contains(entry.id); });
  return result;
}

std::vector<OperationId> operations_on_lot_after(Database& database, CardId card, EntryId lot, OperationId operation) {
  std::vector<OperationId> result;
  Statement rows = database.prepare(
      "select distinct operation_id from entry where card_id = $1 and lot_id = $2 and operation_id > $3 and kind not "
      "in ('expire', 'reverse') "
      "and " STANDING("entry.operation_id"));
  rows.bind(card, lot, operation);
  while (rows.step()) result.push_back(rows.id<OperationId>(0));
  return result;
}

Card card_known_at(Database& database, const Card& card, OperationId operation) {
  Card result = card;
  Statement rows = database.prepare(
      "select detail from change where subject = 'card' and subject_id = $1 and operation_id > $2 order by id desc");
  rows.bind(card.id, operation);
  while (rows.step()) result = card_before(result, rows.text(0));
  return result;
}

Card card_before(const Card& after, const std::string& detail) {
  Card before = after;
  long long customer = 0;
  char state[16] = {};
  if (std::sscanf(detail.c_str(), "customer %lld>%*d; state %15[a-z]>", &customer, state) == 2) {
    before.customer = {customer};
    before.state = state;
    if (before.state == "active") before.state_reason.clear();
  }
  return before;
}

}  // namespace loyal::store
