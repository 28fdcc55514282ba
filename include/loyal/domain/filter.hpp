// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/assessment.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::domain {

/// Whether a rule applies at this time: weekdays, hours and dates.
bool matches_time(const Filter& filter, LocalTime at);

/// Whether a rule applies to this line: categories and SKUs.
bool matches_line(const Filter& filter, const ReceiptLine& line);

}  // namespace loyal::domain
