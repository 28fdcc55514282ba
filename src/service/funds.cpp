// SPDX-License-Identifier: MIT
#include "loyal/service/funds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/domain/registration.hpp"
#include "loyal/service/donations.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

/// A charity program with its rules, its place in the books and its day.
struct Charity {
  store::ProgramRow program;
  const domain::Program* rules = nullptr;
  ShopId shop;
  Date on;
};

Charity find_charity(const Context& context, Rules& rules, const std::string& text) {
  Charity result;
  std::vector<store::ProgramRow> found;
  for (const store::ProgramRow& row : store::programs(context.store))
    if (row.kind == domain::name(domain::Kind::charity)) found.push_back(row);
  result.program = text.empty() && found.size() == 1 ? found.front() : find_program(context.store, text);
  result.rules = &rules.newest(result.program.id).program;
  if (!result.rules->donation)
    throw Error(Fault::refused, tr("the program {} gives nothing away", result.program.slug),
                "loyal program add charity --slug kind --donate 1.00 --fund \"…\"");
  result.on = Zone(result.rules->zone).local(context.now).date;
  // Money of an account is nowhere in particular: it is booked in the company's first shop.
  result.shop = store::shops(context.store, result.program.company).front().id;
  return result;
}

Money checked_amount(Money amount) {
  if (amount.count <= 0) throw Error(Fault::usage, tr("\"{}\" is not more than nothing", to_text(amount)));
  if (amount > domain::sale_amount_max)
    throw Error(Fault::usage, tr("{} is more than is moved at once", to_text(amount)));
  return amount;
}

Money held(store::Database& database, CardId card) {
  Money sum;
  for (const domain::Lot& lot : store::lots_of(database, card)) sum += Money{lot.remainder.count};
  return sum;
}

FundReceipt replay(const Context& context, OperationId operation) {
  const auto entries = store::entries_of_operation(context.store, operation);
  FundReceipt receipt;
  receipt.program =
      store::program(context.store, store::card(context.store, entries.front().card).value().program).value();
  for (const store::Entry& entry : entries) receipt.amount += Money{std::abs(entry.points.count)};
  for (const store::Account& account : store::accounts(context.store, receipt.program.id))
    if (account.card == entries.front().card && account.fund) {
      receipt.fund = store::fund(context.store, account.fund).value();
      receipt.left = held(context.store, account.card);
    }
  receipt.account = account_left(context.store, receipt.program.id);
  receipt.operation = operation;
  receipt.is_replayed = true;
  return receipt;
}

void require_free(store::Database& database, const store::Fund& fund) {
  for (const store::Fund& other : store::funds(database, fund.company)) {
    if (other.slug == fund.slug || fold_name(other.name) == fold_name(fund.name))
      throw Error(Fault::conflict, tr("the fund {} ({}) is there already", other.slug, visible(other.name)),
                  "loyal fund list");
    if (!fund.inn.empty() && other.inn == fund.inn)
      throw Error(Fault::conflict, tr("the fund {} has the INN {} already", other.slug, other.inn), "loyal fund list");
  }
}

}  // namespace

namespace {

/// The company's fund of this name that has no INN yet, where this one brings it.
std::optional<store::Fund> without_inn(store::Database& database, const store::Fund& fund) {
  if (fund.inn.empty()) return std::nullopt;
  for (const store::Fund& other : store::funds(database, fund.company))
    if (other.inn.empty() && fold_name(other.name) == fold_name(fund.name)) return other;
  return std::nullopt;
}

}  // namespace

store::Fund add_fund(const Context& context, const FundRequest& request) {
  Operation operation(context, "fund add",
                      InputDigest(context).add(context.company, request.name, request.slug, request.inn).finish());
  if (operation.replayed())
    for (const store::ChangeRow& change : store::changes_of_operation(context.store, operation.replayed()))
      if (change.subject == "fund") return store::fund(context.store, {change.subject_id}).value();
  store::Fund fund;
  fund.company = find_company(context.store, context.company).id;
  fund.name = tidy_name(request.name);
  if (fund.name.empty()) throw Error(Fault::usage, tr("a fund needs a name"), tr("give one with --name"));
  fund.slug = request.slug.empty() ? slug_of(fund.name) : request.slug;
  domain::check_slug(fund.slug);
  fund.inn = std::string(trim(request.inn));
  if (!fund.inn.empty()) domain::check_inn(fund.inn);
  if (const auto nameless = without_inn(context.store, fund)) {
    // A fund that a program made by itself gets its INN here.
    fund.id = nameless->id;
    fund.slug = nameless->slug;
    store::set_fund_inn(operation.journal(), fund);
  } else {
    require_free(context.store, fund);
    fund.id = store::add_fund(operation.journal(), fund);
  }
  operation.commit();
  return fund;
}

void each_fund(const Context& context, const std::function<void(const FundListing&)>& take) {
  const auto months = store::donation_months(context.store, std::nullopt, std::nullopt);
  const auto programs = store::programs(context.store);
  for (const store::Fund& fund : store::funds(context.store, {})) {
    FundListing listing;
    listing.fund = fund;
    listing.company_slug = store::company(context.store, fund.company).value().slug;
    bool is_listed = false;
    for (const store::ProgramRow& program : programs)
      for (const store::Account& account : store::accounts(context.store, program.id)) {
        if (account.fund != fund.id) continue;
        FundListing row = listing;
        row.program_slug = program.slug;
        for (const store::DonationMonth& month : months) {
          if (month.program != program.id || month.fund != fund.id) continue;
          row.donated += month.donated;
          row.paid_out += month.paid_out;
        }
        row.left = held(context.store, account.card);
        row.account = account_left(context.store, program.id);
        take(row);
        is_listed = true;
      }
    if (!is_listed) take(listing);
  }
}

FundReceipt top_up_account(const Context& context, const std::string& text, Money amount, const std::string& reason) {
  Operation operation(context, "fund top-up", InputDigest(context).add(text, amount, reason).finish());
  if (operation.replayed()) return replay(context, operation.replayed());
  Rules rules(context.store);
  const Charity charity = find_charity(context, rules, text);
  const CharityAccounts accounts = open_accounts(operation.journal(), charity.program, *charity.rules, charity.on);
  FundReceipt receipt;
  receipt.amount = checked_amount(amount);
  Posting posting(operation.journal());
  posting.credit(accounts.company_card, domain::EntryKind::grant, {amount.count},
                 {charity.program.company, charity.shop, {}, {}, {}, charity.on, reason}, {charity.on, std::nullopt});
  posting.flush();
  receipt.program = charity.program;
  receipt.account = account_left(context.store, charity.program.id);
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

FundReceipt pay_fund(const Context& context, const std::string& fund_text, Money amount, const std::string& text,
                     const std::string& reason) {
  Operation operation(context, "fund payout", InputDigest(context).add(fund_text, amount, text, reason).finish());
  if (operation.replayed()) return replay(context, operation.replayed());
  Rules rules(context.store);
  const Charity charity = find_charity(context, rules, text);
  FundReceipt receipt;
  receipt.program = charity.program;
  receipt.fund = find_fund(context.store, charity.program.company, fund_text);
  receipt.amount = checked_amount(amount);
  CardId card;
  for (const store::Account& account : store::accounts(context.store, charity.program.id))
    if (account.fund == receipt.fund.id) card = account.card;
  const Money there = card ? held(context.store, card) : Money{};
  if (amount > there)
    throw Error(Fault::refused,
                tr("the fund {} has been given {} that is not paid out; {} asked for", receipt.fund.slug,
                   to_text(there), to_text(amount)),
                there.count > 0 ? fmt::format("loyal fund payout {} {} --program {} --reason \"…\"", receipt.fund.slug,
                                              to_decimal(there.count, 2), charity.program.slug)
                                : "loyal fund list",
                {{"available", std::to_string(there.count)}});
  Posting posting(operation.journal());
  const auto lots = domain::in_spending_order(posting.lots(card), charity.on);
  posting.debit(card, domain::EntryKind::spend, domain::take(lots, {amount.count}),
                {charity.program.company, charity.shop, {}, {}, {}, charity.on, reason});
  posting.flush();
  receipt.left = held(context.store, card);
  receipt.account = account_left(context.store, charity.program.id);
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

void each_donation_month(const Context& context, const std::string& text, std::optional<Date> from,
                         std::optional<Date> to, const std::function<void(const DonationRow&)>& take) {
  if (from && to && *to < *from) throw Error(Fault::usage, tr("{} is before {}", to_string(*to), to_string(*from)));
  const ProgramId wanted = text.empty() ? ProgramId{} : find_program(context.store, text).id;
  for (const store::DonationMonth& month : store::donation_months(context.store, from, to)) {
    if (wanted && month.program != wanted) continue;
    take({month, store::program(context.store, month.program).value().slug,
          store::fund(context.store, month.fund).value()});
  }
}

}  // namespace loyal::service
