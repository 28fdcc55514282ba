// SPDX-License-Identifier: MIT
#include "loyal/store/card.hpp"

#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/promo.hpp"

namespace loyal::store {
namespace {

#define CARD_COLUMNS                                                                                           \
  "card.id, card.operation_id, card.program_id, card.number, card.issued_date, card.customer_id, card.state, " \
  "card.state_reason"

Card read_card(const Statement& row) {
  return {row.id<CardId>(0), row.id<OperationId>(1), row.id<ProgramId>(2), row.text(3),
          row.date(4),       row.id<CustomerId>(5),  row.text(6),          row.text(7)};
}

std::vector<Card> read_all(Statement& rows) {
  std::vector<Card> result;
  while (rows.step()) result.push_back(read_card(rows));
  return result;
}

}  // namespace

CardId add_card(Journal& journal, ProgramId program, const std::string& number, const std::string& code, Date issued) {
  Statement taken = journal.database().prepare(
      "insert into code (value, card_id) select $1, $2 where not exists (select 1 from promo_code where value = $1) on "
      "conflict do nothing");
  const CardId id{journal.next_id(History::card)};
  // The code's foreign key wants its card first.
  journal.insert(History::card,
                 "insert into card (id, operation_id, program_id, number, issued_date, state) values ($1, $2, $3, $4, "
                 "$5, 'active')",
                 journal.id(), program, number, issued);
  taken.bind(code, id);
  taken.run();
  if (journal.database().changes() == 0) {
    if (is_promo_code(journal.database(), code))
      throw Error(Fault::conflict, tr("{} is a promo code, and cannot be a card's number as well", number));
    throw Error(Fault::conflict, tr("there is already a card {}", number), fmt::format("loyal card show {}", number));
  }
  return id;
}

void update_card(Journal& journal, const Card& before, const Card& after) {
  journal.database()
      .prepare("update card set customer_id = $1, state = $2, state_reason = $3 where id = $4")
      .bind(after.customer, after.state, after.state_reason, after.id)
      .run();
  journal.change("card", after.id.value, "edit",
                 fmt::format("customer {}>{}; state {}>{}", before.customer.value, after.customer.value, before.state,
                             after.state));
}

void add_card_link(Journal& journal, CardId card, CardId into, std::string_view kind, Date date) {
  journal.insert(
      History::card_link,
      "insert into card_link (id, operation_id, card_id, into_card_id, kind, date) values ($1, $2, $3, $4, $5, $6)",
      journal.id(), card, into, kind, date);
}

std::optional<CardLink> link_from(Database& database, CardId card) {
  Statement row = database.prepare("select into_card_id, kind, operation_id from live_card_link where card_id = $1");
  row.bind(card);
  if (!row.step()) return std::nullopt;
  return CardLink{card, row.id<CardId>(0), row.text(1), row.id<OperationId>(2)};
}

std::vector<CardLink> links_of_operation(Database& database, OperationId operation) {
  std::vector<CardLink> result;
  Statement rows = database.prepare(
      "select card_id, into_card_id, kind, operation_id from card_link where id > coalesce((select card_link_to from "
      "operation where id = $1 - 1), 0) and id <= (select card_link_to from operation where id = $1) order by id");
  rows.bind(operation);
  while (rows.step()) result.push_back({rows.id<CardId>(0), rows.id<CardId>(1), rows.text(2), rows.id<OperationId>(3)});
  return result;
}

CardId card_in_use(Database& database, CardId card, OperationId through) {
  for (auto link = link_from(database, card); link && (!through || link->operation <= through);
       link = link_from(database, card))
    card = link->into;
  return card;
}

bool is_blank(Database& database, const Card& card) {
  if (card.customer || card.state != "active") return false;
  Statement row = database.prepare(
      "select exists (select 1 from entry where card_id = $1) or exists (select 1 from sale where card_id = $1)");
  row.bind(card.id);
  return row.step() && !row.boolean(0);
}

std::vector<CardId> cards_united(Database& database, CardId card) {
  std::vector<CardId> result;
  Statement rows = database.prepare(
      "with recursive united (id) as (select $1 union select link.card_id from live_card_link as link "
      "join united on link.into_card_id = united.id) select id from united order by id");
  rows.bind(card);
  while (rows.step()) result.push_back(rows.id<CardId>(0));
  return result;
}

std::optional<Card> card(Database& database, CardId id) {
  Statement row = database.prepare("select " CARD_COLUMNS " from card where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_card(row)) : std::nullopt;
}

std::optional<Card> card_by_code(Database& database, const std::string& code) {
  Statement row = database.prepare("select " CARD_COLUMNS
                                   " from code join card on card.id = code.card_id where code.value = $1 "
                                   "and code.state = 'active'");
  row.bind(code);
  return row.step() ? std::optional(read_card(row)) : std::nullopt;
}

std::vector<Card> cards_of_customer(Database& database, CustomerId customer) {
  Statement rows =
      database.prepare("select " CARD_COLUMNS " from card where customer_id = $1 and state <> 'withdrawn' order by id");
  rows.bind(customer);
  return read_all(rows);
}

std::vector<Card> cards_of_operation(Database& database, OperationId operation) {
  Statement rows =
      database.prepare("select " CARD_COLUMNS
                       " from card where id > coalesce((select card_to from operation where id = $1 - 1), 0) "
                       "and id <= (select card_to from operation where id = $1) order by id");
  rows.bind(operation);
  return read_all(rows);
}

void each_card(Database& database, const CardFilter& filter, Date on,
               const std::function<void(const CardListing&)>& take) {
  Statement rows = database.prepare(
      "select " CARD_COLUMNS
      ", program.slug, coalesce(customer.name, ''), "
      "coalesce(sum(case when lot.remainder > 0 and lot.usable_from <= $1 and (lot.valid_through is null or "
      "lot.valid_through >= $1) "
      "then lot.remainder end), 0), "
      "coalesce(sum(case when lot.remainder > 0 and lot.usable_from > $1 then lot.remainder end), 0), "
      "coalesce(sum(case when lot.remainder < 0 then -lot.remainder end), 0) "
      "from card join program on program.id = card.program_id left join customer on customer.id = card.customer_id "
      "left join lot on lot.card_id = card.id "
      "where ($2 is null or card.program_id = $2) and (case when $3 then 1 when $4 = '' then card.state <> "
      "'withdrawn' else card.state = $4 end) "
      "and (not $5 or card.customer_id is null) and ($6 is null or card.operation_id = $6) and ($7 is null or "
      "card.customer_id = $7) and ($8 is null or card.id >= $8) and ($9 is null or card.id <= $9) and not exists "
      "(select 1 from account where account.card_id = card.id) "
      "group by card.id order by card.id");
  rows.bind(on, filter.program, filter.any_state, filter.state, filter.only_unassigned, filter.batch, filter.customer,
            filter.from, filter.to);
  while (rows.step())
    take({read_card(rows), rows.text(8), rows.text(9), rows.quantity<Points>(10), rows.quantity<Points>(11),
          rows.quantity<Points>(12)});
}

void each_code(
    Database& database,
    const std::function<void(std::string_view code, CardId card, ProgramId program, std::string_view state)>& take) {
  Statement rows = database.prepare(
      "select code.value, card.id, card.program_id, card.state from code join card on card.id = code.card_id "
      "where code.state = 'active'");
  rows.rewind();
  while (rows.step()) take(rows.text_view(0), rows.id<CardId>(1), rows.id<ProgramId>(2), rows.text_view(3));
}

std::optional<std::int64_t> last_serial(Database& database, const std::string& prefix, int digits) {
  const std::string from = prefix + std::string(static_cast<std::size_t>(digits) - prefix.size(), '0');
  const std::string to = prefix + std::string(static_cast<std::size_t>(digits) - prefix.size(), '9');
  Statement row = database.prepare(
      "select value from code where value between $1 and $2 and length(value) = $3 and not exists (select 1 from "
      "live_card_code as given where given.value = code.value) order by value desc limit 1");
  row.bind(from, to, digits);
  if (!row.step()) return std::nullopt;
  // The last digit is the check digit.
  const std::string_view value = row.text_view(0);
  std::int64_t serial = 0;
  for (const char digit : value.substr(prefix.size(), value.size() - prefix.size() - 1)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    serial = serial * 10 + (digit - '0');
  }
  return serial;
}

std::vector<std::pair<std::string, std::string>> cards_by_prefix(Database& database, const std::string& prefix,
                                                                 int limit) {
  std::vector<std::pair<std::string, std::string>> result;
  Statement rows = database.prepare(
      "select card.number, coalesce(customer.name, '') from code join card on card.id = code.card_id left join "
      "customer on "
      "customer.id = card.customer_id where code.value >= $1 and code.value < $1 || char(1114111) and code.state = "
      "'active' order by code.value "
      "limit $2");
  rows.bind(prefix, limit);
  while (rows.step()) result.emplace_back(rows.text(0), rows.text(1));
  return result;
}

}  // namespace loyal::store
