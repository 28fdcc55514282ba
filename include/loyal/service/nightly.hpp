// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"

namespace loyal::service {

/// A subscription whose paid time is about to end.
struct Renewal {
  std::string card_number, holder, phone, program_slug;
  Date paid_through;
};

/// What a night's work did.
struct NightlyReport {
  Date until;
  std::int64_t expired_lots = 0;
  std::int64_t expired_cards = 0;
  Points expired_points;             ///< in the minor units of `unit`
  std::optional<domain::Unit> unit;  ///< of the programs, where all have the same name and scale
  std::int64_t granted_cards = 0;
  std::int64_t grants = 0;
  Points granted_points;          ///< in the minor units of `unit`
  std::vector<Renewal> renewals;  ///< of subscriptions, by the day on which they end
  OperationId operation;          ///< zero: there was nothing to do
};

/// Books the points whose last day has passed, each dated the day after it, and catches missed days up; run again it
/// writes nothing. Today is the day that has begun in every program's zone. A day after today is refused except as a
/// dry run.
NightlyReport nightly(const Context& context, std::optional<Date> until, const Progress& progress);

}  // namespace loyal::service
