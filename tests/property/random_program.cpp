// SPDX-License-Identifier: MIT
#include "property/random_program.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/format/program_file.hpp"
#include "property/history_script.hpp"

namespace loyal::test {

using domain::EarnRule;
using domain::Expiry;
using domain::Program;
using domain::ReturnPolicy;

namespace {

EarnRule random_rule(Chance& chance, const domain::Unit& unit, bool only_rates) {
  using Basis = EarnRule::Basis;
  EarnRule rule;
  const std::int64_t one = domain::minor_units(unit);
  rule.basis = only_rates ? Basis::rate
                          : chance.of({Basis::rate, Basis::rate, Basis::per_money, Basis::per_visit, Basis::per_item});
  switch (rule.basis) {
    case Basis::rate:
      rule.rate = chance.of<domain::Rate>({{1, 20}, {1, 10}, {3, 40}, {1, 100}, {1, 2}});
      break;
    case Basis::per_money:
      rule.points = {one * chance.of<std::int64_t>({1, 5})};
      rule.per = {chance.of<std::int64_t>({1'000, 10'000})};
      break;
    default:
      rule.points = {one * chance.of<std::int64_t>({1, 10, 50})};
  }
  if (chance.one_in(3))
    rule.filter.categories = {chance.of<std::string>({"tea", "books"})};
  else if (chance.one_in(4))
    rule.filter.except_categories = {"tobacco"};
  if (chance.one_in(4)) rule.filter.min_amount = {chance.of<std::int64_t>({10'000, 50'000})};
  if (chance.one_in(10)) rule.filter.weekdays = {1, 2, 3, 4, 5};
  if (chance.one_in(8)) rule.filter.first_purchase = true;
  return rule;
}

domain::PeriodLimit random_limit(Chance& chance, std::int64_t one) {
  domain::PeriodLimit limit;
  if (!chance.one_in(3)) limit.sales = static_cast<int>(chance.of({1, 2, 3}));
  if (!limit.sales || chance.one_in(2)) limit.points = {{one * chance.of<std::int64_t>({10, 60, 250})}};
  return limit;
}

/// A day and a month, or one of them, in the order of the program's text.
std::vector<domain::PeriodLimit> random_limits(Chance& chance, std::int64_t one) {
  std::vector<domain::PeriodLimit> limits;
  if (chance.one_in(2)) limits.push_back(random_limit(chance, one));
  if (limits.empty() || chance.one_in(2)) {
    limits.push_back(random_limit(chance, one));
    limits.back().period = chance.of({Period::month, Period::quarter});
  }
  return limits;
}

EarnRule random_factor(Chance& chance, bool may_choose_goods) {
  EarnRule rule;
  rule.basis = EarnRule::Basis::times;
  rule.rate = chance.of<domain::Rate>({{2, 1}, {3, 1}, {3, 2}, {5, 4}});
  if (may_choose_goods && chance.one_in(2)) rule.filter.categories = {chance.of<std::string>({"tea", "books"})};
  if (chance.one_in(4)) rule.filter.min_amount = {30'000};
  if (chance.one_in(5)) rule.filter.weekdays = {6, 7};
  if (chance.one_in(4)) rule.filter.first_purchase = true;
  return rule;
}

domain::Tier random_tier(Chance& chance, std::string name, std::int64_t enter) {
  domain::Tier tier;
  tier.name = std::move(name);
  tier.enter = enter;
  if (chance.one_in(2)) tier.keep = enter - enter * chance.of({1, 3}) / 4;
  if (chance.one_in(2)) tier.rate = chance.of<domain::Rate>({{7, 100}, {3, 20}});
  if (chance.one_in(3)) tier.discount = chance.of<domain::Rate>({{3, 100}, {3, 10}});
  if (chance.one_in(5)) tier.max_share = {{4, 5}};
  if (chance.one_in(5)) tier.pending_days = chance.of({0, 5});
  return tier;
}

void choose_tiers(Chance& chance, Program& program) {
  using Rules = domain::TierRules;
  Rules& rules = program.tiers;
  rules.metric = chance.of(
      {Rules::Metric::net_spend, Rules::Metric::net_spend, Rules::Metric::points_earned, Rules::Metric::visits});
  const std::int64_t step = rules.metric == Rules::Metric::net_spend ? chance.of<std::int64_t>({50'000, 120'000})
                            : rules.metric == Rules::Metric::visits
                                ? 2
                                : chance.of<std::int64_t>({20, 80}) * domain::minor_units(program.unit);
  const std::int64_t count = 1 + chance.below(3);
  for (std::int64_t i = 0; i < count; ++i)
    rules.tiers.push_back(random_tier(chance, fmt::format("T{}", i + 1), step * (i + 1)));
  rules.window =
      chance.of({Rules::Window::lifetime, Rules::Window::rolling, Rules::Window::rolling, Rules::Window::calendar});
  if (rules.window == Rules::Window::rolling) rules.window_days = chance.of({20, 60});
  if (rules.window == Rules::Window::calendar) rules.window_period = chance.of({Period::month, Period::quarter});
  rules.upgrade_next_period = chance.one_in(4);
  rules.downgrade = chance.of({Rules::Downgrade::none, Rules::Downgrade::one_step, Rules::Downgrade::qualify});
  if (chance.one_in(3))
    rules.term = chance.of<domain::Term>({{20, domain::Term::Unit::days}, {1, domain::Term::Unit::months}});
  if (chance.one_in(3)) rules.grace_days = chance.of({3, 15});
  if (chance.one_in(3)) program.earn.back().filter.tiers = {"T1"};
}

void choose_spending(Chance& chance, Program& program) {
  const std::int64_t one = domain::minor_units(program.unit);
  if (chance.one_in(3)) program.spend.max_share = chance.of<domain::Rate>({{1, 2}, {3, 10}, {33, 100}});
  if (chance.one_in(4)) program.spend.step = {one * chance.of<std::int64_t>({5, 10})};
  if (chance.one_in(4)) program.spend.min_balance = {one * 100};
  if (chance.one_in(4)) program.spend.min_to_pay = {chance.of<std::int64_t>({0, 1, 5'000})};
  if (chance.one_in(4)) program.spend.per_sale = {{one * 200}};
  if (chance.one_in(4)) program.spend.except_categories = {"tobacco"};
  if (chance.one_in(6)) program.spend.period = random_limits(chance, one);
}

domain::DiscountRule off(std::string name, domain::Rate rate) {
  domain::DiscountRule rule;
  rule.name = std::move(name);
  rule.rate = rate;
  return rule;
}

/// A special price, or each so many a piece, of named goods.
domain::DiscountRule random_offer(Chance& chance) {
  domain::DiscountRule rule;
  if (chance.one_in(2)) {
    rule.basis = domain::DiscountRule::Basis::price;
    rule.price = {chance.of<std::int64_t>({50, 900, 25'000, 70'000})};
  } else {
    rule.basis = domain::DiscountRule::Basis::every;
    rule.every = chance.of({2, 3, 4});
    rule.counts_receipts_apart = chance.one_in(3);
  }
  rule.filter.categories = {chance.of<std::string>({"tea", "books"})};
  if (chance.one_in(3)) rule.filter.categories.push_back("tobacco");
  if (chance.one_in(5)) rule.filter.first_purchase = true;
  return rule;
}

void choose_rewards(Chance& chance, Program& program) {
  const std::int64_t one = domain::minor_units(program.unit);
  const std::int64_t count = 1 + chance.below(3);
  for (std::int64_t i = 0; i < count; ++i) {
    domain::Reward reward;
    reward.name = fmt::format("Reward {}", i + 1);
    const bool is_step = chance.one_in(3);
    const std::int64_t points = one * chance.of<std::int64_t>({5, 20, 60});
    reward.at.count = is_step ? points : 0;
    reward.cost.count = is_step ? 0 : points;
    if (chance.one_in(3)) reward.off = chance.of<domain::Rate>({{1, 2}, {3, 10}});
    if (chance.one_in(3)) reward.up_to = {{20'000}};
    if (chance.one_in(2)) reward.filter.categories = {chance.of<std::string>({"tea", "books"})};
    if (chance.one_in(8)) reward.filter.weekdays = {1, 2, 3};
    reward.has_stock = chance.one_in(4);
    program.rewards.push_back(reward);
  }
}

/// What a stamp card cannot do: pay a part of a price, and hold parts of a stamp.
void become_stamps(Program& program) {
  program.kind = domain::Kind::stamp;
  const std::int64_t one = domain::minor_units(program.unit);
  for (EarnRule& rule : program.earn) rule.points.count /= one;
  for (domain::Reward& reward : program.rewards) {
    reward.at.count /= one;
    reward.cost.count /= one;
  }
  program.unit.scale = 0;
  program.spend.allowed = false;
}

/// Two companies, of which the second may have rules of its own, and may leave.
void become_club(Chance& chance, Program& program) {
  program.kind = domain::Kind::club;
  domain::Member first;
  first.company = "first";
  if (chance.one_in(2)) first.clearing = {{9, 10}};
  if (chance.one_in(3)) first.fee = {{1, 20}};
  domain::Member partner;
  partner.company = "partner";
  if (chance.one_in(2)) {
    partner.earn.emplace_back();
    partner.earn.back().rate = chance.of<domain::Rate>({{1, 50}, {1, 4}});
  }
  if (chance.one_in(2)) partner.clearing = {{1, 4}};
  if (chance.one_in(3)) partner.fee = {{1, 40}};
  if (chance.one_in(4)) partner.until = Date::of(2026, 5, 31);
  program.members = {first, partner};
}

void choose_limits(Chance& chance, Program& program) {
  const std::int64_t one = domain::minor_units(program.unit);
  if (chance.one_in(4)) program.limits.per_sale = {{one * chance.of<std::int64_t>({20, 100})}};
  if (chance.one_in(4)) program.limits.period = random_limits(chance, one);
  if (chance.one_in(6)) program.limits.balance = {{one * 300}};
}

void choose_expiry(Chance& chance, Program& program) {
  if (chance.one_in(2)) program.pending_days = chance.of({1, 14});
  switch (chance.below(6)) {
    case 0:
      break;
    case 1:
      program.expiry.mode = Expiry::Mode::days;
      program.expiry.count = 30;
      break;
    case 2:
      program.expiry.mode = Expiry::Mode::inactivity;
      program.expiry.count = chance.of({20, 45});
      break;
    case 3:
      program.expiry.mode = Expiry::Mode::yearly;
      program.expiry.yearly = {{2, chance.of<unsigned>({15, 29})}};
      if (chance.one_in(2)) program.expiry.yearly.emplace_back(chance.of<unsigned>({3, 12}), 31);
      break;
    default:
      program.expiry.mode = Expiry::Mode::months;
      program.expiry.count = chance.of({1, 12});
      if (chance.one_in(2)) program.expiry.round_to = chance.of({Period::month, Period::quarter});
  }
  const bool has_term = program.expiry.mode != Expiry::Mode::never && program.expiry.mode != Expiry::Mode::inactivity;
  // A yearly day may come before points that wait can be used.
  const bool may_wait = program.pending_days > 0 || !program.tiers.is_empty();
  const bool must_begin_late = program.expiry.mode == Expiry::Mode::yearly && may_wait;
  program.expiry.from_activation = !has_term || must_begin_late || !chance.one_in(3);
}

/// Visits that are sold onto a card and used at the door.
Program random_pass(Chance& chance) {
  Program program;
  program.slug = "history";
  program.title = "History";
  program.kind = domain::Kind::pass;
  program.zone = program_places[chance.below(3)].zone;
  domain::Offer offer{
      "Visits", {{chance.of<std::int64_t>({100'000, 33'333, 7})}}, {chance.of<std::int64_t>({1, 8, 3})}, {}};
  if (chance.one_in(2))
    offer.valid = chance.of<domain::Term>({{30, domain::Term::Unit::days}, {1, domain::Term::Unit::months}});
  program.offers = {offer};
  choose_expiry(chance, program);
  program.pending_days = 0;
  program.expiry.from_activation = true;
  if (chance.one_in(3)) program.limits.balance = {{10}};
  program.spend.allowed = false;
  program.returns.policy = ReturnPolicy::unused;
  program.use.emplace();
  if (chance.one_in(2)) program.use->per_day = chance.of({1, 2});
  return format::read_program(format::write_program(program), "pass");
}

Program random_charity(Chance& chance) {
  Program program;
  program.slug = "history";
  program.title = "History";
  program.kind = domain::Kind::charity;
  program.zone = program_places[chance.below(3)].zone;
  program.unit.scale = 2;
  domain::DonationRules rules;
  rules.fund = "fund";
  const std::int64_t basis = chance.below(3);
  if (basis == 0) rules.amount = {{chance.of<std::int64_t>({100, 37})}};
  if (basis == 1) rules.rate = chance.of<domain::Rate>({{1, 100}, {1, 40}});
  if (basis == 2) rules.round_up = {{chance.of<std::int64_t>({1'000, 10'000})}};
  if (chance.one_in(2)) rules.per_month = {{chance.of<std::int64_t>({150, 1'000, 20'000})}};
  program.donation = rules;
  if (chance.one_in(2)) program.discount.push_back(off("", {1, 10}));
  return format::read_program(format::write_program(program), "charity");
}

}  // namespace

Program random_gift(Chance& chance) {
  Program program;
  program.slug = "gifts";
  program.title = "Gifts";
  program.kind = domain::Kind::gift;
  program.zone = program_places[chance.below(3)].zone;
  program.unit.scale = 2;
  program.offers = {{"Money", {}, {}, {}}};
  if (chance.one_in(3)) program.offers = {{"Card", {{50'000}}, {55'000}, {}}};
  if (chance.one_in(3)) program.offers.front().valid = {{30, domain::Term::Unit::days}};
  choose_expiry(chance, program);
  program.pending_days = 0;
  program.expiry.from_activation = true;
  program.spend.allowed = false;
  program.returns.policy = ReturnPolicy::unused;
  return format::read_program(format::write_program(program), "gift");
}

Program random_program(Chance& chance) {
  if (chance.one_in(8)) return random_pass(chance);
  if (chance.one_in(12)) return random_charity(chance);
  Program program;
  program.slug = "history";
  program.title = "History";
  program.zone = program_places[chance.below(3)].zone;
  program.unit.scale = chance.of({0, 2});
  program.combine = chance.of({domain::Combine::best, domain::Combine::sum, domain::Combine::product});
  const std::int64_t rules = 1 + chance.below(3);
  const bool has_tiers = chance.one_in(3);
  const bool only_rates = program.combine != domain::Combine::sum && (rules > 1 || has_tiers);
  for (std::int64_t i = 0; i < rules; ++i) program.earn.push_back(random_rule(chance, program.unit, only_rates));
  // As the reader of a program's text has it: factors for some goods multiply only what comes by lines.
  const bool by_lines = std::all_of(program.earn.begin(), program.earn.end(), [](const EarnRule& rule) {
    return rule.basis == EarnRule::Basis::rate || rule.basis == EarnRule::Basis::per_item;
  });
  for (std::int64_t i = chance.below(3); i > 0 && program.combine == domain::Combine::product; --i)
    program.earn.push_back(random_factor(chance, by_lines));
  if (chance.one_in(3)) program.discount.push_back(off("", chance.of<domain::Rate>({{1, 20}, {1, 10}, {3, 20}})));
  if (chance.one_in(5)) program.discount.push_back(off("", {1, 5}));
  const bool has_rate = !program.discount.empty();
  if (has_rate && chance.one_in(2)) program.discount.back().filter.categories = {"books"};
  for (std::int64_t i = chance.one_in(3) ? 1 + chance.below(2) : 0; i > 0; --i)
    program.discount.push_back(random_offer(chance));
  if (chance.one_in(3)) choose_rewards(chance, program);
  if (!program.rewards.empty() && chance.one_in(3)) become_stamps(program);
  if (has_tiers) choose_tiers(chance, program);
  choose_limits(chance, program);
  if (program.spend.allowed) choose_spending(chance, program);
  choose_expiry(chance, program);
  if (chance.one_in(8)) program.earn_base.points_part = true;
  if (chance.one_in(10)) program.earn_base = {true, true};
  program.returns.policy = chance.of({ReturnPolicy::debt, ReturnPolicy::debt, ReturnPolicy::debt,
                                      ReturnPolicy::within_balance, ReturnPolicy::only_pending});
  if (program.returns.policy == ReturnPolicy::debt && chance.one_in(4))
    program.returns.debt_limit = {{domain::minor_units(program.unit) * 30}};
  if (chance.one_in(4)) program.returns.grace_days = chance.of({0, 7});
  program.returns.keep_threshold = chance.one_in(4);
  if (program.kind == domain::Kind::bonus && chance.one_in(5)) become_club(chance, program);
  format::name_rules(program);
  return program;
}

}  // namespace loyal::test
