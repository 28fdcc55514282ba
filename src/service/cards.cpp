// SPDX-License-Identifier: MIT
#include "loyal/service/cards.hpp"

#include <fmt/format.h>

#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"
#include "loyal/store/random.hpp"

namespace loyal::service {
namespace {

constexpr std::int64_t count_max = 1'000'000;
constexpr int attempts_per_code = 100;

/// Makes numbers that the store has not: EAN-13 counted up from the last of its prefix, or by a pattern.
class Numbers {
 public:
  Numbers(store::Database& database, const IssueRequest& request) : database_(database), request_(request) {
    if (is_ean()) {
      const auto last = store::last_serial(database_, request_.prefix, ean13_digits);
      serial_ = last ? static_cast<std::uint64_t>(*last) + 1 : 1;
      domain::require_ean13_room(request_.prefix, serial_, static_cast<std::uint64_t>(request_.count));
      return;
    }
    pattern_.emplace(request_.number);
    pattern_->require_room(static_cast<std::uint64_t>(request_.count));
  }

  std::string next() {
    if (is_ean()) return domain::ean13(request_.prefix, serial_++);
    for (int attempt = 0; attempt < attempts_per_code || request_.sequential; ++attempt) {
      const std::string number = request_.sequential ? pattern_->at(serial_++) : pattern_->choose(store::random_below);
      if (!store::card_by_code(database_, code_of(number))) return number;
    }
    throw Error(Fault::refused, tr("the pattern {} has hardly a free number left", request_.number),
                tr("make the pattern longer"));
  }

 private:
  static constexpr int ean13_digits = 13;
  bool is_ean() const { return request_.number == "ean13"; }
  store::Database& database_;
  const IssueRequest& request_;
  std::optional<domain::CodePattern> pattern_;
  std::uint64_t serial_ = 0;
};

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

/// Changes one card in an operation of its own.
template <class Change>
store::Card change_card(const Context& context, const char* verb, const std::string& text, const std::string& input,
                        Change change) {
  Operation operation(context, verb, InputDigest(context).add(text, input).finish());
  const store::Card before = find_card(context.store, text);
  if (operation.replayed()) return before;
  if (before.state == "withdrawn") refuse_withdrawn(context.store, before, fmt::format("loyal {} {{}}", verb));
  store::Card after = before;
  if (!change(after)) return before;
  store::update_card(operation.journal(), before, after);
  operation.commit();
  return after;
}

/// The day by which most cards are counted: in the first company's zone.
Date today_of_most(const Context& context) {
  const auto companies = store::companies(context.store);
  return Zone(companies.empty() ? "UTC" : companies.front().zone).local(context.now).date;
}

}  // namespace

IssueReceipt issue_cards(const Context& context, const IssueRequest& request) {
  if (request.count < 1 || request.count > count_max)
    throw Error(Fault::usage, tr("from 1 to {} cards are issued at once; {} asked for", count_max, request.count));
  if (!request.customer.empty() && request.count > 1)
    throw Error(Fault::usage, tr("one customer takes one card; {} asked for", request.count),
                tr("leave --customer or --count out"));
  InputDigest digest(context);
  digest.add(request.program, request.count, request.number, request.prefix, request.customer, request.sequential);
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
  Numbers numbers(context.store, request);
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
  receipt.count = request.count;
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

std::string next_number_like(store::Database& database, const std::string& number) {
  IssueRequest request;
  if (number.size() == 13 && number.front() == '2' && number.find_first_not_of("0123456789") == std::string::npos)
    request.prefix = number.substr(0, 2);
  return Numbers(database, request).next();
}

store::Card assign_card(const Context& context, const std::string& text, const std::string& customer_text) {
  return change_card(context, "card assign", text, customer_text, [&](store::Card& card) {
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
  });
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

void each_card(const Context& context, const store::CardFilter& filter,
               const std::function<void(const store::CardListing&, const domain::Unit&)>& take) {
  struct Held {
    const domain::Program& program;
    Date today;
  };
  Rules rules(context.store);
  std::map<ProgramId, Held> programs;
  const auto held = [&](ProgramId id) {
    const auto found = programs.find(id);
    if (found != programs.end()) return found->second;
    const domain::Program& program = rules.newest(id).program;
    return programs.emplace(id, Held{program, Zone(program.zone).local(context.now).date}).first->second;
  };
  const Date asked = today_of_most(context);
  store::each_card(context.store, filter, asked, [&](const store::CardListing& listing) {
    const Held program = held(listing.card.program);
    store::CardListing row = listing;
    // The store counts by one day and by the dates in the lots; a zone or inactivity may have it otherwise.
    if (program.today != asked || program.program.expiry.mode == domain::Expiry::Mode::inactivity) {
      const auto lots = lots_on(context.store, program.program, row.card.id, store::lots_of(context.store, row.card.id),
                                program.today);
      const domain::Balance balance = domain::balance_on(lots, program.today);
      row.active = balance.active;
      row.pending = balance.pending;
      row.debt = balance.debt;
    }
    take(row, program.program.unit);
  });
}

}  // namespace loyal::service
