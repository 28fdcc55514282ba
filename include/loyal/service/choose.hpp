// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// What a holder chose for a month.
struct Choice {
  store::Card card;
  Date month;  ///< its first day
  std::vector<std::string> categories;
  bool is_replayed = false;
};

/// Chooses the categories of a month: this one (empty text), `next`, or YYYY-MM to come. What was chosen can be changed
/// until the first purchase of that month.
Choice choose_categories(const Context& context, const std::string& card, std::vector<std::string> categories,
                         const std::string& month);

}  // namespace loyal::service
