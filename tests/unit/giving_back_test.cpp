// SPDX-License-Identifier: MIT
#include "loyal/domain/giving_back.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "loyal/domain/expiry.hpp"

using loyal::Amount;
using loyal::CompanyId;
using loyal::Date;
using loyal::EntryId;
using loyal::Money;
using loyal::Points;
using namespace loyal::domain;

namespace {

using Numbers = std::vector<std::int64_t>;
constexpr Amount piece = {1000};
constexpr CompanyId shop = {1};

ReceiptLine goods(std::int64_t amount, std::string category = {}, std::int64_t pieces = 1) {
  return {{}, {}, std::move(category), {pieces * 1000}, {amount / pieces}, {amount}};
}

Program five_percent() {
  Program program;
  program.earn.push_back({"5%", EarnRule::Basis::rate, {1, 20}, {}, {}, {}});
  return program;
}

EarnRule visit_bonus(std::int64_t points, std::int64_t min_amount) {
  EarnRule rule{"bonus", EarnRule::Basis::per_visit, {}, {points}, {}, {}};
  rule.filter.min_amount = {min_amount};
  return rule;
}

/// The lots of one card and the sales made with it, kept as the store would, without a store.
class PlayedCard {
 public:
  explicit PlayedCard(Program rules) : program(std::move(rules)) {}

  void grant(std::int64_t points, Date on, std::optional<Date> valid_through = std::nullopt) {
    open({points}, on, on, valid_through, nobody);
  }

  std::size_t sell(Date on, const std::vector<ReceiptLine>& lines, std::int64_t spend = 0) {
    return sell(on, lines, SpendWish{spend == 0 ? SpendWish::Mode::none : SpendWish::Mode::exact, {spend}});
  }

  std::size_t sell(Date on, const std::vector<ReceiptLine>& lines, SpendWish wish) {
    Receipt receipt;
    receipt.at = {on, 12 * 3600};
    receipt.lines = lines;
    CardFacts card;
    card.lots = lots;
    const auto result = assess(program, receipt, wish, card);
    REQUIRE(std::holds_alternative<Assessment>(result));
    const auto& sold = std::get<Assessment>(result);
    SoldSale sale;
    sale.at = receipt.at;
    sale.earned = sold.earned;
    sale.earn_limit = sold.earn_limit;
    for (std::size_t i = 0; i < lines.size(); ++i)
      sale.lines.push_back({lines[i], sold.lines[i], lines[i].quantity, {}, {}, {}, {}, {}, {}});
    for (const LotDebit& debit : sold.debits) {
      const EntryId entry{++last_entry_};
      spend_lot_[entry] = debit.lot;
      sale.spends.insert(sale.spends.begin(), {entry, debit.points, {}, debit.issuer, find(debit.lot).valid_through});
      find(debit.lot).remainder -= debit.points;
    }
    sales.push_back(std::move(sale));
    open(sold.earned, on, sold.usable_from, sold.valid_through, sales.size() - 1);
    return sales.size() - 1;
  }

  ReturnAssessment give_back(std::size_t number, const std::vector<Amount>& quantities, Date on) {
    SoldSale& sale = sales.at(number);
    ReturnAssessment result = assess_return(program, sale, quantities, on);
    for (const LineReturn& back : result.lines) {
      SoldLine& line = sale.lines[back.index];
      line.returned_quantity += back.quantity;
      line.returned_discount += back.discount;
      line.returned_points_money += back.points_money;
      line.returned_paid += back.paid;
      line.restored += back.restored;
    }
    for (const RestoredLot& lot : result.restored_lots) {
      for (TouchedSpend& spend : sale.spends)
        if (spend.entry == lot.answers) spend.restored += lot.points;
      open(lot.points, on, on, lot.valid_through, origin_.at(spend_lot_.at(lot.answers)));
    }
    sale.clawed_back += result.claw_back;
    claw_back(number, result.claw_back, on);
    return result;
  }

  ReturnAssessment give_back_all(std::size_t number, Date on) {
    std::vector<Amount> quantities;
    for (const SoldLine& line : sales.at(number).lines) quantities.push_back(line.quantity - line.returned_quantity);
    return give_back(number, quantities, on);
  }

  /// Books what has passed its date, as of the morning of `on`.
  void expire(Date on) {
    for (Lot& lot : lots) {
      if (!lot.is_expired(on)) continue;
      if (origin_.at(lot.id) != nobody) sales.at(origin_.at(lot.id)).expired += lot.remainder;
      lot.remainder = {0};
    }
  }

  Balance balance(Date on) const { return balance_on(lots, on); }
  std::int64_t total() const {
    Points sum;
    for (const Lot& lot : lots) sum += lot.remainder;
    return sum.count;
  }

  Program program;
  std::vector<Lot> lots;
  std::vector<SoldSale> sales;
  Clawback last_clawback;

 private:
  static constexpr std::size_t nobody = SIZE_MAX;

  Lot& find(EntryId id) {
    return *std::find_if(lots.begin(), lots.end(), [id](const Lot& lot) { return lot.id == id; });
  }

  void open(Points points, Date on, Date usable_from, std::optional<Date> valid_through, std::size_t origin) {
    if (points.count == 0) return;
    for (Lot& debt : lots) {
      if (!debt.is_debt()) continue;
      const Points part = std::min(points, -debt.remainder);
      debt.remainder += part;
      points -= part;
    }
    lots.push_back({{++last_entry_}, points, shop, on, usable_from, valid_through});
    origin_[lots.back().id] = origin;
  }

  void claw_back(std::size_t number, Points points, Date on) {
    std::vector<EntryId> own;
    for (const Lot& lot : lots)
      if (origin_.at(lot.id) == number) own.push_back(lot.id);
    last_clawback = plan_clawback(program, points, own, lots, shop, on);
    for (const LotDebit& debit : last_clawback.debits) find(debit.lot).remainder -= debit.points;
    if (last_clawback.debt.count > 0) {
      lots.push_back({{++last_entry_}, -last_clawback.debt, shop, on, on, std::nullopt});
      origin_[lots.back().id] = nobody;
    }
  }

  std::int64_t last_entry_ = 0;
  std::map<EntryId, EntryId> spend_lot_;
  std::map<EntryId, std::size_t> origin_;
};

const Date march = Date::of(2026, 3, 2);

std::vector<Amount> only(std::size_t index, std::size_t count) {
  std::vector<Amount> quantities(count);
  quantities.at(index) = piece;
  return quantities;
}

}  // namespace

TEST_SUITE("domain") {
  TEST_CASE("a returned line takes back what the sale would not have earned without it") {
    Program program;
    program.combine = Combine::sum;
    program.earn.push_back({"1 per unit", EarnRule::Basis::rate, {1, 1}, {}, {}, {}});
    program.earn.push_back({"a", EarnRule::Basis::per_item, {}, {10}, {}, {}});
    program.earn.push_back({"b", EarnRule::Basis::per_item, {}, {20}, {}, {}});
    program.earn[1].filter.categories = {"a"};
    program.earn[2].filter.categories = {"b"};
    PlayedCard card(program);
    const auto sale = card.sell(march, {goods(1'000, "a"), goods(1'000, "b"), goods(2'000, "c")});
    CHECK(card.sales[sale].earned.count == 70);
    CHECK(card.give_back(sale, only(2, 3), march).claw_back.count == 20);
    CHECK(card.total() == 50);
  }

  TEST_CASE("lines that earned by full steps together are returned one by one") {
    Program program;
    program.earn.push_back({"1 per 10", EarnRule::Basis::per_money, {}, {1}, {1'000}, {}});
    PlayedCard card(program);
    const auto sale = card.sell(march, {goods(3'500), goods(3'500), goods(3'500)});
    CHECK(card.sales[sale].earned.count == 10);
    Numbers clawed;
    for (std::size_t i = 0; i < 3; ++i) clawed.push_back(card.give_back(sale, only(i, 3), march).claw_back.count);
    CHECK(clawed == Numbers{3, 4, 3});
    CHECK(card.total() == 0);
  }

  TEST_CASE("a line paid partly with points gives back points, money and what it earned") {
    Program program = five_percent();
    DiscountRule off;
    off.name = "promo";
    off.rate = Rate{1, 10};
    program.discount.push_back(off);
    PlayedCard card(program);
    card.grant(200, march);
    const auto sale = card.sell(march, {goods(60'000), goods(40'000)}, 200);
    const auto first = card.give_back(sale, only(0, 2), march);
    CHECK(first.restored.count == 120);
    CHECK(first.claw_back.count == 21);
    CHECK(first.paid.count == 42'000);
    CHECK(first.discount.count == 6'000);
    CHECK_FALSE(first.is_full);
    const auto second = card.give_back(sale, only(1, 2), march);
    CHECK(second.restored.count == 80);
    CHECK(second.claw_back.count == 14);
    CHECK(second.paid.count == 28'000);
    CHECK(second.is_full);
    CHECK(card.total() == 200);
  }

  TEST_CASE("points spent elsewhere become a debt that later earning repays, pending points too") {
    PlayedCard card(five_percent());
    const auto sale = card.sell(march, {goods(140'000)});
    card.program.earn.clear();
    card.sell(march, {goods(100'000)}, 70);
    card.program = five_percent();
    card.give_back_all(sale, march);
    CHECK(card.balance(march).debt.count == 70);
    CHECK(card.balance(march).active.count == 0);
    card.program.pending_days = 14;
    card.sell(march, {goods(200'000)});
    CHECK(card.balance(march).debt.count == 0);
    CHECK(card.balance(march).pending.count == 30);
  }

  TEST_CASE("two sales, the second paid with what the first earned, come back in either order") {
    for (const bool first_first : {true, false}) {
      CAPTURE(first_first);
      PlayedCard card(five_percent());
      const auto earning = card.sell(march, {goods(140'000)});
      const auto spending = card.sell(march, {goods(14'000)}, 70);
      card.give_back_all(first_first ? earning : spending, march);
      card.give_back_all(first_first ? spending : earning, march);
      CHECK(card.balance(march).active.count == 0);
      CHECK(card.balance(march).debt.count == 0);
      CHECK(card.total() == 0);
    }
  }

  TEST_CASE("points that expired are not taken back a second time") {
    Program program = five_percent();
    program.expiry.mode = Expiry::Mode::days;
    program.expiry.count = 10;
    PlayedCard card(program);
    const auto sale = card.sell(march, {goods(20'000, {}, 2)});
    CHECK(card.sales[sale].earned.count == 10);
    card.program.earn.clear();
    card.sell(march, {goods(10'000)}, 6);
    card.program = program;
    const Date later = plus_days(march, 11);
    card.expire(later);
    CHECK(card.sales[sale].expired.count == 4);
    CHECK(card.give_back(sale, {piece}, later).claw_back.count == 1);
    CHECK(card.give_back(sale, {piece}, later).claw_back.count == 5);
    CHECK(card.balance(later).debt.count == 6);
  }

  TEST_CASE("restored points live at least as long as the grace, and never shorter than before") {
    struct Row {
      std::optional<Date> valid_through;
      std::optional<Date> restored_through;
      const char* reason;
    };
    const Date back = Date::of(2026, 2, 10);
    const Row rows[] = {
        {Date::of(2026, 1, 31), Date::of(2026, 3, 12), "the date has passed"},
        {Date::of(2026, 3, 11), Date::of(2026, 3, 12), "a day nearer than the grace"},
        {Date::of(2026, 3, 12), Date::of(2026, 3, 12), "just the grace"},
        {Date::of(2026, 3, 13), Date::of(2026, 3, 13), "a day further"},
        {std::nullopt, std::nullopt, "never"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.reason);
      Program program = five_percent();
      PlayedCard card(program);
      card.program.earn.clear();
      card.grant(100, Date::of(2026, 1, 1), row.valid_through);
      const auto sale = card.sell(Date::of(2026, 1, 20), {goods(10'000)}, 60);
      card.expire(Date::of(2026, 2, 1));
      const auto result = card.give_back_all(sale, back);
      REQUIRE(result.restored_lots.size() == 1);
      CHECK(result.restored_lots[0].points.count == 60);
      CHECK(result.restored_lots[0].valid_through == row.restored_through);
    }
  }

  TEST_CASE("the lot touched last is restored first") {
    PlayedCard card(five_percent());
    card.grant(30, march, Date::of(2026, 12, 1));
    card.grant(50, march);
    const auto sale = card.sell(march, {goods(8'000), goods(8'000)}, 80);
    const auto first = card.give_back(sale, only(0, 2), march);
    REQUIRE(first.restored_lots.size() == 1);
    CHECK(first.restored_lots[0].points.count == 40);
    CHECK_FALSE(first.restored_lots[0].valid_through);
    const auto second = card.give_back(sale, only(1, 2), march);
    REQUIRE(second.restored_lots.size() == 2);
    CHECK(second.restored_lots[0].points.count == 10);
    CHECK(second.restored_lots[1].points.count == 30);
    CHECK(second.restored_lots[1].valid_through == Date::of(2026, 12, 1));
  }

  TEST_CASE("a bonus for a minimum amount goes with the kopeck that it lacks, or stays by choice") {
    struct Row {
      std::int64_t returned;
      bool keep;
      std::int64_t claw_back;
    };
    for (const Row& row : {Row{5'000, false, 0}, Row{5'001, false, 100}, Row{5'001, true, 0}}) {
      CAPTURE(row.returned);
      CAPTURE(row.keep);
      Program program;
      program.earn = {visit_bonus(100, 100'000)};
      program.returns.keep_threshold = row.keep;
      PlayedCard card(program);
      const auto sale = card.sell(march, {goods(105'000 - row.returned), goods(row.returned)});
      CHECK(card.give_back(sale, only(1, 2), march).claw_back.count == row.claw_back);
      CHECK(card.give_back_all(sale, march).claw_back.count == 100 - row.claw_back);
    }
  }

  TEST_CASE("points for goods of a kind go when the last of the kind comes back") {
    Program program;
    program.earn = {visit_bonus(10, 0)};
    program.earn[0].filter.categories = {"tea"};
    PlayedCard card(program);
    const auto sale = card.sell(march, {goods(20'000, "tea", 2), goods(10'000, "cake")});
    CHECK(card.give_back(sale, {piece, {}}, march).claw_back.count == 0);
    CHECK(card.give_back(sale, {piece, {}}, march).claw_back.count == 10);
  }

  TEST_CASE("what a cap cut off at the sale is room for what stays") {
    Program program = five_percent();
    program.limits.per_sale = Points{30};
    PlayedCard card(program);
    const auto sale = card.sell(march, {goods(60'000), goods(20'000)});
    CHECK(card.sales[sale].earned.count == 30);
    CHECK(card.give_back(sale, only(1, 2), march).claw_back.count == 0);
    CHECK(card.give_back(sale, only(0, 2), march).claw_back.count == 30);
  }

  TEST_CASE("pieces of a line share its money to the kopeck, the last takes the rest") {
    PlayedCard card(five_percent());
    const auto sale = card.sell(march, {goods(10'000, {}, 3)});
    Numbers paid, clawed;
    for (int i = 0; i < 3; ++i) {
      const auto result = card.give_back(sale, {piece}, march);
      paid.push_back(result.paid.count);
      clawed.push_back(result.claw_back.count);
    }
    CHECK(paid == Numbers{3'333, 3'333, 3'334});
    CHECK(clawed == Numbers{2, 2, 1});
  }

  TEST_CASE("a sale without lines comes back by the kopeck") {
    PlayedCard card(five_percent());
    const auto sale = card.sell(march, {goods(100'000)});
    card.sales[sale].lines[0].quantity = {100'000};
    const auto part = card.give_back(sale, {{30'000}}, march);
    CHECK(part.paid.count == 30'000);
    CHECK(part.claw_back.count == 15);
    CHECK(card.give_back(sale, {{1}}, march).claw_back.count == 1);
    CHECK(card.give_back_all(sale, march).claw_back.count == 34);
  }

  TEST_CASE("taken back first is what is pending and what the sale gave, then the rest by policy") {
    const Date old = Date::of(2026, 1, 1);
    const std::vector<Lot> lots = {
        {{1}, {10}, shop, old, march, Date::of(2026, 5, 1)},
        {{2}, {10}, {2}, old, old, Date::of(2026, 3, 3)},
        {{3}, {10}, shop, old, old, std::nullopt},
        {{4}, {10}, shop, old, plus_days(march, 5), std::nullopt},
        {{5}, {10}, shop, old, plus_days(march, 5), std::nullopt},
        {{6}, {10}, shop, old, old, Date::of(2026, 4, 1)},
        {{7}, {10}, shop, old, old, plus_days(march, -1)},
        {{8}, {-5}, shop, old, old, std::nullopt},
    };
    const std::vector<EntryId> own = {{3}, {5}};
    const auto taken = [&](ReturnPolicy policy, std::int64_t points, std::optional<Points> debt_limit = std::nullopt) {
      Program program;
      program.returns.policy = policy;
      program.returns.debt_limit = debt_limit;
      const Clawback plan = plan_clawback(program, {points}, own, lots, shop, march);
      Numbers result;
      for (const LotDebit& debit : plan.debits) result.push_back(debit.lot.value);
      result.push_back(-plan.debt.count);
      result.push_back(plan.forgiven.count);
      return result;
    };
    CHECK(taken(ReturnPolicy::debt, 70) == Numbers{5, 3, 6, 1, 2, -20, 0});
    CHECK(taken(ReturnPolicy::debt, 15) == Numbers{5, 3, 0, 0});
    CHECK(taken(ReturnPolicy::within_balance, 70) == Numbers{5, 3, 6, 1, 2, 0, 20});
    CHECK(taken(ReturnPolicy::only_pending, 70) == Numbers{5, 0, 60});
    CHECK(taken(ReturnPolicy::debt, 70, Points{12}) == Numbers{5, 3, 6, 1, 2, -7, 13});
    CHECK(taken(ReturnPolicy::debt, 70, Points{5}) == Numbers{5, 3, 6, 1, 2, 0, 20});
    CHECK(taken(ReturnPolicy::debt, 70, Points{0}) == Numbers{5, 3, 6, 1, 2, 0, 20});
    CHECK(taken(ReturnPolicy::debt, 0) == Numbers{0, 0});
  }

  TEST_CASE("what a lenient policy forgives is not asked for again") {
    Program program = five_percent();
    program.returns.policy = ReturnPolicy::within_balance;
    PlayedCard card(program);
    const auto sale = card.sell(march, {goods(20'000, {}, 2)});
    card.program.earn.clear();
    card.sell(march, {goods(10'000)}, 10);
    card.program = program;
    card.give_back(sale, {piece}, march);
    CHECK(card.last_clawback.forgiven.count == 5);
    card.grant(100, march);
    card.give_back(sale, {piece}, march);
    CHECK(card.total() == 95);
  }

  TEST_CASE("partial returns in any order end where one full return ends") {
    std::mt19937_64 random(20260303);
    const auto below = [&random](std::uint64_t limit) { return static_cast<std::int64_t>(random() % limit); };
    for (int round = 0; round < 600; ++round) {
      Program program = five_percent();
      program.earn[0].rate = reduced(1 + below(100), 100);
      program.earn.push_back({"step", EarnRule::Basis::per_money, {}, {1 + below(30)}, {1 + below(30'000)}, {}});
      program.earn.push_back({"item", EarnRule::Basis::per_item, {}, {1 + below(5)}, {}, {}});
      program.earn.push_back(visit_bonus(1 + below(200), below(200'000)));
      program.combine = below(2) == 0 ? Combine::sum : Combine::best;
      program.unit.scale = static_cast<int>(below(3));
      program.earn_base = {below(2) == 0, below(2) == 0};
      program.returns.keep_threshold = below(2) == 0;
      DiscountRule off;
      off.name = "off";
      off.rate = reduced(below(40), 100);
      program.discount.push_back(off);
      if (below(2) == 0) program.limits.per_sale = Points{below(300)};
      PlayedCard before(program);
      before.grant(1 + below(500), march, plus_days(march, 100));
      before.grant(1 + below(500), march);
      const std::int64_t granted = before.total();
      std::vector<ReceiptLine> lines;
      for (auto count = 1 + below(4); count > 0; --count)
        lines.push_back(goods(below(round % 3 == 0 ? 9 : 90'000), {}, 1 + below(4)));
      const auto sale = before.sell(march, lines, SpendWish{SpendWish::Mode::up_to, {below(400)}});
      const SoldSale sold = before.sales[sale];

      // The pieces of all lines in two random orders; the first half of the first, dealt out anew, opens the second.
      std::vector<std::size_t> pieces;
      for (std::size_t i = 0; i < lines.size(); ++i)
        pieces.insert(pieces.end(), static_cast<std::size_t>(lines[i].quantity.count / 1000), i);
      std::shuffle(pieces.begin(), pieces.end(), random);
      const auto half = std::ssize(pieces) / 2;
      std::vector<std::size_t> other = pieces;
      std::shuffle(other.begin(), other.begin() + half, random);
      std::shuffle(other.begin() + half, other.end(), random);

      PlayedCard whole = before;
      whole.give_back_all(sale, march);
      PlayedCard one = before, two = before;
      CAPTURE(round);
      for (std::ptrdiff_t i = 0; i < std::ssize(pieces); ++i) {
        if (i == half) {
          REQUIRE(one.total() == two.total());
          REQUIRE(one.sales[sale].clawed_back == two.sales[sale].clawed_back);
        }
        for (auto* card : {&one, &two}) {
          const auto& order = card == &one ? pieces : other;
          const auto result = card->give_back(sale, only(order[static_cast<std::size_t>(i)], lines.size()), march);
          REQUIRE(std::min({result.paid.count, result.discount.count, result.points_money.count}) >= 0);
          REQUIRE(std::min(result.restored.count, result.claw_back.count) >= 0);
          REQUIRE(card->sales[sale].clawed_back <= sold.earned);
          REQUIRE(card->last_clawback.forgiven.count == 0);
        }
      }
      for (const PlayedCard* card : {&whole, &one, &two}) {
        REQUIRE(card->total() == granted);
        REQUIRE(card->balance(march).debt.count == 0);
        REQUIRE(card->sales[sale].clawed_back == sold.earned);
        for (const SoldLine& line : card->sales[sale].lines) {
          REQUIRE(line.returned_paid == line.sold.paid);
          REQUIRE(line.returned_discount == line.sold.discount);
          REQUIRE(line.restored == line.sold.spent);
        }
        for (const TouchedSpend& spend : card->sales[sale].spends) REQUIRE(spend.restored == spend.points);
      }
    }
  }
}
