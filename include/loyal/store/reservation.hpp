// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal {
using ReservationId = Id<struct ReservationTag>;
}

namespace loyal::store {

/// Points that a till holds on a card for a sale that it has not made yet.
struct Reservation {
  ReservationId id;
  OperationId operation;
  ReservationId held_with;  ///< of a gift card: the sale's own reservation
  CardId card;
  Points points;
  Instant until;        ///< from then on it holds nothing
  std::string request;  ///< the sale, as JSON; empty for a gift card
};

/// How a reservation ended before its time.
struct ReservationEnd {
  std::string kind;  ///< commit, release
  OperationId operation;
  SaleId sale;  ///< of a commit
};

/// Adds a reservation; its id and operation are given by the journal.
ReservationId add_reservation(Journal& journal, const Reservation& reservation);
void end_reservation(Journal& journal, const Reservation& reservation, const ReservationEnd& end);

/// A reservation that was not undone.
std::optional<Reservation> reservation(Database& database, ReservationId id);
std::optional<ReservationEnd> end_of(Database& database, ReservationId id);
/// The sales' reservations of a card that still hold, oldest first.
std::vector<Reservation> open_reservations(Database& database, CardId card, Instant now);
/// What a reservation holds on a card.
Points held_points(Database& database, ReservationId id, CardId card);
/// The sale's reservation that an operation made, or ended.
ReservationId reservation_of_operation(Database& database, OperationId operation);

}  // namespace loyal::store
