// SPDX-License-Identifier: MIT
#include "loyal/domain/liability.hpp"

#include <algorithm>

namespace loyal::domain {
namespace {

/// What the lot held at the end of a day.
Points remainder_on(const LotCourse& course, Date on) {
  const auto after = std::upper_bound(course.remainders.begin(), course.remainders.end(), on,
                                      [](Date day, const auto& change) { return day < change.first; });
  return after == course.remainders.begin() ? Points{} : std::prev(after)->second;
}

}  // namespace

PointsMovement& PointsMovement::operator+=(const PointsMovement& other) {
  at_start += other.at_start;
  issued += other.issued;
  spent += other.spent;
  expired += other.expired;
  corrected += other.corrected;
  at_end += other.at_end;
  return *this;
}

MovementPart part_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::earn:
    case EntryKind::grant:
    case EntryKind::opening:
    case EntryKind::clawback:
      return MovementPart::issued;
    case EntryKind::spend:
    case EntryKind::restore:
      return MovementPart::spent;
    case EntryKind::expire:
      return MovementPart::expired;
    case EntryKind::adjust:
    case EntryKind::repay:
    case EntryKind::write_off:
    case EntryKind::reverse:
    case EntryKind::extend:
    case EntryKind::transfer:
      return MovementPart::corrected;
  }
  return MovementPart::corrected;
}

void RunOff::add(const LotCourse& course) {
  const Points expired = std::max(Points{}, remainder_on(course, course.last_day));
  const int months = months_left(course.opened, course.last_day);
  for (int left = 0; left <= months; ++left) {
    const Points outstanding = remainder_on(course, std::max(course.opened, plus_months(course.last_day, -left)));
    if (outstanding.count <= 0) continue;
    if (steps_.size() <= static_cast<std::size_t>(left)) steps_.resize(static_cast<std::size_t>(left) + 1);
    Step& step = steps_[static_cast<std::size_t>(left)];
    step.outstanding += outstanding;
    // A lot can grow again when an undone purchase gives its points back.
    step.expired += std::min(expired, outstanding);
  }
}

Rate RunOff::share(int months_left) const {
  if (steps_.empty()) return {0, 1};
  auto place = std::min(static_cast<std::size_t>(std::max(0, months_left)), steps_.size() - 1);
  while (place > 0 && steps_[place].outstanding.count == 0) --place;
  const Step& step = steps_[place];
  if (step.outstanding.count == 0) return {0, 1};
  return reduced(step.expired.count, step.outstanding.count);
}

int months_left(Date on, Date last_day) {
  if (last_day <= on) return 0;
  int months = (last_day.year() - on.year()) * 12 + static_cast<int>(last_day.month()) - static_cast<int>(on.month());
  while (months > 0 && plus_months(on, months) > last_day) --months;
  return months;
}

Money money_of(Points points, const Unit& unit) {
  return {multiply_divide_half_up(points.count, unit.worth.count, minor_units(unit))};
}

Money expected_worth(Points points, const Unit& unit, Rate breakage) {
  const Money whole = money_of(points, unit);
  return whole - Money{multiply_divide_half_up(whole.count, breakage.numerator, breakage.denominator)};
}

Money deferred_revenue(Money paid, Money points_stand_alone) {
  const Money both = paid + points_stand_alone;
  if (both.count <= 0) return {};
  return {multiply_divide_half_up(paid.count, points_stand_alone.count, both.count)};
}

ProvisionMovement provision_movement(Money opening, Money accrued, Money used, Money closing) {
  return {opening, accrued, used, closing - opening - accrued + used, closing};
}

ContractLiability contract_liability(Money opening, Money deferred, Money closing) {
  return {opening, deferred, opening + deferred - closing, closing};
}

}  // namespace loyal::domain
