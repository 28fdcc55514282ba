// SPDX-License-Identifier: MIT
#include "property/history_script.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/money.hpp"
#include "loyal/format/program_file.hpp"

namespace loyal::test {
namespace {

using domain::EarnRule;
using domain::Expiry;
using domain::Program;
using domain::ReturnPolicy;

/// SplitMix64: small, and the same everywhere, which the standard distributions are not.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t bound) {
    std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15U);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::int64_t>((mixed ^ (mixed >> 31U)) % static_cast<std::uint64_t>(bound));
  }
  bool one_in(std::int64_t count) { return below(count) == 0; }
  template <class T>
  T of(std::initializer_list<T> values) {
    return *(values.begin() + below(static_cast<std::int64_t>(values.size())));
  }

 private:
  std::uint64_t state_;
};

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
    program.rewards.push_back(reward);
  }
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
  program.expiry.from_activation = !has_term || !chance.one_in(3);
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

Program random_program(Chance& chance) {
  if (chance.one_in(8)) return random_pass(chance);
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
  if (has_tiers) choose_tiers(chance, program);
  choose_limits(chance, program);
  choose_spending(chance, program);
  choose_expiry(chance, program);
  if (chance.one_in(8)) program.earn_base.points_part = true;
  if (chance.one_in(10)) program.earn_base = {true, true};
  program.returns.policy = chance.of({ReturnPolicy::debt, ReturnPolicy::debt, ReturnPolicy::debt,
                                      ReturnPolicy::within_balance, ReturnPolicy::only_pending});
  if (program.returns.policy == ReturnPolicy::debt && chance.one_in(4))
    program.returns.debt_limit = {{domain::minor_units(program.unit) * 30}};
  if (chance.one_in(4)) program.returns.grace_days = chance.of({0, 7});
  program.returns.keep_threshold = chance.one_in(4);
  format::name_rules(program);
  return program;
}

std::vector<domain::ReceiptLine> random_lines(Chance& chance, bool& has_lines) {
  has_lines = !chance.one_in(3);
  std::vector<domain::ReceiptLine> lines;
  const std::int64_t count = has_lines ? 1 + chance.below(3) : 1;
  for (std::int64_t i = 0; i < count; ++i) {
    domain::ReceiptLine line;
    if (has_lines) {
      line.sku = fmt::format("sku{}", i + 1);
      line.category = chance.of<std::string>({"tea", "books", "tobacco", ""});
      line.quantity = {1'000 * (1 + chance.below(3))};
    }
    line.price = {chance.of<std::int64_t>(
        {1, 99, 1'000, 19'999, 33'333, 50'000, 100'000, chance.below(80'000), chance.below(300'000)})};
    if (chance.one_in(25)) line.price = {};
    line.amount = {line.price.count * line.quantity.count / 1'000};
    lines.push_back(line);
  }
  return lines;
}

std::string random_spend(Chance& chance, const domain::Unit& unit) {
  const std::string points = std::to_string(chance.of<std::int64_t>({1, 10, 50, 70, 200}));
  const std::string part = unit.scale == 2 && chance.one_in(3) ? points + ".37" : points;
  switch (chance.below(6)) {
    case 0:
    case 1:
      return "max";
    case 2:
      return part;
    case 3:
      return "up-to:" + part;
    default:
      return "";
  }
}

Step::Action random_action(Chance& chance) {
  using enum Step::Action;
  return chance.of({sell,      sell,      sell,      sell,  sell,    sell,   give_back, give_back,
                    give_back, give_back, take_void, grant, grant,   adjust, transfer,  transfer,
                    nightly,   nightly,   undo,      undo,  cascade, pin});
}

void choose_at_door(Chance& chance, Step& step) {
  using enum Step::Action;
  if (step.action == grant || step.action == adjust || step.action == transfer || step.action == pin ||
      (step.action == sell && chance.one_in(2)))
    step.action = use;
  step.has_lines = false;
  step.lines.resize(1);
  step.spend.clear();
  step.count = static_cast<int>(1 + chance.below(3));
}

void choose_pin(Chance& chance, const Program& program, Step& step) {
  if (program.tiers.tiers.empty()) {
    step.action = Step::Action::sell;
    return;
  }
  const std::int64_t tier = chance.below(static_cast<std::int64_t>(program.tiers.tiers.size()));
  step.tier = program.tiers.tiers[static_cast<std::size_t>(tier)].name;
  step.ends = chance.one_in(4);
  step.pin_days = chance.of({0, 10, 60});
}

Step random_step(Chance& chance, const Script& script, int number, Instant now) {
  Step step;
  step.number = number;
  step.now = now;
  step.action = random_action(chance);
  step.card = static_cast<int>(chance.below(script.cards));
  step.shop = chance.one_in(3) ? 1 : 0;
  step.is_repeated = chance.one_in(4);
  const std::int64_t one = domain::minor_units(script.program.unit);
  step.lines = random_lines(chance, step.has_lines);
  step.spend = random_spend(chance, script.program.unit);
  const auto rewards = static_cast<std::int64_t>(script.program.rewards.size());
  for (std::int64_t i = step.has_lines && rewards > 0 && chance.one_in(2) ? 1 + chance.below(2) : 0; i > 0; --i)
    step.rewards.emplace_back(chance.below(rewards),
                              chance.one_in(2) ? 0 : 1 + chance.below(static_cast<std::int64_t>(step.lines.size())));
  if (chance.one_in(5)) step.late_seconds = chance.of<std::int64_t>({3'600, 86'400, 5 * 86'400, 40 * 86'400});
  step.points = {one * chance.of<std::int64_t>({1, 25, 100, 150})};
  if (script.program.unit.scale == 2 && chance.one_in(2)) step.points.count += 37;
  if (step.action == Step::Action::adjust && chance.one_in(2)) step.points = -step.points;
  step.expires = chance.of<std::string>({"", "", "30d", "1m", "never"});
  if (!chance.one_in(3))
    for (int i = 0; i < 3; ++i) step.parts.push_back(chance.of({0, 333, 500, 1'000}));
  if (number > 0)
    step.target =
        static_cast<int>(chance.one_in(2) ? number - 1 - chance.below(std::min(number, 4)) : chance.below(number));
  if (step.action == Step::Action::undo && chance.one_in(2)) step.target = -1;
  step.into = static_cast<int>(chance.below(script.cards));
  if (step.into == step.card && !chance.one_in(10)) step.into = (step.card + 1) % script.cards;
  step.is_all = chance.one_in(3);
  if (script.program.kind == domain::Kind::pass) choose_at_door(chance, step);
  if (step.action == Step::Action::pin) choose_pin(chance, script.program, step);
  return step;
}

Instant random_next(Chance& chance, Instant now) {
  const std::int64_t day = 86'400;
  return {now.seconds + chance.of<std::int64_t>({0, 0, 0, 3'600, 3'600, 7 * 3'600, day, day, 3 * day, 14 * day,
                                                 20 * day, 31 * day, 45 * day})};
}

constexpr Instant first_now = {1'768'035'600};  // 2026-01-10T09:00:00Z

std::string lines_text(const Step& step) {
  std::string text;
  for (const auto& line : step.lines)
    text += step.has_lines ? fmt::format(" --line {}:{}:{}({})", line.sku, line.quantity.count / 1'000,
                                         to_decimal(line.price.count, 2), line.category)
                           : " " + to_decimal(line.amount.count, 2);
  for (const auto& [reward, line] : step.rewards)
    text += fmt::format(" --reward {}{}", reward + 1, line == 0 ? "" : fmt::format(":{}", line));
  return text;
}

std::string words(const Step& step, bool is_offer) {
  using enum Step::Action;
  switch (step.action) {
    case use:
      return fmt::format("card use C{}", step.card + 1);
    case sell:
      if (is_offer) return fmt::format("card top-up C{} Visits --count {}", step.card + 1, step.count);
      return fmt::format("sale add C{}{}{}{}", step.card + 1, lines_text(step), step.spend.empty() ? "" : " --spend ",
                         step.spend);
    case give_back: {
      std::string parts;
      for (const int part : step.parts) parts += fmt::format(" {}", part);
      return fmt::format("sale return of step {}:{}", step.target,
                         parts.empty() ? " all" : parts + " thousandths of what is left");
    }
    case take_void:
      return fmt::format("sale void of step {}", step.target);
    case grant:
      return fmt::format("points grant C{} {} --expire \"{}\"", step.card + 1, step.points.count, step.expires);
    case adjust:
      return fmt::format("points adjust C{} {} --expire \"{}\"", step.card + 1, step.points.count, step.expires);
    case transfer:
      return fmt::format("points transfer C{} C{} {}", step.card + 1, step.into + 1,
                         step.is_all ? "all" : std::to_string(step.points.count));
    case pin:
      return step.ends ? fmt::format("tier pin C{} --end", step.card + 1)
                       : fmt::format("tier pin C{} {} --until +{}d", step.card + 1, step.tier, step.pin_days);
    case cascade:
      return fmt::format("undo step {} --cascade", step.target);
    case nightly:
      return "nightly";
    case undo:
      return step.target < 0 ? "undo --last" : fmt::format("undo step {}", step.target);
  }
  return {};
}

}  // namespace

Script random_script(std::uint64_t seed) {
  Chance chance(seed);
  Script script;
  script.program = random_program(chance);
  script.cards = static_cast<int>(1 + chance.below(2));
  const int steps = static_cast<int>(5 + chance.below(36));
  Instant now = first_now;
  for (int i = 0; i < steps; ++i) {
    script.steps.push_back(random_step(chance, script, i, now));
    now = random_next(chance, now);
  }
  return script;
}

Script random_pair_of_returns(std::uint64_t seed) {
  Chance chance(~seed);
  Script script = random_script(seed);
  while (script.program.kind == domain::Kind::pass)
    script = random_script(static_cast<std::uint64_t>(chance.below(1'000'000)));
  script.steps.resize(std::min<std::size_t>(script.steps.size(), 8));
  Step sale = script.steps.back();
  sale.number = 100;
  sale.action = Step::Action::sell;
  sale.late_seconds = 0;
  sale.rewards.clear();
  sale.spend = chance.of<std::string>({"", "max"});
  do sale.lines = random_lines(chance, sale.has_lines);
  while (sale.lines.size() < 2);
  script.steps.push_back(sale);
  Step back = sale;
  back.action = Step::Action::give_back;
  back.target = sale.number;
  back.now = random_next(chance, sale.now);
  back.is_repeated = false;
  // Of different lines, so that each return takes the same goods whichever comes first.
  back.number = 101;
  back.parts = {1'000, 0, 500};
  script.steps.push_back(back);
  back.number = 102;
  back.parts = {0, 500, 0};
  script.steps.push_back(back);
  return script;
}

std::string to_text(const Script& script) {
  std::string text = format::write_program(script.program);
  for (const Step& step : script.steps) {
    text += fmt::format("{:>3} {} shop {}{} {}{}\n", step.number, to_string(step.now), step.shop + 1,
                        step.late_seconds == 0 ? "" : fmt::format(" {} s late", step.late_seconds),
                        words(step, script.program.kind == domain::Kind::pass), step.is_repeated ? ", twice" : "");
  }
  return text;
}

}  // namespace loyal::test
