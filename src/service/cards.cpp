// SPDX-License-Identifier: MIT
#include "loyal/service/cards.hpp"

#include <fmt/format.h>

#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/number_source.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/referral.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/dependents.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

constexpr std::int64_t count_max = 1'000'000;
IssueReceipt replayed(const Context& context, OperationId operation) {
  const auto cards = store::cards_of_operation(context.store, operation);
  IssueReceipt receipt;
  receipt.program = store::program(context.store, cards.front().program).value();
  receipt.count = static_cast<std::int64_t>(cards.size());
  receipt.first_number = cards.front().number;
  receipt.last_number = cards.back().number;
  if (const auto holder = store::customer(context.store, cards.front().customer)) receipt.holder = holder->name;
  receipt.operation = operation;
  receipt.is_replayed = true;
  return receipt;
}

/// The day by which most cards are counted: in the first company's zone.
Date today_of_most(const Context& context) {
  const auto companies = store::companies(context.store);
  return Zone(companies.empty() ? "UTC" : companies.front().zone).local(context.now).date;
}

/// Changes one card in an operation of its own.
template <class Change>
store::Card change_card(const Context& context, const char* verb, const std::string& text, const std::string& input,
                        Change change, const std::string& referred_by = {}) {
  InputDigest digest(context);
  digest.add(text, input);
  if (!referred_by.empty()) digest.add(referred_by);
  Operation operation(context, verb, digest.finish());
  const store::Card before = find_card(context.store, text);
  if (operation.replayed()) return before;
  if (before.state == "withdrawn") refuse_withdrawn(context.store, before, fmt::format("loyal {} {{}}", verb));
  store::Card after = before;
  const bool is_changed = change(after);
  if (!is_changed && referred_by.empty()) return before;
  if (is_changed) store::update_card(operation.journal(), before, after);
  if (!referred_by.empty()) refer(context, operation.journal(), after, referred_by, today_of_most(context));
  operation.commit();
  return after;
}

/// The rules of the programs that a list of cards meets, with their days.
class HeldPrograms {
 public:
  struct Held {
    const domain::Program* program;
    Date today;
  };
  HeldPrograms(Rules& rules, Instant now) : rules_(rules), now_(now) {}

  const Held& of(ProgramId id) {
    const auto found = programs_.find(id);
    if (found != programs_.end()) return found->second;
    const domain::Program& program = rules_.newest(id).program;
    return programs_.emplace(id, Held{&program, Zone(program.zone).local(now_).date}).first->second;
  }

 private:
  Rules& rules_;
  Instant now_;
  std::map<ProgramId, Held> programs_;
};

void set_balance(store::CardListing& row, const domain::Balance& balance) {
  row.active = balance.active;
  row.pending = balance.pending;
  row.debt = balance.debt;
}

/// What the store's filter asks of a card's state and holder, asked of the card as it was.
bool is_wanted(const store::Card& card, const store::CardFilter& filter) {
  if (filter.state.empty() ? card.state == "withdrawn" : card.state != filter.state) return false;
  if (filter.only_unassigned && card.customer) return false;
  return !filter.customer || card.customer == filter.customer;
}

}  // namespace

IssueReceipt issue_cards(const Context& context, const IssueRequest& request) {
  if (request.count < 1 || request.count > count_max)
    throw Error(Fault::usage, tr("from 1 to {} cards are issued at once; {} asked for", count_max, request.count));
  if (!request.customer.empty() && request.count > 1)
    throw Error(Fault::usage, tr("one customer takes one card; {} asked for", request.count),
                tr("leave --customer or --count out"));
  if (!request.referred_by.empty() && request.count > 1)
    throw Error(Fault::usage, tr("--referred-by is of one card; {} asked for", request.count),
                tr("leave --referred-by or --count out"));
  InputDigest digest(context);
  digest.add(request.program, request.count, request.number, request.prefix, request.customer, request.sequential);
  if (!request.referred_by.empty()) digest.add(request.referred_by);
  // What came later counts only where it is asked for, so that older keys stay as they are.
  if (request.random || request.own_prefix || request.digits > 0)
    digest.add(request.random, request.own_prefix, request.digits);
  if (request.has_check) digest.add("check");
  for (const std::string& number : request.numbers) digest.add(number);
  Operation operation(context, "card issue", digest.finish());
  if (operation.replayed()) return replayed(context, operation.replayed());

  IssueReceipt receipt;
  receipt.program = find_program(context.store, request.program);
  if (receipt.program.state != "active")
    throw Error(Fault::refused, tr("the program {} is retired", receipt.program.slug), "loyal program list");
  std::optional<store::Customer> holder;
  if (!request.customer.empty()) holder = find_customer(context.store, request.customer);
  const store::Company company = store::company(context.store, receipt.program.company).value();
  const Date today = Zone(company.zone).local(context.now).date;
  NumberSource numbers(context.store, request);
  for (std::int64_t i = 0; i < request.count; ++i) {
    const std::string number = numbers.next();
    const CardId id = store::add_card(operation.journal(), receipt.program.id, number, code_of(number), today);
    if (receipt.first_number.empty()) receipt.first_number = number;
    receipt.last_number = number;
    if (!holder) continue;
    const store::Card before = store::card(context.store, id).value();
    store::Card after = before;
    after.customer = holder->id;
    store::update_card(operation.journal(), before, after);
    receipt.holder = holder->name;
  }
  if (!request.referred_by.empty())
    refer(context, operation.journal(), store::card_by_code(context.store, code_of(receipt.first_number)).value(),
          request.referred_by, today);
  receipt.count = request.count;
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

std::string next_number_like(store::Database& database, const std::string& number) {
  IssueRequest request;
  if (number.size() == 13 && number.front() == '2' && number.find_first_not_of("0123456789") == std::string::npos)
    request.prefix = number.substr(0, 2);
  return NumberSource(database, request).next();
}

store::Card assign_card(const Context& context, const std::string& text, const std::string& customer_text,
                        const std::string& referred_by) {
  const auto give = [&](store::Card& card) {
    const store::Customer customer = find_customer(context.store, customer_text);
    if (card.customer == customer.id) return false;
    if (card.customer) {
      const auto holder = store::customer(context.store, card.customer);
      throw Error(Fault::conflict,
                  tr("card {} belongs to {} already", card.number,
                     holder ? visible(holder->name.empty() ? holder->phone : holder->name) : std::string{}),
                  fmt::format("loyal card show {}", card.number));
    }
    card.customer = customer.id;
    return true;
  };
  return change_card(context, "card assign", text, customer_text, give, referred_by);
}

store::Card block_card(const Context& context, const std::string& text, const std::string& reason) {
  return change_card(context, "card block", text, reason, [&](store::Card& card) {
    if (card.state == "blocked") return false;
    card.state = "blocked";
    card.state_reason = tidy_name(reason);
    return true;
  });
}

store::Card unblock_card(const Context& context, const std::string& text) {
  return change_card(context, "card unblock", text, {}, [](store::Card& card) {
    if (card.state != "blocked") return false;
    card.state = "active";
    card.state_reason.clear();
    return true;
  });
}

void each_card(const Context& context, const store::CardFilter& filter, const TakeCard& take) {
  Rules rules(context.store);
  HeldPrograms programs(rules, context.now);
  const Date asked = today_of_most(context);
  store::each_card(context.store, filter, asked, [&](const store::CardListing& listing) {
    const auto& [program, today] = programs.of(listing.card.program);
    store::CardListing row = listing;
    // The store counts by one day and by the dates in the lots; a zone or inactivity may have it otherwise.
    if (today != asked || program->expiry.mode == domain::Expiry::Mode::inactivity)
      set_balance(row, domain::balance_on(lots_on(context.store, *program, row.card.id,
                                                  store::lots_of(context.store, row.card.id), today),
                                          today));
    take(row, program->unit);
  });
}

void each_card_at(const Context& context, const store::CardFilter& filter, std::optional<Date> as_of,
                  OperationId known_at, const TakeCard& take) {
  Rules rules(context.store, known_at);
  HeldPrograms programs(rules, instant_known(context, known_at));
  store::CardFilter wide = filter;
  // What has changed since can only be asked once it is taken back.
  if (known_at) wide = {filter.program, {}, true, false, filter.batch, {}};
  store::each_card(context.store, wide, today_of_most(context), [&](const store::CardListing& listing) {
    store::CardListing row = listing;
    if (known_at) {
      if (row.card.operation > known_at) return;
      row.card = store::card_known_at(context.store, row.card, known_at);
      if (!is_wanted(row.card, filter)) return;
      if (row.card.customer != listing.card.customer) {
        const auto holder = store::customer(context.store, row.card.customer);
        row.holder = holder ? holder->name : std::string{};
      }
    }
    const auto& [program, today] = programs.of(row.card.program);
    const Date on = as_of.value_or(today);
    if (row.card.issued_date > on) return;
    set_balance(row, domain::balance_on(rebuilt_lots(context.store, *program, row.card.id, known_at, on, on), on));
    take(row, program->unit);
  });
}

}  // namespace loyal::service
