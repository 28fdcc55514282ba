// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "loyal/service/points.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {

/// What becomes of what later operations used: nothing is undone; they are undone too, newest first; it stays.
enum class UndoMode { refuse, cascade, except_used };

/// An operation that was taken back because it used what another did.
struct UndoneBefore {
  store::OperationRow undone;
  OperationId operation;
};

/// What an undo took back, dependent operations included.
struct UndoReport {
  store::OperationRow undone;
  std::vector<UndoneBefore> before;  ///< in the order in which they were undone
  OperationId operation;
  std::int64_t entries = 0;
  std::int64_t sales = 0;
  std::int64_t returns = 0;
  std::int64_t cards = 0;  ///< withdrawn, whether it had issued them or taken them into use again
  std::int64_t customers = 0;
  Points left;  ///< used since, and left as they are
  domain::Unit left_unit;
  std::int64_t left_lots = 0, left_cards = 0, left_customers = 0;
  std::optional<CardState> card;  ///< the one card whose points moved, as it stands now; nothing where several did
  Points expired;                 ///< given back to lots whose last day has passed, and expired at once
};

/// Takes an operation back by reversing entries, as a new operation; the zero id means the last one that stands. Where
/// something later used what it would take back, Error{refused} names those operations and nothing is written, unless
/// the mode says otherwise; each operation taken back along is undone by an operation of its own, in one transaction.
UndoReport undo(const Context& context, OperationId operation, UndoMode mode = UndoMode::refuse);

}  // namespace loyal::service
