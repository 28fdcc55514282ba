// SPDX-License-Identifier: MIT
#include <algorithm>
#include <numeric>
#include <string>

#include "loyal/base/apportion.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/domain/filter.hpp"

#include "fraction.hpp"

namespace loyal::domain {
namespace {

Money base_of(const Program& program, const EarnInput& input) {
  if (program.earn_base.gross) return input.amount;
  const Money net = input.amount - input.discount;
  return program.earn_base.points_part ? net : net - input.points_money;
}

/// Goods that a reward paid for earn nothing where the part paid with points does not: neither a piece nor a visit,
/// also where something was paid on top.
bool earns(const Program& program, const EarnRule& rule, const EarnInput& input) {
  if (program.earn_base.gross || program.earn_base.points_part || input.points_money.count == 0) return true;
  const bool counts_pieces = rule.basis == EarnRule::Basis::per_item || rule.basis == EarnRule::Basis::per_visit;
  const bool is_reward = counts_pieces && !program.spend.allowed;
  return !is_reward && input.points_money < input.amount - input.discount;
}

/// A rule as it stands for this buyer: the tier's rate takes the place of the rate without a filter.
struct StandingRule {
  const EarnRule* rule = nullptr;
  Rate rate;
  std::string tier_name;  // of the tier whose rate this is

  std::string name() const { return tier_name.empty() ? rule->name : tier_name + " " + to_percent(rate); }
};

/// What one rule brings: by lines (summed exactly, floored once with the others) or whole points for the receipt.
struct Contribution {
  std::string rule;
  EarnRule::Basis basis = EarnRule::Basis::rate;
  std::vector<Fraction> lines;        // by lines: points in minor units; with `times`, the factor
  std::vector<std::int64_t> weights;  // not by lines: the base of each matching line
  Points whole;

  bool is_by_lines() const { return basis == EarnRule::Basis::rate || basis == EarnRule::Basis::per_item; }
  bool is_factor() const { return basis == EarnRule::Basis::times; }
};

bool is_plain_rate(const EarnRule& rule) {
  return rule.basis == EarnRule::Basis::rate && rule.filter == Filter{};
}

const std::vector<EarnRule>& rules_for(const Program& program, const BuyerFacts& buyer) {
  for (const Member& member : program.members)
    if (member.company == buyer.member && !member.earn.empty()) return member.earn;
  return program.earn;
}

/// The rules that apply at this time to this buyer.
std::vector<StandingRule> standing_rules(const Program& program, LocalTime at, const BuyerFacts& buyer) {
  static const EarnRule plain_rate;
  std::vector<StandingRule> result;
  const Tier* tier = find_tier(program, buyer.tier);
  bool is_tier_rate_used = tier == nullptr || !tier->rate;
  for (const EarnRule& rule : rules_for(program, buyer)) {
    if (!matches_time(rule.filter, at) || !matches_buyer(rule.filter, buyer)) continue;
    if (tier != nullptr && tier->rate && is_plain_rate(rule)) {
      if (!is_tier_rate_used) result.push_back({&rule, *tier->rate, tier->name});
      is_tier_rate_used = true;
    } else {
      result.push_back({&rule, rule.rate, {}});
    }
  }
  if (!is_tier_rate_used) result.push_back({&plain_rate, *tier->rate, tier->name});
  return result;
}

/// Nothing where the goods do not reach the rule's minimum.
std::optional<Contribution> contribution_of(const Program& program, const StandingRule& standing,
                                            const BuyerFacts& buyer, std::span<const EarnInput> lines,
                                            std::span<const EarnInput> threshold_lines) {
  const EarnRule& rule = *standing.rule;
  if (rule.filter.min_amount.count > 0) {
    Money threshold;
    for (const EarnInput& input : threshold_lines)
      if (matches_line(rule.filter, buyer, *input.line)) threshold += base_of(program, input);
    if (threshold < rule.filter.min_amount) return std::nullopt;
  }
  Contribution result{standing.name(), rule.basis, {}, {}, {}};
  const bool is_split = result.is_by_lines() || result.is_factor();
  if (is_split)
    result.lines.resize(lines.size());
  else
    result.weights.resize(lines.size());
  Money base;
  bool any = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!matches_line(rule.filter, buyer, *lines[i].line) || !earns(program, rule, lines[i])) continue;
    const Money line_base = base_of(program, lines[i]);
    any = any || lines[i].quantity.count > 0;
    base += line_base;
    if (!is_split)
      result.weights[i] = line_base.count;
    else if (rule.basis == EarnRule::Basis::rate)
      // One unit of money earns `rate` whole points: kopecks × rate × minor units ÷ kopecks in a unit of money.
      result.lines[i] = {static_cast<Wide>(line_base.count) * standing.rate.numerator * minor_units(program.unit),
                         static_cast<Wide>(standing.rate.denominator) * 100};
    else if (rule.basis == EarnRule::Basis::per_item)
      result.lines[i] = {static_cast<Wide>(lines[i].quantity.count / 1000) * rule.points.count, 1};
    else
      result.lines[i] = {rule.rate.numerator, rule.rate.denominator};
  }
  if (!any) return std::nullopt;
  if (rule.basis == EarnRule::Basis::per_money && rule.per.count > 0)
    result.whole = {multiply_divide_floor(base.count / rule.per.count, rule.points.count, 1)};
  else if (rule.basis == EarnRule::Basis::per_visit)
    result.whole = rule.points;
  // A visit for goods that cost nothing: they share alike, and other goods have no part in it.
  for (std::size_t i = 0; i < lines.size() && base.count == 0 && result.whole.count > 0; ++i)
    if (matches_line(rule.filter, buyer, *lines[i].line) && earns(program, rule, lines[i]) &&
        lines[i].quantity.count > 0)
      result.weights[i] = 1;
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

/// Sums of parts up to this denominator stay within 128 bits, whatever else is added.
constexpr Wide denominator_max = 1'000'000'000'000;

/// Splits whole points over the lines that brought them, so that a line's part can be added to its others. Where rules
/// for different goods would make a common denominator that outgrows 128 bits, in millionths.
void add_whole(std::vector<Fraction>& parts, const Contribution& contribution) {
  const Wide total = std::accumulate(contribution.weights.begin(), contribution.weights.end(), Wide{0});
  if (total == 0 || contribution.whole.count == 0) return;
  std::vector<Fraction> exact = parts;
  bool fits = true;
  for (std::size_t i = 0; i < parts.size() && fits; ++i) {
    exact[i] =
        sum(parts[i], in_lowest_terms({static_cast<Wide>(contribution.whole.count) * contribution.weights[i], total}));
    fits = exact[i].denominator <= denominator_max;
  }
  if (fits) {
    parts = std::move(exact);
    return;
  }
  constexpr std::int64_t millionths = 1'000'000;
  const std::int64_t denominator = contribution.whole.count <= INT64_MAX / millionths ? millionths : 1;
  const auto shares = apportion(contribution.whole.count * denominator, contribution.weights);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = sum(parts[i], {shares[i], denominator});
}

/// Integer weights in proportion to exact parts, by the common denominator, or by millionths where that would not fit.
std::vector<std::int64_t> weights_of(std::span<const Fraction> parts) {
  Wide denominator = 1;
  Wide largest = 0;
  for (const Fraction& part : parts) largest = std::max(largest, part.numerator / part.denominator);
  const Wide scale_max = INT64_MAX / (std::min<Wide>(largest, INT64_MAX - 1) + 1);
  for (const Fraction& part : parts) {
    if (part.denominator > scale_max) denominator = scale_max + 1;
    if (denominator > scale_max) break;
    denominator = denominator / greatest_common(denominator, part.denominator) * part.denominator;
  }
  const bool exact = denominator <= scale_max;
  const Wide scale = exact ? denominator : std::min<Wide>(scale_max, 1'000'000);
  std::vector<std::int64_t> weights;
  for (const Fraction& part : parts) {
    const Wide whole = part.numerator / part.denominator;
    const Wide rest = part.numerator % part.denominator;
    const Wide rest_scaled = exact ? rest * (scale / part.denominator)
                                   : std::min(scale - 1, rest / std::max<Wide>(1, part.denominator / scale));
    weights.push_back(static_cast<std::int64_t>(whole * scale + rest_scaled));
  }
  // Points of a visit that cost nothing have no amounts to follow: the lines share alike.
  if (std::all_of(weights.begin(), weights.end(), [](std::int64_t weight) { return weight == 0; }))
    std::fill(weights.begin(), weights.end(), 1);
  return weights;
}

/// Tells points among the rules that brought them, by largest remainder: the shares add up to the points.
void share_out(Points points, std::span<const Contribution> contributions, std::span<const Fraction> own,
               std::vector<RuleShare>& shares) {
  if (points.count == 0) return;
  const auto parts = apportion(points.count, weights_of(own));
  for (std::size_t rule = 0; rule < parts.size(); ++rule) add_share(shares, contributions[rule].rule, {parts[rule]});
}

Gathered gather_sum(std::span<const Contribution> contributions, std::size_t count) {
  Gathered result{{}, {}, std::vector<Fraction>(count)};
  std::vector<Fraction> own(contributions.size());
  Fraction by_lines;
  for (std::size_t rule = 0; rule < contributions.size(); ++rule) {
    const Contribution& contribution = contributions[rule];
    for (std::size_t i = 0; i < count && contribution.is_by_lines(); ++i) {
      own[rule] = sum(own[rule], contribution.lines[i]);
      result.parts[i] = sum(result.parts[i], contribution.lines[i]);
    }
    if (!contribution.is_by_lines()) add_whole(result.parts, contribution);
    by_lines = sum(by_lines, own[rule]);
  }
  result.points = {floor_of(by_lines)};
  const auto parts = apportion(result.points.count, weights_of(own));
  for (std::size_t rule = 0; rule < contributions.size(); ++rule) {
    const Contribution& contribution = contributions[rule];
    add_share(result.shares, contribution.rule, contribution.is_by_lines() ? Points{parts[rule]} : contribution.whole);
    result.points += contribution.whole;
  }
  return result;
}

Gathered gather_best(std::span<const Contribution> contributions, std::size_t count) {
  Gathered lines{{}, {}, std::vector<Fraction>(count)};
  std::vector<Fraction> own(contributions.size());
  Fraction total;
  for (std::size_t i = 0; i < count; ++i) {
    std::optional<std::size_t> best;
    for (std::size_t rule = 0; rule < contributions.size(); ++rule)
      if (contributions[rule].is_by_lines() && contributions[rule].lines[i].numerator > 0 &&
          (!best || is_less(contributions[*best].lines[i], contributions[rule].lines[i])))
        best = rule;
    if (!best) continue;
    lines.parts[i] = contributions[*best].lines[i];
    own[*best] = sum(own[*best], lines.parts[i]);
    total = sum(total, lines.parts[i]);
  }
  lines.points = {floor_of(total)};
  share_out(lines.points, contributions, own, lines.shares);

  const Contribution* whole = nullptr;
  for (const Contribution& contribution : contributions)
    if (!contribution.is_by_lines() && contribution.whole > (whole == nullptr ? lines.points : whole->whole))
      whole = &contribution;
  if (whole == nullptr) return lines;
  Gathered result{whole->whole, {}, std::vector<Fraction>(count)};
  add_share(result.shares, whole->rule, whole->whole);
  add_whole(result.parts, *whole);
  return result;
}

/// What the factors make of each line: their product, line by line.
std::vector<Fraction> factors_of(std::span<const Contribution> factors, std::size_t count) {
  std::vector<Fraction> result(count, Fraction{1, 1});
  for (const Contribution& factor : factors)
    for (std::size_t i = 0; i < count; ++i)
      if (factor.lines[i].numerator > 0) result[i] = product(result[i], factor.lines[i]);
  return result;
}

/// The best of the rules, times every factor that the line meets. What a factor adds is its own share, in the order of
/// the text.
Gathered gather_product(std::vector<Contribution> contributions, std::size_t count) {
  const auto first_factor = std::stable_partition(contributions.begin(), contributions.end(),
                                                  [](const Contribution& each) { return !each.is_factor(); });
  const std::span<const Contribution> factors(first_factor, contributions.end());
  Gathered result = gather_best(std::span<const Contribution>(contributions.begin(), first_factor), count);
  if (factors.empty()) return result;
  const std::vector<Fraction> base = result.parts;
  for (std::size_t taken = 1; taken <= factors.size(); ++taken) {
    const auto times = factors_of(factors.subspan(0, taken), count);
    Fraction total;
    for (std::size_t i = 0; i < count; ++i) {
      result.parts[i] = product(base[i], times[i]);
      total = sum(total, result.parts[i]);
    }
    const Points points{floor_of(total)};
    add_share(result.shares, factors[taken - 1].rule, points - result.points);
    result.points = points;
  }
  return result;
}

Gathered gather(const Program& program, std::vector<Contribution> contributions, std::size_t count) {
  switch (program.combine) {
    case Combine::sum:
      return gather_sum(contributions, count);
    case Combine::product:
      return gather_product(std::move(contributions), count);
    case Combine::best:
      break;
  }
  return gather_best(contributions, count);
}

/// The factors and the points of the promo codes that the purchase uses, on top of what the rules bring, whatever their
/// policy: a code was given for more than the rules.
void add_promos(const Program& program, const BuyerFacts& buyer, std::span<const EarnInput> lines,
                std::span<const EarnInput> threshold_lines, Gathered& gathered) {
  for (const PromoCode& promo : buyer.promos) {
    const PromoEffect& effect = promo.terms.effect;
    const bool is_factor = effect.kind == PromoEffect::Kind::multiplier;
    if (!is_factor && effect.kind != PromoEffect::Kind::points) continue;
    EarnRule rule;
    rule.basis = is_factor ? EarnRule::Basis::times : EarnRule::Basis::per_visit;
    rule.rate = effect.rate;
    rule.points = effect.points;
    rule.filter = promo.terms.filter;
    // The threshold was asked of the goods' price, before anything was taken off it.
    rule.filter.min_amount = {};
    Money threshold;
    for (const EarnInput& input : threshold_lines)
      if (matches_line(rule.filter, buyer, *input.line)) threshold += input.amount;
    if (threshold < promo.terms.filter.min_amount) continue;
    const auto contribution = contribution_of(program, {&rule, rule.rate, {}}, buyer, lines, threshold_lines);
    if (!contribution) continue;
    if (!is_factor) {
      add_whole(gathered.parts, *contribution);
      gathered.points += contribution->whole;
      add_share(gathered.shares, promo.code, contribution->whole);
      continue;
    }
    Fraction total;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (contribution->lines[i].numerator > 0) gathered.parts[i] = product(gathered.parts[i], contribution->lines[i]);
      total = sum(total, gathered.parts[i]);
    }
    const Points points{floor_of(total)};
    add_share(gathered.shares, promo.code, points - gathered.points);
    gathered.points = points;
  }
}

/// What is sold onto the card brings what it says, and in part what is paid for of it.
Gathered gather_offer(const Program& program, const Offer& offer, std::span<const EarnInput> lines) {
  Gathered result{{}, {}, std::vector<Fraction>(lines.size())};
  Money base;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    base += lines[i].amount;
    result.parts[i] = {lines[i].amount.count, 1};
  }
  result.points = offer.price ? Points{multiply_divide_floor(offer.points.count, base.count, offer.price->count)}
                              : points_for(program.unit, base);
  add_share(result.shares, offer.name, result.points);
  return result;
}

}  // namespace

Earning earn(const Program& program, LocalTime at, const BuyerFacts& buyer, std::span<const EarnInput> lines,
             std::optional<Points> limit, std::span<const EarnInput> threshold_lines) {
  Gathered gathered;
  if (const Offer* offer = find_offer(program, buyer.offer)) {
    gathered = gather_offer(program, *offer, lines);
  } else {
    std::vector<Contribution> contributions;
    for (const StandingRule& rule : standing_rules(program, at, buyer))
      if (auto contribution = contribution_of(program, rule, buyer, lines, threshold_lines))
        contributions.push_back(std::move(*contribution));
    gathered = gather(program, std::move(contributions), lines.size());
    add_promos(program, buyer, lines, threshold_lines, gathered);
  }
  Earning result{gathered.points, std::move(gathered.shares), weights_of(gathered.parts), false};
  if (limit && result.points > *limit) {
    result.points = *limit;
    result.is_capped = true;
  }
  return result;
}

}  // namespace loyal::domain
