// SPDX-License-Identifier: MIT
#include <algorithm>

#include "property/oracle.hpp"

namespace loyal::test {
namespace {

constexpr std::int64_t hold_seconds = 15 * 60;

}  // namespace

bool Oracle::is_committed(int reserved) const {
  return std::any_of(hold_ends_.begin(), hold_ends_.end(), [&](const HoldEnd& end) {
    return end.reserved == reserved && end.is_commit && !undone_.contains(end.operation);
  });
}

bool Oracle::is_released(int reserved) const {
  return std::any_of(hold_ends_.begin(), hold_ends_.end(), [&](const HoldEnd& end) {
    return end.reserved == reserved && !end.is_commit && !undone_.contains(end.operation);
  });
}

Whole Oracle::reserved(int card) const {
  Whole sum = 0;
  for (const Hold& hold : holds_) {
    const bool is_open = hold.until > now && !undone_.contains(hold.operation) && !is_committed(hold.operation) &&
                         !is_released(hold.operation) && hold.operation != committing_;
    if (!is_open) continue;
    if (hold.purchase.card == card) sum += hold.points;
    for (const Tender& gift : hold.purchase.gifts)
      if (gift.card == card) sum += *gift.asked;
  }
  return sum;
}

Whole Oracle::available(int card, Date on) const {
  const BalanceValue held = balance(card, on);
  return std::max(Whole{0}, held.active - held.debt - reserved(card));
}

SaleAnswer Oracle::reserve(int operation, const Purchase& purchase) {
  Oracle trial = *this;
  SaleAnswer answer = trial.sell(operation, operation, purchase);
  if (answer.is_refused) return answer;
  Hold hold{operation, {now.seconds + hold_seconds}, purchase, answer.spent, 0};
  for (const Figures& line : answer.lines) hold.paid += line.paid;
  hold.purchase.spend = {};
  if (answer.paying > 0) hold.purchase.spend = {domain::SpendWish::Mode::exact, {answer.paying}};
  hold.purchase.gifts.clear();
  for (std::size_t i = 0; i < answer.gifts.size(); ++i)
    if (answer.gifts[i] > 0) hold.purchase.gifts.push_back({purchase.gifts[i].card, answer.gifts[i]});
  holds_.push_back(hold);
  return answer;
}

SaleAnswer Oracle::commit(int operation, int number, int reserved) {
  const auto hold =
      std::find_if(holds_.begin(), holds_.end(), [&](const Hold& each) { return each.operation == reserved; });
  SaleAnswer answer;
  answer.is_refused = hold->until <= now || is_released(reserved);
  if (answer.is_refused) return answer;
  Oracle trial = *this;
  trial.committing_ = reserved;
  answer = trial.sell(operation, number, hold->purchase);
  Whole paid = 0;
  for (const Figures& line : answer.lines) paid += line.paid;
  answer.has_changed = !answer.is_refused && paid != hold->paid;
  if (answer.is_refused || answer.has_changed) return answer;
  *this = trial;
  committing_ = -1;
  hold_ends_.push_back({operation, reserved, true});
  return answer;
}

bool Oracle::release(int operation, int reserved) {
  if (is_committed(reserved)) return false;
  hold_ends_.push_back({operation, reserved, false});
  return true;
}

}  // namespace loyal::test
