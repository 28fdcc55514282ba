// SPDX-License-Identifier: MIT
#include "loyal/store/granting.hpp"

#include <algorithm>

#include "cards_united.hpp"

namespace loyal::store {
namespace {

std::vector<Anchored> read(Statement rows) {
  std::vector<Anchored> result;
  while (rows.step()) result.push_back({rows.id<CardId>(0), rows.date(1), rows.date(2), rows.id<CustomerId>(3)});
  return result;
}

// An entry that no undo has reversed.
#define STANDING(name)                                           \
  "not exists (select 1 from entry as r where r.card_id = " name \
  ".card_id and r.kind = 'reverse' and r.answers = " name ".id)"

}  // namespace

std::vector<Anchored> cards_by_birthday(Database& database, ProgramId program, Date from, Date through) {
  std::vector<Anchored> result;
  Statement rows = database.prepare(
      "select min(card.id), card.issued_date, customer.birthday, customer.id from customer join card on "
      "card.customer_id = "
      "customer.id where substr(customer.birthday, 6) = $1 and customer.state = 'active' and card.program_id = $2 and "
      "card.state = 'active' group by customer.id order by 1");
  const int days = std::min(days_between(from, through), 366);
  for (int day = 0; day <= days; ++day) {
    const Date date = plus_days(from, day);
    std::string month_day = to_string(date).substr(5);
    rows.bind(month_day, program);
    while (rows.step()) result.push_back({rows.id<CardId>(0), rows.date(1), rows.date(2), rows.id<CustomerId>(3)});
    const bool has_no_29th = month_day == "02-28" && plus_days(date, 1).month() == 3;
    if (!has_no_29th) continue;
    month_day = "02-29";
    rows.bind(month_day, program);
    while (rows.step()) result.push_back({rows.id<CardId>(0), rows.date(1), rows.date(2), rows.id<CustomerId>(3)});
  }
  return result;
}

std::vector<Anchored> cards_issued(Database& database, ProgramId program, Date from, Date through) {
  Statement rows = database.prepare(
      "select id, issued_date, issued_date, customer_id from card where program_id = $1 and issued_date between $2 and "
      "$3 and state "
      "= 'active' order by id");
  rows.bind(program, from, through);
  return read(std::move(rows));
}

std::vector<Anchored> cards_active(Database& database, ProgramId program) {
  Statement rows = database.prepare(
      "select id, issued_date, issued_date, customer_id from card where program_id = $1 and state = 'active' order by "
      "id");
  rows.bind(program);
  return read(std::move(rows));
}

std::vector<Anchored> cards_last_seen(Database& database, ProgramId program, Date from, Date through) {
  // A purchase made with a card that was replaced since is one of the card in its place.
  Statement rows = database.prepare(
      "select card.id, card.issued_date, seen.last, card.customer_id from (select coalesce((select into_card_id from "
      "live_card_link where "
      "live_card_link.card_id = live_sale.card_id), live_sale.card_id) as card_id, max(points_date) as last from "
      "live_sale where points_date >= $1 group by 1 having max(points_date) <= $2) as seen join card on card.id = "
      "seen.card_id where card.program_id = $3 and card.state = 'active' order by card.id");
  rows.bind(from, through, program);
  return read(std::move(rows));
}

bool has_grant(Database& database, CardId card, const std::string& rule, Date from, Date through) {
  Statement row = database.prepare(
      CARDS_UNITED
      ", alike (id) as (select id from united union select other.id from card as own join card as other on "
      "other.customer_id = own.customer_id and other.program_id = own.program_id where own.id = $1) "
      "select 1 from alike join entry on entry.card_id = alike.id where kind = 'grant' and rule = $2 and date between "
      "$3 and $4 and " STANDING("entry") " limit 1");
  row.bind(card, rule, from, through);
  return row.step();
}

void add_referral(Journal& journal, CardId card, CardId by, Date date) {
  journal.insert(History::referral,
                 "insert into referral (id, operation_id, card_id, by_card_id, date) values ($1, $2, $3, $4, $5)",
                 journal.id(), card, by, date);
}

std::optional<CardId> referred_by(Database& database, CardId card) {
  Statement row = database.prepare(
      CARDS_UNITED
      "select by_card_id from united join live_referral on live_referral.card_id = united.id order by live_referral.id "
      "limit 1");
  row.bind(card);
  return row.step() ? std::optional(row.id<CardId>(0)) : std::nullopt;
}

std::vector<SaleGrant> grants_of_sale(Database& database, SaleId sale, CardId card, const std::string& rule) {
  std::vector<SaleGrant> result;
  Statement rows = database.prepare(
      CARDS_UNITED
      "select entry.id, entry.card_id, entry.points, issuer_id, coalesce((select -sum(taken.points) from entry as taken "
      "where taken.card_id = entry.card_id and taken.kind = 'clawback' and taken.sale_id = entry.sale_id and taken.rule = entry.rule and " STANDING(
          "taken") "), 0) from united join entry on entry.card_id = united.id where kind = 'grant' and sale_id = $2 "
                   "and rule = $3 and " STANDING("entry") " order by entry.id");
  rows.bind(card, sale, rule);
  while (rows.step())
    result.push_back({rows.id<EntryId>(0), rows.id<CardId>(1), rows.quantity<Points>(2), rows.id<CompanyId>(3),
                      rows.quantity<Points>(4)});
  return result;
}

std::int64_t count_sale_grants(Database& database, CardId card, const std::string& rule, Date from, Date through) {
  Statement row = database.prepare(
      CARDS_UNITED
      "select count(*) from united join entry on entry.card_id = united.id where kind = 'grant' and rule = $2 and "
      "sale_id is not null and date between $3 and $4 and " STANDING("entry"));
  row.bind(card, rule, from, through);
  row.step();
  return row.integer(0);
}

}  // namespace loyal::store
