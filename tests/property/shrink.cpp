// SPDX-License-Identifier: MIT
#include "property/shrink.hpp"

#include <algorithm>

namespace loyal::test {
namespace {

using Fails = std::function<bool(const Script&)>;

bool leave_out_steps(Script& script, const Fails& fails) {
  bool is_smaller = false;
  for (std::size_t size = std::max<std::size_t>(1, script.steps.size() / 2); size > 0; size /= 2) {
    for (std::size_t first = 0; first < script.steps.size();) {
      Script trial = script;
      const std::size_t end = std::min(first + size, trial.steps.size());
      trial.steps.erase(trial.steps.begin() + static_cast<std::ptrdiff_t>(first),
                        trial.steps.begin() + static_cast<std::ptrdiff_t>(end));
      if (!trial.steps.empty() && fails(trial)) {
        script = trial;
        is_smaller = true;
      } else {
        first += size;
      }
    }
  }
  return is_smaller;
}

template <class Change>
bool try_change(Script& script, const Fails& fails, const Change& change) {
  Script trial = script;
  if (!change(trial) || !fails(trial)) return false;
  script = trial;
  return true;
}

/// Sets a value to what says nothing; false if it is that already.
template <class T>
bool reset(T& value, const T& plain) {
  if (value == plain) return false;
  value = plain;
  return true;
}

bool simplify_steps(Script& script, const Fails& fails) {
  bool is_smaller = false;
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    const auto change = [&](const auto& simplify) {
      is_smaller |= try_change(script, fails, [&](Script& trial) { return simplify(trial.steps[i]); });
    };
    change([](Step& step) { return reset(step.is_repeated, false); });
    change([](Step& step) { return reset(step.late_seconds, std::int64_t{0}); });
    change([](Step& step) { return reset(step.shop, 0); });
    change([](Step& step) { return reset(step.parts, {}); });
    change([](Step& step) { return reset(step.spend, {}); });
    change([](Step& step) {
      return step.action != Step::Action::stock && step.action != Step::Action::redeem && reset(step.rewards, {});
    });
    change([](Step& step) { return reset(step.gifts, {}); });
    change([](Step& step) { return reset(step.expires, std::string("never")); });
    for (std::size_t line = script.steps[i].lines.size(); line-- > 0;)
      change([line](Step& step) {
        if (step.lines.size() < 2) return false;
        for (const auto& [reward, place] : step.rewards)
          if (place > static_cast<int>(line)) return false;
        step.lines.erase(step.lines.begin() + static_cast<std::ptrdiff_t>(line));
        return true;
      });
  }
  return is_smaller;
}

bool simplify_program(Script& script, const Fails& fails) {
  if (script.program.kind != domain::Kind::bonus) return false;
  const domain::Program plain;
  bool is_smaller = false;
  const auto change = [&](const auto& simplify) {
    is_smaller |= try_change(script, fails, [&](Script& trial) { return simplify(trial.program); });
  };
  for (std::size_t i = script.program.earn.size(); i-- > 0;) {
    change([i](domain::Program& program) {
      if (program.earn.size() < 2) return false;
      program.earn.erase(program.earn.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    });
    if (i < script.program.earn.size())
      change([i](domain::Program& program) { return reset(program.earn[i].filter, {}); });
  }
  change([&](domain::Program& program) { return reset(program.discount, {}); });
  for (std::size_t i = script.program.discount.size(); i-- > 0;)
    change([i](domain::Program& program) {
      program.discount.erase(program.discount.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    });
  change([&](domain::Program& program) { return reset(program.limits, plain.limits); });
  change([&](domain::Program& program) { return reset(program.limits.period, {}); });
  change([&](domain::Program& program) { return reset(program.spend, plain.spend); });
  change([&](domain::Program& program) {
    for (domain::EarnRule& rule : program.earn) rule.filter.tiers.clear();
    return reset(program.tiers, plain.tiers);
  });
  is_smaller |= try_change(script, fails, [](Script& trial) {
    for (Step& step : trial.steps) {
      if (step.action == Step::Action::stock || step.action == Step::Action::redeem) return false;
      step.rewards.clear();
    }
    return reset(trial.program.rewards, {});
  });
  change([&](domain::Program& program) { return reset(program.tiers.term, {}); });
  change([&](domain::Program& program) { return reset(program.tiers.grace_days, 0); });
  change([&](domain::Program& program) { return reset(program.earn_base, plain.earn_base); });
  change([&](domain::Program& program) { return reset(program.pending_days, 0); });
  change([&](domain::Program& program) { return reset(program.expiry, plain.expiry); });
  change([&](domain::Program& program) { return reset(program.returns, plain.returns); });
  change([&](domain::Program& program) { return reset(program.zone, std::string("Europe/Moscow")); });
  return is_smaller;
}

}  // namespace

Script shrunk(Script script, const Fails& fails) {
  for (bool is_smaller = true; is_smaller;) {
    is_smaller = leave_out_steps(script, fails);
    is_smaller |= simplify_steps(script, fails);
    is_smaller |= simplify_program(script, fails);
  }
  return script;
}

}  // namespace loyal::test
