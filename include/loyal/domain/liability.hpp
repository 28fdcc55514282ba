// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"
#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/domain/rate.hpp"

namespace loyal::domain {

/// What became of points over a period: at_start + issued − spent − expired + corrected = at_end. Points past their
/// last day count as expired, whether or not a night has booked them; what a customer owes counts as less than nothing.
struct PointsMovement {
  Points at_start;
  Points issued;     ///< earned, granted and taken over, less what returns took back
  Points spent;      ///< less what returns brought back
  Points expired;    ///< unspent past their last day
  Points corrected;  ///< by hand, moved between cards and programs, written off
  Points at_end;

  PointsMovement& operator+=(const PointsMovement& other);
};

/// To which member of a movement an entry belongs; what undoes an entry belongs where that does.
enum class MovementPart { issued, spent, expired, corrected };
MovementPart part_of(EntryKind kind);

/// The life of one lot: what it held from which day on, and its last day.
struct LotCourse {
  Date opened;
  Date last_day;
  std::vector<std::pair<Date, Points>> remainders;  ///< ascending by day; after all that happened on it
};

/// Expected breakage by the store's own history: the run-off method. Of the points that stood some whole months before
/// their last day, in lots whose last day has passed, which share expired unspent.
class RunOff {
 public:
  struct Step {
    Points outstanding, expired;
  };

  /// Takes a lot whose last day has passed.
  void add(const LotCourse& course);
  /// The share of points that expires with so many whole months left: of the longest time known where it is longer.
  /// Zero where no points have run their course.
  Rate share(int months_left) const;
  /// The share of what was issued.
  Rate share_of_issued() const { return share(static_cast<int>(steps_.size())); }
  /// By whole months left, from none.
  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::vector<Step> steps_;
};

/// Whole months from a day to a last day, 0 where it is nearer than one.
int months_left(Date on, Date last_day);

/// Points as money, half up to the minor unit: what they are worth in a report. (What they pay is worth_of, floored.)
Money money_of(Points points, const Unit& unit);
/// Points as money, less the share that is not expected to be spent, half up to the minor unit.
Money expected_worth(Points points, const Unit& unit, Rate breakage);

/// The part of a price that belongs to the points earned by it: the price is allocated between goods and points by
/// their stand-alone prices (IFRS 15, B39–B43). Half up.
Money deferred_revenue(Money paid, Money points_stand_alone);

/// Entries to post for a period: opening + accrued − used + adjusted = closing.
struct ProvisionMovement {
  Money opening, accrued, used, adjusted, closing;
};
ProvisionMovement provision_movement(Money opening, Money accrued, Money used, Money closing);

/// The contract liability of a period: opening + deferred − recognised = closing.
struct ContractLiability {
  Money opening, deferred, recognised, closing;
};
ContractLiability contract_liability(Money opening, Money deferred, Money closing);

}  // namespace loyal::domain
