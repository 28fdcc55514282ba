// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "property/oracle.hpp"

namespace loyal::test {
namespace {

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Whole tenfold(int scale) {
  return scale == 0 ? 1 : 10 * tenfold(scale - 1);
}

/// In proportion to what each line may take; where that would leave a line without its kopeck, to what each can spare.
std::vector<Whole> split_money(Whole money, const std::vector<Fraction>& most) {
  const auto parts = split(money, most);
  std::vector<Fraction> spare;
  bool is_fair = true;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    is_fair = is_fair && (parts[i] == 0 || Fraction(parts[i]) < most[i]);
    spare.push_back(Fraction(0) < most[i] ? most[i] - Fraction(1) : Fraction(0));
  }
  return is_fair ? parts : split(money, spare);
}

}  // namespace

Fraction fraction(domain::Rate rate) {
  return {Wide{rate.numerator}, Wide{rate.denominator}};
}

bool takes(const domain::Filter& filter, const domain::ReceiptLine& line) {
  if (!filter.categories.empty() && !has(filter.categories, line.category)) return false;
  if (!filter.skus.empty() && !has(filter.skus, line.sku)) return false;
  return !has(filter.except_categories, line.category) && !has(filter.except_skus, line.sku);
}

bool takes(const domain::Filter& filter, LocalTime at, const Buyer& buyer) {
  if (filter.first_purchase && !buyer.is_first) return false;
  if (!filter.tiers.empty() && !has(filter.tiers, buyer.tier)) return false;
  if (filter.from && at.date < *filter.from) return false;
  if (filter.until && at.date > *filter.until) return false;
  if (filter.hours && (at.second_of_day < filter.hours->first || at.second_of_day >= filter.hours->second))
    return false;
  return filter.weekdays.empty() ||
         std::find(filter.weekdays.begin(), filter.weekdays.end(), at.date.weekday()) != filter.weekdays.end();
}

Buyer Oracle::buyer(int card, Date on) const {
  Buyer buyer{true, tier(card, on), false, 0};
  for (const auto& [number, sale] : sales_) {
    if (sale.card != card || undone_.contains(sale.operation)) continue;
    for (const Whole left : left_of(number)) buyer.is_first = buyer.is_first && left == 0;
  }
  return buyer;
}

std::vector<domain::EarnRule> Oracle::earn_rules(const Buyer& buyer) const {
  auto rules = rules_of(buyer);
  const auto is_plain = [](const domain::EarnRule& rule) {
    return rule.basis == domain::EarnRule::Basis::rate && rule.filter == domain::Filter{};
  };
  for (const domain::Tier& tier : program.tiers.tiers) {
    if (tier.name != buyer.tier || !tier.rate) continue;
    std::erase_if(rules, is_plain);
    rules.push_back({"by tier", domain::EarnRule::Basis::rate, *tier.rate, {}, {}, {}});
  }
  return rules;
}

std::vector<domain::DiscountRule> Oracle::discount_rules(const Buyer& buyer) const {
  auto rules = program.discount;
  const auto is_plain = [](const domain::DiscountRule& rule) {
    return rule.basis == domain::DiscountRule::Basis::rate && rule.filter == domain::Filter{};
  };
  for (const domain::Tier& tier : program.tiers.tiers) {
    if (tier.name != buyer.tier || !tier.discount) continue;
    domain::DiscountRule by_tier;
    by_tier.rate = *tier.discount;
    const auto first = std::find_if(rules.begin(), rules.end(), is_plain);
    if (first == rules.end())
      rules.push_back(by_tier);
    else
      *first = by_tier;
    bool is_later = false;
    std::erase_if(rules,
                  [&](const domain::DiscountRule& rule) { return is_plain(rule) && std::exchange(is_later, true); });
  }
  return rules;
}

std::vector<Fraction> Oracle::free_pieces(const domain::DiscountRule& rule, int card,
                                          const std::vector<domain::ReceiptLine>& lines) const {
  Whole pieces = 0;
  for (const auto& [number, sale] : sales_) {
    if (rule.counts_receipts_apart || sale.card != card || undone_.contains(sale.operation)) continue;
    const auto left = left_of(number);
    for (std::size_t i = 0; i < sale.lines.size(); ++i)
      if (takes(rule.filter, sale.lines[i])) pieces += left[i] / 1'000;
  }
  // Each piece by itself: the Nth that comes makes one free, and the cheapest are.
  Whole free_count = 0;
  std::vector<std::pair<Whole, std::size_t>> prices;
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (Whole piece = 0; takes(rule.filter, lines[i]) && piece < lines[i].quantity.count / 1'000; ++piece) {
      if (++pieces % rule.every == 0) ++free_count;
      prices.emplace_back((Fraction(lines[i].amount.count * 1'000) / Fraction(lines[i].quantity.count)).half_up(), i);
    }
  std::sort(prices.begin(), prices.end());
  std::vector<Fraction> off(lines.size());
  for (Whole piece = 0; piece < free_count; ++piece) {
    const auto& [price, line] = prices[static_cast<std::size_t>(piece)];
    off[line] = std::min(off[line] + Fraction(price), Fraction(lines[line].amount.count));
  }
  return off;
}

void Oracle::discount(int card, LocalTime at, const Buyer& buyer, const std::vector<domain::ReceiptLine>& lines,
                      std::vector<Figures>& sold) const {
  using Basis = domain::DiscountRule::Basis;
  const auto rules = discount_rules(buyer);
  std::vector<std::size_t> best(lines.size(), rules.size());
  std::vector<Fraction> most(lines.size());
  for (std::size_t number = 0; number < rules.size(); ++number) {
    const domain::DiscountRule& rule = rules[number];
    Whole matching = 0;
    for (const auto& line : lines)
      if (takes(rule.filter, line)) matching += line.amount.count;
    if (!takes(rule.filter, at, buyer) || matching < rule.filter.min_amount.count) continue;
    std::vector<Fraction> off(lines.size());
    if (rule.basis == Basis::every) off = free_pieces(rule, card, lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!takes(rule.filter, lines[i])) continue;
      const Fraction amount(lines[i].amount.count);
      if (rule.basis == Basis::rate) off[i] = amount * fraction(rule.rate);
      if (rule.basis == Basis::price)
        off[i] = amount - Fraction((Fraction(rule.price.count * lines[i].quantity.count) / Fraction(1'000)).half_up());
      if (!(most[i] < off[i])) continue;
      most[i] = off[i];
      best[i] = number;
    }
  }
  // A part of the price is rounded once for the receipt, whatever other rules do.
  for (std::size_t number = 0; number < rules.size(); ++number) {
    std::vector<Fraction> amounts(lines.size());
    Fraction off;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (best[i] != number) continue;
      amounts[i] = rules[number].basis == Basis::rate ? Fraction(lines[i].amount.count) : most[i];
      off = off + most[i];
    }
    const auto parts = split(off.half_up(), amounts);
    for (std::size_t i = 0; i < lines.size(); ++i) sold[i].discount += parts[i];
  }
}

Whole Oracle::spendable(int card, Date on, const Buyer& buyer, const std::vector<domain::ReceiptLine>& lines,
                        const std::vector<Figures>& sold, std::vector<Fraction>& weights) const {
  const domain::SpendRules& rules = program.spend;
  Whole active = available(card, on);
  for (const Figures& line : sold) active -= line.spent;
  Whole payable = 0, to_pay = 0, kopeck_a_line = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Whole net = sold[i].amount - sold[i].discount - sold[i].points_money;
    to_pay += net;
    if (has(rules.except_categories, lines[i].category)) continue;
    payable += net;
    if (net > 1) kopeck_a_line += net - 1;
    weights[i] = Fraction(net);
  }
  if (!rules.allowed || active < rules.min_balance.count) return 0;
  Fraction share = fraction(rules.max_share);
  for (const domain::Tier& tier : program.tiers.tiers)
    if (tier.name == buyer.tier && tier.max_share) share = fraction(*tier.max_share);
  Whole money = std::min((share * Fraction(payable)).floor(), kopeck_a_line);
  money = std::max(Whole{0}, std::min(money, to_pay - rules.min_to_pay.count));
  Whole points = (Fraction(money) * Fraction(tenfold(program.unit.scale)) / Fraction(program.unit.worth.count)).floor();
  if (rules.per_sale) points = std::min(points, rules.per_sale->count);
  points = std::min(points, active);
  for (const domain::PeriodLimit& limit : rules.period)
    if (!is_open(limit, card, on, true, points)) return 0;
  return points - points % rules.step.count;
}

Whole Oracle::base(const Figures& money) const {
  if (program.earn_base.gross) return money.amount;
  return money.amount - money.discount - (program.earn_base.points_part ? 0 : money.points_money);
}

std::vector<Fraction> Oracle::rule_brings(const domain::EarnRule& rule, LocalTime at, const Buyer& buyer,
                                          const std::vector<EarnLine>& lines, const std::vector<EarnLine>& all) const {
  using Basis = domain::EarnRule::Basis;
  std::vector<Fraction> brings(lines.size());
  Whole threshold = 0;
  for (const EarnLine& line : all)
    if (takes(rule.filter, *line.line)) threshold += base(line.money);
  if (!takes(rule.filter, at, buyer) || threshold < rule.filter.min_amount.count) return brings;
  Whole sum = 0;
  bool any = false;
  // What points paid for whole brings nothing, where that part does not earn; nor does a piece or a visit where points
  // buy nothing but rewards.
  const bool is_counted = rule.basis == Basis::per_item || rule.basis == Basis::per_visit;
  const bool is_for_rewards =
      is_counted && !program.spend.allowed && !program.earn_base.gross && !program.earn_base.points_part;
  const auto counts = [&](const EarnLine& line) {
    const bool is_paid_for = line.money.points_money > 0 && (is_for_rewards || base(line.money) == 0);
    return takes(rule.filter, *line.line) && line.quantity > 0 && !is_paid_for;
  };
  for (const EarnLine& line : lines) {
    if (!counts(line)) continue;
    sum += base(line.money);
    any = true;
  }
  Whole points = 0;
  if (rule.basis == Basis::per_money) points = sum / rule.per.count * rule.points.count;
  if (rule.basis == Basis::per_visit && any) points = rule.points.count;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!counts(lines[i])) continue;
    const Fraction money = Fraction(base(lines[i].money));
    if (rule.basis == Basis::rate)
      brings[i] = money * fraction(rule.rate) * Fraction(tenfold(program.unit.scale)) / Fraction(100);
    else if (rule.basis == Basis::per_item)
      brings[i] = Fraction(lines[i].quantity / 1000 * rule.points.count);
    else if (sum > 0)
      brings[i] = Fraction(points) * money / Fraction(sum);
  }
  if (sum == 0 && points > 0) {
    // A visit that cost nothing is a visit: its goods share alike.
    Whole alike = 0;
    for (const EarnLine& line : lines) alike += counts(line) ? 1 : 0;
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (counts(lines[i])) brings[i] = Fraction(Wide{points}, Wide{alike});
  }
  return brings;
}

std::vector<Fraction> Oracle::factors(LocalTime at, const Buyer& buyer, const std::vector<EarnLine>& lines,
                                      const std::vector<EarnLine>& all) const {
  std::vector<Fraction> product(lines.size(), Fraction(1));
  for (const domain::EarnRule& rule : rules_of(buyer)) {
    if (rule.basis != domain::EarnRule::Basis::times || !takes(rule.filter, at, buyer)) continue;
    Whole matching = 0;
    for (const EarnLine& line : all)
      if (takes(rule.filter, *line.line)) matching += base(line.money);
    if (matching < rule.filter.min_amount.count) continue;
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (takes(rule.filter, *lines[i].line)) product[i] = product[i] * fraction(rule.rate);
  }
  return product;
}

Oracle::Earned Oracle::earn(LocalTime at, const Buyer& buyer, const std::vector<EarnLine>& lines,
                            std::optional<Whole> limit, const std::vector<EarnLine>& all) const {
  Earned earned;
  earned.weights.resize(lines.size());
  for (const domain::EarnRule& rule : earn_rules(buyer)) {
    if (rule.basis == domain::EarnRule::Basis::times) continue;
    const auto brings = rule_brings(rule, at, buyer, lines, all);
    for (std::size_t i = 0; i < lines.size(); ++i)
      earned.weights[i] = program.combine == domain::Combine::sum ? earned.weights[i] + brings[i]
                                                                  : std::max(earned.weights[i], brings[i]);
  }
  const auto times = factors(at, buyer, lines, all);
  Fraction sum;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    earned.weights[i] = earned.weights[i] * times[i];
    sum = sum + earned.weights[i];
  }
  earned.points = sum.floor();
  if (limit) earned.points = std::min(earned.points, *limit);
  return earned;
}

std::optional<Whole> Oracle::room(int card, Date on, Whole spent) const {
  std::optional<Whole> room;
  const auto at_most = [&room](Whole points) {
    points = std::max(Whole{0}, points);
    room = std::min(room.value_or(points), points);
  };
  if (program.limits.per_sale) at_most(program.limits.per_sale->count);
  if (program.limits.balance) {
    const BalanceValue held = balance(card, on);
    at_most(program.limits.balance->count - (held.active + held.pending - held.debt - spent));
  }
  for (const domain::PeriodLimit& limit : program.limits.period) {
    Whole points = room.value_or(INT64_MAX);
    if (!is_open(limit, card, on, false, points)) points = 0;
    if (points != INT64_MAX) at_most(points);
  }
  return room;
}

bool Oracle::is_open(const domain::PeriodLimit& limit, int card, Date on, bool is_spending, Whole& points) const {
  int count = 0;
  Whole sum = 0;
  for (const auto& [number, sale] : sales_) {
    if (undone_.contains(sale.operation) || sale.card != card) continue;
    const bool is_same =
        limit.period ? end_of(*limit.period, sale.at.date) == end_of(*limit.period, on) : sale.at.date == on;
    Whole spent = 0;
    for (const Spend& spend : sale.spends) spent += spend.points;
    const Whole moved = is_spending ? spent : sale.earned;
    if (!is_same || moved == 0) continue;
    ++count;
    sum += moved;
  }
  if (limit.points) points = std::max(Whole{0}, std::min(points, limit.points->count - sum));
  return !limit.sales || count < *limit.sales;
}

Whole Oracle::wished(const domain::SpendWish& wish, Whole most, SaleAnswer& answer) const {
  using Mode = domain::SpendWish::Mode;
  if (wish.mode == Mode::none) return 0;
  answer.is_refused = !program.spend.allowed;
  if (answer.is_refused) return 0;
  answer.allowed = most;
  if (wish.mode == Mode::max) return most;
  if (wish.mode == Mode::up_to) return std::min(most, wish.points.count - wish.points.count % program.spend.step.count);
  answer.is_refused = wish.points.count > most || wish.points.count % program.spend.step.count != 0;
  return wish.points.count;
}

SaleAnswer Oracle::sell(int operation, int number, const Purchase& purchase) {
  const auto [card, at] = std::pair(purchase.card, purchase.at);
  std::vector<domain::ReceiptLine> lines = purchase.lines;
  SaleAnswer answer;
  Sale sale{operation, card, at, buyer(card, at.date), {}, {}, {}, 0, {}, {}, {}, {}, {}, {}, {}};
  sale.buyer.company = purchase.company;
  answer.is_refused = !is_member(purchase.company, at.date) || !place(card, purchase.rewards, lines, sale.given);
  if (answer.is_refused) return answer;
  std::vector<Figures> sold(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) sold[i].amount = lines[i].amount.count;
  discount(card, at, sale.buyer, lines, sold);
  answer.is_refused = !give(card, at, sale.buyer, lines, sale.given, sold);
  if (answer.is_refused) return answer;
  Whole for_rewards = 0;
  for (const Figures& line : sold) for_rewards += line.spent;
  std::vector<Fraction> weights(lines.size());
  const Whole most = spendable(card, at.date, sale.buyer, lines, sold, weights);
  const Whole paying = wished(purchase.spend, most, answer);
  if (answer.is_refused) return answer;
  const Whole spent = for_rewards + paying;
  const Whole money =
      (Fraction(paying) * Fraction(program.unit.worth.count) / Fraction(tenfold(program.unit.scale))).floor();
  const auto money_parts = split_money(money, weights);
  const auto point_parts = split(paying, {money_parts.begin(), money_parts.end()});
  std::vector<EarnLine> earn_lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    sold[i].points_money += money_parts[i];
    sold[i].spent += point_parts[i];
    sold[i].paid = sold[i].amount - sold[i].discount - sold[i].points_money;
    earn_lines.push_back({&lines[i], lines[i].quantity.count, sold[i]});
  }
  Whole to_pay = 0;
  for (const Figures& line : sold) to_pay += line.paid;
  const auto gifts = gift_parts(purchase, to_pay);
  if (!gifts) {
    answer.is_refused = true;
    answer.allowed.reset();
    return answer;
  }
  sale.limit = room(card, at.date, spent);
  Earned earned = earn(at, sale.buyer, earn_lines, sale.limit, earn_lines);
  if (program.donation) earned.points = donation(at.date, to_pay);
  const auto earned_parts = split(earned.points, earned.weights);
  for (std::size_t i = 0; i < lines.size(); ++i) sold[i].earned = earned_parts[i];

  sale.lines = lines;
  sale.sold = sold;
  sale.earned = earned.points;
  for (const auto& line : lines)
    sale.quantities.push_back(purchase.has_lines ? line.quantity.count : std::max(Whole{1}, line.amount.count));
  std::vector<Whole> takings;
  for (const Given& given : sale.given) takings.push_back(given.cost);
  takings.push_back(paying);
  for (Whole left : takings)
    for (const std::size_t place : in_order(card, at.date)) {
      const Whole part = std::min(left, lots_[place].remainder());
      if (part == 0) break;
      lots_[place].movements.push_back({operation, Kind::spend, -part});
      sale.spends.push_back({place, part});
      left -= part;
    }
  pay_with_gifts(operation, purchase, *gifts, sale);
  sales_[number] = sale;
  int pending_days = program.pending_days;
  for (const domain::Tier& tier : program.tiers.tiers)
    if (tier.name == sale.buyer.tier) pending_days = tier.pending_days.value_or(pending_days);
  const Date from = plus_days(at.date, pending_days);
  if (program.donation)
    give_away(operation, card, number, at.date, earned.points);
  else
    open(operation, card, earned.points, number, purchase.company, at.date, from,
         last_day(card, program.expiry.from_activation ? from : at.date));
  answer.lines = sold;
  answer.spent = spent;
  answer.paying = paying;
  answer.gifts = *gifts;
  answer.earned = earned.points;
  return answer;
}

}  // namespace loyal::test
