// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/domain/ledger.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::store {

enum class VisitKind {
  use,      ///< an entry at the door
  present,  ///< a card that was only shown
  check_in  ///< a ticket, on one of the event's lists
};
std::string_view name(VisitKind kind);

/// One time that a card was shown.
struct Visit {
  OperationId operation;
  CardId card;
  ShopId shop;
  VisitKind kind = VisitKind::use;
  std::string list;  ///< of a check-in
  LocalTime at;      ///< in the program's zone
  SaleId sale;       ///< what was bought and is used so; of a card that was shown at a purchase, the purchase
};

void add_visit(Journal& journal, const Visit& visit);
/// The live visits of a card, and of those whose place it took, in their order.
std::vector<Visit> visits_of(Database& database, CardId card);
std::vector<Visit> visits_of_sale(Database& database, SaleId sale);
std::vector<Visit> visits_of_operation(Database& database, OperationId operation);

/// A lot of a card that was put aside, or (with `ends`) days of it that were given back.
struct CardFreeze {
  std::int64_t id = 0;
  OperationId operation;
  CardId card;
  EntryId lot;
  std::int64_t ends = 0;  ///< the freeze that ended early; zero: a freeze itself
  Date from, through;     ///< inclusive
};
void add_card_freeze(Journal& journal, const CardFreeze& freeze);
/// The live freezes of a card, and of those whose place it took, in their order.
std::vector<CardFreeze> freezes_of(Database& database, CardId card);
std::vector<CardFreeze> freezes_of_operation(Database& database, OperationId operation);

/// What the cards of a program were ever given, less what was taken back from them: tickets that are out.
Points points_issued(Database& database, ProgramId program);

}  // namespace loyal::store
