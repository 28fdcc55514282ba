// SPDX-License-Identifier: MIT
#include <algorithm>

#include "property/oracle.hpp"

namespace loyal::test {

SaleAnswer Oracle::sell_offer(int operation, int card, int number, LocalTime at, int count) {
  const domain::Offer& offer = program.offers.front();
  const Whole amount = offer.price->count * count;
  const Whole brought = offer.points.count * count;
  SaleAnswer answer;
  const BalanceValue now = balance(card, at.date);
  // Unlike points that come along, what is paid for is never cut.
  answer.is_refused = program.limits.balance && now.active + now.pending + brought > program.limits.balance->count;
  if (answer.is_refused) return answer;
  const Figures sold{amount, 0, 0, amount, 0, brought};
  domain::ReceiptLine line;
  line.amount = {amount};
  Sale sale{operation, card, at, {false, "", true}, {line}, {amount}, {sold}, brought, {}, {}, {}, {}};
  sales_[number] = sale;
  std::optional<Date> through = last_day(at.date);
  if (offer.valid)
    through = offer.valid->unit == domain::Term::Unit::days ? plus_days(at.date, offer.valid->count)
                                                            : plus_months(at.date, offer.valid->count);
  open(operation, card, brought, number, at.date, at.date, through);
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
  const domain::Offer& offer = program.offers.front();
  const Whole stays = -(Fraction(-used) * Fraction(offer.price->count) / Fraction(offer.points.count)).floor();
  return std::max(Whole{0}, left - stays);
}

}  // namespace loyal::test
