// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "loyal/base/date.hpp"
#include "loyal/store/database.hpp"

namespace loyal::store {

// The first day on which any lot ends, so that a night on which none does need not look through them all. It is never
// later than the truth; nothing: it has to be found again.

std::optional<Date> earliest_end(Database& database);
/// Says that a lot with this last day was written.
void note_end(Database& database, Date valid_through);
/// Looks through all lots.
void find_earliest_end(Database& database);
void forget_earliest_end(Database& database);

}  // namespace loyal::store
