// SPDX-License-Identifier: MIT
#include "loyal/service/rewards.hpp"

#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/card_history.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/sale_refusal.hpp"
#include "loyal/service/sale_rewards.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

domain::CardFacts facts_for(const Context& context, const domain::Program& program, const store::Card& card, Date on,
                            std::span<const domain::RewardWish> wishes) {
  CardHistory history(context.store, context.now);
  domain::CardFacts facts = history.facts(program, card.id, on);
  facts.lots = history.lots_on(program, card.id, store::lots_of(context.store, card.id), on);
  add_reward_facts(context.store, program, card, wishes, facts);
  return facts;
}

/// The words of find_reward fit a program's text; here a shop asks at the counter.
void require_rewards(const domain::Program& program) {
  if (program.rewards.empty())
    throw Error(Fault::refused, tr("the program {} has no rewards", program.slug),
                fmt::format("loyal program show {}", program.slug));
}

}  // namespace

RewardList rewards(const Context& context, const std::string& program_text, const std::string& card_text) {
  std::optional<store::Card> card;
  if (!card_text.empty()) card = find_card(context.store, card_text);
  const store::ProgramRow row = card && program_text.empty() ? store::program(context.store, card->program).value()
                                                             : find_program(context.store, program_text);
  if (card && card->program != row.id)
    throw Error(Fault::usage, tr("card {} is not of the program {}", card->number, row.slug),
                fmt::format("loyal reward list --card {}", card->number));
  Rules rules(context.store);
  const domain::Program& program = rules.newest(row.id).program;
  const LocalTime now = Zone(program.zone).local(context.now);
  RewardList result{row.slug, program.unit, {}};
  for (const domain::Reward& reward : program.rewards) {
    RewardStanding standing{reward, store::reward_count(context.store, row.id, reward.name), {}, {}, {}};
    if (card) {
      const domain::RewardWish wish{reward.name, 0};
      const auto outcome = domain::redeem(reward, now, facts_for(context, program, *card, now.date, {&wish, 1}));
      const auto* refusal = std::get_if<domain::Refusal>(&outcome);
      standing.can_take = refusal == nullptr && card->state == "active";
      if (refusal != nullptr) standing.hindrance = refusal->reason;
      if (refusal != nullptr && refusal->reason == domain::Refusal::Reason::too_few_for_reward)
        standing.missing = refusal->asked - refusal->available;
    }
    result.rewards.push_back(std::move(standing));
  }
  return result;
}

StockReceipt stock_reward(const Context& context, const StockRequest& request) {
  constexpr std::int64_t pieces_max = 1'000'000;
  if (request.pieces == 0 || request.pieces > pieces_max || -request.pieces > pieces_max)
    throw Error(Fault::usage, tr("how many pieces? 1 to {}", pieces_max),
                fmt::format("loyal reward stock {} --add 10", shell_word(visible(request.reward))));
  Operation operation(
      context, "reward stock",
      InputDigest(context).add(request.reward, request.program, request.pieces, request.reason).finish());
  const store::ProgramRow row = find_program(context.store, request.program);
  Rules rules(context.store);
  const domain::Program& program = rules.newest(row.id).program;
  require_rewards(program);
  const domain::Reward& reward = reward_of(program, request.reward);
  StockReceipt receipt{row.slug, reward.name, request.pieces, 0, operation.replayed()};
  if (!operation.replayed()) {
    if (!reward.has_stock)
      throw Error(Fault::refused, tr("\"{}\" is not counted; write stock = true in its [[reward]]", reward.name),
                  fmt::format("loyal program show {} --toml", row.slug));
    const std::int64_t left = store::reward_count(context.store, row.id, reward.name).left();
    if (left + request.pieces < 0)
      throw Error(Fault::refused,
                  trn("{} piece of \"{}\" is in stock; {} cannot be taken out",
                      "{} pieces of \"{}\" are in stock; {} cannot be taken out", left, reward.name, -request.pieces),
                  "loyal reward list", {{"left", std::to_string(left)}});
    store::add_reward_stock(operation.journal(), row.id, reward.name, request.pieces, request.reason);
    receipt.operation = operation.id();
  }
  receipt.left = store::reward_count(context.store, row.id, reward.name).left();
  if (!operation.replayed()) operation.commit();
  return receipt;
}

RedeemReceipt redeem_reward(const Context& context, const RedeemRequest& request) {
  Operation operation(context, "reward redeem",
                      InputDigest(context).add(request.card, request.reward, request.at).finish());
  Rules rules(context.store);
  if (operation.replayed()) {
    const store::RewardUse use = store::reward_uses_of_operation(context.store, operation.replayed()).front();
    const store::Card card = store::card(context.store, use.card).value();
    const CardState state = card_state(context, card.number, std::nullopt);
    return {card, use.reward, use.points, state.unit, state.balance, operation.replayed()};
  }
  const store::Card card = find_card(context.store, request.card);
  const store::ProgramRow row = store::program(context.store, card.program).value();
  const store::Company company = selling_company(context, row, rules.newest(row.id).program);
  require_usable(context.store, card, row, company);
  const Moment moment = moment_of(context, company.id, request.at, rules.newest(row.id).program.zone);
  const Date on = moment.points_time.date;
  const domain::Program& program = rules.on(row.id, on).program;
  require_member(program, company.slug, on);
  require_rewards(program);
  const domain::Reward& reward = reward_of(program, request.reward);
  if (reward.off != domain::Rate{1, 1})
    throw Error(Fault::refused, tr("\"{}\" is a part of a price: give it with a purchase", reward.name),
                fmt::format("loyal sale add {} AMOUNT --reward {}", card.number, shell_word(reward.name)));
  const domain::RewardWish wish{reward.name, 0};
  const auto outcome = domain::redeem(reward, moment.points_time, facts_for(context, program, card, on, {&wish, 1}));
  if (const auto* refusal = std::get_if<domain::Refusal>(&outcome)) refuse_goods(*refusal, card, program.unit);
  const auto& redemption = std::get<domain::Redemption>(outcome);
  Posting posting(operation.journal());
  posting.debit(card.id, domain::EntryKind::spend, redemption.debits,
                {company.id, moment.shop.id, {}, {}, reward.name, on, {}});
  posting.flush();
  store::add_reward_use(operation.journal(),
                        {operation.id(), card.id, row.id, {}, 0, reward.name, redemption.points, {}, on});
  RedeemReceipt receipt{card, reward.name, redemption.points, program.unit, {}, operation.id()};
  receipt.balance =
      domain::balance_on(lots_on(context.store, program, card.id, store::lots_of(context.store, card.id), on), on);
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
