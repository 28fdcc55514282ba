// SPDX-License-Identifier: MIT
#include "property/oracle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace loyal::test {

std::string to_text(const Figures& figures) {
  return fmt::format("amount {} discount {} points money {} paid {} spent {} earned {}", figures.amount,
                     figures.discount, figures.points_money, figures.paid, figures.spent, figures.earned);
}

std::string to_text(const std::vector<LotValue>& lots) {
  std::string text;
  for (const LotValue& lot : lots)
    text += fmt::format("{}[{} of {} from {} through {}]", text.empty() ? "" : " ", lot.remainder, lot.issuer,
                        to_string(lot.usable_from), lot.valid_through ? to_string(*lot.valid_through) : "ever");
  return text;
}

std::string to_text(const BalanceValue& balance) {
  return fmt::format("active {} pending {} unswept {} debt {}", balance.active, balance.pending, balance.unswept,
                     balance.debt);
}

Whole Oracle::Lot::remainder() const {
  Whole sum = 0;
  for (const Movement& movement : movements) sum += movement.points;
  return sum;
}

Whole Oracle::Lot::moved(Kind kind) const {
  Whole sum = 0;
  for (const Movement& movement : movements)
    if (movement.kind == kind) sum += movement.points;
  return sum;
}

BalanceValue Oracle::balance(int card, Date on) const {
  BalanceValue sum;
  for (const Lot& lot : lots_) {
    if (lot.card != card) continue;
    const Whole points = lot.remainder();
    if (lot.is_debt)
      sum.debt -= points;
    else if (lot.is_pending(on))
      sum.pending += points;
    else if (is_expired(lot, on))
      sum.unswept += points;
    else
      sum.active += points;
  }
  return sum;
}

std::vector<LotValue> Oracle::lots(int card, Date on) const {
  std::vector<LotValue> values;
  for (const Lot& lot : lots_)
    if (lot.card == card && lot.remainder() != 0)
      values.push_back({lot.remainder(), lot.issuer, lot.usable_from, end(lot, on)});
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<std::size_t> Oracle::in_order(int card, Date on) const {
  const Date never = Date::of(9999, 12, 31);
  std::vector<std::tuple<Date, Date, std::size_t>> order;
  for (std::size_t i = 0; i < lots_.size(); ++i)
    if (lots_[i].card == card && is_active(lots_[i], on))
      order.emplace_back(end(lots_[i], on).value_or(never), lots_[i].date, i);
  std::sort(order.begin(), order.end());
  std::vector<std::size_t> places;
  for (const auto& [last, date, place] : order) places.push_back(place);
  return places;
}

void Oracle::open(int operation, int card, Whole points, int source, int issuer, Date on, Date usable_from,
                  std::optional<Date> valid_through) {
  if (points == 0) return;
  Lot lot{card, operation, source, issuer, false, on, usable_from, valid_through, {{operation, Kind::open, points}}};
  for (Lot& debt : lots_) {
    if (debt.card != card || !debt.is_debt) continue;
    const Whole part = std::min(lot.remainder(), -debt.remainder());
    if (part == 0) continue;
    debt.movements.push_back({operation, Kind::repay, part});
    lot.movements.push_back({operation, Kind::repay, -part});
  }
  lots_.push_back(lot);
}

void Oracle::grant(int operation, int card, Whole points, Date on, std::optional<Date> valid_through, int company) {
  open(operation, card, points, -1, company, on, on, valid_through);
}

bool Oracle::take_away(int operation, int card, Whole points, Date on) {
  if (points > std::max(Whole{0}, balance(card, on).active - reserved(card))) return false;
  for (const std::size_t place : in_order(card, on)) {
    const Whole part = std::min(points, lots_[place].remainder());
    if (part == 0) break;
    lots_[place].movements.push_back({operation, Kind::spend, -part});
    points -= part;
  }
  return true;
}

std::optional<Whole> Oracle::transfer(int operation, int from, int into, std::optional<Whole> points, Date on) {
  const Whole most = available(from, on);
  Whole left = points.value_or(most);
  if (from == into || left <= 0 || left > most) return std::nullopt;
  if (program.limits.balance) {
    const BalanceValue other = balance(into, on);
    if (other.active + other.pending - other.debt + left >
        std::max(program.limits.balance->count, other.active + other.pending - other.debt))
      return std::nullopt;
  }
  const Whole moved = left;
  for (const std::size_t place : in_order(from, on)) {
    const Whole part = std::min(left, lots_[place].remainder());
    if (part == 0) break;
    const bool is_idle_clock = program.expiry.mode == domain::Expiry::Mode::inactivity && !lots_[place].valid_through;
    const Date usable_from =
        is_idle_clock ? plus_days(*end(lots_[place], on), -program.expiry.count) : lots_[place].usable_from;
    lots_[place].movements.push_back({operation, Kind::spend, -part});
    open(operation, into, part, -1, lots_[place].issuer, on, usable_from, lots_[place].valid_through);
    left -= part;
  }
  return moved;
}

std::vector<Oracle::Return> Oracle::live_returns(const Sale& sale) const {
  std::vector<Return> live;
  for (const Return& back : sale.returns)
    if (!undone_.contains(back.operation)) live.push_back(back);
  return live;
}

Figures Oracle::given_back(const Sale& sale, std::size_t line) const {
  Figures sum;
  for (const Return& back : live_returns(sale)) {
    const Figures& part = back.lines[line];
    sum.amount += part.amount;
    sum.discount += part.discount;
    sum.points_money += part.points_money;
    sum.paid += part.paid;
    sum.spent += part.spent;
  }
  return sum;
}

std::vector<Whole> Oracle::left_of(int number) const {
  const Sale& sale = sales_.at(number);
  std::vector<Whole> left = sale.quantities;
  for (const Return& back : live_returns(sale))
    for (std::size_t i = 0; i < left.size(); ++i) left[i] -= back.quantities[i];
  return left;
}

bool Oracle::has_live_return(int sale) const {
  return !live_returns(sales_.at(sale)).empty();
}

Whole Oracle::unsettled(int number, Date on) const {
  const Sale& sale = sales_.at(number);
  Whole points = sale.earned;
  for (const Return& back : live_returns(sale)) points -= back.clawed_back;
  // What has expired of goods that were sold was there to be used.
  if (sale.buyer.buys_offer) return points;
  for (const Lot& lot : lots_) {
    if (lot.source != number) continue;
    points += lot.moved(Kind::expire);
    if (is_expired(lot, on)) points -= lot.remainder();
  }
  return points;
}

Whole Oracle::unrestored(int number) const {
  const Sale& sale = sales_.at(number);
  Whole points = 0;
  for (const Spend& spend : sale.spends) points += spend.points;
  for (const Return& back : live_returns(sale))
    for (const auto& [place, restored] : back.restored) points -= restored;
  return points;
}

Whole Oracle::kept(const Sale& sale, const std::vector<Figures>& given,
                   const std::vector<Whole>& given_quantities) const {
  if (sale.buyer.buys_offer) return offer_brings(sale.card, sale.sold.front().amount - given.front().amount);
  std::vector<EarnLine> rest, all;
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    Figures money = sale.sold[i];
    all.push_back({&sale.lines[i], sale.lines[i].quantity.count, money});
    money.amount -= given[i].amount;
    money.discount -= given[i].discount;
    money.points_money -= given[i].points_money;
    const Whole quantity = sale.quantities[i] - given_quantities[i];
    const Whole pieces =
        (Fraction(sale.lines[i].quantity.count) * Fraction(quantity) / Fraction(sale.quantities[i])).floor();
    rest.push_back({&sale.lines[i], quantity == 0 ? 0 : std::max(Whole{1}, pieces), money});
  }
  return earn(sale.at, sale.buyer, rest, sale.limit, program.returns.keep_threshold ? all : rest).points;
}

ReturnAnswer Oracle::give_back(int operation, int number, std::vector<Whole> quantities, Date on, Date gifts_on,
                               bool is_named) {
  Sale& sale = sales_.at(number);
  const domain::ReturnRules& rules = rules_of(sale.card).returns;
  ReturnAnswer answer;
  if (sale.buyer.buys_offer) {
    const Whole most = unused(sale, number, on);
    answer.is_refused = most == 0 || (is_named && quantities.front() > most);
    if (answer.is_refused) return answer;
    quantities.front() = std::min(quantities.front(), most);
  }
  std::vector<Figures> given;
  std::vector<Whole> given_quantities = sale.quantities;
  const auto left = left_of(number);
  answer.is_full = left == quantities;
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    given_quantities[i] += quantities[i] - left[i];
    Figures before = given_back(sale, i);
    Figures back;
    const auto part = [&](Whole whole, Whole already) {
      return (Fraction(whole) * Fraction(given_quantities[i]) / Fraction(sale.quantities[i])).floor() - already;
    };
    back.discount = part(sale.sold[i].discount, before.discount);
    back.points_money = part(sale.sold[i].points_money, before.points_money);
    back.paid = part(sale.sold[i].paid, before.paid);
    back.spent = part(sale.sold[i].spent, before.spent);
    back.amount = back.discount + back.points_money + back.paid;
    answer.lines.push_back(back);
    answer.restored += back.spent;
    before.amount += back.amount;
    before.discount += back.discount;
    before.points_money += back.points_money;
    given.push_back(before);
  }
  Return record{operation, on, answer.lines, quantities, 0, {}, {}, {}};
  Whole left_to_restore = answer.restored;
  for (std::size_t i = sale.spends.size(); i-- > 0;) {
    Whole open_part = sale.spends[i].points;
    for (const Return& back : live_returns(sale))
      if (const auto found = back.restored.find(i); found != back.restored.end()) open_part -= found->second;
    const Whole points = std::min(open_part, left_to_restore);
    if (points == 0) continue;
    record.restored[i] = points;
    left_to_restore -= points;
    const Lot spent = lots_[sale.spends[i].lot];
    const auto [from, through] = clock(spent, on, rules.grace_days);
    open(operation, sale.card, points, spent.source, spent.issuer, on, from, through);
  }
  if (rules.policy != domain::ReturnPolicy::keep)
    answer.clawed_back = std::max(Whole{0}, unsettled(number, on) - kept(sale, given, given_quantities));
  record.clawed_back = answer.clawed_back;
  claw_back(operation, sale, number, on, answer);
  return_gifts(operation, sale, given_quantities, gifts_on, record, answer);
  sale.returns.push_back(record);
  return answer;
}

void Oracle::claw_back(int operation, const Sale& sale, int number, Date on, ReturnAnswer& answer) {
  using Policy = domain::ReturnPolicy;
  const domain::ReturnRules& rules = rules_of(sale.card).returns;
  const Policy policy = rules.policy;
  Whole left = answer.clawed_back;
  const auto take = [&](Lot& lot) {
    const Whole part = std::min(left, lot.remainder());
    if (part <= 0) return;
    lot.movements.push_back({operation, Kind::clawback, -part});
    left -= part;
  };
  for (Lot& lot : lots_)
    if (lot.source == number && lot.is_pending(on)) take(lot);
  if (policy != Policy::only_pending) {
    const auto places = in_order(sale.card, on);
    for (const std::size_t place : places)
      if (lots_[place].source == number) take(lots_[place]);
    for (const bool is_same_issuer : {true, false})
      for (const std::size_t place : places)
        if (policy != Policy::unused && (lots_[place].issuer == sale.buyer.company) == is_same_issuer)
          take(lots_[place]);
  }
  if (policy == Policy::debt && left > 0) {
    Whole debt = left;
    if (rules.debt_limit)
      debt = std::max(Whole{0}, std::min(debt, rules.debt_limit->count - balance(sale.card, on).debt));
    if (debt > 0)
      lots_.push_back(
          {sale.card, operation, -1, sale.buyer.company, true, on, on, std::nullopt, {{operation, Kind::open, -debt}}});
    answer.debt = debt;
    left -= debt;
  }
  answer.forgiven = left;
}

bool Oracle::undo(int operation, int undone, Today today) {
  const auto before = lots_;
  if (is_committed(undone) || is_released(undone)) return false;
  for (const auto& [number, sale] : sales_) {
    const auto live = live_returns(sale);
    if (sale.operation == undone && !live.empty()) return false;
    for (std::size_t i = 0; i + 1 < live.size(); ++i)
      if (live[i].operation == undone) return false;
  }
  if (!short_of_stock(undone).empty()) return false;
  // What is undone is no purchase that would have kept points alive.
  undone_.insert(undone);
  for (Lot& lot : lots_) {
    // Expiry is no use: what was booked of a lot that goes, or that points come back to, is reversed along.
    const bool is_opened_here = lot.operation == undone;
    std::vector<Movement> reversed;
    for (const Movement& movement : lot.movements)
      if (movement.operation == undone) reversed.push_back({operation, movement.kind, -movement.points});
    if (is_opened_here) {
      const Whole expired = lot.moved(Kind::expire);
      if (expired != 0) reversed.push_back({operation, Kind::expire, -expired});
    }
    lot.movements.insert(lot.movements.end(), reversed.begin(), reversed.end());
    const Whole rest = lot.remainder();
    if (!reversed.empty() && ((is_opened_here && rest != 0) || (lot.is_debt ? rest > 0 : rest < 0))) {
      lots_ = before;
      undone_.erase(undone);
      return false;
    }
    if (!reversed.empty() && is_expired(lot, today.of(lot.card)) && rest > 0)
      lot.movements.push_back({operation, Kind::expire, -rest});
  }
  undos_.insert(operation);
  return true;
}

std::set<int> Oracle::users_of(int operation) const {
  std::set<int> users;
  for (const HoldEnd& end : hold_ends_)
    if (end.reserved == operation && !undone_.contains(end.operation)) users.insert(end.operation);
  for (const auto& [number, sale] : sales_)
    for (const Return& back : live_returns(sale)) {
      const bool follows = std::any_of(sale.returns.begin(), sale.returns.end(), [&](const Return& other) {
        return other.operation == operation && other.operation < back.operation;
      });
      if (sale.operation == operation || follows) users.insert(back.operation);
    }
  bool is_short = false;
  std::set<int> takers;
  for (const std::string& reward : short_of_stock(operation)) {
    is_short = true;
    const auto take = [&](int taker, const Given& given) {
      if (given.reward == reward && taker > operation && !undone_.contains(taker)) takers.insert(taker);
    };
    for (const auto& [number, sale] : sales_)
      for (const Given& given : sale.given) take(sale.operation, given);
    for (const auto& [taker, given] : redeemed_) take(taker, given);
    for (const Stock& stock : stock_)
      if (stock.pieces < 0) take(stock.operation, {0, stock.reward, 0, 0, 0});
  }
  for (const Lot& lot : lots_) {
    Whole rest = lot.remainder();
    for (const Movement& movement : lot.movements)
      if (movement.operation == operation) rest -= movement.points;
    if (!lot.is_debt) rest -= lot.moved(Kind::expire);
    if (lot.is_debt ? rest <= 0 : rest >= 0) continue;
    is_short = true;
    for (const Movement& movement : lot.movements)
      if (movement.operation > operation && movement.kind != Kind::expire && !undone_.contains(movement.operation) &&
          !undos_.contains(movement.operation))
        takers.insert(movement.operation);
  }
  if (is_short && takers.empty()) takers.insert(operation);
  users.merge(takers);
  return users;
}

std::vector<int> Oracle::undo_all(int operation, int undone, Today today) {
  std::vector<int> done;
  for (auto users = users_of(undone); !users.empty(); users = users_of(undone)) {
    if (users.contains(undone)) return {};
    for (auto user = users.rbegin(); user != users.rend(); ++user) {
      if (undone_.contains(*user)) continue;
      const auto before = undo_all(operation, *user, today);
      if (before.empty()) return {};
      done.insert(done.end(), before.begin(), before.end());
    }
  }
  if (!undo(operation, undone, today)) return {};
  done.push_back(undone);
  return done;
}

}  // namespace loyal::test
