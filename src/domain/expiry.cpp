// SPDX-License-Identifier: MIT
#include "loyal/domain/expiry.hpp"

#include <algorithm>

namespace loyal::domain {
namespace {

constexpr std::int64_t terms_at_once_max = 120;

Date next_yearly(const Expiry& expiry, Date start) {
  for (int year = start.year(); year <= start.year() + 1; ++year) {
    for (const auto& [month, day] : expiry.yearly) {
      // 29 February stands for the last of February in years that lack it.
      const Date first = Date::of(year, month, 1);
      const Date candidate = std::min(plus_days(first, static_cast<int>(day) - 1), end_of(Period::month, first));
      if (candidate >= start) return candidate;
    }
  }
  return start;
}

}  // namespace

std::optional<Date> last_day(const Expiry& expiry, Date start) {
  Date last = start;
  switch (expiry.mode) {
    case Expiry::Mode::never:
    case Expiry::Mode::inactivity:
      return std::nullopt;
    case Expiry::Mode::days:
      last = plus_days(start, expiry.count);
      break;
    case Expiry::Mode::months:
      last = plus_months(start, expiry.count);
      break;
    case Expiry::Mode::yearly:
      last = next_yearly(expiry, start);
      break;
  }
  return expiry.round_to ? end_of(*expiry.round_to, last) : last;
}

Validity validity_of_earn(const Program& program, Date points_date) {
  const Date usable_from = plus_days(points_date, program.pending_days);
  return {usable_from, last_day(program.expiry, program.expiry.from_activation ? usable_from : points_date)};
}

Validity validity_of_sale(const Program& program, const Receipt& receipt, const CardFacts& card) {
  Date start = receipt.at.date;
  if (program.kind == Kind::subscription)
    for (const Lot& lot : card.lots)
      if (lot.valid_through && !lot.is_expired(start)) start = std::max(start, plus_days(*lot.valid_through, 1));
  if (const Offer* offer = find_offer(program, receipt.offer)) {
    // A ticket is for its day, whenever it was bought.
    const bool is_for_event = program.event && program.expiry.mode == Expiry::Mode::never;
    if (!offer->valid && is_for_event) return {start, program.event->date};
    if (!offer->valid) return {start, program.expiry.from_first_use ? std::nullopt : last_day(program.expiry, start)};
    Term term = *offer->valid;
    // Three months' fees pay for three months.
    if (program.kind == Kind::subscription && offer->price) {
      Money paid;
      for (const ReceiptLine& line : receipt.lines) paid += line.amount;
      term.count *= static_cast<int>(std::clamp<std::int64_t>(paid.count / offer->price->count, 1, terms_at_once_max));
    }
    // A month from the 5th ends on the 4th: paid time follows without a gap or an overlap.
    const Date end = plus_term(start, term);
    if (program.expiry.from_first_use) return {start, std::nullopt};
    return {start, program.kind == Kind::subscription ? plus_days(end, -1) : end};
  }
  const Tier* tier = find_tier(program, card.buyer.tier);
  if (tier == nullptr || !tier->pending_days) return validity_of_earn(program, receipt.at.date);
  Program with_privilege;
  with_privilege.expiry = program.expiry;
  with_privilege.pending_days = *tier->pending_days;
  return validity_of_earn(with_privilege, receipt.at.date);
}

std::optional<Date> last_day_from_use(const Program& program, const std::string& offer_name, Date first_use) {
  const Offer* offer = find_offer(program, offer_name);
  return offer != nullptr && offer->valid ? plus_term(first_use, *offer->valid) : last_day(program.expiry, first_use);
}

Lot with_inactivity(const Expiry& expiry, Lot lot, std::span<const Date> activity) {
  if (expiry.mode != Expiry::Mode::inactivity || lot.is_debt() || lot.valid_through) return lot;
  Date valid_through = plus_days(lot.usable_from, expiry.count);
  for (const Date date : activity) {
    // A sale after the lot's end does not bring it back.
    if (date > valid_through) break;
    valid_through = std::max(valid_through, plus_days(date, expiry.count));
  }
  lot.valid_through = valid_through;
  return lot;
}

}  // namespace loyal::domain
