// SPDX-License-Identifier: MIT
#include "loyal/domain/assessment.hpp"

#include <algorithm>

#include "discount.hpp"
#include "loyal/base/apportion.hpp"
#include "loyal/domain/donation.hpp"
#include "loyal/domain/expiry.hpp"
#include "promo_discount.hpp"
#include "spending.hpp"

namespace loyal::domain {
namespace {

std::optional<Points> earn_limit(const Program& program, const CardFacts& card, Points spent, Date on) {
  std::optional<Points> limit = program.limits.per_sale;
  const auto tighten = [&limit](Points other) { limit = limit ? std::min(*limit, other) : other; };
  for (std::size_t i = 0; i < program.limits.period.size() && i < card.earned.size(); ++i) {
    const PeriodLimit& cap = program.limits.period[i];
    if (cap.sales && card.earned[i].sales >= *cap.sales) tighten({0});
    if (cap.points) tighten(std::max(Points{}, *cap.points - card.earned[i].points));
  }
  if (program.limits.balance) {
    // What has passed its date takes no room, whether or not that has been booked.
    const Balance balance = balance_on(card.lots, on);
    const Points held = balance.active + balance.pending - balance.debt;
    tighten(std::max(Points{}, *program.limits.balance - (held - spent)));
  }
  return limit;
}

/// What is sold onto a card must be there, at its price, and fit onto the card: unlike points that come along, it is
/// never cut.
std::optional<Refusal> check_offer(const Program& program, const Receipt& receipt, const CardFacts& card,
                                   const Assessment& result) {
  if (receipt.offer.empty()) return std::nullopt;
  Refusal refusal{Refusal::Reason::unknown_offer, {}, {}, {}, receipt.offer, {}};
  const Offer* offer = find_offer(program, receipt.offer);
  if (offer == nullptr) return refusal;
  if (offer->price && result.total.count % offer->price->count != 0) {
    refusal.reason = Refusal::Reason::off_price;
    refusal.allowed = {offer->price->count};
    refusal.asked = {result.total.count};
    return refusal;
  }
  const Points brought =
      offer->price ? Points{multiply_divide_floor(offer->points.count, result.total.count, offer->price->count)}
                   : points_for(program.unit, result.total);
  if (program.event && program.event->capacity) {
    const std::int64_t left = *program.event->capacity - card.tickets_sold;
    if (brought.count > left) {
      refusal.reason = Refusal::Reason::sold_out;
      refusal.allowed = {std::max<std::int64_t>(0, left)};
      refusal.asked = brought;
      return refusal;
    }
  }
  if (!program.limits.balance) return std::nullopt;
  const Balance balance = balance_on(card.lots, receipt.at.date);
  const Points room = std::max(Points{}, *program.limits.balance - (balance.active + balance.pending - balance.debt));
  if (brought <= room) return std::nullopt;
  refusal.reason = Refusal::Reason::over_balance;
  refusal.allowed = room;
  refusal.asked = brought;
  return refusal;
}

/// A subscription gives what it gives while it is paid for.
bool is_paid_for(const Program& program, const BuyerFacts& buyer) {
  return program.kind != Kind::subscription ||
         std::find(buyer.subscriptions.begin(), buyer.subscriptions.end(), program.slug) != buyer.subscriptions.end();
}

void give_away(const DonationRules& rules, const CardFacts& card, Assessment& result) {
  Money donation = donation_of(rules, result.paid);
  if (rules.per_month) {
    const Money room = std::max(Money{}, *rules.per_month - card.donated_this_month);
    if (donation > room) result.donation_short = DonationShort::month_cap;
    donation = std::min(donation, room);
  }
  if (donation > card.donation_account) {
    result.donation_short = DonationShort::empty_account;
    donation = {};
  }
  result.donation = donation;
  result.earned = {donation.count};
  if (donation.count > 0) result.shares = {{rules.fund, result.earned}};
}

bool is_used(const Assessment& result, const std::string& code) {
  return std::any_of(result.promos.begin(), result.promos.end(),
                     [&code](const GivenPromo& given) { return given.code == code; });
}

void earn_points(const Program& program, const Receipt& receipt, const CardFacts& card, Assessment& result) {
  std::vector<EarnInput> inputs;
  for (std::size_t i = 0; i < receipt.lines.size(); ++i)
    inputs.push_back({&receipt.lines[i], receipt.lines[i].quantity, result.lines[i].amount, result.lines[i].discount,
                      result.lines[i].points_money});
  BuyerFacts buyer = card.buyer;
  buyer.offer = receipt.offer;
  for (const GivenPromo& given : result.promos)
    buyer.promos.push_back(*std::find_if(receipt.promos.begin(), receipt.promos.end(),
                                         [&given](const PromoCode& promo) { return promo.code == given.code; }));
  if (receipt.offer.empty()) result.earn_limit = earn_limit(program, card, result.spent, receipt.at.date);
  Earning earning = earn(program, receipt.at, buyer, inputs, result.earn_limit, inputs);
  result.earned = earning.points;
  result.shares = std::move(earning.shares);
  result.is_capped = earning.is_capped;
  for (GivenPromo& promo : result.promos)
    for (const RuleShare& share : result.shares)
      if (share.rule == promo.code) promo.points = share.points;
  if (result.earned.count == 0) return;
  const auto parts = apportion(result.earned.count, earning.weights);
  for (std::size_t i = 0; i < parts.size(); ++i) result.lines[i].earned = {parts[i]};
}

}  // namespace

Money donation_of(const DonationRules& rules, Money paid) {
  if (rules.amount) return *rules.amount;
  if (rules.rate) return {multiply_divide_half_up(paid.count, rules.rate->numerator, rules.rate->denominator)};
  const std::int64_t step = rules.round_up->count;
  return {(step - paid.count % step) % step};
}

namespace {

using Outcome = std::variant<Assessment, Refusal>;

/// The receipt with those of its codes that go together.
Outcome assess_set(const Program& program, const Receipt& receipt, const SpendWish& wish, const CardFacts& card,
                   const PromoSet& promos) {
  Assessment result;
  for (const ReceiptLine& line : receipt.lines) {
    result.lines.push_back({line.amount, {}, {}, {}, {}, {}, {}});
    result.total += line.amount;
  }
  if (const auto refusal = check_offer(program, receipt, card, result)) return *refusal;
  if (promos.with_card && receipt.offer.empty() && is_paid_for(program, card.buyer))
    give_discount(program, receipt, card, result);
  give_promos(promos, card.buyer, receipt, result);
  Purse purse = purse_of(card, receipt.at.date);
  if (const auto refusal = give_rewards(program, receipt, card, purse, result)) return *refusal;
  for (const LineAssessment& line : result.lines) result.discount += line.discount;
  if (const auto refusal = pay_with_points(program, receipt, wish, card, purse, result)) return *refusal;
  result.paid = result.total - result.discount - result.points_money;
  for (LineAssessment& line : result.lines) line.paid = line.amount - line.discount - line.points_money;
  if (const auto refusal = pay_with_gifts(receipt, result)) return *refusal;

  if (program.donation)
    give_away(*program.donation, card, result);
  else
    earn_points(program, receipt, card, result);
  const Validity validity = validity_of_sale(program, receipt, card);
  result.usable_from = validity.usable_from;
  result.valid_through = validity.valid_through;
  return result;
}

/// What a purchase leaves with the buyer: money that is not asked for, and points.
Money benefit_of(const Program& program, const Assessment& assessment) {
  return assessment.discount + worth_of(program.unit, assessment.earned);
}

}  // namespace

Outcome assess(const Program& program, const Receipt& receipt, const SpendWish& wish, const CardFacts& card) {
  if (receipt.promos.empty()) return assess_set(program, receipt, wish, card, {});
  if (const auto refusal = check_promos(receipt, card.buyer)) return *refusal;
  std::optional<Outcome> best;
  for (const PromoSet& set : promo_sets(receipt)) {
    Outcome outcome = assess_set(program, receipt, wish, card, set);
    auto* assessment = std::get_if<Assessment>(&outcome);
    const auto* before = best ? std::get_if<Assessment>(&*best) : nullptr;
    if (!best || (assessment != nullptr && before == nullptr) ||
        (assessment != nullptr && benefit_of(program, *before) < benefit_of(program, *assessment)))
      best = std::move(outcome);
  }
  if (auto* chosen = std::get_if<Assessment>(&*best))
    for (const PromoCode& promo : receipt.promos)
      if (!is_used(*chosen, promo.code)) chosen->left_out.push_back(promo.code);
  return std::move(*best);
}

}  // namespace loyal::domain
