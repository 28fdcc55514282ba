// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/program.hpp"
#include "loyal/service/posting.hpp"

namespace loyal::service {

/// What went from one card to another.
struct MovedPoints {
  Points active, pending, debt;
  std::int64_t lots = 0;
};

/// Moves a part of a lot to another card: the lot that it opens there has the same issuer, beginning and last day, and
/// its entry answers the one that it came from. Debt of the other card is repaid from it first.
void move_part(Posting& posting, CardId from, CardId into, const domain::Lot& lot, Points points, Origin origin);

/// Moves all that a card holds, pending lots and debts included, once what has expired there and on the other card has
/// been booked as a night would: two cards that become one bring nothing back by each other's purchases.
MovedPoints move_everything(Posting& posting, store::Database& database, const domain::Program& program, CardId from,
                            CardId into, const Origin& origin);

/// What an operation moved from one card to another.
MovedPoints moved_by(store::Database& database, OperationId operation, CardId from, CardId into);

}  // namespace loyal::service
