// SPDX-License-Identifier: MIT
#include "property/history_script.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/money.hpp"
#include "loyal/format/program_file.hpp"
#include "property/oracle.hpp"
#include "property/random_program.hpp"

namespace loyal::test {
namespace {

using domain::Program;

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
  return chance.of({sell,      sell,  sell,  sell,   sell,      sell,     give_back, give_back, give_back, give_back,
                    take_void, grant, grant, adjust, transfer,  transfer, nightly,   nightly,   undo,      undo,
                    cascade,   pin,   stock, redeem, sell_gift, reserve,  reserve,   commit,    commit,    release});
}

void choose_at_door(Chance& chance, Step& step) {
  using enum Step::Action;
  if (step.action == grant || step.action == adjust || step.action == transfer || step.action == pin ||
      step.action == stock || step.action == redeem || step.action == sell_gift || step.action == reserve ||
      step.action == commit || step.action == release || (step.action == sell && chance.one_in(2)))
    step.action = use;
  step.has_lines = false;
  step.lines.resize(1);
  step.spend.clear();
  step.count = static_cast<int>(1 + chance.below(3));
}

void choose_charity(Chance& chance, Step& step) {
  using enum Step::Action;
  if (step.action == grant || step.action == transfer) step.action = top_up;
  if (step.action == adjust) step.action = pay_out;
  if (step.action == redeem || step.action == stock || step.action == pin) step.action = present;
  step.points = {chance.of<std::int64_t>({50, 137, 1'000, 5'000})};
}

void choose_reward(Chance& chance, const Program& program, Step& step) {
  if (program.rewards.empty()) {
    step.action = Step::Action::sell;
    return;
  }
  step.rewards = {{static_cast<int>(chance.below(static_cast<std::int64_t>(program.rewards.size()))), 0}};
  step.count = chance.of({1, 2, 5, -1});
}

void choose_gifts(Chance& chance, const Script& script, Step& step) {
  using enum Step::Action;
  if (step.action == sell_gift && !script.gift) step.action = sell;
  const bool is_of_gift = script.gift && (step.action == sell_gift ||
                                          ((step.action == grant || step.action == adjust) && chance.one_in(4)));
  if (!script.gift) return;
  if (is_of_gift) {
    step.card = first_gift_card + static_cast<int>(chance.below(script.gift_cards));
    if (script.program.kind == domain::Kind::club) step.shop = 0;
    step.spend.clear();
    step.rewards.clear();
    step.has_lines = false;
    step.lines.resize(1);
    step.lines.front().amount = {chance.of<std::int64_t>({1, 9'999, 50'000, 100'000})};
    step.count = static_cast<int>(1 + chance.below(2));
    if (step.action == grant) step.points = {chance.of<std::int64_t>({5'000, 30'037})};
  } else if (chance.one_in(2)) {
    for (int card = 0; card < script.gift_cards; ++card)
      if (chance.one_in(2))
        step.gifts.emplace_back(first_gift_card + card, chance.of<std::int64_t>({0, 0, 1, 777, 20'000}));
  }
}

/// A commit or a release of what was reserved last, or of something before.
void choose_reserved(Chance& chance, const Script& script, Step& step) {
  step.target = -1;
  for (const Step& earlier : script.steps)
    if (earlier.action == Step::Action::reserve && (step.target < 0 || !chance.one_in(6))) step.target = earlier.number;
  if (step.target < 0) step.action = Step::Action::sell;
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
  if (script.program.spend.allowed || chance.one_in(10)) step.spend = random_spend(chance, script.program.unit);
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
  if (script.program.donation) choose_charity(chance, step);
  if (step.action == Step::Action::stock || step.action == Step::Action::redeem)
    choose_reward(chance, script.program, step);
  choose_gifts(chance, script, step);
  if (step.action == Step::Action::commit || step.action == Step::Action::release)
    choose_reserved(chance, script, step);
  if (step.action == Step::Action::pin) choose_pin(chance, script.program, step);
  return step;
}

Instant random_next(Chance& chance, const Step& step) {
  const std::int64_t day = 86'400;
  const Instant now = step.now;
  if (step.action == Step::Action::reserve && !chance.one_in(3))
    return {now.seconds + chance.of<std::int64_t>({0, 0, 600, 899, 900})};
  return {now.seconds + chance.of<std::int64_t>({0, 0, 0, 3'600, 3'600, 7 * 3'600, day, day, 3 * day, 14 * day,
                                                 20 * day, 31 * day, 45 * day})};
}

constexpr Instant first_now = {1'768'035'600};  // 2026-01-10T09:00:00Z

std::string name_of(int card) {
  return card < first_gift_card ? fmt::format("C{}", card + 1) : fmt::format("G{}", card - first_gift_card + 1);
}

std::string lines_text(const Step& step) {
  std::string text;
  for (const auto& line : step.lines)
    text += step.has_lines ? fmt::format(" --line {}:{}:{}({})", line.sku, line.quantity.count / 1'000,
                                         to_decimal(line.price.count, 2), line.category)
                           : " " + to_decimal(line.amount.count, 2);
  for (const auto& [reward, line] : step.rewards)
    text += fmt::format(" --reward {}{}", reward + 1, line == 0 ? "" : fmt::format(":{}", line));
  for (const auto& [card, amount] : step.gifts)
    text += fmt::format(" --gift {}{}", name_of(card), amount == 0 ? "" : ":" + to_decimal(amount, 2));
  return text;
}

std::string words(const Step& step, bool is_offer) {
  using enum Step::Action;
  switch (step.action) {
    case sell_gift:
      return fmt::format("card top-up {} {} --count {}", name_of(step.card),
                         to_decimal(step.lines.front().amount.count, 2), step.count);
    case reserve:
      return fmt::format("sale reserve C{}{}{}{}", step.card + 1, lines_text(step),
                         step.spend.empty() ? "" : " --spend ", step.spend);
    case commit:
      return fmt::format("sale commit of step {}", step.target);
    case release:
      return fmt::format("sale release of step {}", step.target);
    case present:
      return fmt::format("card present C{}", step.card + 1);
    case top_up:
      return fmt::format("fund top-up {}", step.points.count);
    case pay_out:
      return fmt::format("fund payout {}", step.points.count);
    case stock:
      return fmt::format("reward stock {} --add {}", step.rewards.front().first + 1, step.count);
    case redeem:
      return fmt::format("reward redeem C{} {}", step.card + 1, step.rewards.front().first + 1);
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
      return fmt::format("points grant {} {} --expire \"{}\"", name_of(step.card), step.points.count, step.expires);
    case adjust:
      return fmt::format("points adjust {} {} --expire \"{}\"", name_of(step.card), step.points.count, step.expires);
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
  if (script.program.kind != domain::Kind::pass && chance.one_in(4)) {
    script.gift = random_gift(chance);
    script.gift_cards = static_cast<int>(1 + chance.below(2));
  }
  const int steps = static_cast<int>(5 + chance.below(36));
  Instant now = first_now;
  for (int i = 0; i < steps; ++i) {
    script.steps.push_back(random_step(chance, script, i, now));
    now = random_next(chance, script.steps.back());
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
  sale.card = 0;
  sale.rewards.clear();
  sale.gifts.clear();
  sale.spend = chance.of<std::string>({"", "max"});
  do sale.lines = random_lines(chance, sale.has_lines);
  while (sale.lines.size() < 2);
  script.steps.push_back(sale);
  Step back = sale;
  back.action = Step::Action::give_back;
  back.target = sale.number;
  back.now = random_next(chance, sale);
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
  if (script.gift) text += format::write_program(*script.gift);
  for (const Step& step : script.steps) {
    text += fmt::format("{:>3} {} shop {}{} {}{}\n", step.number, to_string(step.now), step.shop + 1,
                        step.late_seconds == 0 ? "" : fmt::format(" {} s late", step.late_seconds),
                        words(step, script.program.kind == domain::Kind::pass), step.is_repeated ? ", twice" : "");
  }
  return text;
}

}  // namespace loyal::test
