// SPDX-License-Identifier: MIT
#include "loyal/domain/filter.hpp"

#include <algorithm>

namespace loyal::domain {
namespace {

template <class T>
bool holds(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

bool matches_time(const Filter& filter, LocalTime at) {
  if (!filter.weekdays.empty() && !holds(filter.weekdays, at.date.weekday())) return false;
  if (filter.from && at.date < *filter.from) return false;
  if (filter.until && at.date > *filter.until) return false;
  if (!filter.hours) return true;
  const auto [from, before] = *filter.hours;
  // 22:00–02:00 runs over midnight.
  return from <= before ? at.second_of_day >= from && at.second_of_day < before
                        : at.second_of_day >= from || at.second_of_day < before;
}

bool matches_buyer(const Filter& filter, const BuyerFacts& buyer) {
  if (filter.first_purchase && !buyer.is_first_purchase) return false;
  if (!filter.tiers.empty() && !holds(filter.tiers, buyer.tier)) return false;
  return filter.subscription.empty() || holds(buyer.subscriptions, filter.subscription);
}

bool matches_line(const Filter& filter, const BuyerFacts& buyer, const ReceiptLine& line) {
  if (holds(filter.except_categories, line.category) || holds(filter.except_skus, line.sku)) return false;
  if (filter.chosen_categories && !holds(buyer.chosen_categories, line.category)) return false;
  if (filter.categories.empty() && filter.skus.empty()) return true;
  return holds(filter.categories, line.category) || holds(filter.skus, line.sku);
}

bool matches_reward(const Reward& reward, LocalTime at, const BuyerFacts& buyer, const ReceiptLine& line) {
  return matches_time(reward.filter, at) && matches_buyer(reward.filter, buyer) &&
         matches_line(reward.filter, buyer, line);
}

}  // namespace loyal::domain
