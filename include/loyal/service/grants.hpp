// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>

#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::service {

/// What a night gave.
struct GrantsReport {
  std::int64_t cards = 0;
  std::int64_t grants = 0;
  Points points;
};

/// Posts the points that the programs' rules give by the night of `until` (birthdays, welcomes, holidays, absences) to
/// cards that have not had them yet, each dated its day.
GrantsReport post_grants(store::Journal& journal, Rules& rules, Instant now, Date until,
                         const std::function<ShopId(CompanyId)>& shop_of);

}  // namespace loyal::service
