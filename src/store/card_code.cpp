// SPDX-License-Identifier: MIT
#include "loyal/store/card_code.hpp"

#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::store {
namespace {

#define CARD_CODE_COLUMNS \
  "given.id, given.operation_id, given.card_id, coalesce(given.removes, 0), given.symbology, given.text, given.value"
#define STANDING_CODES                                                                                              \
  "from live_card_code as given where given.removes is null and not exists (select 1 from live_card_code as taken " \
  "where taken.removes = given.id)"

CardCode read_code(const Statement& row) {
  return {row.integer(0), row.id<OperationId>(1), row.id<CardId>(2), row.integer(3), row.text(4), row.text(5),
          row.text(6)};
}

std::vector<CardCode> read_all(Statement& rows) {
  std::vector<CardCode> result;
  while (rows.step()) result.push_back(read_code(rows));
  return result;
}

std::int64_t write(Journal& journal, const CardCode& code) {
  const auto removes = code.removes > 0 ? std::optional(code.removes) : std::nullopt;
  return journal.insert(History::card_code,
                        "insert into card_code (id, operation_id, card_id, removes, symbology, text, value) values "
                        "($1, $2, $3, $4, $5, $6, $7)",
                        journal.id(), code.card, removes, code.symbology, code.text, code.value);
}

void set_owner(Database& database, const std::string& value, CardId card, const char* state) {
  database
      .prepare(
          "insert into code (value, card_id, state) values ($1, $2, $3) on conflict (value) do update set card_id "
          "= excluded.card_id, state = excluded.state")
      .bind(value, card, state)
      .run();
}

}  // namespace

std::optional<CodeOwner> code_owner(Database& database, const std::string& value) {
  Statement row = database.prepare("select card_id, state = 'removed' from code where value = $1");
  row.bind(value);
  return row.step() ? std::optional(CodeOwner{row.id<CardId>(0), row.boolean(1)}) : std::nullopt;
}

CardCode give_card_code(Journal& journal, CardId card, const std::string& symbology, const std::string& text,
                        const std::string& value) {
  Database& database = journal.database();
  if (const auto owner = code_owner(database, value); owner && !(owner->is_removed && owner->card == card)) {
    const std::string number = store::card(database, owner->card).value().number;
    throw Error(Fault::conflict,
                owner->is_removed
                    ? tr("code {} was taken off card {}; it stays taken, so that an old print opens no other card",
                         text, number)
                    : tr("code {} is of card {} already", text, number),
                fmt::format("loyal code list {}", number));
  }
  Statement promo = database.prepare("select 1 from promo_code where value = $1");
  promo.bind(value);
  if (promo.step()) throw Error(Fault::conflict, tr("{} is a promo code", text), "loyal promo list");
  set_owner(database, value, card, "active");
  CardCode code{0, journal.id(), card, 0, symbology, text, value};
  code.id = write(journal, code);
  return code;
}

void remove_card_code(Journal& journal, const CardCode& code) {
  set_owner(journal.database(), code.value, code.card, "removed");
  CardCode removal = code;
  removal.removes = code.id;
  write(journal, removal);
}

void move_card_code(Journal& journal, const CardCode& code, CardId into) {
  remove_card_code(journal, code);
  set_owner(journal.database(), code.value, into, "active");
  CardCode moved = code;
  moved.card = into;
  write(journal, moved);
}

void revert_card_codes(Journal& journal, OperationId operation) {
  Database& database = journal.database();
  auto codes = card_codes_of_operation(database, operation);
  for (auto code = codes.rbegin(); code != codes.rend(); ++code) {
    if (code->removes > 0) {
      set_owner(database, code->value, code->card, "active");
      continue;
    }
    // Was it this card's before, or never anybody's? What was undone in between counts for nothing.
    Statement earlier =
        database.prepare("select card_id from live_card_code where value = $1 and id < $2 order by id desc");
    earlier.bind(code->value, code->id);
    if (earlier.step())
      set_owner(database, code->value, earlier.id<CardId>(0), "removed");
    else
      database.prepare("delete from code where value = $1").bind(code->value).run();
  }
}

std::optional<CardCode> card_code(Database& database, const std::string& value) {
  Statement row = database.prepare("select " CARD_CODE_COLUMNS " " STANDING_CODES " and given.value = $1");
  row.bind(value);
  return row.step() ? std::optional(read_code(row)) : std::nullopt;
}

std::vector<CardCode> codes_of(Database& database, CardId card) {
  Statement rows =
      database.prepare("select " CARD_CODE_COLUMNS " " STANDING_CODES " and given.card_id = $1 order by given.id");
  rows.bind(card);
  return read_all(rows);
}

std::vector<CardCode> card_codes_of_operation(Database& database, OperationId operation) {
  const auto row = store::operation(database, operation);
  if (!row) return {};
  const auto place = static_cast<std::size_t>(History::card_code);
  Statement rows = database.prepare(
      "select " CARD_CODE_COLUMNS " from card_code as given where given.id > $1 and given.id <= $2 order by given.id");
  rows.bind(row->from[place], row->to[place]);
  return read_all(rows);
}

void each_card_code(Database& database, const CardFilter& filter,
                    const std::function<void(const Card&, const CardCode&)>& take) {
  Statement rows = database.prepare(
      "select " CARD_CODE_COLUMNS " " STANDING_CODES
      " and exists (select 1 from card where card.id = given.card_id and ($1 is null or card.program_id = $1) and "
      "(case "
      "when $2 then 1 when $3 = '' then card.state <> 'withdrawn' else card.state = $3 end) and (not $4 or "
      "card.customer_id is null) and ($5 is null or card.operation_id = $5) and ($6 is null or card.customer_id = $6)) "
      "order by given.card_id, given.id");
  rows.bind(filter.program, filter.any_state, filter.state, filter.only_unassigned, filter.batch, filter.customer);
  while (rows.step()) {
    const CardCode code = read_code(rows);
    take(card(database, code.card).value(), code);
  }
}

}  // namespace loyal::store
