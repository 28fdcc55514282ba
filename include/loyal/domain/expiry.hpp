// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>

#include "loyal/base/date.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::domain {

/// The two dates of a lot.
struct Validity {
  Date usable_from;
  std::optional<Date>
      valid_through;  ///< inclusive; nothing: never, or (with inactivity) computed anew each time it is asked
};

/// The dates of a lot that is earned on a points date.
Validity validity_of_earn(const Program& program, Date points_date);

/// The dates of what a sale brings: of points, by the tier's and the program's rules; of an offer, by its own term
/// where it has one. Paid time begins after the time that has been paid for already.
Validity validity_of_sale(const Program& program, const Receipt& receipt, const CardFacts& card);

/// The last day on which a lot that starts on `start` is usable, by every mode but inactivity; nothing: never.
std::optional<Date> last_day(const Expiry& expiry, Date start);

/// The last day of what was sold onto a card and begins with its first use; nothing: never.
std::optional<Date> last_day_from_use(const Program& program, const std::string& offer_name, Date first_use);

/// The lot as of its program's inactivity rule: usable for N days after its first day and after each of the card's
/// earning or spending sales that found it usable (grants, returns and expiry are no activity). Other lots as they are.
/// `activity` holds the points dates of those sales, ascending, none after the date that is asked about.
Lot with_inactivity(const Expiry& expiry, Lot lot, std::span<const Date> activity);

}  // namespace loyal::domain
