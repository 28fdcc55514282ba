// SPDX-License-Identifier: MIT
#include "discount.hpp"

#include <algorithm>
#include <numeric>

#include "fraction.hpp"
#include "loyal/base/apportion.hpp"
#include "loyal/domain/filter.hpp"

namespace loyal::domain {
namespace {

/// What a rule would take off each line, in kopecks.
struct Candidate {
  const DiscountRule* rule = nullptr;
  Rate rate;
  std::string name;
  std::vector<Fraction> lines;
};

std::int64_t whole_pieces(const ReceiptLine& line) {
  return line.quantity.count / 1000;
}

Money piece_price(const ReceiptLine& line) {
  return {multiply_divide_half_up(line.amount.count, 1000, line.quantity.count)};
}

/// The free pieces among those that match: as many as the count comes past, the cheapest first.
void give_every_nth(const DiscountRule& rule, std::span<const ReceiptLine> lines,
                    const std::vector<std::size_t>& matching, std::int64_t before, std::vector<Fraction>& result) {
  std::int64_t pieces = 0;
  for (const std::size_t i : matching) pieces += whole_pieces(lines[i]);
  const std::int64_t start = rule.counts_receipts_apart ? 0 : before % rule.every;
  std::int64_t free_pieces = (start + pieces) / rule.every;
  std::vector<std::size_t> cheapest = matching;
  std::stable_sort(cheapest.begin(), cheapest.end(),
                   [&](std::size_t a, std::size_t b) { return piece_price(lines[a]) < piece_price(lines[b]); });
  for (const std::size_t i : cheapest) {
    const std::int64_t taken = std::min(free_pieces, whole_pieces(lines[i]));
    if (taken == 0) continue;
    free_pieces -= taken;
    result[i] = {std::min(lines[i].amount.count, piece_price(lines[i]).count * taken), 1};
  }
}

std::vector<Fraction> reductions(const DiscountRule& rule, Rate rate, const Receipt& receipt,
                                 const std::vector<std::size_t>& matching, std::int64_t before) {
  std::vector<Fraction> result(receipt.lines.size());
  for (const std::size_t i : matching) {
    const ReceiptLine& line = receipt.lines[i];
    if (rule.basis == DiscountRule::Basis::rate) {
      result[i] = {static_cast<Wide>(line.amount.count) * rate.numerator, rate.denominator};
    } else if (rule.basis == DiscountRule::Basis::price) {
      const std::int64_t special = multiply_divide_half_up(rule.price.count, line.quantity.count, 1000);
      result[i] = {std::max<std::int64_t>(0, line.amount.count - special), 1};
    }
  }
  if (rule.basis == DiscountRule::Basis::every) give_every_nth(rule, receipt.lines, matching, before, result);
  return result;
}

std::vector<Candidate> candidates(const Program& program, const Receipt& receipt, const CardFacts& card) {
  static const DiscountRule plain_rate;
  const Tier* tier = find_tier(program, card.buyer.tier);
  const bool has_tier_rate = tier != nullptr && tier->discount;
  bool is_tier_rate_used = !has_tier_rate;
  std::vector<Candidate> result;
  const auto add = [&](const DiscountRule& rule, Rate rate, std::string name, std::int64_t before) {
    Money sum;
    std::vector<std::size_t> matching;
    for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
      if (!matches_line(rule.filter, card.buyer, receipt.lines[i])) continue;
      matching.push_back(i);
      sum += receipt.lines[i].amount;
    }
    if (matching.empty() || sum < rule.filter.min_amount) return;
    result.push_back({&rule, rate, std::move(name), reductions(rule, rate, receipt, matching, before)});
  };
  for (std::size_t i = 0; i < program.discount.size(); ++i) {
    const DiscountRule& rule = program.discount[i];
    if (!matches_time(rule.filter, receipt.at) || !matches_buyer(rule.filter, card.buyer)) continue;
    const bool is_plain = rule.basis == DiscountRule::Basis::rate && rule.filter == Filter{};
    if (is_plain && has_tier_rate) {
      if (!is_tier_rate_used) add(rule, *tier->discount, tier->name + " " + to_percent(*tier->discount), 0);
      is_tier_rate_used = true;
    } else {
      add(rule, rule.rate, rule.name, i < card.pieces_before.size() ? card.pieces_before[i] : 0);
    }
  }
  if (!is_tier_rate_used) add(plain_rate, *tier->discount, tier->name + " " + to_percent(*tier->discount), 0);
  return result;
}

/// What a rule takes off in all of the lines that it wins: a rate is rounded once, half up, and split over them.
std::vector<std::int64_t> settled(const Candidate& candidate, const Receipt& receipt,
                                  std::span<const Candidate* const> winner) {
  std::vector<std::int64_t> parts(receipt.lines.size(), 0);
  const bool is_rate = candidate.rule->basis == DiscountRule::Basis::rate;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (winner[i] == &candidate) parts[i] = is_rate ? receipt.lines[i].amount.count : floor_of(candidate.lines[i]);
  const std::int64_t sum = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
  if (!is_rate || sum == 0) return parts;
  return apportion(std::min(sum, multiply_divide_half_up(sum, candidate.rate.numerator, candidate.rate.denominator)),
                   parts);
}

}  // namespace

void give_discount(const Program& program, const Receipt& receipt, const CardFacts& card, Assessment& result) {
  if (program.discount.empty() && program.tiers.is_empty()) return;
  const std::vector<Candidate> all = candidates(program, receipt, card);
  std::vector<const Candidate*> winner(receipt.lines.size(), nullptr);
  for (const Candidate& candidate : all)
    for (std::size_t i = 0; i < winner.size(); ++i)
      if (candidate.lines[i].numerator > 0 &&
          (winner[i] == nullptr || is_less(winner[i]->lines[i], candidate.lines[i])))
        winner[i] = &candidate;
  for (const Candidate& candidate : all) {
    const auto parts = settled(candidate, receipt, winner);
    Points share;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      result.lines[i].discount += Money{parts[i]};
      share.count += parts[i];
    }
    if (share.count > 0) result.discount_shares.push_back({candidate.name, share});
  }
}

}  // namespace loyal::domain
