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
  return rule;
}

void choose_spending(Chance& chance, Program& program) {
  const std::int64_t one = domain::minor_units(program.unit);
  if (chance.one_in(3)) program.spend.max_share = chance.of<domain::Rate>({{1, 2}, {3, 10}, {33, 100}});
  if (chance.one_in(4)) program.spend.step = {one * chance.of<std::int64_t>({5, 10})};
  if (chance.one_in(4)) program.spend.min_balance = {one * 100};
  if (chance.one_in(4)) program.spend.min_to_pay = {chance.of<std::int64_t>({0, 1, 5'000})};
  if (chance.one_in(4)) program.spend.per_sale = {{one * 200}};
  if (chance.one_in(4)) program.spend.except_categories = {"tobacco"};
}

domain::DiscountRule off(std::string name, domain::Rate rate) {
  domain::DiscountRule rule;
  rule.name = std::move(name);
  rule.rate = rate;
  return rule;
}

void choose_limits(Chance& chance, Program& program) {
  const std::int64_t one = domain::minor_units(program.unit);
  if (chance.one_in(4)) program.limits.per_sale = {{one * chance.of<std::int64_t>({20, 100})}};
  if (chance.one_in(6)) program.limits.period = {{std::nullopt, static_cast<int>(chance.of({1, 2})), std::nullopt}};
  if (chance.one_in(6)) program.limits.balance = {{one * 300}};
}

void choose_expiry(Chance& chance, Program& program) {
  if (chance.one_in(2)) program.pending_days = chance.of({1, 14});
  switch (chance.below(4)) {
    case 0:
      break;
    case 1:
      program.expiry.mode = Expiry::Mode::days;
      program.expiry.count = 30;
      break;
    default:
      program.expiry.mode = Expiry::Mode::months;
      program.expiry.count = chance.of({1, 12});
      if (chance.one_in(2)) program.expiry.round_to = chance.of({Period::month, Period::quarter});
  }
  program.expiry.from_activation = program.expiry.mode == Expiry::Mode::never || !chance.one_in(3);
}

Program random_program(Chance& chance) {
  Program program;
  program.slug = "history";
  program.title = "History";
  program.zone = program_places[chance.below(3)].zone;
  program.unit.scale = chance.of({0, 2});
  program.combine = chance.of({domain::Combine::best, domain::Combine::sum});
  const std::int64_t rules = 1 + chance.below(3);
  const bool only_rates = program.combine == domain::Combine::best && rules > 1;
  for (std::int64_t i = 0; i < rules; ++i) program.earn.push_back(random_rule(chance, program.unit, only_rates));
  if (chance.one_in(3)) program.discount.push_back(off("", chance.of<domain::Rate>({{1, 20}, {1, 10}, {3, 20}})));
  if (chance.one_in(5)) program.discount.push_back(off("", {1, 5}));
  if (!program.discount.empty() && chance.one_in(2)) program.discount.back().filter.categories = {"books"};
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
  return chance.of({sell,      sell,      sell,      sell,      sell,  sell,  give_back,
                    give_back, give_back, give_back, take_void, grant, grant, adjust,
                    transfer,  transfer,  nightly,   nightly,   undo,  undo,  cascade});
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
  return text;
}

std::string words(const Step& step) {
  using enum Step::Action;
  switch (step.action) {
    case sell:
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
  Script script = random_script(seed);
  Chance chance(~seed);
  script.steps.resize(std::min<std::size_t>(script.steps.size(), 8));
  Step sale = script.steps.back();
  sale.number = 100;
  sale.action = Step::Action::sell;
  sale.late_seconds = 0;
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
                        step.late_seconds == 0 ? "" : fmt::format(" {} s late", step.late_seconds), words(step),
                        step.is_repeated ? ", twice" : "");
  }
  return text;
}

}  // namespace loyal::test
