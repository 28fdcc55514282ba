// SPDX-License-Identifier: MIT
#include "loyal/domain/giving_back.hpp"

#include <algorithm>
#include <array>

namespace loyal::domain {
namespace {

/// What is due of `whole` when `done` of `quantity` pieces have come back; the last piece takes the rest.
std::int64_t due(std::int64_t whole, Amount done, Amount quantity) {
  return multiply_divide_floor(whole, done.count, quantity.count);
}

LineReturn return_of_line(const SoldLine& line, std::size_t index, Amount quantity) {
  const Amount done = line.returned_quantity + quantity;
  LineReturn result{index, quantity, {}, {}, {}, {}, {}, {}};
  result.discount = Money{due(line.sold.discount.count, done, line.quantity)} - line.returned_discount;
  result.points_money = Money{due(line.sold.points_money.count, done, line.quantity)} - line.returned_points_money;
  result.paid = Money{due(line.sold.paid.count, done, line.quantity)} - line.returned_paid;
  result.gift_money = Money{due(line.sold.gift_money.count, done, line.quantity)} - line.returned_gift_money;
  result.restored = Points{due(line.sold.spent.count, done, line.quantity)} - line.restored;
  // The parts are floored one by one so that none ever runs backwards; the goods' amount is their sum.
  result.amount = result.discount + result.points_money + result.paid;
  return result;
}

/// What the sale would have earned had only what stays been bought, by what was frozen at the sale.
Points kept(const Program& program, const SoldSale& sale, std::span<const Amount> quantities,
            const ReturnAssessment& result) {
  std::vector<EarnInput> remaining;
  std::vector<EarnInput> sold;
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    const SoldLine& line = sale.lines[i];
    EarnInput input{&line.line, line.line.quantity, line.sold.amount, line.sold.discount, line.sold.points_money};
    sold.push_back(input);
    const Money returned = line.returned_discount + line.returned_points_money + line.returned_paid;
    // Pieces of the receipt, which for a sale without lines are not the kopecks that count its returns.
    const Amount done = line.returned_quantity + quantities[i];
    input.quantity = {
        multiply_divide_floor(line.line.quantity.count, (line.quantity - done).count, line.quantity.count)};
    // However little stays of a line, it is there.
    if (input.quantity.count == 0 && done < line.quantity) input.quantity = {1};
    input.amount -= returned;
    input.discount -= line.returned_discount;
    input.points_money -= line.returned_points_money;
    remaining.push_back(input);
  }
  for (const LineReturn& line : result.lines) {
    remaining[line.index].amount -= line.amount;
    remaining[line.index].discount -= line.discount;
    remaining[line.index].points_money -= line.points_money;
  }
  if (result.is_full) return {};
  return earn(program, sale.at, sale.buyer, remaining, sale.earn_limit,
              program.returns.keep_threshold ? sold : remaining)
      .points;
}

bool holds(std::span<const EntryId> lots, EntryId id) {
  return std::find(lots.begin(), lots.end(), id) != lots.end();
}

void take_up_to(std::vector<Lot>& lots, Points& points, std::vector<LotDebit>& debits) {
  Points there;
  for (const Lot& lot : lots) there += lot.remainder;
  const Points part = std::min(points, there);
  for (const LotDebit& debit : take(lots, part)) debits.push_back(debit);
  points -= part;
}

}  // namespace

std::vector<RestoredLot> restored_lots(const Program& program, std::span<const TouchedSpend> spends, Points points,
                                       Date on) {
  std::vector<RestoredLot> result;
  const Date earliest_end = plus_days(on, program.returns.grace_days);
  for (const TouchedSpend& spend : spends) {
    const Points part = std::min(points, spend.points - spend.restored);
    if (part.count <= 0) continue;
    RestoredLot lot{spend.entry, part, spend.issuer, on, std::nullopt};
    if (spend.valid_through) lot.valid_through = std::max(*spend.valid_through, earliest_end);
    if (spend.ends_by_idleness) {
      lot.usable_from = std::min(on, plus_days(*lot.valid_through, -program.expiry.count));
      lot.valid_through.reset();
    }
    result.push_back(lot);
    points -= part;
  }
  return result;
}

ReturnAssessment assess_return(const Program& program, const SoldSale& sale, std::span<const Amount> quantities,
                               Date on) {
  ReturnAssessment result;
  result.is_full = true;
  for (std::size_t i = 0; i < sale.lines.size(); ++i) {
    const SoldLine& line = sale.lines[i];
    if (line.returned_quantity + quantities[i] < line.quantity) result.is_full = false;
    if (quantities[i].count == 0) continue;
    result.lines.push_back(return_of_line(line, i, quantities[i]));
    const LineReturn& back = result.lines.back();
    result.amount += back.amount;
    result.discount += back.discount;
    result.points_money += back.points_money;
    result.paid += back.paid;
    result.gift_money += back.gift_money;
    result.restored += back.restored;
  }
  result.restored_lots = restored_lots(program, sale.spends, result.restored, on);
  if (program.returns.policy == ReturnPolicy::keep) return result;
  const Points keep = kept(program, sale, quantities, result);
  // What was sold onto the card and has expired was there to be used: it is neither given back nor asked for again.
  const Points expired = program.returns.policy == ReturnPolicy::unused ? Points{} : sale.expired;
  result.claw_back = std::max(Points{}, sale.earned - sale.clawed_back - expired - keep);
  return result;
}

Amount returnable(const Program& program, const SoldSale& sale, Points unused) {
  const SoldLine& line = sale.lines.front();
  const Points used = sale.earned - sale.clawed_back - unused;
  Amount most = line.quantity - line.returned_quantity;
  if (used.count <= 0) return most;
  Amount least;
  while (least < most) {
    // The more comes back, the less is kept.
    const Amount middle{least.count + (most.count - least.count + 1) / 2};
    ReturnAssessment back;
    back.lines = {return_of_line(line, 0, middle)};
    const std::array quantities = {middle};
    if (kept(program, sale, quantities, back) >= used)
      least = middle;
    else
      most = middle - Amount{1};
  }
  return least;
}

Amount returnable_days(const SoldSale& sale, int days_left, int days_whole) {
  const SoldLine& line = sale.lines.front();
  const Amount due_back = {due(line.quantity.count, {days_left}, {days_whole})};
  return std::max(Amount{}, due_back - line.returned_quantity);
}

Clawback plan_clawback(const Program& program, Points points, std::span<const EntryId> sale_lots,
                       std::span<const Lot> lots, CompanyId issuer, Date on) {
  Clawback result;
  std::vector<Lot> pending;
  std::vector<Lot> own;
  std::vector<Lot> same_issuer;
  std::vector<Lot> others;
  for (const Lot& lot : lots)
    if (lot.is_pending(on) && holds(sale_lots, lot.id)) pending.push_back(lot);
  for (const Lot& lot : in_spending_order(lots, on))
    (holds(sale_lots, lot.id) ? own : lot.issuer == issuer ? same_issuer : others).push_back(lot);

  take_up_to(pending, points, result.debits);
  const ReturnPolicy policy = program.returns.policy;
  if (policy != ReturnPolicy::only_pending) take_up_to(own, points, result.debits);
  if (policy == ReturnPolicy::within_balance || policy == ReturnPolicy::debt) {
    take_up_to(same_issuer, points, result.debits);
    take_up_to(others, points, result.debits);
  }
  if (policy == ReturnPolicy::debt) {
    const Points already = balance_on(lots, on).debt;
    result.debt = program.returns.debt_limit
                      ? std::min(points, std::max(Points{}, *program.returns.debt_limit - already))
                      : points;
    points -= result.debt;
  }
  result.forgiven = points;
  return result;
}

}  // namespace loyal::domain
