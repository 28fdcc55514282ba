// SPDX-License-Identifier: MIT
#include <algorithm>

#include "property/oracle.hpp"

namespace loyal::test {

std::vector<std::pair<int, Oracle::Given>> Oracle::standing_rewards() const {
  std::vector<std::pair<int, Given>> standing;
  for (const auto& [number, sale] : sales_)
    for (const Given& given : sale.given)
      if (!undone_.contains(sale.operation) && left_of(number)[given.line] > 0)
        standing.emplace_back(sale.operation, given);
  for (const auto& [operation, given] : redeemed_)
    if (!undone_.contains(operation)) standing.emplace_back(operation, given);
  std::stable_sort(standing.begin(), standing.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return standing;
}

std::optional<int> Oracle::first_stock(const std::string& reward) const {
  for (const Stock& stock : stock_)
    if (stock.reward == reward && !undone_.contains(stock.operation)) return stock.operation;
  return std::nullopt;
}

/// Counted since something was first put in.
Whole Oracle::in_stock(const std::string& reward) const {
  return in_stock(reward, first_stock(reward));
}

Whole Oracle::in_stock(const std::string& reward, std::optional<int> first) const {
  Whole pieces = 0;
  for (const Stock& stock : stock_)
    if (stock.reward == reward && !undone_.contains(stock.operation)) pieces += stock.pieces;
  for (const auto& [operation, given] : standing_rewards())
    if (given.reward == reward && first && operation > *first) --pieces;
  return pieces;
}

bool Oracle::stock(int operation, std::size_t reward, Whole pieces) {
  const domain::Reward& stocked = program.rewards[reward];
  if (!stocked.has_stock || in_stock(stocked.name) + pieces < 0) return false;
  stock_.push_back({operation, stocked.name, pieces});
  return true;
}

bool Oracle::redeem(int operation, int card, std::size_t number, LocalTime at, int company) {
  if (!is_member(company, at.date)) return false;
  const domain::Reward& reward = program.rewards[number];
  // A part of a price needs a price.
  if (reward.off.numerator != reward.off.denominator || !takes(reward.filter, at, buyer(card, at.date))) return false;
  if (available(card, at.date) < std::max(reward.cost.count, reward.at.count)) return false;
  if (reward.cost.count == 0 && has_step(card, reward.name)) return false;
  if (reward.has_stock && in_stock(reward.name) < 1) return false;
  take_away(operation, card, reward.cost.count, at.date);
  redeemed_.emplace_back(operation, Given{card, reward.name, 0, reward.cost.count, company});
  return true;
}

bool Oracle::has_step(int card, const std::string& name) const {
  bool has_it = false;
  for (const auto& [operation, given] : standing_rewards()) {
    if (given.card != card) continue;
    if (given.cost > 0)
      has_it = false;
    else if (given.reward == name)
      has_it = true;
  }
  return has_it;
}

std::vector<std::string> Oracle::short_of_stock(int undone) const {
  Oracle without = *this;
  without.undone_.insert(undone);
  std::vector<std::string> names;
  for (const domain::Reward& reward : program.rewards) {
    const Whole left = reward.has_stock ? without.in_stock(reward.name, first_stock(reward.name)) : 0;
    if (left < 0 && left < in_stock(reward.name)) names.push_back(reward.name);
  }
  return names;
}

/// Every reward has one piece of its own; where no line is named, the dearest that it fits.
bool Oracle::place(int card, const std::vector<Wish>& wishes, std::vector<domain::ReceiptLine>& lines,
                   std::vector<Given>& given) const {
  const auto price = [&](std::size_t i) {
    if (lines[i].quantity.count <= 1'000) return lines[i].amount.count;
    return (Fraction(lines[i].amount.count * 1'000) / Fraction(lines[i].quantity.count)).half_up();
  };
  std::vector<std::vector<std::size_t>> taken(lines.size());
  const auto is_free = [&](std::size_t i) {
    return static_cast<Whole>(taken[i].size()) < std::max(Whole{1}, lines[i].quantity.count / 1'000);
  };
  for (std::size_t wish = 0; wish < wishes.size(); ++wish) {
    if (wishes[wish].line == 0) continue;
    const std::size_t line = wishes[wish].line - 1;
    if (!is_free(line)) return false;
    taken[line].push_back(wish);
  }
  for (std::size_t wish = 0; wish < wishes.size(); ++wish) {
    if (wishes[wish].line != 0) continue;
    std::size_t fits = lines.size(), any = lines.size();
    for (std::size_t i = lines.size(); i-- > 0;) {
      if (!is_free(i)) continue;
      any = i;
      if (takes(program.rewards[wishes[wish].reward].filter, lines[i]) &&
          (fits == lines.size() || price(i) >= price(fits)))
        fits = i;
    }
    if (any == lines.size()) return false;
    taken[fits == lines.size() ? any : fits].push_back(wish);
  }
  std::vector<domain::ReceiptLine> pieces;
  given.resize(wishes.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Whole of_one = price(i);
    domain::ReceiptLine rest = lines[i];
    for (const std::size_t wish : taken[i]) {
      const domain::Reward& reward = program.rewards[wishes[wish].reward];
      given[wish] = {card, reward.name, pieces.size(), reward.cost.count, 0};
      if (rest.quantity.count <= 1'000) break;
      pieces.push_back(rest);
      pieces.back().quantity = {1'000};
      pieces.back().amount = {of_one};
      rest.quantity.count -= 1'000;
      rest.amount.count -= of_one;
    }
    if (rest.quantity.count > 0) pieces.push_back(rest);
  }
  lines = pieces;
  return true;
}

bool Oracle::give(int card, LocalTime at, const Buyer& buyer, const std::vector<domain::ReceiptLine>& lines,
                  const std::vector<Given>& given, std::vector<Figures>& sold) const {
  Whole left = available(card, at.date);
  std::set<std::string> steps;
  for (const Given& each : given) {
    const auto reward = std::find_if(program.rewards.begin(), program.rewards.end(),
                                     [&](const domain::Reward& other) { return other.name == each.reward; });
    if (!takes(reward->filter, at, buyer) || !takes(reward->filter, lines[each.line])) return false;
    if (left < std::max(reward->cost.count, reward->at.count)) return false;
    const auto alike =
        std::count_if(given.begin(), given.end(), [&each](const Given& other) { return other.reward == each.reward; });
    if (reward->has_stock && in_stock(each.reward) < alike) return false;
    Figures& line = sold[each.line];
    const Whole rest = line.amount - line.discount;
    Whole value = (Fraction(rest) * fraction(reward->off)).half_up();
    if (reward->up_to) value = std::min(value, reward->up_to->count);
    if (each.cost == 0) {
      if (has_step(card, each.reward) || !steps.insert(each.reward).second) return false;
      line.discount += value;
    } else {
      line.points_money += value;
      line.spent += each.cost;
      left -= each.cost;
    }
  }
  return true;
}

}  // namespace loyal::test
