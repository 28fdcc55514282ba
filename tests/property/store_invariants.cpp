// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/store/database.hpp"
#include "property/history_player.hpp"

namespace loyal::test {
namespace {

/// A query that answers rows where something is broken.
struct Invariant {
  const char* words;
  const char* sql;
};

constexpr Invariant invariants[] = {
    {"a lot's remainder is the sum of the entries that name it, and the lots that hold something stand in the table",
     "with summed as (select card_id, lot_id, sum(points) as points from entry group by card_id, lot_id having "
     "sum(points) <> 0) "
     "select summed.lot_id, summed.points from summed left join lot on lot.card_id = summed.card_id and lot.id = "
     "summed.lot_id "
     "where lot.remainder is not summed.points union all "
     "select lot.id, lot.remainder from lot left join summed on lot.card_id = summed.card_id and lot.id = "
     "summed.lot_id "
     "where summed.points is null"},
    {"no lot that opened above zero falls below it, no debt rises above",
     "select opened.id, sum(entry.points) from entry as opened join entry on entry.lot_id = opened.id "
     "where opened.lot_id = opened.id group by opened.id having sum(entry.points) * opened.points < 0"},
    {"nothing is spent or adjusted away outside the days of its lot",
     "select entry.id, entry.points from entry join entry as opened on opened.id = entry.lot_id "
     "where entry.kind in ('spend', 'adjust') and entry.points < 0 "
     "and (entry.date < opened.usable_from or entry.date > coalesce(opened.valid_through, '9999'))"},
    {"nothing is clawed back of a lot whose last day has passed",
     "select entry.id, entry.points from entry join entry as opened on opened.id = entry.lot_id "
     "where entry.kind = 'clawback' and entry.lot_id <> entry.id and entry.date > coalesce(opened.valid_through, "
     "'9999')"},
    // Where idleness ends a lot, its last day is not in the row; it lies after the first.
    {"expiry is booked on the day after the last day, or later when points came back after it",
     "select entry.id, entry.points from entry join entry as opened on opened.id = entry.lot_id "
     "where entry.kind = 'expire' and entry.date <= coalesce(opened.valid_through, opened.usable_from)"},
    {"an entry names a lot of its own card and issuer",
     "select entry.id, entry.points from entry join entry as opened on opened.id = entry.lot_id "
     "where opened.card_id <> entry.card_id or opened.issuer_id <> entry.issuer_id or opened.lot_id <> opened.id"},
    {"what lines were given back is no more than they were",
     "select sale_line.id, sum(back.amount) from live_return join sale_return_line as back on back.return_id = "
     "live_return.id "
     "join sale_line on sale_line.sale_id = live_return.sale_id and sale_line.line = back.line group by sale_line.id "
     "having sum(back.quantity) > sale_line.quantity or sum(back.amount) > sale_line.amount or sum(back.paid) > "
     "sale_line.paid "
     "or sum(back.restored) > sale_line.spent"},
};

}  // namespace

std::optional<std::string> broken_invariant(store::Database& database) {
  for (const Invariant& invariant : invariants) {
    store::Statement broken = database.prepare(invariant.sql);
    if (broken.step())
      return fmt::format("broken: {} (row {}: {})", invariant.words, broken.integer(0), broken.integer(1));
  }
  return std::nullopt;
}

}  // namespace loyal::test
