// SPDX-License-Identifier: MIT
#include "loyal/service/merge_customers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

constexpr std::string_view merged_into = "merged into ";
constexpr std::string_view took = "took ";

template <class Value>
void take(Value& mine, const Value& other, const char* name, std::vector<std::string>& taken) {
  if (mine != Value{} || other == Value{}) return;
  mine = other;
  taken.emplace_back(name);
}

/// Fills what the customer lacks from the other record.
std::vector<std::string> fill(store::Customer& customer, const store::Customer& other) {
  std::vector<std::string> taken;
  take(customer.name, other.name, "name", taken);
  take(customer.phone, other.phone, "phone", taken);
  if (!taken.empty() && taken.back() == "phone") customer.phone_ordinal = other.phone_ordinal;
  take(customer.email, other.email, "email", taken);
  take(customer.birthday, other.birthday, "birthday", taken);
  take(customer.tags, other.tags, "tags", taken);
  take(customer.note, other.note, "note", taken);
  return taken;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

store::Customer only_customer(store::Database& database, const std::string& text) {
  store::Customer customer = find_customer(database, text);
  if (customer.state != "active")
    throw Error(Fault::refused, tr("customer #{} is {}", customer.id.value, customer.state), "loyal customer list");
  return customer;
}

/// Gives each card of one customer to another, or what is on it where the other holds a card of the program in use.
class CardsOfMerged {
 public:
  CardsOfMerged(Operation& operation, const Context& context) : operation_(operation), context_(context) {}

  std::vector<MergedCard> move(CustomerId from, CustomerId into) {
    std::vector<MergedCard> result;
    const auto held = store::cards_of_customer(context_.store, into);
    for (const store::Card& card : store::cards_of_customer(context_.store, from)) {
      const auto other = std::find_if(held.begin(), held.end(), [&card](const store::Card& candidate) {
        return candidate.program == card.program && candidate.state == "active" && card.state == "active";
      });
      result.push_back(other == held.end() ? reassigned(card, into) : merged(card, *other));
    }
    return result;
  }

 private:
  MergedCard reassigned(const store::Card& card, CustomerId into) {
    store::Card after = card;
    after.customer = into;
    store::update_card(operation_.journal(), card, after);
    return {after, {}, {}, rules_.newest(card.program).program.unit};
  }

  MergedCard merged(const store::Card& card, const store::Card& other) {
    const domain::Program& program = rules_.newest(card.program).program;
    const CompanyId company = store::program(context_.store, card.program).value().company;
    const Moment moment = moment_of(context_, company, std::nullopt, program.zone);
    Posting posting(operation_.journal());
    const MovedPoints moved = move_everything(posting, context_.store, program, card.id, other.id,
                                              {company, moment.shop.id, {}, {}, {}, moment.points_time.date, {}});
    posting.flush();
    store::Card after = card;
    after.customer = other.customer;
    after.state = "withdrawn";
    store::update_card(operation_.journal(), card, after);
    store::add_card_link(operation_.journal(), card.id, other.id, "merge", moment.points_time.date);
    return {after, other.number, moved, program.unit};
  }

  Operation& operation_;
  const Context& context_;
  Rules rules_{context_.store};
};

MergeReceipt replay(const Context& context, OperationId operation) {
  MergeReceipt receipt;
  Rules rules(context.store);
  for (const store::ChangeRow& change : store::changes_of_operation(context.store, operation)) {
    if (change.subject == "consent") ++receipt.consents;
    if (change.subject == "card") {
      MergedCard merged;
      merged.card = store::card(context.store, {change.subject_id}).value();
      merged.unit = rules.newest(merged.card.program).program.unit;
      if (const auto link = store::link_from(context.store, merged.card.id)) {
        merged.into_number = store::card(context.store, link->into).value().number;
        merged.moved = moved_by(context.store, operation, merged.card.id, link->into);
      }
      receipt.cards.push_back(std::move(merged));
    }
    if (change.subject != "customer") continue;
    const store::Customer customer = store::customer(context.store, {change.subject_id}).value();
    if (change.detail.starts_with(merged_into)) receipt.from = customer;
    if (!change.detail.starts_with(took)) continue;
    receipt.into = customer;
    receipt.taken = words_of(change.detail.substr(took.size()));
  }
  receipt.operation = operation;
  return receipt;
}

}  // namespace

MergeReceipt merge_customers(const Context& context, const std::string& from, const std::string& into) {
  Operation operation(context, "customer merge", InputDigest(context).add(from, into).finish());
  if (operation.replayed()) return replay(context, operation.replayed());
  MergeReceipt receipt;
  receipt.from = only_customer(context.store, from);
  receipt.into = only_customer(context.store, into);
  if (receipt.from.id == receipt.into.id)
    throw Error(Fault::refused,
                tr("\"{}\" and \"{}\" are one customer: #{}", visible(from), visible(into), receipt.into.id.value),
                fmt::format("loyal customer show \"#{}\"", receipt.into.id.value));
  if (receipt.from.company != receipt.into.company)
    throw Error(Fault::refused,
                tr("customers #{} and #{} are of two companies", receipt.from.id.value, receipt.into.id.value),
                "loyal customer list");
  // The first lets go of its phone before the second takes it.
  receipt.from.state = "merged";
  store::update_customer(operation.journal(), receipt.from, fmt::format("{}{}", merged_into, receipt.into.id.value));
  receipt.taken = fill(receipt.into, receipt.from);
  store::update_customer(operation.journal(), receipt.into, fmt::format("{}{}", took, fmt::join(receipt.taken, " ")));
  receipt.consents = static_cast<std::int64_t>(store::consents(context.store, receipt.from.id).size());
  store::move_consents(operation.journal(), receipt.from.id, receipt.into.id);
  receipt.cards = CardsOfMerged(operation, context).move(receipt.from.id, receipt.into.id);
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
