// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <random>

#include "loyal/domain/assessment.hpp"

using loyal::Date;
using loyal::Money;
using loyal::Points;
using namespace loyal::domain;

namespace {

using Kind = PromoEffect::Kind;
using Numbers = std::vector<std::int64_t>;
__extension__ using Wide = __int128;

// The oracle: the rules of promo codes written down a second time, slowly, with exact fractions of whole kopecks.

std::int64_t half_up(Wide numerator, Wide denominator) {
  return static_cast<std::int64_t>((2 * numerator + denominator) / (2 * denominator));
}

/// One kopeck each to the largest remainders, by trying every line in turn.
Numbers split(std::int64_t total, const Numbers& weights) {
  const Wide sum = std::accumulate(weights.begin(), weights.end(), Wide{0});
  Numbers parts(weights.size(), 0);
  if (sum == 0) return parts;
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    given += parts[i] = static_cast<std::int64_t>(Wide{total} * weights[i] / sum);
  std::vector<bool> has_more(weights.size(), false);
  for (; given < total; ++given) {
    std::optional<std::size_t> next;
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (!has_more[i] && (!next || Wide{total} * weights[i] % sum > Wide{total} * weights[*next] % sum)) next = i;
    has_more[*next] = true;
    ++parts[*next];
  }
  return parts;
}

struct Case {
  Program program;
  Receipt receipt;
  SpendWish wish;
  CardFacts card;
};

bool is_for(const PromoCode& promo, const ReceiptLine& line) {
  const auto& wanted = promo.terms.filter.categories;
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), line.category) != wanted.end();
}

/// What a set of codes takes off each line, the card's discount first where it goes along.
Numbers taken_by(const Case& one, std::vector<const PromoCode*> set, bool with_card) {
  const auto& lines = one.receipt.lines;
  Numbers left;
  for (const ReceiptLine& line : lines) left.push_back(line.amount.count);
  const auto take = [&left](const Numbers& parts) {
    for (std::size_t i = 0; i < left.size(); ++i) left[i] -= parts[i];
  };
  if (with_card && !one.program.discount.empty()) {
    const Rate rate = one.program.discount.front().rate;
    const std::int64_t sum = std::accumulate(left.begin(), left.end(), std::int64_t{0});
    take(split(half_up(Wide{sum} * rate.numerator, rate.denominator), left));
  }
  const auto rank = [](Kind kind) {
    return kind == Kind::percent     ? 0
           : kind == Kind::price     ? 1
           : kind == Kind::free_item ? 2
           : kind == Kind::money     ? 3
                                     : 4;
  };
  std::sort(set.begin(), set.end(), [&rank](const PromoCode* a, const PromoCode* b) {
    const PromoEffect& x = a->terms.effect;
    const PromoEffect& y = b->terms.effect;
    if (rank(x.kind) != rank(y.kind)) return rank(x.kind) < rank(y.kind);
    const Wide left_rate = Wide{x.rate.numerator} * y.rate.denominator;
    const Wide right_rate = Wide{y.rate.numerator} * x.rate.denominator;
    if (left_rate != right_rate) return left_rate > right_rate;
    if (x.money != y.money) return x.money > y.money;
    return a->code < b->code;
  });
  for (const PromoCode* promo : set) {
    const PromoEffect& effect = promo->terms.effect;
    Numbers weights(left.size(), 0);
    for (std::size_t i = 0; i < left.size(); ++i)
      if (is_for(*promo, lines[i])) weights[i] = left[i];
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    if (sum == 0) continue;
    Numbers parts(left.size(), 0);
    if (effect.kind == Kind::percent) {
      parts = split(std::min(sum, half_up(Wide{sum} * effect.rate.numerator, effect.rate.denominator)), weights);
    } else if (effect.kind == Kind::money) {
      parts = split(std::min(sum, effect.money.count), weights);
    } else if (effect.kind == Kind::price) {
      for (std::size_t i = 0; i < left.size(); ++i)
        if (is_for(*promo, lines[i]))
          parts[i] =
              std::max<std::int64_t>(0, left[i] - half_up(Wide{effect.money.count} * lines[i].quantity.count, 1000));
    } else if (effect.kind == Kind::free_item) {
      std::optional<std::size_t> best;
      const auto piece = [&](std::size_t i) { return half_up(Wide{left[i]} * 1000, lines[i].quantity.count); };
      for (std::size_t i = 0; i < left.size(); ++i)
        if (weights[i] > 0 && (!best || piece(i) < piece(*best))) best = i;
      if (best) parts[*best] = piece(*best);
    }
    take(parts);
  }
  Numbers taken;
  for (std::size_t i = 0; i < left.size(); ++i) taken.push_back(lines[i].amount.count - left[i]);
  return taken;
}

std::int64_t sum_of(const Numbers& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
}

/// The most that any set that may stand together takes off.
std::int64_t best_discount(const Case& one) {
  std::vector<const PromoCode*> together;
  std::int64_t best = sum_of(taken_by(one, {}, true));
  for (const PromoCode& promo : one.receipt.promos) {
    if (promo.terms.stacking == Stacking::always)
      together.push_back(&promo);
    else
      best = std::max(best, sum_of(taken_by(one, {&promo}, promo.terms.stacking == Stacking::with_card)));
  }
  return std::max(best, sum_of(taken_by(one, together, true)));
}

class Cases {
 public:
  explicit Cases(unsigned seed) : random_(seed) {}

  Case next() {
    Case one;
    one.receipt.at = {Date::of(2026, 3, 2), 12 * 3600};
    // No points are earned, so that the better set is the one that takes more off.
    if (below(3) > 0) {
      DiscountRule rule;
      rule.rate = reduced(below(30) + 1, 100);
      one.program.discount = {rule};
    }
    for (std::int64_t i = below(4); i >= 0; --i) {
      const std::int64_t pieces = below(3) + 1;
      const std::int64_t price = below(100'000) + 1;
      one.receipt.lines.push_back(
          {"", "", below(2) == 0 ? "books" : "toys", {pieces * 1000}, {price}, {price * pieces}});
    }
    const std::string& category = one.receipt.lines.front().category;
    one.receipt.promos = {promo("AAA", category), promo("BBB", category)};
    if (below(4) == 0) one.receipt.promos.push_back(promo("CCC", category));
    Lot lot;
    lot.id = {1};
    lot.remainder = {below(1000)};
    lot.usable_from = lot.date = Date::of(2026, 1, 1);
    if (lot.remainder.count > 0) one.card.lots = {lot};
    one.program.spend.allowed = true;
    one.wish = {SpendWish::Mode::max, {}};
    if (below(2) == 0) one.receipt.gifts = {{{7}, {below(50'000) + 1}, std::nullopt}};
    return one;
  }

 private:
  std::int64_t below(std::int64_t bound) { return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(random_); }

  /// A code for all goods, or for those of the receipt's first line: one for other goods is refused by itself.
  PromoCode promo(const char* code, const std::string& category) {
    PromoCode result{code, {}};
    PromoEffect& effect = result.terms.effect;
    effect.kind = static_cast<Kind>(below(4));
    if (effect.kind == Kind::percent) effect.rate = reduced(below(100) + 1, 100);
    if (effect.kind == Kind::money || effect.kind == Kind::price) effect.money = {below(60'000) + 1};
    if (below(2) == 0) result.terms.filter.categories = {category};
    result.terms.stacking = static_cast<Stacking>(below(3));
    return result;
  }

  std::mt19937 random_;
};

}  // namespace

TEST_SUITE("promo codes") {
  TEST_CASE("10,000 receipts with card discount, codes, points and gift money come to what exact fractions say") {
    Cases cases(20'261'122);
    for (int i = 0; i < 10'000; ++i) {
      Case one = cases.next();
      INFO("receipt " << i);
      const auto outcome = assess(one.program, one.receipt, one.wish, one.card);
      REQUIRE(std::holds_alternative<Assessment>(outcome));
      const auto& result = std::get<Assessment>(outcome);
      const std::int64_t expected = best_discount(one);
      REQUIRE(result.discount.count == expected);
      Money discount, points_money, paid, gifts;
      for (const LineAssessment& line : result.lines) {
        REQUIRE(line.paid.count >= 0);
        REQUIRE(line.discount.count >= 0);
        REQUIRE(line.paid == line.amount - line.discount - line.points_money);
        REQUIRE(line.gift_money <= line.paid);
        discount += line.discount;
        points_money += line.points_money;
        paid += line.paid;
        gifts += line.gift_money;
      }
      REQUIRE(discount == result.discount);
      REQUIRE(points_money == result.points_money);
      REQUIRE(paid == result.paid);
      REQUIRE(gifts == result.gift_money);
      Money by_codes;
      for (const GivenPromo& promo : result.promos) by_codes += promo.discount;
      REQUIRE(by_codes <= result.discount);

      std::reverse(one.receipt.promos.begin(), one.receipt.promos.end());
      const auto turned = std::get<Assessment>(assess(one.program, one.receipt, one.wish, one.card));
      for (std::size_t line = 0; line < result.lines.size(); ++line) {
        REQUIRE(turned.lines[line].discount == result.lines[line].discount);
        REQUIRE(turned.lines[line].paid == result.lines[line].paid);
      }
      REQUIRE(turned.promos.size() == result.promos.size());
      for (std::size_t promo = 0; promo < result.promos.size(); ++promo)
        REQUIRE(turned.promos[promo].code == result.promos[promo].code);
    }
  }

  TEST_CASE("99.99 with a code of 15% and one of 10%: 15.00 off, then 8.50") {
    Program program;
    Receipt receipt;
    receipt.at = {Date::of(2026, 3, 2), 12 * 3600};
    receipt.lines = {{"", "", "", {1000}, {9999}, {9999}}};
    PromoTerms ten;
    ten.effect.rate = {1, 10};
    ten.stacking = Stacking::always;
    PromoTerms fifteen = ten;
    fifteen.effect.rate = {3, 20};
    receipt.promos = {{"TEN", ten}, {"FIFTEEN", fifteen}};
    const auto result = std::get<Assessment>(assess(program, receipt, {}, {}));
    REQUIRE(result.promos.size() == 2);
    CHECK(result.promos[0].code == "FIFTEEN");
    CHECK(result.promos[0].discount.count == 1500);
    CHECK(result.promos[1].discount.count == 850);
    CHECK(result.paid.count == 7649);
  }
}
