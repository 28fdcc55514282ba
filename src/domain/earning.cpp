// SPDX-License-Identifier: MIT
#include <algorithm>
#include <numeric>

#include "loyal/base/apportion.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/domain/filter.hpp"

namespace loyal::domain {
namespace {

__extension__ using Wide = __int128;

Money base_of(const Program& program, const EarnInput& input) {
  if (program.earn_base.gross) return input.amount;
  const Money net = input.amount - input.discount;
  return program.earn_base.points_part ? net : net - input.points_money;
}

/// An exact sum of rationals over one common denominator, small enough for what receipts hold.
struct Fraction {
  Wide numerator = 0;
  Wide denominator = 1;
};

Wide greatest_common(Wide a, Wide b) {
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

Fraction sum(Fraction a, Fraction b) {
  const Wide common = greatest_common(a.denominator, b.denominator);
  Fraction result{a.numerator * (b.denominator / common) + b.numerator * (a.denominator / common),
                  a.denominator / common * b.denominator};
  const Wide reduced = greatest_common(result.numerator, result.denominator);
  if (reduced > 1) {
    result.numerator /= reduced;
    result.denominator /= reduced;
  }
  return result;
}

bool is_less(Fraction a, Fraction b) {
  return a.numerator * b.denominator < b.numerator * a.denominator;
}

std::int64_t floor_of(Fraction value) {
  const Wide whole = value.numerator / value.denominator;
  if (whole > INT64_MAX) throw_overflow();
  return static_cast<std::int64_t>(whole);
}

/// What one rule brings: by lines (summed exactly, floored once with the others) or whole points for the receipt.
struct Contribution {
  std::string rule;
  bool by_lines = false;
  std::vector<Fraction> lines;        // by_lines: points in minor units
  std::vector<std::int64_t> weights;  // not by_lines: the base of each matching line
  Points whole;
};

Contribution contribution_of(const Program& program, const EarnRule& rule, LocalTime at,
                             std::span<const EarnInput> lines, std::span<const EarnInput> threshold_lines) {
  Contribution result{rule.name,
                      rule.basis == EarnRule::Basis::rate || rule.basis == EarnRule::Basis::per_item,
                      std::vector<Fraction>(lines.size()),
                      std::vector<std::int64_t>(lines.size(), 0),
                      {}};
  if (!matches_time(rule.filter, at)) return result;
  Money threshold;
  for (const EarnInput& input : threshold_lines)
    if (matches_line(rule.filter, *input.line)) threshold += base_of(program, input);
  if (threshold < rule.filter.min_amount) return result;

  Money base;
  bool any = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!matches_line(rule.filter, *lines[i].line)) continue;
    const Money line_base = base_of(program, lines[i]);
    any = any || lines[i].quantity.count > 0;
    base += line_base;
    result.weights[i] = line_base.count;
    if (rule.basis == EarnRule::Basis::rate)
      // One unit of money earns `rate` whole points: kopecks × rate × minor units ÷ kopecks in a unit of money.
      result.lines[i] = {static_cast<Wide>(line_base.count) * rule.rate.numerator * minor_units(program.unit),
                         static_cast<Wide>(rule.rate.denominator) * 100};
    else if (rule.basis == EarnRule::Basis::per_item)
      result.lines[i] = {static_cast<Wide>(lines[i].quantity.count / 1000) * rule.points.count, 1};
  }
  if (rule.basis == EarnRule::Basis::per_money && rule.per.count > 0)
    result.whole = {multiply_divide_floor(base.count / rule.per.count, rule.points.count, 1)};
  else if (rule.basis == EarnRule::Basis::per_visit && any)
    result.whole = rule.points;
  // A visit for goods that cost nothing: they share alike, and other goods have no part in it.
  for (std::size_t i = 0; i < lines.size() && base.count == 0 && result.whole.count > 0; ++i)
    if (matches_line(rule.filter, *lines[i].line) && lines[i].quantity.count > 0) result.weights[i] = 1;
  return result;
}

/// What is earned before the cap: the rules' shares and each line's exact part.
struct Gathered {
  Points points;
  std::vector<RuleShare> shares;
  std::vector<Fraction> parts;
};

void add_share(std::vector<RuleShare>& shares, const std::string& rule, Points points) {
  if (points.count != 0) shares.push_back({rule, points});
}

/// Splits whole points over the lines that brought them, so that a line's part can be added to its others. Millionths,
/// as the receipt's own sums make common denominators that outgrow 128 bits after a few rules.
void add_whole(std::vector<Fraction>& parts, const Contribution& contribution) {
  const Wide total = std::accumulate(contribution.weights.begin(), contribution.weights.end(), Wide{0});
  if (total == 0 || contribution.whole.count == 0) return;
  constexpr std::int64_t millionths = 1'000'000;
  const std::int64_t denominator = contribution.whole.count <= INT64_MAX / millionths ? millionths : 1;
  const auto shares = apportion(contribution.whole.count * denominator, contribution.weights);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = sum(parts[i], {shares[i], denominator});
}

Gathered gather_sum(std::span<const Contribution> contributions, std::size_t count) {
  Gathered result{{}, {}, std::vector<Fraction>(count)};
  Fraction by_lines;
  for (const Contribution& contribution : contributions) {
    Fraction own;
    for (std::size_t i = 0; i < count && contribution.by_lines; ++i) {
      own = sum(own, contribution.lines[i]);
      result.parts[i] = sum(result.parts[i], contribution.lines[i]);
    }
    if (!contribution.by_lines) add_whole(result.parts, contribution);
    by_lines = sum(by_lines, own);
    result.points += contribution.whole;
    add_share(result.shares, contribution.rule, contribution.by_lines ? Points{floor_of(own)} : contribution.whole);
  }
  result.points += Points{floor_of(by_lines)};
  return result;
}

Gathered gather_best(std::span<const Contribution> contributions, std::size_t count) {
  Gathered lines{{}, {}, std::vector<Fraction>(count)};
  std::vector<Fraction> own(contributions.size());
  Fraction total;
  for (std::size_t i = 0; i < count; ++i) {
    std::optional<std::size_t> best;
    for (std::size_t rule = 0; rule < contributions.size(); ++rule)
      if (contributions[rule].by_lines && contributions[rule].lines[i].numerator > 0 &&
          (!best || is_less(contributions[*best].lines[i], contributions[rule].lines[i])))
        best = rule;
    if (!best) continue;
    lines.parts[i] = contributions[*best].lines[i];
    own[*best] = sum(own[*best], lines.parts[i]);
    total = sum(total, lines.parts[i]);
  }
  lines.points = {floor_of(total)};
  for (std::size_t rule = 0; rule < contributions.size(); ++rule)
    add_share(lines.shares, contributions[rule].rule, {floor_of(own[rule])});

  const Contribution* whole = nullptr;
  for (const Contribution& contribution : contributions)
    if (!contribution.by_lines && contribution.whole > (whole == nullptr ? lines.points : whole->whole))
      whole = &contribution;
  if (whole == nullptr) return lines;
  Gathered result{whole->whole, {}, std::vector<Fraction>(count)};
  add_share(result.shares, whole->rule, whole->whole);
  add_whole(result.parts, *whole);
  return result;
}

/// Integer weights in proportion to exact parts, by the common denominator, or by floors where that would not fit.
std::vector<std::int64_t> weights_of(std::span<const Fraction> parts) {
  Wide denominator = 1;
  Wide largest = 0;
  for (const Fraction& part : parts) {
    denominator = denominator / greatest_common(denominator, part.denominator) * part.denominator;
    if (denominator > INT32_MAX) break;
  }
  std::vector<std::int64_t> weights;
  for (const Fraction& part : parts) largest = std::max(largest, part.numerator / part.denominator);
  const bool exact = denominator <= INT32_MAX && largest < INT32_MAX;
  for (const Fraction& part : parts)
    weights.push_back(static_cast<std::int64_t>(exact ? part.numerator * (denominator / part.denominator)
                                                      : part.numerator / part.denominator));
  // Points of a visit that cost nothing have no amounts to follow: the lines share alike.
  if (std::all_of(weights.begin(), weights.end(), [](std::int64_t weight) { return weight == 0; }))
    std::fill(weights.begin(), weights.end(), 1);
  return weights;
}

}  // namespace

Earning earn(const Program& program, LocalTime at, std::span<const EarnInput> lines, std::optional<Points> limit,
             std::span<const EarnInput> threshold_lines) {
  std::vector<Contribution> contributions;
  contributions.reserve(program.earn.size());
  for (const EarnRule& rule : program.earn)
    contributions.push_back(contribution_of(program, rule, at, lines, threshold_lines));
  Gathered gathered = program.combine == Combine::sum ? gather_sum(contributions, lines.size())
                                                      : gather_best(contributions, lines.size());
  Earning result{gathered.points, std::move(gathered.shares), weights_of(gathered.parts), false};
  if (limit && result.points > *limit) {
    result.points = *limit;
    result.is_capped = true;
  }
  return result;
}

}  // namespace loyal::domain
