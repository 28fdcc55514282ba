// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// Points given or corrected by hand.
struct PointsRequest {
  std::string card;
  std::string points;  ///< as typed; read with the unit's scale
  std::string reason;
  std::string expires;  ///< "30d", "12m", a date, "never"; empty: as the program's earned points
};

struct PointsReceipt {
  store::Card card;
  Points points;
  domain::Unit unit;
  std::optional<Date> valid_through;
  domain::Balance balance;
  OperationId operation;
  bool is_replayed = false;
};

/// Gives points: a lot of its own.
PointsReceipt grant_points(const Context& context, const PointsRequest& request);
/// Corrects a balance up or down; down takes active lots in spending order, and no more than there is.
PointsReceipt adjust_points(const Context& context, const PointsRequest& request);

/// What a card holds on a date; its debt and points of each day.
struct CardState {
  store::Card card;
  std::string holder, program_slug;
  domain::Unit unit;
  domain::Balance balance;
  std::vector<domain::Lot> lots;  ///< what holds something on that date
  Points reserved;                ///< of the active points, held by tills; only as of now
  Date on;
};
/// As of a day, by all that is known now or by what an operation knew; without a day, today or that operation's day.
CardState card_state(const Context& context, const std::string& card, std::optional<Date> as_of,
                     OperationId known_at = {});

/// The same with the entries that it was computed from, later days included.
struct CardReading {
  CardState state;
  std::vector<CountedEntry> entries;
};
CardReading read_card(const Context& context, const std::string& card, std::optional<Date> as_of, OperationId known_at);

}  // namespace loyal::service
