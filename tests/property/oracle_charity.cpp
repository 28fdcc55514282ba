// SPDX-License-Identifier: MIT
#include <algorithm>

#include "property/oracle.hpp"

namespace loyal::test {

Whole Oracle::held(int card) const {
  Whole sum = 0;
  for (const Lot& lot : lots_)
    if (lot.card == card) sum += lot.remainder();
  return sum;
}

Whole Oracle::donation(Date on, Whole paid) const {
  const domain::DonationRules& rules = *program.donation;
  Whole money = 0;
  if (rules.amount) money = rules.amount->count;
  if (rules.rate) money = (Fraction(paid) * fraction(*rules.rate)).half_up();
  while (rules.round_up && (paid + money) % rules.round_up->count != 0) ++money;
  if (rules.per_month) {
    Whole room = rules.per_month->count;
    for (const Donation& donation : donations_)
      if (!undone_.contains(donation.operation) && end_of(Period::month, donation.date) == end_of(Period::month, on))
        room -= donation.amount;
    money = std::min(money, std::max(Whole{0}, room));
  }
  // Who cannot give all of it gives nothing.
  return money > held(company_account) ? 0 : money;
}

/// A purchase that is recorded late takes what there is now.
void Oracle::give_away(int operation, int card, int source, Date on, Whole money) {
  donations_.push_back({operation, on, money});
  open(operation, card, money, source, 0, on, on, std::nullopt);
  const std::size_t count = lots_.size();
  for (std::size_t i = 0; i < count && money > 0; ++i) {
    const Whole part = lots_[i].card == company_account ? std::min(money, lots_[i].remainder()) : 0;
    if (part == 0) continue;
    lots_[i].movements.push_back({operation, Kind::spend, -part});
    open(operation, fund_account, part, -1, 0, on, on, std::nullopt);
    money -= part;
  }
}

void Oracle::top_up_account(int operation, Whole money, Date on) {
  open(operation, company_account, money, -1, 0, on, on, std::nullopt);
}

bool Oracle::pay_fund(int operation, Whole money) {
  if (money > held(fund_account)) return false;
  for (Lot& lot : lots_) {
    const Whole part = lot.card == fund_account ? std::min(money, lot.remainder()) : 0;
    if (part == 0) continue;
    lot.movements.push_back({operation, Kind::spend, -part});
    money -= part;
  }
  return true;
}

std::optional<Whole> Oracle::present(int operation, int card, Date on) {
  if (!program.donation->amount) return std::nullopt;
  const Whole money = donation(on, 0);
  give_away(operation, card, -1, on, money);
  return money;
}

}  // namespace loyal::test
