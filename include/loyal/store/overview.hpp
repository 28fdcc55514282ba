// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"

namespace loyal::store {

class Database;

/// The store in a few numbers.
struct Overview {
  std::int64_t companies = 0, programs = 0;
  std::int64_t cards = 0, assigned_cards = 0, customers = 0;
  std::int64_t sales_of_day = 0;
  Money sum_of_day;
  std::optional<LocalTime> last_sale_at;
};

/// Counts what stands; the sales are those of one document date among the last 20,000 recorded, without what has come
/// back of them.
Overview overview(Database& database, Date day);

/// What all cards of a program hold that could still be spent on a day.
Points points_outstanding(Database& database, ProgramId program, Date on);

}  // namespace loyal::store
