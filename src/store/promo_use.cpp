// SPDX-License-Identifier: MIT
#include "loyal/store/promo_use.hpp"

#include "cards_united.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::store {
namespace {

#define USE_COLUMNS                                                                                                 \
  "used.id, used.operation_id, used.campaign_id, used.code, used.card_id, used.customer_id, used.sale_id, "         \
  "used.reservation_id, used.discount, used.points, used.date, exists (select 1 from live_promo_use as back where " \
  "back.releases = used.id)"

// What a reservation holds counts until its time is over, or it ends otherwise; `except` is the asker's own.
#define USE_COUNTS(except, now)                                                                                     \
  "used.kind <> 'release' and not exists (select 1 from live_promo_use as back where back.releases = used.id) and " \
  "(used.reservation_id is null or (used.reservation_id <> " except                                                 \
  " and exists (select 1 from live_reservation as held where held.id = used.reservation_id and held.until > " now   \
  ") and not exists (select 1 from live_reservation as ended where ended.reserves = used.reservation_id)))"

PromoUse read_use(const Statement& row) {
  return {row.integer(0),         row.id<OperationId>(1),  row.id<CampaignId>(2), row.text(3),
          row.id<CardId>(4),      row.id<CustomerId>(5),   row.id<SaleId>(6),     row.id<ReservationId>(7),
          row.quantity<Money>(8), row.quantity<Points>(9), row.date(10),          row.boolean(11)};
}

std::vector<PromoUse> read_uses(Statement& rows) {
  std::vector<PromoUse> result;
  while (rows.step()) result.push_back(read_use(rows));
  return result;
}

}  // namespace

void add_promo_use(Journal& journal, const PromoUse& use) {
  journal.insert(History::promo_use,
                 "insert into promo_use (id, operation_id, campaign_id, code, kind, releases, card_id, customer_id, "
                 "sale_id, return_id, reservation_id, discount, points, date) values ($1, $2, $3, $4, $5, $6, $7, $8, "
                 "$9, $10, $11, $12, $13, $14)",
                 journal.id(), use.campaign, use.code, use.reservation ? "hold" : "use", nullptr, use.card,
                 use.customer, use.sale, ReturnId{}, use.reservation, use.discount, use.points, use.date);
}

void release_promo_uses(Journal& journal, SaleId sale, ReturnId sale_return, Date date) {
  for (const PromoUse& use : promo_uses_of_sale(journal.database(), sale)) {
    if (use.is_released) continue;
    journal.insert(History::promo_use,
                   "insert into promo_use (id, operation_id, campaign_id, code, kind, releases, card_id, customer_id, "
                   "sale_id, return_id, reservation_id, discount, points, date) values ($1, $2, $3, $4, $5, $6, $7, "
                   "$8, $9, $10, $11, $12, $13, $14)",
                   journal.id(), use.campaign, use.code, "release", use.id, use.card, use.customer, use.sale,
                   sale_return, ReservationId{}, use.discount, use.points, date);
  }
}

std::vector<PromoUse> promo_uses_of_sale(Database& database, SaleId sale) {
  Statement rows = database.prepare("select " USE_COLUMNS
                                    " from live_promo_use as used where used.sale_id = $1 and used.kind = 'use' order "
                                    "by used.id");
  rows.bind(sale);
  return read_uses(rows);
}

std::vector<PromoUse> promo_uses_of_operation(Database& database, OperationId operation) {
  const auto row = store::operation(database, operation);
  if (!row) return {};
  constexpr auto place = static_cast<std::size_t>(History::promo_use);
  Statement rows = database.prepare("select " USE_COLUMNS
                                    " from promo_use as used where used.id > $1 and used.id <= $2 order by used.id");
  rows.bind(row->from[place], row->to[place]);
  return read_uses(rows);
}

bool has_promo_uses(Database& database) {
  Statement row = database.prepare("select 1 from promo_use limit 1");
  row.rewind();
  return row.step();
}

PromoUseCount count_promo_uses(Database& database, const PromoUseQuestion& question) {
  PromoUseCount result;
  const std::int64_t except = question.except.value;
  const std::string now = to_string(question.now);
  if (question.of_campaign) {
    Statement row = database.prepare(
        "select count(*), coalesce(sum(used.discount), 0) from live_promo_use as used where " USE_COUNTS(
            "$1", "$2") " and used.campaign_id = $3");
    row.bind(except, now, question.campaign);
    row.step();
    result.uses = row.integer(0);
    result.discount = row.quantity<Money>(1);
  }
  if (question.of_code) {
    Statement row = database.prepare(
        "select count(*) from live_promo_use as used where " USE_COUNTS("$1", "$2") " and used.code = $3");
    row.bind(except, now, question.code);
    row.step();
    result.code_uses = row.integer(0);
  }
  if (question.of_day) {
    Statement row = database.prepare("select count(*) from live_promo_use as used where " USE_COUNTS(
        "$1", "$2") " and used.campaign_id = $3 and used.date = $4");
    row.bind(except, now, question.campaign, question.date);
    row.step();
    result.day_uses = row.integer(0);
  }
  if (question.of_customer) {
    Statement row =
        database.prepare(CARDS_UNITED
                         "select count(*) from live_promo_use as used where used.campaign_id = $2 and (used.card_id in "
                         "(select id from united) or used.customer_id = $3) and " USE_COUNTS("$4", "$5"));
    row.bind(question.card, question.campaign, question.customer, except, now);
    row.step();
    result.customer_uses = row.integer(0);
  }
  return result;
}

void each_promo_use(Database& database, CampaignId campaign, const std::function<void(const PromoUseListing&)>& take) {
  Statement rows = database.prepare(
      "select " USE_COLUMNS
      ", campaign.slug, promo_code.shown, coalesce(batch.pattern, ''), coalesce(batch.secret, 0), "
      "coalesce(card.number, ''), coalesce(customer.name, ''), coalesce(sale.receipt, ''), coalesce(sale.till, ''), "
      "coalesce(batch.alphabet, '') "
      "from live_promo_use as used join campaign on campaign.id = used.campaign_id left join promo_code on "
      "promo_code.value = used.code left join promo_batch as batch on batch.id = promo_code.batch_id left join card on "
      "card.id = used.card_id left join customer on customer.id = card.customer_id left join sale on sale.id = "
      "used.sale_id where used.kind = 'use' and ($1 is null or used.campaign_id = $1) order by used.id");
  rows.bind(campaign);
  while (rows.step()) {
    PromoUseListing one;
    one.use = read_use(rows);
    one.campaign_slug = rows.text(12);
    one.shown = rows.text(13);
    one.pattern = rows.text(14);
    one.is_secret = rows.boolean(15);
    one.card_number = rows.text(16);
    one.holder = rows.text(17);
    one.receipt = rows.text(18);
    one.till = rows.text(19);
    one.alphabet = rows.text(20);
    take(one);
  }
}

void add_promo_attempt(Database& database, const PromoAttempt& attempt) {
  database.prepare("insert into promo_attempt (at, till, operator, typed, outcome) values ($1, $2, $3, $4, $5)")
      .bind(to_string(attempt.at), attempt.till, attempt.operator_name, attempt.typed, attempt.outcome)
      .run();
}

AttemptCount promo_attempts_since(Database& database, std::string_view till, Instant since) {
  Statement row = database.prepare("select count(*), max(at) from promo_attempt where till = $1 and at >= $2");
  const std::string from = to_string(since);
  row.bind(till, from);
  AttemptCount result;
  if (!row.step()) return result;
  result.count = row.integer(0);
  if (!row.is_null(1)) result.last = instant_from_iso(row.text_view(1));
  return result;
}

void each_promo_attempt(Database& database, std::optional<Instant> since,
                        const std::function<void(const PromoAttempt&)>& take) {
  Statement rows =
      database.prepare("select at, till, operator, typed, outcome from promo_attempt where at >= $1 order by id");
  const std::string from = since ? to_string(*since) : std::string{};
  rows.bind(from);
  while (rows.step())
    take({instant_from_iso(rows.text_view(0)).value_or(Instant{}), rows.text(1), rows.text(2), rows.text(3),
          rows.text(4)});
}

}  // namespace loyal::store
