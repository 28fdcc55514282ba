// SPDX-License-Identifier: MIT
#include "loyal/service/card_history.hpp"

#include <algorithm>

#include "loyal/domain/expiry.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {
namespace {

constexpr Date last_of_all{2'932'896};  // 9999-12-31

}  // namespace

int CardHistory::earning_sales_on(CardId card, Date points_date) {
  Remembered& card_memory = cards_[card.value];
  if (card_memory.earning_sales < 0 || card_memory.day != points_date) {
    // Sales of this operation stand in the store by now, so that one count has them all.
    card_memory.earning_sales = store::earning_sales_on(database_, card, points_date);
    card_memory.day = points_date;
  }
  return card_memory.earning_sales;
}

CardHistory::Remembered& CardHistory::activity_of(CardId card) {
  Remembered& memory = cards_[card.value];
  if (!memory.has_activity) {
    memory.activity = store::activity_of(database_, card, last_of_all);
    memory.has_activity = true;
  }
  return memory;
}

std::vector<domain::Lot> CardHistory::lots_on(const domain::Program& program, CardId card,
                                              const std::vector<domain::Lot>& lots, Date on) {
  if (program.expiry.mode != domain::Expiry::Mode::inactivity) return lots;
  const std::vector<Date>& all = activity_of(card).activity;
  const std::span<const Date> until(all.begin(), std::upper_bound(all.begin(), all.end(), on));
  std::vector<domain::Lot> result;
  result.reserve(lots.size());
  for (const domain::Lot& lot : lots) result.push_back(domain::with_inactivity(program.expiry, lot, until));
  return result;
}

void CardHistory::add_earning(CardId card, Date points_date) {
  const auto found = cards_.find(card.value);
  if (found == cards_.end()) return;
  Remembered& memory = found->second;
  if (memory.earning_sales >= 0 && memory.day == points_date) ++memory.earning_sales;
  if (!memory.has_activity) return;
  const auto place = std::lower_bound(memory.activity.begin(), memory.activity.end(), points_date);
  if (place == memory.activity.end() || *place != points_date) memory.activity.insert(place, points_date);
}

}  // namespace loyal::service
