// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "loyal/domain/assessment.hpp"

namespace loyal::domain {
namespace {

ReceiptLine piece(std::int64_t price, std::string category = {}, std::string sku = {}, std::int64_t pieces = 1) {
  ReceiptLine line;
  line.sku = std::move(sku);
  line.category = std::move(category);
  line.quantity = {pieces * 1000};
  line.price = {price};
  line.amount = {price * pieces};
  return line;
}

Receipt bought(std::vector<ReceiptLine> lines, const char* at = "2026-03-03T12:00:00") {
  Receipt receipt;
  receipt.at = local_time_from_iso(at).value();
  receipt.lines = std::move(lines);
  return receipt;
}

EarnRule percent(std::int64_t rate, std::vector<std::string> categories = {}) {
  EarnRule rule;
  rule.name = std::to_string(rate) + "%";
  rule.rate = reduced(rate, 100);
  rule.filter.categories = std::move(categories);
  return rule;
}

EarnRule times(std::int64_t thousandths, std::string name) {
  EarnRule rule;
  rule.name = std::move(name);
  rule.basis = EarnRule::Basis::times;
  rule.rate = reduced(thousandths, 1000);
  return rule;
}

Program earning(std::vector<EarnRule> rules) {
  Program program;
  program.earn = std::move(rules);
  return program;
}

Program cheaper(std::vector<DiscountRule> rules) {
  Program program;
  program.kind = Kind::discount;
  program.discount = std::move(rules);
  return program;
}

DiscountRule special(std::int64_t price, std::string sku) {
  DiscountRule rule;
  rule.name = "special";
  rule.basis = DiscountRule::Basis::price;
  rule.price = {price};
  rule.filter.skus = {std::move(sku)};
  return rule;
}

DiscountRule every(int count, std::string category, bool apart = false) {
  DiscountRule rule;
  rule.name = "free";
  rule.basis = DiscountRule::Basis::every;
  rule.every = count;
  rule.counts_receipts_apart = apart;
  rule.filter.categories = {std::move(category)};
  return rule;
}

DiscountRule off(std::int64_t rate) {
  DiscountRule rule;
  rule.name = "off";
  rule.rate = reduced(rate, 100);
  return rule;
}

Assessment assessed(const Program& program, const Receipt& receipt, const CardFacts& card = {}, SpendWish wish = {}) {
  const auto outcome = assess(program, receipt, wish, card);
  REQUIRE(std::holds_alternative<Assessment>(outcome));
  return std::get<Assessment>(outcome);
}

std::int64_t sum(const std::vector<RuleShare>& shares) {
  std::int64_t result = 0;
  for (const RuleShare& share : shares) result += share.points.count;
  return result;
}

}  // namespace

TEST_SUITE("assessment of rules") {
  TEST_CASE("under a product a line earns its best rule times every factor that it meets, floored once") {
    Program program = earning({percent(5), percent(10, {"books"}), times(2000, "Tuesday"), times(1500, "spring")});
    program.combine = Combine::product;
    program.earn[2].filter.weekdays = {2};
    program.earn[3].filter.categories = {"books"};
    struct Row {
      std::vector<ReceiptLine> lines;
      const char* at;
      std::int64_t earned;
      const char* reason;
    };
    const std::vector<Row> rows = {
        {{piece(100'000)}, "2026-03-02T12:00:00", 50, "a Monday: the plain rate alone"},
        {{piece(100'000)}, "2026-03-03T12:00:00", 100, "a Tuesday: twice"},
        {{piece(100'000, "books")}, "2026-03-03T12:00:00", 300, "10 % × 2 × 1.5"},
        {{piece(100'000), piece(100'000, "books")}, "2026-03-03T12:00:00", 400, "each line by its own factors"},
        {{piece(19'999), piece(19'999, "books")}, "2026-03-03T12:00:00", 79, "19.999 and 59.997, floored together"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      const Assessment result = assessed(program, bought(row.lines, row.at));
      CHECK(result.earned.count == row.earned);
      CHECK(sum(result.shares) == row.earned);
    }
  }

  TEST_CASE("the tier before the sale sets the rate in place of the plain one; rules with a filter stay") {
    Program program = earning({percent(5), percent(8, {"books"})});
    Tier silver;
    silver.name = "silver";
    silver.rate = reduced(7, 100);
    silver.max_share = reduced(1, 10);
    program.tiers.tiers = {silver};
    CardFacts card;
    CHECK(assessed(program, bought({piece(100'000)}), card).earned.count == 50);
    card.buyer.tier = "silver";
    CHECK(assessed(program, bought({piece(100'000)}), card).earned.count == 70);
    CHECK(assessed(program, bought({piece(100'000, "books")}), card).earned.count == 80);
    CHECK(assessed(program, bought({piece(100'000)}), card).shares.front().rule == "silver 7%");

    card.lots = {{{1}, {500}, {1}, Date::of(2026, 1, 1), Date::of(2026, 1, 1), std::nullopt}};
    CHECK(assessed(program, bought({piece(100'000)}), card, {SpendWish::Mode::max, {}}).spent.count == 100);
  }

  TEST_CASE("a rule may ask for the first purchase, a tier, a chosen category, or a subscription") {
    Program program = earning({percent(1), percent(20), percent(30), percent(40), percent(50)});
    program.earn[1].filter.first_purchase = true;
    program.earn[2].filter.tiers = {"gold"};
    program.earn[3].filter.chosen_categories = true;
    program.earn[4].filter.subscription = "vip";
    const Receipt receipt = bought({piece(100'000, "tea")});
    CardFacts card;
    CHECK(assessed(program, receipt, card).earned.count == 10);
    card.buyer.is_first_purchase = true;
    CHECK(assessed(program, receipt, card).earned.count == 200);
    card.buyer.tier = "gold";
    CHECK(assessed(program, receipt, card).earned.count == 300);
    card.buyer.chosen_categories = {"books", "tea"};
    CHECK(assessed(program, receipt, card).earned.count == 400);
    card.buyer.subscriptions = {"vip"};
    CHECK(assessed(program, receipt, card).earned.count == 500);
  }

  TEST_CASE("caps of a day, a month or a year cut what is earned to what is left of them") {
    Program program = earning({percent(10)});
    program.limits.period = {{std::nullopt, 2, std::nullopt}, {Period::month, std::nullopt, Points{250}}};
    CardFacts card;
    const auto with = [&](int sales, std::int64_t points) {
      card.earned = {{sales, {}}, {0, {points}}};
      return assessed(program, bought({piece(100'000)}), card).earned.count;
    };
    CHECK(with(0, 0) == 100);
    CHECK(with(1, 200) == 50);
    CHECK(with(1, 250) == 0);
    CHECK(with(1, 400) == 0);
    CHECK(with(2, 0) == 0);
  }

  TEST_CASE("what a period lets a card spend is cut for max, and refused for an exact wish") {
    Program program = earning({percent(10)});
    program.spend.period = {{std::nullopt, 1, Points{80}}};
    CardFacts card;
    card.lots = {{{1}, {500}, {1}, Date::of(2026, 1, 1), Date::of(2026, 1, 1), std::nullopt}};
    card.spent = {{0, {30}}};
    const Receipt receipt = bought({piece(100'000)});
    CHECK(assessed(program, receipt, card, {SpendWish::Mode::max, {}}).spent.count == 50);
    const auto refused = assess(program, receipt, {SpendWish::Mode::exact, {51}}, card);
    REQUIRE(std::holds_alternative<Refusal>(refused));
    CHECK(std::get<Refusal>(refused).allowed.count == 50);
    card.spent = {{1, {30}}};
    CHECK(assessed(program, receipt, card, {SpendWish::Mode::max, {}}).spent.count == 0);
  }

  TEST_CASE("what tills have reserved is not there to be spent") {
    Program program = earning({percent(10)});
    CardFacts card;
    card.lots = {{{1}, {500}, {1}, Date::of(2026, 1, 1), Date::of(2026, 1, 1), std::nullopt}};
    card.reserved = {450};
    CHECK(assessed(program, bought({piece(100'000)}), card, {SpendWish::Mode::max, {}}).spent.count == 50);
  }

  TEST_CASE("a special price is for each piece, and never dearer than the price itself") {
    const Program program = cheaper({special(15'000, "latte")});
    struct Row {
      ReceiptLine line;
      std::int64_t discount;
      const char* reason;
    };
    ReceiptLine half = piece(20'000, "", "latte");
    half.quantity = {500};
    half.amount = {10'000};
    const std::vector<Row> rows = {{piece(20'000, "", "latte"), 5'000, "one"},
                                   {piece(20'000, "", "latte", 3), 15'000, "three"},
                                   {piece(12'000, "", "latte"), 0, "cheaper already"},
                                   {piece(20'000, "", "tea"), 0, "other goods"},
                                   {half, 2'500, "half a litre at half the special price"}};
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      CHECK(assessed(program, bought({row.line})).discount.count == row.discount);
    }
  }

  TEST_CASE("every Nth piece is free over all visits, the cheapest of the receipt first") {
    const Program program = cheaper({every(6, "coffee")});
    struct Row {
      std::int64_t before;
      std::vector<ReceiptLine> lines;
      std::int64_t discount;
      const char* reason;
    };
    const std::vector<Row> rows = {
        {0, {piece(20'000, "coffee", "", 5)}, 0, "five"},
        {5, {piece(20'000, "coffee")}, 20'000, "the sixth"},
        {6, {piece(20'000, "coffee")}, 0, "the seventh"},
        {4, {piece(20'000, "coffee"), piece(15'000, "coffee")}, 15'000, "of two the cheaper one"},
        {0, {piece(20'000, "coffee", "", 12)}, 40'000, "two of a dozen"},
        {5, {piece(20'000, "cake")}, 0, "other goods do not count"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      CardFacts card;
      card.pieces_before = {row.before};
      CHECK(assessed(program, bought(row.lines), card).discount.count == row.discount);
    }
    CardFacts card;
    card.pieces_before = {5};
    CHECK(
        assessed(cheaper({every(3, "coffee", true)}), bought({piece(20'000, "coffee", "", 3)}), card).discount.count ==
        20'000);
    CHECK(assessed(cheaper({every(3, "coffee", true)}), bought({piece(20'000, "coffee")}), card).discount.count == 0);
  }

  TEST_CASE("of a percentage, a special price and a free piece a line takes the largest, whatever their order") {
    const Receipt receipt = bought({piece(20'000, "coffee", "latte"), piece(10'000, "cake")});
    CardFacts card;
    std::vector<DiscountRule> rules = {off(10), special(15'000, "latte"), every(6, "coffee")};
    do {
      const Program program = cheaper(rules);
      for (const std::int64_t before : {std::int64_t{0}, std::int64_t{5}}) {
        card.pieces_before.assign(3, before);
        const Assessment result = assessed(program, receipt, card);
        CHECK(result.lines[0].discount.count == (before == 5 ? 20'000 : 5'000));
        CHECK(result.lines[1].discount.count == 1'000);
        CHECK(sum(result.discount_shares) == result.discount.count);
      }
      std::rotate(rules.begin(), rules.begin() + 1, rules.end());
    } while (rules.front().basis != DiscountRule::Basis::rate);
  }

  TEST_CASE("a ladder's step gives its discount in place of the plain one") {
    Program program = cheaper({off(3)});
    Tier step;
    step.name = "5 %";
    step.discount = reduced(5, 100);
    program.tiers.tiers = {step};
    CardFacts card;
    CHECK(assessed(program, bought({piece(10'000)}), card).discount.count == 300);
    card.buyer.tier = "5 %";
    CHECK(assessed(program, bought({piece(10'000)}), card).discount.count == 500);
  }

  TEST_CASE("gift cards pay what points have left, in their order and exactly") {
    Program program = earning({percent(10)});
    CardFacts card;
    card.lots = {{{1}, {20}, {1}, Date::of(2026, 1, 1), Date::of(2026, 1, 1), std::nullopt}};
    Receipt receipt = bought({piece(6'000), piece(4'000)});
    receipt.gifts = {{{7}, {5'000}, std::nullopt}, {{8}, {9'000}, Money{1'000}}};
    const Assessment result = assessed(program, receipt, card, {SpendWish::Mode::max, {}});
    CHECK(result.points_money.count == 2'000);
    CHECK(result.paid.count == 8'000);
    CHECK(result.gift_money.count == 6'000);
    REQUIRE(result.gifts.size() == 2);
    CHECK(result.gifts[0].count == 5'000);
    CHECK(result.gifts[1].count == 1'000);
    CHECK(result.lines[0].gift_money.count == 3'600);
    CHECK(result.lines[1].gift_money.count == 2'400);
    // Money of a gift card is money: it earns.
    CHECK(result.earned.count == 8);
    receipt.gifts[1].asked = Money{3'001};
    const auto refused = assess(program, receipt, {SpendWish::Mode::max, {}}, card);
    REQUIRE(std::holds_alternative<Refusal>(refused));
    CHECK(std::get<Refusal>(refused).reason == Refusal::Reason::gift_too_small);
    CHECK(std::get<Refusal>(refused).allowed.count == 3'000);
  }

  TEST_CASE(
      "a company gives a sum, a part, or what is missing to a round sum, within the month's cap and its account") {
    struct Row {
      DonationRules rules;
      std::int64_t total, account, this_month, donation;
      DonationShort why;
      const char* reason;
    };
    const DonationRules sum{"fund", Money{100}, {}, {}, {}};
    const DonationRules part{"fund", {}, reduced(1, 100), {}, {}};
    const DonationRules rest{"fund", {}, {}, Money{10'000}, {}};
    const DonationRules capped{"fund", Money{100}, {}, {}, Money{250}};
    const std::vector<Row> rows = {
        {sum, 12'345, 1'000, 0, 100, DonationShort::no, "a rouble"},
        {part, 12'350, 1'000, 0, 124, DonationShort::no, "1.235, half up"},
        {rest, 12'345, 10'000, 0, 7'655, DonationShort::no, "to 200"},
        {rest, 20'000, 10'000, 0, 0, DonationShort::no, "round already"},
        {capped, 100, 1'000, 200, 50, DonationShort::month_cap, "what is left of the month"},
        {capped, 100, 1'000, 250, 0, DonationShort::month_cap, "nothing is left"},
        {sum, 100, 99, 0, 0, DonationShort::empty_account, "the account does not hold it"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      Program program;
      program.kind = Kind::charity;
      program.donation = row.rules;
      CardFacts card;
      card.donation_account = {row.account};
      card.donated_this_month = {row.this_month};
      const Assessment result = assessed(program, bought({piece(row.total)}), card);
      CHECK(result.donation.count == row.donation);
      CHECK(result.earned.count == row.donation);
      CHECK(result.donation_short == row.why);
    }
  }
}

}  // namespace loyal::domain
