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

bool matches_line(const Filter& filter, const ReceiptLine& line) {
  if (holds(filter.except_categories, line.category) || holds(filter.except_skus, line.sku)) return false;
  if (filter.categories.empty() && filter.skus.empty()) return true;
  return holds(filter.categories, line.category) || holds(filter.skus, line.sku);
}

}  // namespace loyal::domain
