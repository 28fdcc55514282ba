// SPDX-License-Identifier: MIT
#include "promo_discount.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "loyal/base/apportion.hpp"
#include "loyal/domain/filter.hpp"

namespace loyal::domain {
namespace {

using Kind = PromoEffect::Kind;

constexpr std::int64_t one_piece = 1000;

/// Percents stand first, the larger before the smaller; then what is counted in money; of points, factors before sums.
int phase(Kind kind) {
  switch (kind) {
    case Kind::percent:
      return 0;
    case Kind::price:
      return 1;
    case Kind::free_item:
      return 2;
    case Kind::money:
      return 3;
    case Kind::multiplier:
      return 4;
    case Kind::points:
    case Kind::entry:
      break;
  }
  return 5;
}

bool stands_before(const PromoCode* a, const PromoCode* b) {
  const PromoEffect& left = a->terms.effect;
  const PromoEffect& right = b->terms.effect;
  if (phase(left.kind) != phase(right.kind)) return phase(left.kind) < phase(right.kind);
  if (left.rate != right.rate) return is_less(right.rate, left.rate);
  if (left.money != right.money) return left.money > right.money;
  return a->code < b->code;
}

std::vector<std::size_t> matching_lines(const PromoTerms& terms, const BuyerFacts& buyer, const Receipt& receipt) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < receipt.lines.size(); ++i)
    if (matches_line(terms.filter, buyer, receipt.lines[i])) result.push_back(i);
  return result;
}

/// What is left of one piece of a line.
std::int64_t piece_left(std::int64_t left, const ReceiptLine& line) {
  return line.quantity.count <= one_piece ? left : multiply_divide_half_up(left, one_piece, line.quantity.count);
}

/// What a code takes off each line, at most what is left of it.
std::vector<std::int64_t> taken_off(const PromoTerms& terms, const BuyerFacts& buyer, const Receipt& receipt,
                                    const std::vector<std::int64_t>& left) {
  std::vector<std::int64_t> parts(left.size(), 0);
  const auto matching = matching_lines(terms, buyer, receipt);
  std::vector<std::int64_t> weights(left.size(), 0);
  for (const std::size_t i : matching) weights[i] = left[i];
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  if (sum == 0) return parts;
  const PromoEffect& effect = terms.effect;
  if (effect.kind == Kind::percent)
    return apportion(std::min(sum, multiply_divide_half_up(sum, effect.rate.numerator, effect.rate.denominator)),
                     weights);
  if (effect.kind == Kind::money) return apportion(std::min(sum, effect.money.count), weights);
  if (effect.kind == Kind::price) {
    for (const std::size_t i : matching) {
      const std::int64_t special =
          multiply_divide_half_up(effect.money.count, receipt.lines[i].quantity.count, one_piece);
      parts[i] = std::max<std::int64_t>(0, left[i] - special);
    }
  } else if (effect.kind == Kind::free_item) {
    std::optional<std::size_t> cheapest;
    for (const std::size_t i : matching)
      if (receipt.lines[i].quantity.count >= one_piece && left[i] > 0 &&
          (!cheapest || piece_left(left[i], receipt.lines[i]) < piece_left(left[*cheapest], receipt.lines[*cheapest])))
        cheapest = i;
    if (cheapest) parts[*cheapest] = piece_left(left[*cheapest], receipt.lines[*cheapest]);
  }
  return parts;
}

}  // namespace

std::optional<Refusal> check_promos(const Receipt& receipt, const BuyerFacts& buyer) {
  for (const PromoCode& promo : receipt.promos) {
    const Filter& filter = promo.terms.filter;
    const auto refused = [&promo](Refusal::Reason reason) {
      Refusal refusal;
      refusal.reason = reason;
      refusal.what = promo.code;
      return refusal;
    };
    if (!matches_time(filter, receipt.at)) return refused(Refusal::Reason::promo_not_now);
    if (!matches_buyer(filter, buyer)) return refused(Refusal::Reason::promo_not_for_buyer);
    Money sum;
    const auto matching = matching_lines(promo.terms, buyer, receipt);
    for (const std::size_t i : matching) sum += receipt.lines[i].amount;
    if (matching.empty()) return refused(Refusal::Reason::promo_no_goods);
    if (sum >= filter.min_amount) continue;
    Refusal refusal = refused(Refusal::Reason::promo_too_small);
    refusal.asked = {sum.count};
    refusal.allowed = {filter.min_amount.count};
    return refusal;
  }
  return std::nullopt;
}

std::vector<PromoSet> promo_sets(const Receipt& receipt) {
  std::vector<const PromoCode*> ordered;
  for (const PromoCode& promo : receipt.promos) ordered.push_back(&promo);
  std::sort(ordered.begin(), ordered.end(), stands_before);
  std::vector<PromoSet> result;
  PromoSet together;
  for (const PromoCode* promo : ordered)
    if (promo->terms.stacking == Stacking::always) together.promos.push_back(promo);
  if (!together.promos.empty()) result.push_back(together);
  for (const PromoCode* promo : ordered)
    if (promo->terms.stacking == Stacking::with_card) result.push_back({{promo}, true});
  for (const PromoCode* promo : ordered)
    if (promo->terms.stacking == Stacking::never) result.push_back({{promo}, false});
  result.push_back({});
  return result;
}

void give_promos(const PromoSet& set, const BuyerFacts& buyer, const Receipt& receipt, Assessment& result) {
  for (const PromoCode* promo : set.promos) {
    GivenPromo given{promo->code, {}, {}};
    if (is_discount(promo->terms.effect.kind)) {
      std::vector<std::int64_t> left;
      for (const LineAssessment& line : result.lines) left.push_back((line.amount - line.discount).count);
      const auto parts = taken_off(promo->terms, buyer, receipt, left);
      for (std::size_t i = 0; i < parts.size(); ++i) {
        result.lines[i].discount += Money{parts[i]};
        given.discount += Money{parts[i]};
      }
      // A code that finds nothing left to take is not used up.
      if (given.discount.count == 0) continue;
      result.discount_shares.push_back({promo->code, {given.discount.count}});
    }
    result.promos.push_back(std::move(given));
  }
}

}  // namespace loyal::domain
