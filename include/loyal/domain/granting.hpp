// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "loyal/base/date.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::domain {

/// Nights that were missed are caught up for so many days, where a rule has no days around its day.
inline constexpr int catch_up_days = 7;

/// Points that a rule gives a card.
struct DueGrant {
  Date date;                          ///< the day on which they come
  std::optional<Date> valid_through;  ///< inclusive
  Date day;                           ///< the birthday, holiday, … that they are for
};

/// What a rule gives by the night of `until`, if anything: `anchor` is the birthday, the day of issue or of the last
/// purchase (a holiday has none), `earliest` the first day on which the card and the rule both were there. Nothing
/// before its day, nor once its days are over.
std::optional<DueGrant> due_grant(const Program& program, const GrantRule& rule, Date anchor, Date earliest,
                                  Date until);

/// The days of anchors for which a rule can give something on `until`: the first and the last.
struct AnchorDays {
  Date from, through;
};
AnchorDays anchors_due(const GrantRule& rule, Date until);

}  // namespace loyal::domain
