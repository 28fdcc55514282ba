// SPDX-License-Identifier: MIT
#include "loyal/store/charity.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "loyal/base/text.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::store {
namespace {

constexpr std::size_t salt_bytes = 16;

#define FUND_COLUMNS "id, company_id, slug, name, inn, state"

Fund read_fund(const Statement& row) {
  return {row.id<FundId>(0), row.id<CompanyId>(1), row.text(2), row.text(3), row.text(4), row.text(5)};
}

#define DONATION_COLUMNS "operation_id, program_id, fund_id, card_id, sale_id, date, asked, amount, cap, short"

Donation read_donation(const Statement& row) {
  return {row.id<OperationId>(0),
          row.id<ProgramId>(1),
          row.id<FundId>(2),
          row.id<CardId>(3),
          row.id<SaleId>(4),
          row.date(5),
          row.quantity<Money>(6),
          row.quantity<Money>(7),
          row.is_null(8) ? std::nullopt : std::optional(row.quantity<Money>(8)),
          row.text(9)};
}

using MonthKey = std::tuple<ProgramId, FundId, std::string>;

DonationMonth& month_of(std::map<MonthKey, DonationMonth>& months, ProgramId program, FundId fund,
                        const std::string& month) {
  DonationMonth& result = months[{program, fund, month}];
  result.program = program;
  result.fund = fund;
  result.month = month;
  return result;
}

void count_presentations(Database& database, std::map<MonthKey, DonationMonth>& months, std::optional<Date> from,
                         std::optional<Date> to) {
  Statement rows = database.prepare(
      "select program_id, fund_id, substr(date, 1, 7), count(*), sum(amount = 0), sum(short = 'empty_account'), "
      "sum(short = 'month_cap'), sum(amount) from live_donation where ($1 is null or date >= $1) and ($2 is null or "
      "date <= $2) group by 1, 2, 3");
  rows.bind(from, to);
  while (rows.step()) {
    DonationMonth& month = month_of(months, rows.id<ProgramId>(0), rows.id<FundId>(1), rows.text(2));
    month.presentations = rows.integer(3);
    month.without = rows.integer(4);
    month.empty_account = rows.integer(5);
    month.month_cap = rows.integer(6);
    month.donated = rows.quantity<Money>(7);
  }
}

/// Payouts count in the month of the payout, though it be taken back in a later one.
void count_payouts(Database& database, std::map<MonthKey, DonationMonth>& months, std::optional<Date> from,
                   std::optional<Date> to) {
  Statement rows = database.prepare(
      "select account.program_id, account.fund_id, substr(entry.date, 1, 7), -sum(entry.points) from live_account as "
      "account join entry on entry.card_id = account.card_id where account.fund_id is not null and entry.kind = "
      "'spend' and ($1 is null or entry.date >= $1) and ($2 is null or entry.date <= $2) and not exists (select 1 from "
      "operation as undo where undo.undoes = entry.operation_id) group by 1, 2, 3");
  rows.bind(from, to);
  while (rows.step())
    month_of(months, rows.id<ProgramId>(0), rows.id<FundId>(1), rows.text(2)).paid_out = rows.quantity<Money>(3);
}

/// What the fund had not been paid at the end of a month, by what stands now.
Money left_with(Database& database, const DonationMonth& month, std::optional<Date> to) {
  const std::string end = to ? std::min(month.month + "-31", to_string(*to)) : month.month + "-31";
  Statement row = database.prepare(
      "select coalesce(sum(entry.points), 0) from live_account as account join entry on entry.card_id = "
      "account.card_id where account.program_id = $1 and account.fund_id = $2 and entry.kind <> 'reverse' and "
      "entry.date <= $3 and not exists (select 1 from operation as undo where undo.undoes = entry.operation_id)");
  row.bind(month.program, month.fund, end);
  row.step();
  return row.quantity<Money>(0);
}

}  // namespace

std::vector<Fund> funds(Database& database, CompanyId company) {
  std::vector<Fund> result;
  Statement rows =
      database.prepare("select " FUND_COLUMNS " from fund where $1 is null or company_id = $1 order by id");
  rows.bind(company);
  while (rows.step()) result.push_back(read_fund(rows));
  return result;
}

std::optional<Fund> fund(Database& database, FundId id) {
  Statement row = database.prepare("select " FUND_COLUMNS " from fund where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_fund(row)) : std::nullopt;
}

void set_fund_inn(Journal& journal, const Fund& fund) {
  journal.database().prepare("update fund set inn = $1 where id = $2").bind(fund.inn, fund.id).run();
  journal.change("fund", fund.id.value, "edit");
}

FundId add_fund(Journal& journal, const Fund& fund) {
  FundId id;
  {
    Statement next = journal.database().prepare("select coalesce(max(id), 0) + 1 from fund");
    next.rewind();
    next.step();
    id = {next.integer(0)};
  }
  const std::string key = fold_name(fund.name);
  const Blob salt = random_bytes(salt_bytes);
  journal.database()
      .prepare(
          "insert into fund (id, company_id, slug, name, name_key, inn, state, salt) values ($1, $2, $3, $4, $5, $6, "
          "$7, $8)")
      .bind(id, fund.company, fund.slug, fund.name, key, fund.inn, fund.state, salt)
      .run();
  journal.change("fund", id.value, "add");
  return id;
}

Account add_account(Journal& journal, ProgramId program, FundId fund, const std::string& number, Date on) {
  // Without a code in the table of codes: whatever is typed, nobody comes to this card.
  const CardId card{journal.insert(History::card,
                                   "insert into card (id, operation_id, program_id, number, issued_date, state) values "
                                   "($1, $2, $3, $4, $5, 'active')",
                                   journal.id(), program, number, on)};
  journal.insert(History::account,
                 "insert into account (id, operation_id, program_id, fund_id, card_id) values ($1, $2, $3, $4, $5)",
                 journal.id(), program, fund, card);
  return {program, fund, card};
}

std::vector<Account> accounts(Database& database, ProgramId program) {
  std::vector<Account> result;
  Statement rows =
      database.prepare("select program_id, fund_id, card_id from live_account where program_id = $1 order by id");
  rows.bind(program);
  while (rows.step()) result.push_back({rows.id<ProgramId>(0), rows.id<FundId>(1), rows.id<CardId>(2)});
  return result;
}

bool is_account(Database& database, CardId card) {
  Statement row = database.prepare("select 1 from account where card_id = $1");
  row.bind(card);
  return row.step();
}

void add_donation(Journal& journal, const Donation& donation) {
  journal.insert(History::donation,
                 "insert into donation (id, operation_id, program_id, fund_id, card_id, sale_id, date, asked, amount, "
                 "cap, short) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                 journal.id(), donation.program, donation.fund, donation.card, donation.sale, donation.date,
                 donation.asked, donation.amount, donation.cap, donation.why_short);
}

std::optional<Donation> donation_of_sale(Database& database, SaleId sale) {
  Statement row = database.prepare("select " DONATION_COLUMNS " from donation where sale_id = $1");
  row.bind(sale);
  return row.step() ? std::optional(read_donation(row)) : std::nullopt;
}

std::optional<Donation> donation_of_operation(Database& database, OperationId operation) {
  const auto row = store::operation(database, operation);
  if (!row || row->count(History::donation) == 0) return std::nullopt;
  Statement found = database.prepare("select " DONATION_COLUMNS " from donation where id = $1");
  found.bind(row->to[static_cast<std::size_t>(History::donation)]);
  return found.step() ? std::optional(read_donation(found)) : std::nullopt;
}

Money donated(Database& database, ProgramId program, Date from, Date to) {
  Statement row = database.prepare(
      "select coalesce(sum(amount), 0) from live_donation where program_id = $1 and date >= $2 and date <= $3");
  row.bind(program, from, to);
  row.step();
  return row.quantity<Money>(0);
}

std::vector<DonationMonth> donation_months(Database& database, std::optional<Date> from, std::optional<Date> to) {
  std::map<MonthKey, DonationMonth> months;
  count_presentations(database, months, from, to);
  count_payouts(database, months, from, to);
  std::vector<DonationMonth> result;
  for (auto& [key, month] : months) {
    month.left = left_with(database, month, to);
    result.push_back(month);
  }
  return result;
}

}  // namespace loyal::store
