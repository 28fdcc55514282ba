// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/store/database.hpp"

namespace loyal::service {

/// What caps and inactivity ask of a card's earlier sales, kept over the rows of one operation so that each card is
/// read once.
class CardHistory {
 public:
  explicit CardHistory(store::Database& database) : database_(database) {}

  /// The card's sales that earned on a points date.
  int earning_sales_on(CardId card, Date points_date);
  /// The card's lots as the program's rules see them on a date.
  std::vector<domain::Lot> lots_on(const domain::Program& program, CardId card, const std::vector<domain::Lot>& lots,
                                   Date on);
  /// Counts a sale of this operation that earned.
  void add_earning(CardId card, Date points_date);

 private:
  struct Remembered {
    bool has_activity = false;
    Date day;
    int earning_sales = -1;      // on `day`; below zero: not counted
    std::vector<Date> activity;  // ascending
  };
  Remembered& activity_of(CardId card);
  store::Database& database_;
  std::unordered_map<std::int64_t, Remembered> cards_;
};

}  // namespace loyal::service
