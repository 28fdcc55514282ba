// SPDX-License-Identifier: MIT
#include "spending.hpp"

#include <algorithm>

#include "loyal/base/apportion.hpp"
#include "loyal/domain/filter.hpp"

namespace loyal::domain {
namespace {

/// What of each line may be paid with points, before any cap.
std::vector<std::int64_t> payable(const Program& program, const Receipt& receipt, const Assessment& result) {
  std::vector<std::int64_t> amounts;
  for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
    const auto& except = program.spend.except_categories;
    const bool excluded = std::find(except.begin(), except.end(), receipt.lines[i].category) != except.end();
    const LineAssessment& line = result.lines[i];
    amounts.push_back(excluded ? 0 : (line.amount - line.discount - line.points_money).count);
  }
  return amounts;
}

Rate share_of(const Program& program, const CardFacts& card) {
  const Tier* tier = find_tier(program, card.buyer.tier);
  return tier != nullptr && tier->max_share ? *tier->max_share : program.spend.max_share;
}

/// The most points that this sale takes, whatever the buyer wishes: share cap, caps of the sale and of periods, what
/// must stay to be paid with money (in all, and a kopeck a line), what is available; down to the step.
Points most_points(const Program& program, const CardFacts& card, std::span<const std::int64_t> amounts, Money net,
                   Points available) {
  const SpendRules& rules = program.spend;
  Money base;
  Money spare;
  for (const std::int64_t amount : amounts) {
    base += Money{amount};
    spare += Money{std::max<std::int64_t>(0, amount - 1)};
  }
  const Rate share = share_of(program, card);
  Money most = {multiply_divide_floor(base.count, share.numerator, share.denominator)};
  most = std::min({most, spare, std::max(Money{}, net - rules.min_to_pay)});
  Points points = std::min(points_for(program.unit, most), available);
  if (rules.per_sale) points = std::min(points, *rules.per_sale);
  for (std::size_t i = 0; i < rules.period.size() && i < card.spent.size(); ++i) {
    if (rules.period[i].sales && card.spent[i].sales >= *rules.period[i].sales) return {};
    if (rules.period[i].points)
      points = std::min(points, std::max(Points{}, *rules.period[i].points - card.spent[i].points));
  }
  return {points.count / rules.step.count * rules.step.count};
}

std::vector<std::int64_t> split_points_money(std::int64_t money, std::span<const std::int64_t> amounts) {
  auto parts = apportion(money, amounts);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == 0 || parts[i] < amounts[i]) continue;
    // A line would be paid to the last kopeck: split over what each line can spare instead.
    std::vector<std::int64_t> spare;
    for (const std::int64_t amount : amounts) spare.push_back(std::max<std::int64_t>(0, amount - 1));
    return apportion(money, spare);
  }
  return parts;
}

Refusal about(Refusal::Reason reason, const std::string& reward, Points asked, const Purse& purse) {
  return {reason, asked, {}, purse.available, reward, {}};
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether the card can take a reward, whatever the goods.
std::optional<Refusal> check_reward(const Reward& reward, const CardFacts& card,
                                    const std::vector<std::string>& given_steps, const Purse& purse) {
  using Reason = Refusal::Reason;
  if (holds(card.out_of_stock, reward.name)) return about(Reason::out_of_stock, reward.name, {}, purse);
  const Points needed = std::max(reward.cost, reward.at);
  if (purse.available < needed) return about(Reason::too_few_for_reward, reward.name, needed, purse);
  if (reward.cost.count == 0 && holds(given_steps, reward.name))
    return about(Reason::step_given_already, reward.name, {}, purse);
  return std::nullopt;
}

}  // namespace

Purse purse_of(const CardFacts& card, Date on) {
  const Balance balance = balance_on(card.lots, on);
  return {in_spending_order(card.lots, on), std::max(Points{}, balance.active - balance.debt - card.reserved)};
}

void take_from(Purse& purse, Points points, Assessment& result) {
  for (const LotDebit& debit : take(purse.ordered, points)) {
    result.debits.push_back(debit);
    for (Lot& lot : purse.ordered)
      if (lot.id == debit.lot) lot.remainder -= debit.points;
  }
  std::erase_if(purse.ordered, [](const Lot& lot) { return lot.remainder.count == 0; });
  purse.available -= points;
  result.spent += points;
}

std::optional<Refusal> pay_with_points(const Program& program, const Receipt& receipt, const SpendWish& wish,
                                       const CardFacts& card, Purse& purse, Assessment& result) {
  if (wish.mode == SpendWish::Mode::none) return std::nullopt;
  Refusal refusal{Refusal::Reason::too_many_points, wish.points, {}, purse.available, {}, {}};
  const bool must = wish.mode == SpendWish::Mode::exact;
  if (!program.spend.allowed || !holds_points(program.kind) || !receipt.offer.empty()) {
    refusal.reason = Refusal::Reason::spending_not_allowed;
    return refusal;
  }
  if (purse.available < program.spend.min_balance) {
    refusal.reason = Refusal::Reason::below_min_balance;
    refusal.allowed = program.spend.min_balance;
    return must ? std::optional(refusal) : std::nullopt;
  }
  const auto amounts = payable(program, receipt, result);
  const Points most =
      most_points(program, card, amounts, result.total - result.discount - result.points_money, purse.available);
  refusal.allowed = most;
  if (must && wish.points > most) return refusal;
  if (must && wish.points.count % program.spend.step.count != 0) {
    refusal.reason = Refusal::Reason::off_step;
    refusal.allowed = program.spend.step;
    return refusal;
  }
  Points points = wish.mode == SpendWish::Mode::max ? most : std::min(wish.points, most);
  points.count -= points.count % program.spend.step.count;
  if (points.count <= 0) return std::nullopt;

  take_from(purse, points, result);
  const Money money = worth_of(program.unit, points);
  result.points_money += money;
  const auto money_parts = split_points_money(money.count, amounts);
  const auto point_parts = apportion(points.count, money_parts);
  for (std::size_t i = 0; i < money_parts.size(); ++i) {
    result.lines[i].points_money += Money{money_parts[i]};
    result.lines[i].spent += Points{point_parts[i]};
  }
  return std::nullopt;
}

std::optional<Refusal> pay_with_gifts(const Receipt& receipt, Assessment& result) {
  Money left = result.paid;
  for (const GiftTender& gift : receipt.gifts) {
    const Money most = std::min(gift.available, left);
    if (gift.asked && *gift.asked > most)
      return Refusal{
          Refusal::Reason::gift_too_small, {gift.asked->count}, {most.count}, {gift.available.count}, {}, gift.card};
    const Money paid = gift.asked.value_or(most);
    result.gifts.push_back(paid);
    result.gift_money += paid;
    left -= paid;
  }
  if (result.gift_money.count == 0) return std::nullopt;
  std::vector<std::int64_t> weights;
  for (const LineAssessment& line : result.lines) weights.push_back(line.paid.count);
  const auto parts = apportion(result.gift_money.count, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) result.lines[i].gift_money = {parts[i]};
  return std::nullopt;
}

std::optional<Refusal> give_rewards(const Program& program, const Receipt& receipt, const CardFacts& card, Purse& purse,
                                    Assessment& result) {
  using Reason = Refusal::Reason;
  std::vector<std::string> given_steps = card.steps_used;
  for (const RewardWish& wish : receipt.rewards) {
    const Reward* reward = find_reward(program, wish.reward);
    if (reward == nullptr) return about(Reason::unknown_reward, wish.reward, {}, purse);
    LineAssessment& line = result.lines.at(wish.line);
    const ReceiptLine& goods = receipt.lines.at(wish.line);
    if (!matches_reward(*reward, receipt.at, card.buyer, goods))
      return about(Reason::reward_not_for_goods, wish.reward, {}, purse);
    if (const auto refusal = check_reward(*reward, card, given_steps, purse)) return refusal;
    const bool is_step = reward->cost.count == 0;

    const Money net = line.amount - line.discount - line.points_money;
    const std::int64_t piece =
        goods.quantity.count <= 1000 ? net.count : multiply_divide_floor(net.count, 1000, goods.quantity.count);
    Money value = {multiply_divide_half_up(piece, reward->off.numerator, reward->off.denominator)};
    if (reward->up_to) value = std::min(value, *reward->up_to);
    if (is_step) {
      line.discount += value;
      given_steps.push_back(wish.reward);
    } else {
      line.points_money += value;
      line.spent += reward->cost;
      result.points_money += value;
      take_from(purse, reward->cost, result);
    }
    result.rewards.push_back({wish.reward, wish.line, reward->cost, value});
  }
  return std::nullopt;
}

std::variant<Redemption, Refusal> redeem(const Reward& reward, LocalTime at, const CardFacts& card) {
  const Purse purse = purse_of(card, at.date);
  if (!matches_time(reward.filter, at) || !matches_buyer(reward.filter, card.buyer))
    return about(Refusal::Reason::reward_not_for_goods, reward.name, {}, purse);
  if (const auto refusal = check_reward(reward, card, card.steps_used, purse)) return *refusal;
  return Redemption{reward.cost, take(purse.ordered, reward.cost)};
}

}  // namespace loyal::domain
