// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "loyal/service/points.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::service {

/// What an undo took back.
struct UndoReport {
  store::OperationRow undone;
  OperationId operation;
  std::int64_t entries = 0;
  std::int64_t sales = 0;
  std::int64_t returns = 0;
  std::int64_t cards = 0;  ///< withdrawn, whether it had issued them or taken them into use again
  std::int64_t customers = 0;
  std::optional<CardState> card;  ///< the one card whose points moved, as it stands now; nothing where several did
  Points expired;                 ///< given back to lots whose last day has passed, and expired at once
};

/// Takes an operation back by reversing entries, as a new operation; the zero id means the last one that stands. Where
/// something later used what it would take back, Error{refused} names those operations and nothing is written.
UndoReport undo(const Context& context, OperationId operation);

}  // namespace loyal::service
