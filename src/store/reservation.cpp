// SPDX-License-Identifier: MIT
#include "loyal/store/reservation.hpp"

#include "cards_united.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::store {
namespace {

#define RESERVATION_COLUMNS "reservation.id, operation_id, held_with, reservation.card_id, points, until, request"

Reservation read(const Statement& row) {
  const auto until = instant_from_iso(row.text_view(5));
  if (!until)
    throw Error(Fault::store_broken, tr("the store holds \"{}\" where a time belongs", row.text_view(5)),
                "loyal doctor");
  return {row.id<ReservationId>(0),
          row.id<OperationId>(1),
          row.id<ReservationId>(2),
          row.id<CardId>(3),
          row.quantity<Points>(4),
          *until,
          row.text(6)};
}

ReservationId insert(Journal& journal, std::string_view kind, ReservationId reserves, ReservationId held_with,
                     CardId card, Points points, const std::string& until, const std::string& request, SaleId sale) {
  return {
      journal.insert(History::reservation,
                     "insert into reservation (id, operation_id, kind, reserves, held_with, card_id, points, until, "
                     "request, sale_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                     journal.id(), kind, reserves, held_with, card, points, until, request, sale)};
}

}  // namespace

ReservationId add_reservation(Journal& journal, const Reservation& reservation) {
  return insert(journal, "reserve", {}, reservation.held_with, reservation.card, reservation.points,
                to_string(reservation.until), reservation.request, {});
}

void end_reservation(Journal& journal, const Reservation& reservation, const ReservationEnd& end) {
  insert(journal, end.kind, reservation.id, {}, reservation.card, reservation.points, {}, {}, end.sale);
}

std::optional<Reservation> reservation(Database& database, ReservationId id) {
  Statement row = database.prepare("select " RESERVATION_COLUMNS
                                   " from live_reservation as reservation where id = $1 and kind = 'reserve' and "
                                   "held_with is null");
  row.bind(id);
  return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::optional<ReservationEnd> end_of(Database& database, ReservationId id) {
  Statement row = database.prepare("select kind, operation_id, sale_id from live_reservation where reserves = $1");
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return ReservationEnd{row.text(0), row.id<OperationId>(1), row.id<SaleId>(2)};
}

std::vector<Reservation> open_reservations(Database& database, CardId card, Instant now) {
  std::vector<Reservation> result;
  Statement rows = database.prepare(
      CARDS_UNITED "select " RESERVATION_COLUMNS
                   " from united join live_reservation as reservation on reservation.card_id = united.id where kind = "
                   "'reserve' and held_with is null and until > $2 and not exists (select 1 from live_reservation as "
                   "ended where ended.reserves = reservation.id) order by reservation.id");
  const std::string instant = to_string(now);
  rows.bind(card, instant);
  while (rows.step()) result.push_back(read(rows));
  return result;
}

Points held_points(Database& database, ReservationId id, CardId card) {
  Statement row = database.prepare(CARDS_UNITED
                                   "select coalesce(sum(points), 0) from united join live_reservation as held on "
                                   "held.card_id = united.id where kind "
                                   "= 'reserve' and coalesce(held_with, held.id) = $2");
  row.bind(card, id);
  row.step();
  return row.quantity<Points>(0);
}

ReservationId reservation_of_operation(Database& database, OperationId operation) {
  Statement row = database.prepare(
      "select coalesce(reserves, id) from reservation where held_with is null and id > coalesce((select "
      "reservation_to from operation where id = $1 - 1), 0) and id <= (select reservation_to from operation where id = "
      "$1)");
  row.bind(operation);
  return row.step() ? row.id<ReservationId>(0) : ReservationId{};
}

}  // namespace loyal::store
