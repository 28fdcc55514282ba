// SPDX-License-Identifier: MIT
#include "loyal/store/card_history.hpp"

#include "cards_united.hpp"
#include "known_at.hpp"

namespace loyal::store {
namespace {

// No name of a category holds a line break: names from outside are tidied.
constexpr char separator = '\n';

std::string joined(const std::vector<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : std::string(1, separator)) + text;
  return result;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    result.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return result;
}

std::string month_of(Date day) {
  return to_string(day).substr(0, 7);
}

}  // namespace

std::vector<PastSale> past_sales(Database& database, CardId card, OperationId through) {
  std::vector<PastSale> result;
  Statement rows = database.prepare(
      CARDS_UNITED
      "select sale.id, points_date, total, paid, earned, spent from united join sale on sale.card_id = united.id "
      "where " KNOWN_AT("sale", "$2") " order by points_date, sale.id");
  rows.bind(card, through);
  while (rows.step())
    result.push_back({rows.id<SaleId>(0), rows.date(1), rows.quantity<Money>(2), rows.quantity<Money>(3),
                      rows.quantity<Points>(4), rows.quantity<Points>(5)});
  return result;
}

std::vector<PastReturn> past_returns(Database& database, CardId card, OperationId through) {
  std::vector<PastReturn> result;
  Statement rows = database.prepare(
      CARDS_UNITED
      "select back.sale_id, back.points_date, back.amount, back.paid, back.clawed_back + back.forgiven, (select "
      "sum(quantity) from sale_return_line where return_id = back.id), coalesce((select sum(quantity) from sale_line "
      "where sale_id = sale.id), max(1, sale.total)) from united "
      "join "
      "sale on sale.card_id = united.id join sale_return as back on back.sale_id = sale.id where " KNOWN_AT(
          "sale", "$2") " and " KNOWN_AT("back", "$2") " order by back.points_date, back.id");
  rows.bind(card, through);
  while (rows.step())
    result.push_back({rows.id<SaleId>(0), rows.date(1), rows.quantity<Money>(2), rows.quantity<Money>(3),
                      rows.quantity<Points>(4), rows.quantity<Amount>(5), rows.quantity<Amount>(6)});
  return result;
}

std::vector<PastLine> past_lines(Database& database, CardId card) {
  std::vector<PastLine> result;
  Statement rows = database.prepare(
      CARDS_UNITED
      "select live_sale.points_date, sale_line.sku, sale_line.category, sale_line.quantity - coalesce((select "
      "sum(sale_return_line.quantity) from live_return join sale_return_line on sale_return_line.return_id = "
      "live_return.id where live_return.sale_id = live_sale.id and sale_return_line.line = sale_line.line), 0) from "
      "united join live_sale on live_sale.card_id = united.id join sale_line on sale_line.sale_id = live_sale.id order "
      "by live_sale.id, sale_line.line");
  rows.bind(card);
  while (rows.step()) result.push_back({rows.date(0), rows.text(1), rows.text(2), rows.quantity<Amount>(3)});
  return result;
}

std::vector<domain::TierPin> tier_pins(Database& database, CardId card, OperationId through) {
  std::vector<domain::TierPin> result;
  Statement rows = database.prepare(
      CARDS_UNITED
      "select tier, from_date, until_date from united join tier_pin on tier_pin.card_id = united.id where " KNOWN_AT(
          "tier_pin", "$2") " order by tier_pin.id");
  rows.bind(card, through);
  while (rows.step()) result.push_back({rows.text(0), rows.date(1), rows.date(2)});
  return result;
}

void add_tier_pin(Journal& journal, CardId card, const domain::TierPin& pin, const std::string& reason) {
  journal.insert(
      History::tier_pin,
      "insert into tier_pin (id, operation_id, card_id, tier, from_date, until_date, reason) values ($1, $2, "
      "$3, $4, $5, $6, $7)",
      journal.id(), card, pin.tier, pin.from, pin.until, reason);
}

std::vector<std::string> chosen_categories(Database& database, CardId card, Date day) {
  Statement row = database.prepare(
      CARDS_UNITED
      "select categories from united join live_category_choice on live_category_choice.card_id = united.id where month "
      "= $2 order by live_category_choice.id desc limit 1");
  const std::string month = month_of(day);
  row.bind(card, month);
  return row.step() ? split(row.text(0)) : std::vector<std::string>{};
}

void add_choice(Journal& journal, CardId card, Date day, const std::vector<std::string>& categories) {
  journal.insert(
      History::category_choice,
      "insert into category_choice (id, operation_id, card_id, month, categories) values ($1, $2, $3, $4, $5)",
      journal.id(), card, month_of(day), joined(categories));
}

Points reserved_points(Database& database, CardId card, Instant now) {
  Statement row = database.prepare(
      CARDS_UNITED
      "select coalesce(sum(points), 0) from united join live_reservation as held on held.card_id = united.id where "
      "kind "
      "= 'reserve' and until > $2 and not exists (select 1 from live_reservation as ended where ended.reserves = "
      "coalesce(held.held_with, held.id))");
  const std::string instant = to_string(now);
  row.bind(card, instant);
  row.step();
  return row.quantity<Points>(0);
}

void add_sale_context(Journal& journal, SaleId sale, const domain::BuyerFacts& buyer) {
  if (buyer == domain::BuyerFacts{}) return;
  journal.insert(History::sale_context,
                 "insert into sale_context (id, operation_id, sale_id, tier, member, offer, first_purchase, "
                 "chosen_categories, subscriptions) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                 journal.id(), sale, buyer.tier, buyer.member, buyer.offer, buyer.is_first_purchase,
                 joined(buyer.chosen_categories), joined(buyer.subscriptions));
}

domain::BuyerFacts sale_context(Database& database, SaleId sale) {
  Statement row = database.prepare(
      "select tier, member, offer, first_purchase, chosen_categories, subscriptions from sale_context where sale_id = "
      "$1");
  row.bind(sale);
  if (!row.step()) return {};
  return {row.text(0), row.text(1), row.text(2), row.integer(3) != 0, split(row.text(4)), split(row.text(5)), {}};
}

}  // namespace loyal::store
