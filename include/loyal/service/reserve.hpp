// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/service/sell.hpp"
#include "loyal/store/reservation.hpp"

namespace loyal::service {

/// How long a till may take to get the money.
inline constexpr std::int64_t reservation_seconds = 15 * 60;

/// A sale that waits to be committed.
struct Reserved {
  ReservationId id;
  OperationId operation;
  SaleReceipt sale;  ///< what it would be
  LocalTime until;   ///< in the shop's zone
  bool is_replayed = false;
};

/// Prices a sale and holds the points, and the money of gift cards, that it would take, for fifteen minutes. The same
/// receipt with the same content answers the first reservation while it holds.
Reserved reserve_sale(const Context& context, const SaleRequest& request);

/// Posts exactly the sale that was reserved, with every limit checked again; `receipt` names it where the reservation
/// did not. Error{refused} once its time is over or it was released.
SaleReceipt commit_sale(const Context& context, ReservationId id, const std::string& receipt);

/// Gives back what a reservation holds.
struct Released {
  ReservationId id;
  OperationId operation;
  store::Card card;
  domain::Unit unit;
  Points points;
  bool is_replayed = false;
};
Released release_sale(const Context& context, ReservationId id);

/// The reservation that a request commits, if it still holds; Error{refused} where it does not.
store::Reservation require_open(const Context& context, ReservationId id);

}  // namespace loyal::service
