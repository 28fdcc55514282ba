// SPDX-License-Identifier: MIT
#include <algorithm>

#include "property/oracle.hpp"

namespace loyal::test {

std::optional<std::vector<Whole>> Oracle::gift_parts(const Purchase& purchase, Whole to_pay) const {
  std::vector<Whole> parts;
  // Gift cards are of the first company.
  if (!purchase.gifts.empty() && purchase.company != 0) return std::nullopt;
  for (const Tender& gift : purchase.gifts) {
    const Whole has = available(gift.card, purchase.gifts_on);
    const Whole most = std::min(has, to_pay);
    if (has == 0 || gift.asked > most) return std::nullopt;
    parts.push_back(gift.asked.value_or(most));
    to_pay -= parts.back();
  }
  return parts;
}

/// What gift cards pay together is split over the lines as they cost; the cards pay one line after the other.
void Oracle::pay_with_gifts(int operation, const Purchase& purchase, const std::vector<Whole>& parts, Sale& sale) {
  sale.gifts_on = purchase.gifts_on;
  Whole sum = 0;
  for (const Whole part : parts) sum += part;
  std::vector<Fraction> weights;
  for (const Figures& line : sale.sold) weights.emplace_back(line.paid);
  std::vector<Whole> due = split(sum, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const int card = purchase.gifts[i].card;
    Whole left = parts[i];
    for (std::size_t line = 0; line < due.size(); ++line) {
      const Whole part = std::min(left, due[line]);
      if (part == 0) continue;
      sale.payments.push_back({line, card, part});
      due[line] -= part;
      left -= part;
    }
    left = parts[i];
    for (const std::size_t place : in_order(card, purchase.gifts_on)) {
      const Whole part = std::min(left, lots_[place].remainder());
      if (part == 0) break;
      lots_[place].movements.push_back({operation, Kind::spend, -part});
      sale.gift_spends.push_back({place, part});
      left -= part;
    }
  }
}

/// Each line's money goes back to the cards that paid it, the last first.
void Oracle::return_gifts(int operation, const Sale& sale, const std::vector<Whole>& given_quantities, Date on,
                          Return& record, ReturnAnswer& answer) {
  const auto live = live_returns(sale);
  const auto before = [&live](std::map<std::size_t, Whole> Return::*parts, std::size_t place) {
    Whole sum = 0;
    for (const Return& back : live)
      if (const auto found = (back.*parts).find(place); found != (back.*parts).end()) sum += found->second;
    return sum;
  };
  for (std::size_t line = 0; line < sale.lines.size(); ++line) {
    Whole whole = 0, already = 0;
    for (std::size_t i = 0; i < sale.payments.size(); ++i) {
      if (sale.payments[i].line != line) continue;
      whole += sale.payments[i].amount;
      already += before(&Return::payments, i);
    }
    Whole due =
        (Fraction(whole) * Fraction(given_quantities[line]) / Fraction(sale.quantities[line])).floor() - already;
    for (std::size_t i = sale.payments.size(); i-- > 0;) {
      const Payment& payment = sale.payments[i];
      if (payment.line != line) continue;
      const Whole part = std::min(due, payment.amount - before(&Return::payments, i));
      if (part == 0) continue;
      record.payments[i] = part;
      answer.gifts[payment.card] += part;
      due -= part;
    }
  }
  for (const auto& [card, amount] : answer.gifts) {
    Whole left = amount;
    for (std::size_t i = sale.gift_spends.size(); i-- > 0;) {
      const Lot spent = lots_[sale.gift_spends[i].lot];
      const Whole part = std::min(left, sale.gift_spends[i].points - before(&Return::gift_restored, i));
      if (spent.card != card || part == 0) continue;
      record.gift_restored[i] = part;
      left -= part;
      const auto [from, through] = clock(spent, on, rules_of(card).returns.grace_days);
      open(operation, card, part, spent.source, spent.issuer, on, from, through);
    }
  }
}

}  // namespace loyal::test
