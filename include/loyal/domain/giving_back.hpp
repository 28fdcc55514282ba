// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "loyal/domain/assessment.hpp"

namespace loyal::domain {

/// A line of a posted sale with what has come back of it so far. A sale without lines is one line, its quantity the
/// kopecks of its total (one for a sale of nothing).
struct SoldLine {
  ReceiptLine line;
  LineAssessment sold;
  Amount quantity;  ///< > 0
  Amount returned_quantity;
  Money returned_discount, returned_points_money, returned_paid, returned_gift_money;
  Points restored;
};

/// A spend entry of the sale and what has been restored of it.
struct TouchedSpend {
  EntryId entry;
  Points points;  ///< > 0
  Points restored;
  CompanyId issuer;
  std::optional<Date> valid_through;  ///< of its lot, as the program's rules see it on the day of the return
  bool ends_by_idleness = false;      ///< that day is not fixed: it moves with the card's purchases
};

/// A sale as it was posted, and what returns have done to it since.
struct SoldSale {
  LocalTime at;
  BuyerFacts buyer;
  std::vector<SoldLine> lines;
  Points earned;
  std::optional<Points> earn_limit;
  Points clawed_back;                ///< what was forgiven counts as clawed back
  Points expired;                    ///< of the lots that the sale opened, and of lots restored from them
  std::vector<TouchedSpend> spends;  ///< newest first
};

/// What comes back of one line.
struct LineReturn {
  std::size_t index = 0;
  Amount quantity;
  Money amount, discount, points_money, paid;
  Points restored;
  Money gift_money;  ///< the part of `paid` that goes back to gift cards
};

/// A lot that a return opens for points once spent.
struct RestoredLot {
  EntryId answers;
  Points points;
  CompanyId issuer;
  Date usable_from;
  std::optional<Date> valid_through;
};

/// The lots that give back so many of the points that these spends took, in the order given: with the dates of what was
/// taken, or the program's grace where that has passed or is nearer. Where idleness ends points, its clock goes on as
/// it stood: a return is no purchase.
std::vector<RestoredLot> restored_lots(const Program& program, std::span<const TouchedSpend> spends, Points points,
                                       Date on);

struct ReturnAssessment {
  std::vector<LineReturn> lines;
  Money amount, discount, points_money, paid, gift_money;
  Points restored;
  std::vector<RestoredLot> restored_lots;
  Points claw_back;      ///< what is to be taken back; plan_clawback says from where
  bool is_full = false;  ///< nothing of the sale is left
};

/// What a return of these quantities (one per line, zero for none) gives and asks; `on` is its points date. The
/// quantities are within what is left: the caller has checked.
ReturnAssessment assess_return(const Program& program, const SoldSale& sale, std::span<const Amount> quantities,
                               Date on);

/// Of something that was sold onto a card, a sale without lines: the most kopecks that may come back while `unused` of
/// what it brought is still there.
Amount returnable(const Program& program, const SoldSale& sale, Points unused);

/// The same of paid time, by the days that are left of it.
Amount returnable_days(const SoldSale& sale, int days_left, int days_whole);

/// Where clawed-back points come from.
struct Clawback {
  std::vector<LotDebit> debits;
  Points debt;  ///< opens a debt lot
  Points forgiven;
};

/// Takes from the sale's own pending lots, its own active lots, then (by policy) the card's other active lots in
/// spending order, the same issuer first, then debt.
Clawback plan_clawback(const Program& program, Points points, std::span<const EntryId> sale_lots,
                       std::span<const Lot> lots, CompanyId issuer, Date on);

}  // namespace loyal::domain
