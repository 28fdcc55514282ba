// SPDX-License-Identifier: MIT
#include "loyal/service/tiers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/card_history.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/customer.hpp"

namespace loyal::service {
namespace {

store::ProgramRow program_with_tiers(const Context& context, Rules& rules, const std::string& text) {
  if (!text.empty()) return find_program(context.store, text);
  std::vector<store::ProgramRow> found;
  for (const store::ProgramRow& row : store::programs(context.store))
    if (row.state == "active" && !store::versions(context.store, row.id).empty() &&
        !rules.newest(row.id).program.tiers.is_empty())
      found.push_back(row);
  if (found.size() == 1) return found.front();
  if (found.empty())
    throw Error(Fault::not_found, tr("no program has tiers"), "loyal program apply samples/programs/bonus-tiers.toml");
  return find_program(context.store, text);
}

const domain::Program& checked_tiers(const domain::Program& program) {
  if (program.tiers.is_empty())
    throw Error(Fault::refused, tr("the program {} has no tiers", program.slug),
                fmt::format("loyal program show {} --toml", program.slug));
  return program;
}

CardTier standing_of(const Context& context, const domain::Program& program, const store::Card& card, Date on,
                     OperationId known_at) {
  CardTier result{card, {}, program.slug, {}, {}, {}, program.tiers.metric, program.unit, on};
  result.standing = CardHistory(context.store, context.now, known_at).tier(program, card.id, on);
  const std::vector<domain::Tier>& tiers = program.tiers.tiers;
  const std::size_t above = result.standing.level ? *result.standing.level + 1 : 0;
  if (result.standing.level) result.tier = tiers[*result.standing.level].name;
  if (above < tiers.size()) result.next = tiers[above].name;
  if (const auto holder = store::customer(context.store, card.customer)) result.holder = holder->name;
  return result;
}

/// The cards of a program that had been issued by a day; ids first, so that nothing else reads meanwhile.
std::vector<store::Card> cards_of(const Context& context, ProgramId program, Date on) {
  std::vector<store::Card> result;
  store::CardFilter filter;
  filter.program = program;
  store::each_card(context.store, filter, on, [&](const store::CardListing& listing) {
    if (listing.card.issued_date <= on) result.push_back(listing.card);
  });
  return result;
}

std::string tier_named(const domain::Program& program, const std::string& text) {
  std::vector<std::string> names;
  for (const domain::Tier& tier : program.tiers.tiers) {
    if (fold_name(tier.name) == fold_name(text)) return tier.name;
    names.push_back(tier.name);
  }
  throw Error(Fault::not_found, tr("the program {} has no tier \"{}\"", program.slug, visible(text)),
              tr("its tiers: {}", fmt::format("{}", fmt::join(names, ", "))));
}

}  // namespace

void each_tier(const Context& context, const TierQuery& query, const std::function<void(const CardTier&)>& take) {
  Rules rules(context.store, query.known_at);
  const store::ProgramRow row = program_with_tiers(context, rules, query.program);
  const domain::Program& program = checked_tiers(rules.newest(row.id).program);
  const Date on = query.as_of.value_or(Zone(program.zone).local(instant_known(context, query.known_at)).date);
  const std::string wanted = query.tier.empty() ? std::string{} : tier_named(program, query.tier);
  for (const store::Card& card : cards_of(context, row.id, on)) {
    const CardTier tier = standing_of(context, program, card, on, query.known_at);
    if (wanted.empty() || tier.tier == wanted) take(tier);
  }
}

void each_tier_move(const Context& context, const PreviewQuery& query,
                    const std::function<void(const TierMove&)>& take) {
  Rules rules(context.store);
  const store::ProgramRow row = program_with_tiers(context, rules, query.program);
  const domain::Program& program = rules.newest(row.id).program;
  const domain::Program& then = checked_tiers(query.rules == nullptr ? program : *query.rules);
  const Date today = Zone(program.zone).local(context.now).date;
  const Date on = query.on.value_or(today);
  for (const store::Card& card : cards_of(context, row.id, today)) {
    const TierMove move{standing_of(context, program, card, today, {}), standing_of(context, then, card, on, {})};
    if (move.now.tier != move.then.tier) take(move);
  }
}

PinReceipt pin_tier(const Context& context, const PinRequest& request) {
  Operation operation(
      context, "tier pin",
      InputDigest(context).add(request.card, request.tier, request.until, request.reason, request.ends).finish());
  Rules rules(context.store);
  const store::Card card = find_card(context.store, request.card);
  const domain::Program& program = checked_tiers(rules.newest(card.program).program);
  const Date today = Zone(program.zone).local(context.now).date;
  PinReceipt receipt;
  receipt.before = standing_of(context, program, card, today, {});
  receipt.after = receipt.before;
  if (operation.replayed()) {
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    return receipt;
  }
  if (card.state == "withdrawn")
    throw Error(Fault::refused, tr("card {} was withdrawn", card.number), "loyal card list");
  domain::TierPin pin{request.ends ? std::string(domain::by_sales_again) : tier_named(program, request.tier), today,
                      request.until.value_or(today)};
  if (request.ends) {
    if (!receipt.before.standing.pinned_until)
      throw Error(Fault::refused, tr("the tier of card {} is not pinned", card.number),
                  fmt::format("loyal tier list --program {}", program.slug));
    pin.until = *receipt.before.standing.pinned_until;
  } else if (pin.until < today) {
    throw Error(Fault::usage, tr("the tier would have ended on {} already", to_string(pin.until)));
  }
  store::add_tier_pin(operation.journal(), card.id, pin, request.reason);
  receipt.after = standing_of(context, program, card, today, {});
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

std::optional<CardTier> tier_of(const Context& context, const store::Card& card, std::optional<Date> as_of,
                                OperationId known_at) {
  Rules rules(context.store, known_at);
  const domain::Program& program = rules.newest(card.program).program;
  if (program.tiers.is_empty()) return std::nullopt;
  const Date on = as_of.value_or(Zone(program.zone).local(instant_known(context, known_at)).date);
  return standing_of(context, program, card, on, known_at);
}

}  // namespace loyal::service
