// SPDX-License-Identifier: MIT
#include "loyal/domain/assessment.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "loyal/base/error.hpp"
#include "loyal/domain/filter.hpp"

using loyal::Amount;
using loyal::Date;
using loyal::LocalTime;
using loyal::Money;
using loyal::Points;
using namespace loyal::domain;

namespace {

const Date day = Date::of(2026, 3, 2);  // a Monday
using Numbers = std::vector<std::int64_t>;

ReceiptLine line(std::int64_t amount, std::string category = {}, std::string sku = {}, std::int64_t pieces = 1) {
  return {std::move(sku), {}, std::move(category), {pieces * 1000}, {amount / pieces}, {amount}};
}

Receipt receipt(std::vector<ReceiptLine> lines, int second = 12 * 3600, Date date = day) {
  Receipt result;
  result.at = {date, second};
  result.lines = std::move(lines);
  return result;
}

EarnRule rate(std::int64_t numerator, std::int64_t denominator, std::vector<std::string> categories = {}) {
  EarnRule rule;
  rule.name = to_percent(reduced(numerator, denominator));
  rule.rate = reduced(numerator, denominator);
  rule.filter.categories = std::move(categories);
  return rule;
}

EarnRule points_per(EarnRule::Basis basis, std::int64_t points, std::int64_t per = 0) {
  EarnRule rule;
  rule.name = "points";
  rule.basis = basis;
  rule.points = {points};
  rule.per = {per};
  return rule;
}

Program bonus(std::vector<EarnRule> rules, int scale = 0) {
  Program program;
  program.unit.scale = scale;
  program.earn = std::move(rules);
  return program;
}

DiscountRule off(std::int64_t percent, std::vector<std::string> categories = {}) {
  DiscountRule rule;
  rule.rate = reduced(percent, 100);
  rule.name = to_percent(rule.rate);
  rule.filter.categories = std::move(categories);
  return rule;
}

CardFacts holding(std::int64_t points) {
  CardFacts card;
  card.lots = {{{1}, {points}, {1}, Date::of(2026, 1, 1), Date::of(2026, 1, 1), std::nullopt}};
  return card;
}

Assessment assessed(const Program& program, const Receipt& goods, SpendWish wish = {}, const CardFacts& card = {}) {
  const auto result = assess(program, goods, wish, card);
  REQUIRE(std::holds_alternative<Assessment>(result));
  return std::get<Assessment>(result);
}

Refusal refused(const Program& program, const Receipt& goods, SpendWish wish, const CardFacts& card) {
  const auto result = assess(program, goods, wish, card);
  REQUIRE(std::holds_alternative<Refusal>(result));
  return std::get<Refusal>(result);
}

template <class Member>
Numbers each(const Assessment& result, Member member) {
  Numbers numbers;
  for (const LineAssessment& one : result.lines) numbers.push_back((one.*member).count);
  return numbers;
}

SpendWish exactly(std::int64_t points) {
  return {SpendWish::Mode::exact, {points}};
}
constexpr SpendWish most = {SpendWish::Mode::max, {}};

}  // namespace

TEST_SUITE("domain") {
  TEST_CASE("a percentage is floored once for the receipt, a step counts full steps only") {
    const Receipt goods = receipt({line(19'999)});
    CHECK(assessed(bonus({rate(5, 100)}), goods).earned.count == 9);
    CHECK(assessed(bonus({rate(5, 100)}, 2), goods).earned.count == 999);
    CHECK(assessed(bonus({points_per(EarnRule::Basis::per_money, 5, 10'000)}), goods).earned.count == 5);
    CHECK(assessed(bonus({points_per(EarnRule::Basis::per_money, 500, 10'000)}, 2), goods).earned.count == 500);
    CHECK(assessed(bonus({rate(5, 100)}), receipt({line(1'999), line(1'999), line(1'999)})).earned.count == 2);
  }

  TEST_CASE("rules add up under sum: so much per unit of money and so much per piece of a kind") {
    Program program =
        bonus({rate(1, 1), points_per(EarnRule::Basis::per_item, 10), points_per(EarnRule::Basis::per_item, 20)});
    program.combine = Combine::sum;
    program.earn[1].filter.categories = {"a"};
    program.earn[2].filter.categories = {"b"};
    const Assessment result = assessed(program, receipt({line(1'000, "a"), line(1'000, "b"), line(2'000, "c")}));
    CHECK(result.earned.count == 70);
    CHECK(each(result, &LineAssessment::earned) == Numbers{20, 30, 20});
    REQUIRE(result.shares.size() == 3);
    CHECK(result.shares[0].points.count == 40);
    CHECK(result.shares[2].points.count == 20);
  }

  TEST_CASE("points of a step are split over the lines by largest remainder") {
    const Program program = bonus({points_per(EarnRule::Basis::per_money, 1, 1'000)});
    const Assessment result = assessed(program, receipt({line(3'500), line(3'500), line(3'500)}));
    CHECK(each(result, &LineAssessment::earned) == Numbers{4, 3, 3});
  }

  TEST_CASE("points of several rules for the whole receipt are split exactly: a tie goes to the earlier line") {
    Program program =
        bonus({points_per(EarnRule::Basis::per_visit, 50), points_per(EarnRule::Basis::per_money, 1, 10'000)});
    program.combine = Combine::sum;
    // 72 × 18 ÷ 2268 and 72 × 900 ÷ 2268 leave the same 4/7.
    const Assessment result = assessed(program, receipt({line(1'800), line(135'000), line(90'000)}));
    CHECK(each(result, &LineAssessment::earned) == Numbers{1, 43, 28});
  }

  TEST_CASE("discount, points and earning of one receipt follow each other") {
    Program program = bonus({rate(5, 100)});
    program.discount = {off(10)};
    const Assessment result = assessed(program, receipt({line(60'000), line(40'000)}), exactly(200), holding(200));
    CHECK(each(result, &LineAssessment::discount) == Numbers{6'000, 4'000});
    CHECK(each(result, &LineAssessment::spent) == Numbers{120, 80});
    CHECK(each(result, &LineAssessment::paid) == Numbers{42'000, 28'000});
    CHECK(each(result, &LineAssessment::earned) == Numbers{21, 14});
    CHECK(result.earned.count == 35);
  }

  TEST_CASE("a discount is rounded half up to the kopeck once, then split") {
    struct Row {
      Numbers lines;
      std::int64_t percent;
      Numbers discounts;
      const char* reason;
    };
    const Row rows[] = {
        {{9'999}, 15, {1'500}, "14.9985 is 15.00"},
        {{8'499}, 10, {850}, "8.499 is 8.50"},
        {{10}, 5, {1}, "half a kopeck goes up"},
        {{9}, 5, {0}, "less than half goes down"},
        {{33'333, 33'333, 33'334}, 10, {3'333, 3'333, 3'334}, "100.00 over three"},
        {{1, 1, 1}, 50, {1, 1, 0}, "no line below zero"},
        {{100, 0}, 100, {100, 0}, "all of it"},
        {{0}, 5, {0}, "nothing off nothing"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      Program program;
      program.kind = Kind::discount;
      program.discount = {off(row.percent)};
      std::vector<ReceiptLine> lines;
      for (const auto amount : row.lines) lines.push_back(line(amount));
      CHECK(each(assessed(program, receipt(lines)), &LineAssessment::discount) == row.discounts);
    }
  }

  TEST_CASE("a line takes the largest of its discounts, whatever their order") {
    Program program;
    program.kind = Kind::discount;
    program.discount = {off(5), off(10, {"tea"}), off(7, {"tea"})};
    const Receipt goods = receipt({line(10'000, "tea"), line(10'000, "cake")});
    CHECK(each(assessed(program, goods), &LineAssessment::discount) == Numbers{1'000, 500});
    std::swap(program.discount[0], program.discount[2]);
    CHECK(each(assessed(program, goods), &LineAssessment::discount) == Numbers{1'000, 500});
  }

  TEST_CASE("a minimum amount is reached to the kopeck") {
    Program program = bonus({points_per(EarnRule::Basis::per_visit, 7)});
    program.earn[0].filter.min_amount = {100'000};
    program.earn[0].filter.categories = {"tea"};
    struct Row {
      std::int64_t tea, cake, earned;
    };
    for (const Row& row : {Row{99'999, 50'000, 0}, Row{100'000, 0, 7}, Row{100'001, 0, 7}}) {
      CAPTURE(row.tea);
      CHECK(assessed(program, receipt({line(row.tea, "tea"), line(row.cake, "cake")})).earned.count == row.earned);
    }
  }

  TEST_CASE("a minimum amount counts what is paid, unless the base is gross") {
    Program program = bonus({points_per(EarnRule::Basis::per_visit, 7)});
    program.earn[0].filter.min_amount = {10'000};
    program.discount = {off(1)};
    CHECK(assessed(program, receipt({line(10'000)})).earned.count == 0);
    program.earn_base.gross = true;
    CHECK(assessed(program, receipt({line(10'000)})).earned.count == 7);
  }

  TEST_CASE("hours begin with their first second and end before their last, also over midnight") {
    struct Row {
      int from, before, second;
      bool matches;
      const char* reason;
    };
    constexpr int hour = 3600;
    const Row rows[] = {
        {9 * hour, 12 * hour, 9 * hour - 1, false, "a second early"},
        {9 * hour, 12 * hour, 9 * hour, true, "the first second"},
        {9 * hour, 12 * hour, 12 * hour - 1, true, "the last second"},
        {9 * hour, 12 * hour, 12 * hour, false, "noon itself"},
        {22 * hour, 2 * hour, 22 * hour - 1, false, "before the evening"},
        {22 * hour, 2 * hour, 24 * hour - 1, true, "before midnight"},
        {22 * hour, 2 * hour, 0, true, "midnight"},
        {22 * hour, 2 * hour, 2 * hour, false, "two o'clock"},
        {22 * hour, 0, 0, false, "until midnight"},
        {0, 24 * hour, 24 * hour - 1, true, "the whole day"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      Filter filter;
      filter.hours = std::pair(row.from, row.before);
      CHECK(matches_time(filter, {day, row.second}) == row.matches);
    }
  }

  TEST_CASE("weekdays and dates of a rule are those of the receipt, both ends included") {
    Filter filter;
    filter.weekdays = {1};
    CHECK(matches_time(filter, {day, 0}));
    CHECK_FALSE(matches_time(filter, {plus_days(day, 1), 0}));
    filter = {};
    filter.from = day;
    filter.until = plus_days(day, 1);
    CHECK_FALSE(matches_time(filter, {plus_days(day, -1), 86'399}));
    CHECK(matches_time(filter, {day, 0}));
    CHECK(matches_time(filter, {plus_days(day, 1), 86'399}));
    CHECK_FALSE(matches_time(filter, {plus_days(day, 2), 0}));
  }

  TEST_CASE("goods match by category or by SKU, and an exception beats both") {
    Filter filter;
    CHECK(matches_line(filter, {}, line(1, "tea", "t1")));
    filter.categories = {"tea"};
    filter.skus = {"c1"};
    CHECK(matches_line(filter, {}, line(1, "tea", "t1")));
    CHECK(matches_line(filter, {}, line(1, "cake", "c1")));
    CHECK_FALSE(matches_line(filter, {}, line(1, "cake", "c2")));
    filter.except_skus = {"t1"};
    CHECK_FALSE(matches_line(filter, {}, line(1, "tea", "t1")));
    filter.except_categories = {"cake"};
    CHECK_FALSE(matches_line(filter, {}, line(1, "cake", "c1")));
  }

  TEST_CASE("of several rules the best counts for each line; the first in the text wins a tie") {
    Program program = bonus({rate(5, 100), rate(10, 100, {"books"})});
    const Receipt goods = receipt({line(10'000, "books"), line(10'000, "tea")});
    CHECK(assessed(program, goods).earned.count == 15);
    program.combine = Combine::sum;
    CHECK(assessed(program, goods).earned.count == 20);

    program = bonus({rate(5, 100), rate(5, 100)});
    program.earn[0].name = "first";
    program.earn[1].name = "second";
    const Assessment tie = assessed(program, goods);
    CHECK(tie.earned.count == 10);
    REQUIRE(tie.shares.size() == 1);
    CHECK(tie.shares[0].rule == "first");
  }

  TEST_CASE("a bonus for the visit beats the lines only when it is more than they bring together") {
    Program program = bonus({rate(5, 100), points_per(EarnRule::Basis::per_visit, 10)});
    CHECK(assessed(program, receipt({line(19'999)})).shares[0].rule == "points");
    const Assessment tie = assessed(program, receipt({line(20'000)}));
    CHECK(tie.earned.count == 10);
    CHECK(tie.shares[0].rule == "5%");
    CHECK(assessed(program, receipt({line(22'000)})).earned.count == 11);
  }

  TEST_CASE("a visit that costs nothing earns its points, and a percentage of nothing earns none") {
    CHECK(assessed(bonus({points_per(EarnRule::Basis::per_visit, 5)}), receipt({line(0), line(0)})).earned.count == 5);
    const Assessment result = assessed(bonus({rate(5, 100)}), receipt({line(0)}));
    CHECK(result.earned.count == 0);
    CHECK(result.shares.empty());
  }

  TEST_CASE("only whole pieces earn by the piece") {
    ReceiptLine weighed = line(10'000);
    weighed.quantity = {2'999};
    CHECK(assessed(bonus({points_per(EarnRule::Basis::per_item, 3)}), receipt({weighed})).earned.count == 6);
  }

  TEST_CASE("caps cut what is earned and never refuse the sale") {
    Program program = bonus({rate(10, 100)});
    program.limits.per_sale = Points{50};
    const Receipt goods = receipt({line(60'000), line(40'000)});
    const Assessment capped = assessed(program, goods);
    CHECK(capped.earned.count == 50);
    CHECK(capped.is_capped);
    CHECK(each(capped, &LineAssessment::earned) == Numbers{30, 20});
    CHECK_FALSE(assessed(program, receipt({line(50'000)})).is_capped);

    program.limits.balance = Points{120};
    CHECK(assessed(program, goods, {}, holding(100)).earned.count == 20);
    CHECK(assessed(program, goods, {}, holding(120)).earned.count == 0);
    CHECK(assessed(program, goods, {}, holding(130)).earned.count == 0);
    CHECK(assessed(program, goods, exactly(15), holding(120)).earned.count == 15);

    CardFacts stale = holding(120);
    stale.lots[0].valid_through = plus_days(day, -1);
    CHECK(assessed(program, goods, {}, stale).earned.count == 50);
    stale.lots.push_back({{2}, {-30}, {1}, day, day, std::nullopt});
    stale.lots.push_back({{3}, {130}, {1}, day, plus_days(day, 1), std::nullopt});
    CHECK(assessed(program, goods, {}, stale).earned.count == 20);

    program.limits.period = {{std::nullopt, 2, std::nullopt}};
    CardFacts card;
    card.earned = {{1, {}}};
    CHECK(assessed(program, goods, {}, card).earned.count == 50);
    card.earned = {{2, {}}};
    CHECK(assessed(program, goods, {}, card).earned.count == 0);
  }

  TEST_CASE("the part paid with points earns only where the program says so") {
    Program program = bonus({rate(10, 100)});
    const Receipt goods = receipt({line(100'000)});
    CHECK(assessed(program, goods, exactly(500), holding(500)).earned.count == 50);
    program.earn_base.points_part = true;
    CHECK(assessed(program, goods, exactly(500), holding(500)).earned.count == 100);
  }

  TEST_CASE("the most that a sale takes is the least of all its limits") {
    struct Row {
      const char* reason;
      void (*change)(Program&);
      std::int64_t amount, held, spent;
    };
    const Row rows[] = {
        {"the balance", [](Program&) {}, 100'000, 120, 120},
        {"one rouble stays to be paid", [](Program&) {}, 10'000, 500, 99},
        {"min_to_pay to the kopeck below", [](Program& p) { p.spend.min_to_pay = {9'901}; }, 10'000, 500, 0},
        {"min_to_pay to the kopeck", [](Program& p) { p.spend.min_to_pay = {9'900}; }, 10'000, 500, 1},
        {"min_to_pay over the price", [](Program& p) { p.spend.min_to_pay = {20'000}; }, 10'000, 500, 0},
        {"a kopeck a line", [](Program& p) { p.spend.min_to_pay = {0}; }, 10'000, 500, 99},
        {"the share of the price",
         [](Program& p) {
           p.spend.max_share = {1, 2};
         },
         19'999, 500, 99},
        {"the cap of a sale", [](Program& p) { p.spend.per_sale = Points{30}; }, 100'000, 500, 30},
        {"down to the step", [](Program& p) { p.spend.step = {50}; }, 100'000, 149, 100},
        {"excluded goods", [](Program& p) { p.spend.except_categories = {""}; }, 100'000, 500, 0},
        {"the least balance is reached", [](Program& p) { p.spend.min_balance = {100}; }, 100'000, 100, 100},
        {"the least balance is missed", [](Program& p) { p.spend.min_balance = {100}; }, 100'000, 99, 0},
        {"two points for a rouble", [](Program& p) { p.unit.worth = {50}, p.spend.step = {2}; }, 10'000, 500, 198},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      Program program = bonus({rate(5, 100)});
      row.change(program);
      const Assessment result = assessed(program, receipt({line(row.amount)}), most, holding(row.held));
      CHECK(result.spent.count == row.spent);
      CHECK(result.paid == result.total - result.discount - result.points_money);
    }
  }

  TEST_CASE("an exact wish is met exactly or refused with the number allowed") {
    Program program = bonus({rate(5, 100)});
    const Receipt goods = receipt({line(125'000)});
    const Refusal much = refused(program, goods, exactly(200), holding(120));
    CHECK(much.reason == Refusal::Reason::too_many_points);
    CHECK(much.asked.count == 200);
    CHECK(much.allowed.count == 120);
    CHECK(much.available.count == 120);
    CHECK(assessed(program, goods, exactly(120), holding(120)).spent.count == 120);
    CHECK(assessed(program, goods, {SpendWish::Mode::up_to, {200}}, holding(120)).spent.count == 120);
    CHECK(assessed(program, goods, {SpendWish::Mode::up_to, {50}}, holding(120)).spent.count == 50);

    program.spend.step = {10};
    const Refusal crooked = refused(program, goods, exactly(15), holding(120));
    CHECK(crooked.reason == Refusal::Reason::off_step);
    CHECK(crooked.allowed.count == 10);
    CHECK(assessed(program, goods, {SpendWish::Mode::up_to, {15}}, holding(120)).spent.count == 10);

    program.spend.min_balance = {121};
    CHECK(refused(program, goods, exactly(10), holding(120)).reason == Refusal::Reason::below_min_balance);
    program.spend.allowed = false;
    CHECK(refused(program, goods, exactly(10), holding(120)).reason == Refusal::Reason::spending_not_allowed);
  }

  TEST_CASE("points that are pending, expired or owed cannot be spent") {
    const Program program = bonus({rate(5, 100)});
    const Receipt goods = receipt({line(100'000)});
    const Date old = Date::of(2026, 1, 1);
    CardFacts card;
    card.lots = {{{1}, {10}, {1}, old, old, plus_days(day, -1)},
                 {{2}, {20}, {1}, old, plus_days(day, 1), std::nullopt},
                 {{3}, {40}, {1}, old, old, day}};
    CHECK(assessed(program, goods, most, card).spent.count == 40);
    card.lots.push_back({{4}, {-25}, {1}, old, old, std::nullopt});
    CHECK(assessed(program, goods, most, card).spent.count == 15);
    card.lots.back().remainder = {-70};
    CHECK(assessed(program, goods, most, card).spent.count == 0);
  }

  TEST_CASE("each line keeps a kopeck to be paid, however small it is") {
    Program program = bonus({rate(5, 100)}, 2);
    program.spend.min_to_pay = {0};
    const Assessment result = assessed(program, receipt({line(1), line(2), line(99'997)}), most, holding(1'000'000));
    CHECK(result.points_money.count == 99'997);
    CHECK(each(result, &LineAssessment::paid) == Numbers{1, 1, 1});
  }

  TEST_CASE("what is earned gets the dates of the program") {
    Program program = bonus({rate(5, 100)});
    program.pending_days = 14;
    program.expiry.mode = Expiry::Mode::months;
    program.expiry.count = 1;
    const Assessment result = assessed(program, receipt({line(10'000)}, 0, Date::of(2027, 1, 17)));
    CHECK(result.usable_from == Date::of(2027, 1, 31));
    CHECK(result.valid_through == Date::of(2027, 2, 28));
  }

  TEST_CASE("a sum that does not fit is an error, not another number") {
    const Program program = bonus({rate(1, 1)});
    CHECK_THROWS_AS(assess(program, receipt({line(INT64_MAX), line(1)}), {}, {}), loyal::Error);
    CHECK_THROWS_AS(assess(bonus({rate(100, 1)}, 2), receipt({line(INT64_MAX)}), {}, {}), loyal::Error);
    Program many = bonus({});
    many.combine = Combine::sum;
    std::vector<ReceiptLine> lines;
    for (int i = 0; i < 8; ++i) {
      // Sums of lines without a common divisor make the common denominator of all rules as large as it can be.
      lines.push_back(line(1'000'000'007 + i * 998'244'353LL, std::to_string(i)));
      many.earn.push_back(points_per(EarnRule::Basis::per_visit, 999'999'937));
      many.earn.back().filter.categories = {std::to_string(i), std::to_string((i + 1) % 8)};
    }
    const Assessment result = assessed(many, receipt(lines));
    CHECK(result.earned.count == 8 * 999'999'937LL);
    std::int64_t parts = 0;
    for (const auto part : each(result, &LineAssessment::earned)) {
      CHECK(part > 0);
      parts += part;
    }
    CHECK(parts == result.earned.count);
  }

  TEST_CASE("in any sale the lines add up to the receipt and nothing is below zero") {
    std::mt19937_64 random(20260302);
    const auto below = [&random](std::uint64_t limit) { return static_cast<std::int64_t>(random() % limit); };
    for (int round = 0; round < 3'000; ++round) {
      Program program = bonus({rate(1 + below(20), 100), rate(1 + below(20), 100, {"a"})}, static_cast<int>(below(3)));
      program.earn.push_back(points_per(EarnRule::Basis::per_money, 1 + below(50), 1 + below(20'000)));
      program.earn.push_back(points_per(EarnRule::Basis::per_item, 1 + below(9)));
      program.earn.back().filter.categories = {"b"};
      program.combine = below(2) == 0 ? Combine::sum : Combine::best;
      program.discount = {off(below(30)), off(below(101), {"b"})};
      program.spend.max_share = reduced(1 + below(100), 100);
      program.spend.min_to_pay = {below(200)};
      if (below(3) == 0) program.limits.per_sale = Points{below(100)};
      std::vector<ReceiptLine> lines;
      for (auto count = 1 + below(6); count > 0; --count)
        lines.push_back(line(below(round % 3 == 0 ? 5 : 200'000), std::string(1, static_cast<char>('a' + below(3)))));
      const CardFacts card = holding(below(100'000));
      const Assessment result = assessed(program, receipt(lines), below(2) == 0 ? most : SpendWish{}, card);

      CAPTURE(round);
      LineAssessment sum;
      for (const LineAssessment& one : result.lines) {
        REQUIRE(std::min({one.discount.count, one.points_money.count, one.paid.count}) >= 0);
        REQUIRE(std::min(one.spent, one.earned).count >= 0);
        REQUIRE(one.amount == one.discount + one.points_money + one.paid);
        REQUIRE((one.points_money.count == 0 || one.paid.count > 0));
        sum.amount += one.amount, sum.discount += one.discount, sum.points_money += one.points_money;
        sum.paid += one.paid, sum.spent += one.spent, sum.earned += one.earned;
      }
      REQUIRE(sum.amount == result.total);
      REQUIRE(sum.discount == result.discount);
      REQUIRE(sum.points_money == result.points_money);
      REQUIRE(sum.paid == result.paid);
      REQUIRE(sum.spent == result.spent);
      REQUIRE(sum.earned == result.earned);
      REQUIRE((!program.limits.per_sale || result.earned <= *program.limits.per_sale));
      Points debits;
      for (const LotDebit& debit : result.debits) debits += debit.points;
      REQUIRE(debits == result.spent);
      REQUIRE(worth_of(program.unit, result.spent) == result.points_money);
    }
  }
}
