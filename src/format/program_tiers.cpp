// SPDX-License-Identifier: MIT
#include <array>

#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/program_rules.hpp"
#include "program_sections.hpp"

namespace loyal::format {
namespace {

using domain::Tier;
using domain::TierRules;

constexpr std::array<std::string_view, 4> period_words = {"month", "quarter", "half_year", "year"};
constexpr std::array periods = {Period::month, Period::quarter, Period::half_year, Period::year};

/// `365d`, `lifetime`, or a calendar period.
void read_window(const TomlSection& section, TierRules& rules) {
  const auto text = section.text("window");
  if (!text) return;
  if (*text == "lifetime") {
    rules.window = TierRules::Window::lifetime;
    return;
  }
  for (std::size_t i = 0; i < period_words.size(); ++i) {
    if (*text != period_words[i]) continue;
    rules.window = TierRules::Window::calendar;
    rules.window_period = periods[i];
    return;
  }
  if (!text->ends_with('d'))
    section.refuse("window", tr("\"{}\" is no window", shown(*text)),
                   tr("allowed here: {}", "\"365d\", month, quarter, half_year, year, lifetime"));
  rules.window = TierRules::Window::rolling;
  rules.window_days = read_term(section, "window", false)->count;
}

std::optional<std::int64_t> read_threshold(const TomlSection& section, std::string_view key,
                                           const domain::Program& program) {
  switch (program.tiers.metric) {
    case TierRules::Metric::net_spend:
      return section.decimal(key, 2);
    case TierRules::Metric::points_earned:
      return section.decimal(key, program.unit.scale);
    case TierRules::Metric::visits:
      return section.decimal(key, 0);
  }
  return std::nullopt;
}

Tier read_tier(const TomlSection& section, const domain::Program& program) {
  Tier tier;
  tier.name = tidy_name(section.text("name").value_or(""));
  if (tier.name.empty()) section.refuse("name", tr("the tier has no name"), "name = \"Серебро\"");
  if (tier.name == domain::by_sales_again) section.refuse("name", tr("a tier cannot be called \"{}\"", tier.name));
  const auto enter = read_threshold(section, "enter", program);
  if (!enter) section.refuse("enter", tr("the tier does not say when it is reached"), "enter = \"10000.00\"");
  tier.enter = *enter;
  tier.keep = read_threshold(section, "keep", program);
  if (tier.keep && *tier.keep > tier.enter)
    section.refuse("keep", tr("it would take more to keep the tier than to reach it"));
  const bool holds_points = domain::holds_points(program.kind);
  tier.rate = read_rate(section, "rate", section.flag("allow_over_100").value_or(false));
  tier.discount = read_rate(section, "discount", false);
  tier.max_share = read_rate(section, "max_share", false);
  tier.pending_days = section.number("pending_days", 0, days_max);
  for (const std::string_view key : {"rate", "max_share", "pending_days"})
    if (section.has(key) && !holds_points)
      section.refuse(key, tr("\"{}\" has no place in a discount program, which holds no points", key));
  tier.privileges = section.texts("privileges").value_or(tier.privileges);
  return tier;
}

}  // namespace

void read_tiers(const TomlSection& top, domain::Program& program) {
  TierRules& rules = program.tiers;
  if (top.has("tiers") && !top.has("tier"))
    top.refuse("tiers", tr("there are rules for tiers, and no tier"), "[[tier]]");
  in_section(top, "tiers", {"metric", "window", "upgrade", "downgrade", "term", "grace_days"},
             [&](const TomlSection& section) {
               if (const auto metric = section.choice("metric", {"net_spend", "points_earned", "visits"}))
                 rules.metric = std::array{TierRules::Metric::net_spend, TierRules::Metric::points_earned,
                                           TierRules::Metric::visits}[*metric];
               if (rules.metric == TierRules::Metric::points_earned && !domain::holds_points(program.kind))
                 section.refuse("metric", tr("a discount program has no points to count"), "metric = \"net_spend\"");
               read_window(section, rules);
               rules.upgrade_next_period = section.choice("upgrade", {"at_once", "next_period"}) == 1;
               if (const auto downgrade = section.choice("downgrade", {"qualify", "one_step", "none"}))
                 rules.downgrade = std::array{TierRules::Downgrade::qualify, TierRules::Downgrade::one_step,
                                              TierRules::Downgrade::none}[*downgrade];
               rules.term = read_term(section, "term");
               rules.grace_days = section.number("grace_days", 0, days_max).value_or(0);
             });
  const bool window_is_said = top.has("tiers") && rules.window != TierRules::Window::lifetime;
  in_each(top, "tier",
          {"name", "enter", "keep", "window", "rate", "allow_over_100", "discount", "max_share", "pending_days",
           "privileges"},
          [&](const TomlSection& section) {
            TierRules own = rules;
            read_window(section, own);
            const bool is_first = rules.tiers.empty() && !window_is_said;
            const bool agrees = own.window == rules.window && own.window_days == rules.window_days &&
                                own.window_period == rules.window_period;
            if (section.has("window") && !is_first && !agrees)
              section.refuse("window", tr("all tiers of a program look at the same window"),
                             "[tiers] window = \"365d\"");
            rules = own;
            rules.tiers.push_back(read_tier(section, program));
            const std::size_t count = rules.tiers.size();
            if (count > 1 && rules.tiers[count - 1].enter <= rules.tiers[count - 2].enter)
              section.refuse("enter", tr("tiers stand from the lowest to the highest; \"{}\" is not above \"{}\"",
                                         shown(rules.tiers[count - 1].name), shown(rules.tiers[count - 2].name)));
            return rules.tiers.back().name;
          });
}

}  // namespace loyal::format
