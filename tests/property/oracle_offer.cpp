// SPDX-License-Identifier: MIT
#include <algorithm>

#include "property/oracle.hpp"

namespace loyal::test {

Whole Oracle::offer_brings(int card, Whole money) const {
  const domain::Offer& offer = rules_of(card).offers.front();
  // Without a price, money buys its worth.
  if (!offer.price) return money;
  return (Fraction(offer.points.count) * Fraction(money) / Fraction(offer.price->count)).floor();
}

SaleAnswer Oracle::sell_offer(int operation, int card, int number, LocalTime at, Whole amount) {
  const domain::Program& rules = rules_of(card);
  const domain::Offer& offer = rules.offers.front();
  const Whole brought = offer_brings(card, amount);
  SaleAnswer answer;
  const BalanceValue held = balance(card, at.date);
  // Unlike points that come along, what is paid for is never cut.
  answer.is_refused = rules.limits.balance && held.active + held.pending + brought > rules.limits.balance->count;
  if (answer.is_refused) return answer;
  const Figures sold{amount, 0, 0, amount, 0, brought};
  domain::ReceiptLine line;
  line.amount = {amount};
  Sale sale{operation, card, at, {false, "", true, 0}, {line}, {amount}, {sold}, brought, {}, {}, {}, {}, {}, {}, {}};
  sales_[number] = sale;
  std::optional<Date> through = last_day(card, at.date);
  if (offer.valid)
    through = offer.valid->unit == domain::Term::Unit::days ? plus_days(at.date, offer.valid->count)
                                                            : plus_months(at.date, offer.valid->count);
  open(operation, card, brought, number, 0, at.date, at.date, through);
  answer.lines = {sold};
  answer.earned = brought;
  return answer;
}

bool Oracle::let_in(int operation, int card, Date on) {
  const auto today = std::count_if(visits_.begin(), visits_.end(), [&](const Visit& visit) {
    return visit.card == card && visit.date == on && !undone_.contains(visit.operation);
  });
  if (program.use->per_day && today >= *program.use->per_day) return false;
  if (!take_away(operation, card, 1, on)) return false;
  visits_.push_back({operation, card, on});
  return true;
}

Whole Oracle::unused(const Sale& sale, int number, Date on) const {
  const Whole left = left_of(number).front();
  Whole used = sale.earned;
  for (const Return& back : live_returns(sale)) used -= back.clawed_back;
  for (const Lot& lot : lots_)
    if (lot.source == number && !is_expired(lot, on)) used -= lot.remainder();
  if (used <= 0) return left;
  // What stays paid for must be worth what was used of it.
  const domain::Offer& offer = rules_of(sale.card).offers.front();
  const Fraction price = offer.price ? Fraction(offer.price->count) / Fraction(offer.points.count) : Fraction(1);
  const Whole stays = -(Fraction(-used) * price).floor();
  return std::max(Whole{0}, left - stays);
}

}  // namespace loyal::test
