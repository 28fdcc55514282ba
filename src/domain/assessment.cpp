// SPDX-License-Identifier: MIT
#include "loyal/domain/assessment.hpp"

#include <algorithm>
#include <numeric>

#include "loyal/base/apportion.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/domain/filter.hpp"

namespace loyal::domain {
namespace {

/// The discount of a receipt: per rule half up to the kopeck over the lines that it wins, then split over them.
void give_discount(const Program& program, const Receipt& receipt, Assessment& result) {
  if (program.discount.empty()) return;
  std::vector<const DiscountRule*> winner(receipt.lines.size(), nullptr);
  for (const DiscountRule& rule : program.discount) {
    if (!matches_time(rule.filter, receipt.at)) continue;
    Money matching;
    for (const ReceiptLine& line : receipt.lines)
      if (matches_line(rule.filter, line)) matching += line.amount;
    if (matching < rule.filter.min_amount) continue;
    for (std::size_t i = 0; i < receipt.lines.size(); ++i)
      if (matches_line(rule.filter, receipt.lines[i]) && (winner[i] == nullptr || is_less(winner[i]->rate, rule.rate)))
        winner[i] = &rule;
  }
  for (const DiscountRule& rule : program.discount) {
    std::vector<std::int64_t> weights(receipt.lines.size(), 0);
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (winner[i] == &rule) weights[i] = receipt.lines[i].amount.count;
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    if (sum == 0) continue;
    const std::int64_t discount =
        std::min(sum, multiply_divide_half_up(sum, rule.rate.numerator, rule.rate.denominator));
    const auto parts = apportion(discount, weights);
    for (std::size_t i = 0; i < parts.size(); ++i) result.lines[i].discount += Money{parts[i]};
  }
}

/// What of each line may be paid with points, before any cap.
std::vector<std::int64_t> payable(const Program& program, const Receipt& receipt, const Assessment& result) {
  std::vector<std::int64_t> amounts;
  for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
    const auto& except = program.spend.except_categories;
    const bool excluded = std::find(except.begin(), except.end(), receipt.lines[i].category) != except.end();
    amounts.push_back(excluded ? 0 : (result.lines[i].amount - result.lines[i].discount).count);
  }
  return amounts;
}

/// The most points that this sale takes, whatever the buyer wishes: share cap, per-sale cap, what must stay to be paid
/// with money (in all, and a kopeck a line), the active balance; down to the step.
Points most_points(const Program& program, std::span<const std::int64_t> amounts, Money net, Points available) {
  const SpendRules& rules = program.spend;
  Money base;
  Money spare;
  for (const std::int64_t amount : amounts) {
    base += Money{amount};
    spare += Money{std::max<std::int64_t>(0, amount - 1)};
  }
  Money most = {multiply_divide_floor(base.count, rules.max_share.numerator, rules.max_share.denominator)};
  most = std::min({most, spare, std::max(Money{}, net - rules.min_to_pay)});
  Points points = std::min(points_for(program.unit, most), available);
  if (rules.per_sale) points = std::min(points, *rules.per_sale);
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

std::optional<Refusal> pay_with_points(const Program& program, const Receipt& receipt, const SpendWish& wish,
                                       const CardFacts& card, Assessment& result) {
  if (wish.mode == SpendWish::Mode::none) return std::nullopt;
  const auto ordered = in_spending_order(card.lots, receipt.at.date);
  const Balance balance = balance_on(card.lots, receipt.at.date);
  const Points available = std::max(Points{}, balance.active - balance.debt);
  Refusal refusal{Refusal::Reason::too_many_points, wish.points, {}, available};
  const bool must = wish.mode == SpendWish::Mode::exact;
  if (!program.spend.allowed) {
    refusal.reason = Refusal::Reason::spending_not_allowed;
    return refusal;
  }
  if (available < program.spend.min_balance) {
    refusal.reason = Refusal::Reason::below_min_balance;
    refusal.allowed = program.spend.min_balance;
    return must ? std::optional(refusal) : std::nullopt;
  }
  const auto amounts = payable(program, receipt, result);
  const Points most = most_points(program, amounts, result.total - result.discount, available);
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

  result.spent = points;
  result.debits = take(ordered, points);
  result.points_money = worth_of(program.unit, points);
  const auto money_parts = split_points_money(result.points_money.count, amounts);
  const auto point_parts = apportion(points.count, money_parts);
  for (std::size_t i = 0; i < money_parts.size(); ++i) {
    result.lines[i].points_money = {money_parts[i]};
    result.lines[i].spent = {point_parts[i]};
  }
  return std::nullopt;
}

std::optional<Points> earn_limit(const Program& program, const CardFacts& card, Points spent, Date on) {
  std::optional<Points> limit = program.limits.per_sale;
  const auto tighten = [&limit](Points other) { limit = limit ? std::min(*limit, other) : other; };
  if (program.limits.per_day_sales && card.earning_sales_that_day >= *program.limits.per_day_sales) tighten({0});
  if (program.limits.balance) {
    // What has passed its date takes no room, whether or not that has been booked.
    const Balance balance = balance_on(card.lots, on);
    const Points held = balance.active + balance.pending - balance.debt;
    tighten(std::max(Points{}, *program.limits.balance - (held - spent)));
  }
  return limit;
}

}  // namespace

std::variant<Assessment, Refusal> assess(const Program& program, const Receipt& receipt, const SpendWish& wish,
                                         const CardFacts& card) {
  Assessment result;
  for (const ReceiptLine& line : receipt.lines) {
    result.lines.push_back({line.amount, {}, {}, {}, {}, {}});
    result.total += line.amount;
  }
  give_discount(program, receipt, result);
  for (const LineAssessment& line : result.lines) result.discount += line.discount;
  if (const auto refusal = pay_with_points(program, receipt, wish, card, result)) return *refusal;
  result.paid = result.total - result.discount - result.points_money;
  for (LineAssessment& line : result.lines) line.paid = line.amount - line.discount - line.points_money;

  std::vector<EarnInput> inputs;
  for (std::size_t i = 0; i < receipt.lines.size(); ++i)
    inputs.push_back({&receipt.lines[i], receipt.lines[i].quantity, result.lines[i].amount, result.lines[i].discount,
                      result.lines[i].points_money});
  result.earn_limit = earn_limit(program, card, result.spent, receipt.at.date);
  Earning earning = earn(program, receipt.at, inputs, result.earn_limit, inputs);
  result.earned = earning.points;
  result.shares = std::move(earning.shares);
  result.is_capped = earning.is_capped;
  if (result.earned.count > 0) {
    const auto parts = apportion(result.earned.count, earning.weights);
    for (std::size_t i = 0; i < parts.size(); ++i) result.lines[i].earned = {parts[i]};
  }
  const Validity validity = validity_of_earn(program, receipt.at.date);
  result.usable_from = validity.usable_from;
  result.valid_through = validity.valid_through;
  return result;
}

}  // namespace loyal::domain
