// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/door.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/visit.hpp"

namespace loyal::service {

/// A card that is shown at the door.
struct UseRequest {
  std::string card;
  domain::DoorWish wish;
  std::optional<LocalTime> at;  ///< in the shop's zone
};

/// Who came in, and what is left.
struct UseReceipt {
  store::Card card;
  std::string holder, program_slug, shop_slug;
  domain::Unit unit;
  std::int64_t count = 0;
  std::string list;
  LocalTime at;
  bool takes_nothing = false;  ///< the pass is unlimited, or the ticket stays for other lists
  Points spent;
  domain::Balance balance;            ///< after the operation
  std::optional<Date> valid_through;  ///< of what let in
  OperationId operation;
};
UseReceipt use_card(const Context& context, const UseRequest& request);

/// Puts what a card holds aside for a time, or (with `end`) takes it up again before that is over.
struct FreezeRequest {
  std::string card;
  std::optional<std::int64_t> days;
  std::optional<Date> until;  ///< inclusive
  bool end = false;
};
struct FreezeReceipt {
  store::Card card;
  Date from, through;
  int days = 0;  ///< put aside, or given back
  bool is_end = false;
  std::optional<Date> valid_through;
  std::optional<int> days_left, times_left;
  OperationId operation;
};
FreezeReceipt freeze_card(const Context& context, const FreezeRequest& request);

/// The times for which a lot was put aside, days given back left out; with the freeze that each began with.
struct LotFreeze {
  std::int64_t id = 0;
  domain::FrozenSpan span;
};
std::vector<LotFreeze> freezes_of_lot(const std::vector<store::CardFreeze>& rows, EntryId lot);

/// A card on the door list.
struct DoorRow {
  store::Card card;
  std::string holder;
  std::int64_t tickets = 0;  ///< paid and not taken back
  std::int64_t entered = 0;  ///< on the list
  std::optional<LocalTime> entered_at;
  bool is_blocked = false;
};
struct DoorList {
  std::string program_slug, list;
  std::optional<domain::EventRules> event;
  std::vector<DoorRow> rows;  ///< by card
};
/// Who may come in, for a door without a connection.
DoorList door_list(const Context& context, const std::string& program, const std::string& list);

}  // namespace loyal::service
