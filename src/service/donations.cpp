// SPDX-License-Identifier: MIT
#include "loyal/service/donations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/donation.hpp"
#include "loyal/service/card_history.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/moving.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/visit.hpp"

namespace loyal::service {
namespace {

std::optional<store::Fund> fund_called(store::Database& database, CompanyId company, const std::string& text) {
  const auto funds = store::funds(database, company);
  const auto by_slug =
      std::find_if(funds.begin(), funds.end(), [&text](const store::Fund& fund) { return fund.slug == text; });
  if (by_slug != funds.end()) return *by_slug;
  const std::string key = fold_name(text);
  const auto by_name =
      std::find_if(funds.begin(), funds.end(), [&key](const store::Fund& fund) { return fold_name(fund.name) == key; });
  return by_name == funds.end() ? std::nullopt : std::optional(*by_name);
}

/// The fund that the rules name, made where it is not there.
store::Fund fund_of(store::Journal& journal, const store::ProgramRow& program, const std::string& text) {
  if (auto fund = fund_called(journal.database(), program.company, text)) return *fund;
  store::Fund fund;
  fund.company = program.company;
  fund.name = tidy_name(text);
  fund.slug = slug_of(fund.name);
  if (fund.slug.empty()) fund.slug = fmt::format("fund-{}", program.slug);
  if (fund_called(journal.database(), program.company, fund.slug)) fund.slug += "-" + program.slug;
  fund.id = store::add_fund(journal, fund);
  return fund;
}

CardId card_of(const std::vector<store::Account>& accounts, store::FundId fund) {
  for (const store::Account& account : accounts)
    if (account.fund == fund) return account.card;
  return {};
}

std::string_view short_name(domain::DonationShort why) {
  if (why == domain::DonationShort::empty_account) return "empty_account";
  return why == domain::DonationShort::month_cap ? "month_cap" : "";
}

Money held(store::Database& database, CardId card) {
  Money sum;
  for (const domain::Lot& lot : store::lots_of(database, card)) sum += Money{lot.remainder.count};
  return sum;
}

PresentReceipt receipt_for(const Context& context, const store::Donation& donation, OperationId operation) {
  PresentReceipt receipt;
  receipt.card = store::card(context.store, donation.card).value();
  if (const auto holder = store::customer(context.store, receipt.card.customer)) receipt.holder = holder->name;
  receipt.program_slug = store::program(context.store, donation.program).value().slug;
  receipt.fund = store::fund(context.store, donation.fund).value();
  receipt.donation = donation;
  receipt.given_by_card = held(context.store, donation.card);
  receipt.account = account_left(context.store, donation.program);
  receipt.operation = operation;
  return receipt;
}

domain::Assessment assessed(const domain::Program& rules, LocalTime at, const domain::CardFacts& facts) {
  domain::Receipt nothing_bought;
  nothing_bought.at = at;
  return std::get<domain::Assessment>(domain::assess(rules, nothing_bought, {}, facts));
}

}  // namespace

store::Fund find_fund(store::Database& database, CompanyId company, const std::string& text) {
  const auto funds = store::funds(database, company);
  if (text.empty() && funds.size() == 1) return funds.front();
  if (const auto fund = fund_called(database, company, text); fund && !text.empty()) return *fund;
  std::string slugs;
  for (const store::Fund& fund : funds) slugs += (slugs.empty() ? "" : ", ") + fund.slug;
  const std::string hint = slugs.empty() ? "loyal fund add --name \"…\"" : tr("there are: {}", slugs);
  if (text.empty()) throw Error(Fault::usage, tr("which fund?"), hint);
  throw Error(Fault::not_found, tr("there is no fund \"{}\"", visible(text)), hint);
}

CharityAccounts open_accounts(store::Journal& journal, const store::ProgramRow& program, const domain::Program& rules,
                              Date on) {
  CharityAccounts result;
  result.fund = fund_of(journal, program, rules.donation->fund);
  const auto accounts = store::accounts(journal.database(), program.id);
  result.company_card = card_of(accounts, {});
  result.fund_card = card_of(accounts, result.fund.id);
  if (!result.company_card)
    result.company_card = store::add_account(journal, program.id, {}, "account-" + program.slug, on).card;
  if (!result.fund_card)
    result.fund_card = store::add_account(journal, program.id, result.fund.id,
                                          fmt::format("account-{}-{}", program.slug, result.fund.slug), on)
                           .card;
  return result;
}

void give_away(store::Journal& journal, Posting& posting, const store::ProgramRow& program,
               const domain::Program& rules, const domain::Assessment& assessment, CardId card, const Origin& origin) {
  const CharityAccounts accounts = open_accounts(journal, program, rules, origin.date);
  store::Donation donation;
  donation.program = program.id;
  donation.fund = accounts.fund.id;
  donation.card = card;
  donation.sale = origin.sale;
  donation.date = origin.date;
  donation.asked = domain::donation_of(*rules.donation, assessment.paid);
  donation.amount = assessment.donation;
  donation.cap = rules.donation->per_month;
  donation.why_short = short_name(assessment.donation_short);
  store::add_donation(journal, donation);
  if (donation.amount.count == 0) return;
  // A purchase that is recorded late takes what there is now: money of an account has no dates.
  std::vector<domain::Lot> lots = posting.lots(accounts.company_card);
  std::erase_if(lots, [](const domain::Lot& lot) { return lot.remainder.count <= 0; });
  Origin moved = origin;
  moved.rule.clear();
  for (const domain::LotDebit& debit : domain::take(lots, {donation.amount.count})) {
    domain::Lot lot = *std::find_if(lots.begin(), lots.end(), [&](const auto& each) { return each.id == debit.lot; });
    lot.usable_from = origin.date;
    move_part(posting, accounts.company_card, accounts.fund_card, lot, debit.points, moved);
  }
}

std::optional<store::Donation> quoted_donation(const domain::Program& rules, const domain::Assessment& assessment) {
  if (!rules.donation) return std::nullopt;
  store::Donation donation;
  donation.asked = domain::donation_of(*rules.donation, assessment.paid);
  donation.amount = assessment.donation;
  donation.why_short = short_name(assessment.donation_short);
  return donation;
}

PresentReceipt present_card(const Context& context, const std::string& text) {
  Operation operation(context, "card present", InputDigest(context).add(text).finish());
  if (operation.replayed())
    return receipt_for(context, store::donation_of_operation(context.store, operation.replayed()).value(),
                       operation.replayed());
  const store::Card card = find_card(context.store, text);
  const store::ProgramRow program = store::program(context.store, card.program).value();
  Rules rules(context.store);
  const Moment moment = moment_of(context, program.company, std::nullopt, rules.newest(program.id).program.zone);
  const Date on = moment.points_time.date;
  const domain::Program& rule = rules.on(program.id, on).program;
  if (!rule.donation)
    throw Error(Fault::refused, tr("card {} is of the program {}, which gives nothing away", card.number, program.slug),
                fmt::format("loyal sale add {} 1250", card.number));
  require_usable(context.store, card, program, store::company(context.store, program.company).value());
  if (!rule.donation->amount)
    throw Error(Fault::refused,
                tr("the program {} gives a part of a purchase: without one there is nothing to give", program.slug),
                fmt::format("loyal sale add {} 1250", card.number));
  CardHistory history(context.store, context.now);
  const domain::Assessment assessment = assessed(rule, moment.points_time, history.facts(rule, card.id, on));
  Posting posting(operation.journal());
  Origin origin{program.company, moment.shop.id, {}, {}, rule.donation->fund, on, {}};
  store::add_visit(operation.journal(),
                   {{}, card.id, moment.shop.id, store::VisitKind::present, {}, moment.points_time, {}});
  give_away(operation.journal(), posting, program, rule, assessment, card.id, origin);
  if (assessment.earned.count > 0)
    posting.credit(card.id, domain::EntryKind::earn, assessment.earned, origin, {on, std::nullopt});
  posting.flush();
  store::Donation donation;
  donation.program = program.id;
  donation.fund = find_fund(context.store, program.company, rule.donation->fund).id;
  donation.card = card.id;
  donation.date = on;
  donation.asked = *rule.donation->amount;
  donation.amount = assessment.donation;
  donation.why_short = short_name(assessment.donation_short);
  const PresentReceipt receipt = receipt_for(context, donation, operation.id());
  operation.commit();
  return receipt;
}

Money account_left(store::Database& database, ProgramId program) {
  const CardId card = card_of(store::accounts(database, program), {});
  return card ? held(database, card) : Money{};
}

}  // namespace loyal::service
