// SPDX-License-Identifier: MIT
#include "loyal/service/spoil.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/store/journal.hpp"
#include "loyal/store/operation.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {
namespace {

constexpr const char* verb = "code spoil";

std::vector<store::Card> wanted_cards(const Context& context, const SpoilRequest& request) {
  std::vector<store::Card> cards;
  const auto add = [&cards](const store::Card& card) {
    if (std::ranges::find(cards, card.id, &store::Card::id) == cards.end()) cards.push_back(card);
  };
  for (const std::string& text : request.cards) add(find_card(context.store, text));
  if (!request.by_filter) return cards;
  store::each_card(context.store, request.filter, Date{},
                   [&cards](const store::CardListing& listing) { cards.push_back(listing.card); });
  return cards;
}

void require_unused(store::Database& database, const store::Card& card) {
  if (card.state == "withdrawn") refuse_withdrawn(database, card);
  if (card.state == "blocked")
    throw Error(Fault::refused, tr("card {} is blocked: somebody has had it", card.number),
                fmt::format("loyal card show {}", card.number));
  if (store::is_blank(database, card)) return;
  throw Error(Fault::refused, tr("card {} is in use; what was spoiled in print is printed again", card.number),
              fmt::format("loyal code sheet --from {} --to {} -o again.pdf", card.number, card.number));
}

}  // namespace

SpoilReceipt spoil_cards(const Context& context, const SpoilRequest& request) {
  const store::CardFilter& filter = request.filter;
  InputDigest digest(context);
  for (const std::string& text : request.cards) digest.add(text);
  digest.add(request.by_filter, filter.program.value, filter.batch.value, filter.from.value, filter.to.value,
             request.reason);
  Operation operation(context, verb, digest.finish());
  SpoilReceipt receipt;
  if (operation.replayed()) {
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    for (const store::ChangeRow& change : store::changes_of_operation(context.store, receipt.operation))
      receipt.cards.push_back(store::card(context.store, {change.subject_id}).value());
  } else {
    receipt.cards = wanted_cards(context, request);
  }
  if (receipt.cards.empty()) throw Error(Fault::not_found, tr("no card is as was asked for"), "loyal card list");
  receipt.program = store::program(context.store, receipt.cards.front().program).value().slug;
  if (receipt.is_replayed) return receipt;
  for (store::Card& card : receipt.cards) {
    require_unused(context.store, card);
    const store::Card before = card;
    card.state = "withdrawn";
    card.state_reason = tidy_name(request.reason);
    store::update_card(operation.journal(), before, card);
  }
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
