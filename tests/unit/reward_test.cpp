// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "loyal/base/error.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/domain/giving_back.hpp"
#include "loyal/service/sale_rewards.hpp"

using namespace loyal;
using namespace loyal::domain;
using Reason = Refusal::Reason;

namespace {

const Date day = Date::of(2026, 3, 2);

ReceiptLine line(const char* category, std::int64_t amount, std::int64_t thousandths = 1000) {
  return {category, {}, category, {thousandths}, {amount * 1000 / thousandths}, {amount}};
}

/// A stamp a cup; half off a bun at three stamps, a cup for five.
Program stamps() {
  Program program;
  program.slug = "sixth";
  program.kind = Kind::stamp;
  program.spend.allowed = false;
  EarnRule cup;
  cup.name = "cup";
  cup.basis = EarnRule::Basis::per_item;
  cup.points = {1};
  cup.filter.categories = {"coffee"};
  program.earn = {cup};
  Reward step;
  step.name = "half a bun";
  step.at = {3};
  step.off = {1, 2};
  step.filter.categories = {"bakery"};
  Reward free_cup;
  free_cup.name = "cup";
  free_cup.cost = {5};
  free_cup.up_to = Money{30000};
  free_cup.filter.categories = {"coffee"};
  Reward mug;
  mug.name = "mug";
  mug.cost = {15};
  mug.has_stock = true;
  program.rewards = {step, free_cup, mug};
  return program;
}

CardFacts holding(std::int64_t points) {
  CardFacts facts;
  facts.lots = {{{1}, {points}, {1}, day, day, std::nullopt}};
  return facts;
}

Receipt receipt(std::vector<ReceiptLine> lines, std::vector<service::RewardRequest> wishes) {
  Receipt result;
  result.at = {day, 12 * 3600};
  result.lines = std::move(lines);
  service::place_rewards(stamps(), wishes, result);
  return result;
}

}  // namespace

TEST_SUITE("reward") {
  TEST_CASE("each reward gets one piece of its own, the dearest that it fits, and no kopeck is lost") {
    const struct {
      const char* why;
      std::vector<ReceiptLine> lines;
      std::vector<service::RewardRequest> wishes;
      std::vector<std::int64_t> quantities, amounts;
      std::vector<std::size_t> places;
    } rows[] = {
        {"a line of one piece", {line("coffee", 22000)}, {{"cup", 0}}, {1000}, {22000}, {0}},
        {"three for a price that does not divide",
         {line("coffee", 10000, 3000)},
         {{"cup", 0}},
         {1000, 2000},
         {3333, 6667},
         {0}},
        {"the dearer of two",
         {line("coffee", 20000), line("coffee", 25000)},
         {{"cup", 0}},
         {1000, 1000},
         {20000, 25000},
         {1}},
        {"the line that was named",
         {line("coffee", 20000), line("coffee", 25000)},
         {{"cup", 1}},
         {1000, 1000},
         {20000, 25000},
         {0}},
        {"goods that it is not for",
         {line("bakery", 90000), line("coffee", 25000)},
         {{"cup", 0}},
         {1000, 1000},
         {90000, 25000},
         {1}},
        {"two of three pieces",
         {line("coffee", 30000, 3000)},
         {{"cup", 0}, {"cup", 0}},
         {1000, 1000, 1000},
         {10000, 10000, 10000},
         {0, 1}},
        {"one asked for by its place, the other takes what is left",
         {line("coffee", 30000), line("coffee", 10000)},
         {{"cup", 0}, {"cup", 1}},
         {1000, 1000},
         {30000, 10000},
         {1, 0}},
        {"half a kilo is one piece", {line("coffee", 40000, 500)}, {{"cup", 0}}, {500}, {40000}, {0}},
        {"a kilo and a half", {line("coffee", 30000, 1500)}, {{"cup", 0}}, {1000, 500}, {20000, 10000}, {0}},
        {"a name in other letters", {line("coffee", 22000)}, {{"CUP", 0}}, {1000}, {22000}, {0}},
    };
    for (const auto& row : rows) {
      INFO(row.why);
      const Receipt placed = receipt(row.lines, row.wishes);
      REQUIRE(placed.lines.size() == row.amounts.size());
      for (std::size_t i = 0; i < placed.lines.size(); ++i) {
        CHECK(placed.lines[i].quantity.count == row.quantities[i]);
        CHECK(placed.lines[i].amount.count == row.amounts[i]);
      }
      REQUIRE(placed.rewards.size() == row.places.size());
      for (std::size_t i = 0; i < row.places.size(); ++i) CHECK(placed.rewards[i].line == row.places[i]);
    }
    CHECK_THROWS_AS(receipt({line("coffee", 1)}, {{"cup", 2}}), Error);
    CHECK_THROWS_AS(receipt({line("coffee", 1)}, {{"cup", 1}, {"cup", 1}}), Error);
    CHECK_THROWS_AS(receipt({line("coffee", 1)}, {{"cup", 0}, {"cup", 0}}), Error);
  }

  TEST_CASE("a reward is given or refused by what the card has and has had") {
    CardFacts stepped = holding(9);
    stepped.steps_used = {"half a bun"};
    CardFacts no_mugs = holding(20);
    no_mugs.out_of_stock = {"mug"};
    CardFacts reserved = holding(5);
    reserved.reserved = {1};
    const struct {
      const char* why;
      const char* reward;
      ReceiptLine goods;
      CardFacts card;
      std::optional<Reason> reason;
      std::int64_t discount, points_money, paid, spent, earned;
    } rows[] = {
        {"a cup for five stamps brings no stamp", "cup", line("coffee", 22000), holding(5), {}, 0, 22000, 0, 5, 0},
        {"what a dearer one costs more is paid, and it brings no stamp either",
         "cup",
         line("coffee", 35000),
         holding(6),
         {},
         0,
         30000,
         5000,
         5,
         0},
        {"a step takes no stamps", "half a bun", line("bakery", 9999), holding(3), {}, 5000, 0, 4999, 0, 0},
        {"one stamp short", "cup", line("coffee", 22000), holding(4), Reason::too_few_for_reward, 0, 0, 0, 0, 0},
        {"a till holds one", "cup", line("coffee", 22000), reserved, Reason::too_few_for_reward, 0, 0, 0, 0, 0},
        {"a step too early", "half a bun", line("bakery", 9999), holding(2), Reason::too_few_for_reward, 0, 0, 0, 0, 0},
        {"a step a second time", "half a bun", line("bakery", 9999), stepped, Reason::step_given_already, 0, 0, 0, 0,
         0},
        {"another's goods", "cup", line("bakery", 9999), holding(9), Reason::reward_not_for_goods, 0, 0, 0, 0, 0},
        {"none left", "mug", line("mugs", 50000), no_mugs, Reason::out_of_stock, 0, 0, 0, 0, 0},
        {"unknown", "moon", line("coffee", 1), holding(9), Reason::unknown_reward, 0, 0, 0, 0, 0},
    };
    for (const auto& row : rows) {
      INFO(row.why);
      const auto outcome = assess(stamps(), receipt({row.goods}, {{row.reward, 0}}), {}, row.card);
      REQUIRE(std::holds_alternative<Refusal>(outcome) == row.reason.has_value());
      if (row.reason) {
        CHECK(std::get<Refusal>(outcome).reason == *row.reason);
        continue;
      }
      const auto& sale = std::get<Assessment>(outcome);
      CHECK(sale.discount.count == row.discount);
      CHECK(sale.points_money.count == row.points_money);
      CHECK(sale.paid.count == row.paid);
      CHECK(sale.spent.count == row.spent);
      CHECK(sale.earned.count == row.earned);
    }
  }

  TEST_CASE("two rewards of one receipt are paid for one after the other") {
    const Receipt two = receipt({line("coffee", 44000, 2000)}, {{"cup", 0}, {"cup", 0}});
    CHECK(std::holds_alternative<Assessment>(assess(stamps(), two, {}, holding(10))));
    CHECK(std::holds_alternative<Refusal>(assess(stamps(), two, {}, holding(9))));
    const Receipt steps = receipt({line("bakery", 10000, 2000)}, {{"half a bun", 0}, {"half a bun", 0}});
    const auto outcome = assess(stamps(), steps, {}, holding(9));
    REQUIRE(std::holds_alternative<Refusal>(outcome));
    CHECK(std::get<Refusal>(outcome).reason == Reason::step_given_already);
  }

  TEST_CASE("a cycle of steps ends when a reward is paid for") {
    const auto use = [](const char* reward, std::int64_t points) {
      store::RewardUse result;
      result.reward = reward;
      result.points = {points};
      return result;
    };
    using Names = std::vector<std::string>;
    CHECK(service::steps_of_cycle({}) == Names{});
    const std::vector<store::RewardUse> first = {use("bun", 0), use("tea", 0)};
    CHECK(service::steps_of_cycle(first) == Names{"bun", "tea"});
    const std::vector<store::RewardUse> second = {use("bun", 0), use("cup", 5), use("tea", 0)};
    CHECK(service::steps_of_cycle(second) == Names{"tea"});
  }

  TEST_CASE("of what was sold onto a card comes back what is unused, to the kopeck") {
    Program pass;
    pass.kind = Kind::pass;
    pass.returns.policy = ReturnPolicy::unused;
    pass.offers = {{"eight", Money{320001}, {8}, {}}};
    const struct {
      const char* why;
      std::int64_t unused, clawed_back, returned, expected;
    } rows[] = {
        {"nothing was used", 8, 0, 0, 320001},
        {"three of eight were used: 5/8 of the price, and no kopeck more", 5, 0, 0, 200000},
        {"all were used", 0, 0, 0, 0},
        {"one came back already, two were used", 5, 1, 40000, 200000},
        {"all that was left came back already", 0, 5, 200000, 0},
    };
    for (const auto& row : rows) {
      INFO(row.why);
      SoldSale sale;
      sale.at = {day, 0};
      sale.buyer.offer = "eight";
      sale.earned = {8};
      sale.clawed_back = {row.clawed_back};
      SoldLine sold;
      sold.line.amount = {320001};
      sold.sold.amount = sold.sold.paid = {320001};
      sold.quantity = {320001};
      sold.returned_quantity = {row.returned};
      sold.returned_paid = {row.returned};
      sale.lines = {sold};
      const Amount most = returnable(pass, sale, {row.unused});
      CHECK(most.count == row.expected);
      if (most.count == 0) continue;
      const Amount quantities[] = {most};
      CHECK(assess_return(pass, sale, quantities, day).claw_back.count <= row.unused);
    }
  }

  TEST_CASE("paid time comes back by the days that are left of it") {
    SoldSale sale;
    sale.lines.resize(1);
    sale.lines.front().quantity = {99900};
    CHECK(returnable_days(sale, 30, 30).count == 99900);
    CHECK(returnable_days(sale, 10, 30).count == 33300);
    CHECK(returnable_days(sale, 7, 31).count == 22558);
    CHECK(returnable_days(sale, 0, 30).count == 0);
    sale.lines.front().returned_quantity = {33300};
    CHECK(returnable_days(sale, 10, 30).count == 0);
  }
}
