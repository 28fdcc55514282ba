// SPDX-License-Identifier: MIT
#include "loyal/store/operation_subject.hpp"

namespace loyal::store {
namespace {

// Entries by the thousand are of many cards: looking through them would make a log of imports slow.
constexpr std::int64_t rows_looked_at = 1000;

std::size_t place_of(History table) {
  return static_cast<std::size_t>(table);
}

std::string text(Database& database, std::string_view sql, std::int64_t id) {
  Statement row = database.prepare(sql);
  row.bind(id);
  return row.step() ? row.text(0) : std::string{};
}

std::string card_number(Database& database, std::int64_t id) {
  return text(database, "select number from card where id = $1", id);
}

void read_sale(Database& database, const OperationRow& row, OperationSubject& subject) {
  std::int64_t sale = 0;
  if (row.count(History::sale) == 1) {
    sale = row.to[place_of(History::sale)];
  } else if (row.count(History::sale_return) == 1) {
    Statement back = database.prepare("select sale_id from sale_return where id = $1");
    back.bind(row.to[place_of(History::sale_return)]);
    if (back.step()) sale = back.integer(0);
  }
  if (sale == 0) return;
  Statement found = database.prepare(
      "select sale.receipt, card.number from sale join card on card.id = sale.card_id where sale.id = $1");
  found.bind(sale);
  if (!found.step()) return;
  subject.receipt = found.text(0);
  subject.card = found.text(1);
}

void read_entries(Database& database, const OperationRow& row, OperationSubject& subject) {
  Statement found =
      database.prepare("select min(card_id), max(card_id) from entry where id > $1 and id <= $2 having count(*) > 0");
  found.bind(row.from[place_of(History::entry)], row.to[place_of(History::entry)]);
  if (!found.step() || found.integer(0) != found.integer(1)) return;
  // What moved on an account moved in its program.
  subject.slug = text(database,
                      "select program.slug from account join program on program.id = account.program_id where "
                      "account.card_id = $1",
                      found.integer(0));
  if (subject.slug.empty()) subject.card = card_number(database, found.integer(0));
}

/// A card that was let in without losing anything, a reward's stock, and a promo campaign.
void read_uses(Database& database, const OperationRow& row, OperationSubject& subject) {
  Statement visit =
      database.prepare("select min(card_id), max(card_id) from visit where id > $1 and id <= $2 having count(*) > 0");
  visit.bind(row.from[place_of(History::visit)], row.to[place_of(History::visit)]);
  if (visit.step() && visit.integer(0) == visit.integer(1)) subject.card = card_number(database, visit.integer(0));
  if (row.count(History::reward_stock) == 1)
    subject.slug = text(database,
                        "select program.slug from reward_stock join program on program.id = reward_stock.program_id "
                        "where reward_stock.id = $1",
                        row.to[place_of(History::reward_stock)]);
  const auto campaign = [&](History table, std::string_view sql) {
    if (row.count(table) == 1) subject.slug = text(database, sql, row.to[place_of(table)]);
  };
  campaign(History::campaign, "select slug from campaign where id = $1");
  campaign(History::campaign_change,
           "select slug from campaign_change as change join campaign on campaign.id = change.campaign_id where "
           "change.id = $1");
  if (row.count(History::campaign) == 0)
    campaign(History::promo_batch,
             "select slug from promo_batch as batch join campaign on campaign.id = batch.campaign_id where batch.id = "
             "$1");
}

/// The one row that can change; a company comes with its shop, a customer with consents.
void read_changes(Database& database, const OperationRow& row, OperationSubject& subject) {
  std::string kind;
  std::int64_t id = 0;
  {
    Statement found = database.prepare(
        "select subject, min(subject_id), max(subject_id), sum(action = 'add') from change where id > $1 and id <= $2 "
        "group by subject order by subject <> 'company', subject");
    found.bind(row.from[place_of(History::change)], row.to[place_of(History::change)]);
    while (found.step()) {
      const std::string_view name = found.text_view(0);
      if (name == "customer") subject.customers_added = found.integer(3);
      if (name == "consent" || (name == "shop" && kind == "company")) continue;
      if (!kind.empty() || found.integer(1) != found.integer(2)) {
        kind = "several";
        continue;
      }
      kind = name;
      id = found.integer(1);
    }
  }
  if (kind == "card") subject.card = card_number(database, id);
  if (kind == "company") subject.slug = text(database, "select slug from company where id = $1", id);
  if (kind == "shop") subject.slug = text(database, "select slug from shop where id = $1", id);
  if (kind == "program") subject.slug = text(database, "select slug from program where id = $1", id);
  if (kind == "fund") subject.slug = text(database, "select slug from fund where id = $1", id);
  if (kind == "customer") subject.customer = {id};
}

}  // namespace

OperationSubject subject_of(Database& database, const OperationRow& row) {
  OperationSubject subject;
  read_sale(database, row, subject);
  if (const auto entries = row.count(History::entry); subject.card.empty() && entries > 0 && entries <= rows_looked_at)
    read_entries(database, row, subject);
  if (subject.card.empty() && row.count(History::visit) + row.count(History::reward_stock) > 0)
    read_uses(database, row, subject);
  // Accounts are nobody's cards.
  const std::int64_t cards = row.count(History::card) - row.count(History::account);
  if (subject.card.empty() && cards == 1 && row.count(History::card) == 1)
    subject.card = card_number(database, row.to[place_of(History::card)]);
  if (subject.card.empty() && row.count(History::reservation) > 0)
    subject.card = text(database,
                        "select card.number from reservation join card on card.id = reservation.card_id where "
                        "reservation.id = $1",
                        row.from[place_of(History::reservation)] + 1);
  if (subject.card.empty() && row.count(History::card_code) > 0)
    subject.card = text(database,
                        "select card.number from card_code join card on card.id = card_code.card_id where "
                        "card_code.id = $1",
                        row.from[place_of(History::card_code)] + 1);
  const bool is_other = subject.card.empty() && row.count(History::sale) + cards == 0 && subject.slug.empty();
  if (is_other && row.count(History::change) > 0) read_changes(database, row, subject);
  if (subject.slug.empty() && row.count(History::program_version) == 1)
    subject.slug = text(database,
                        "select program.slug from program_version join program on program.id = "
                        "program_version.program_id where program_version.id = $1",
                        row.to[place_of(History::program_version)]);
  return subject;
}

}  // namespace loyal::store
