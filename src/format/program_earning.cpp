// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "loyal/base/text.hpp"
#include "loyal/format/program_rules.hpp"
#include "program_sections.hpp"

namespace loyal::format {
namespace {

using domain::GrantRule;
using domain::Program;

std::size_t event_of(const TomlSection& section) {
  return section.choice("on", {"welcome", "birthday", "holiday", "absence", "referral"}).value();
}

void read_referral(const TomlSection& section, Program& program) {
  if (program.referral) section.refuse("on", tr("there are two rules for referrals"));
  domain::ReferralRule rule;
  const int scale = program.unit.scale;
  rule.points = {section.decimal("points", scale).value_or(0)};
  rule.friend_points = {section.decimal("friend_points", scale).value_or(0)};
  if (rule.points.count == 0 && rule.friend_points.count == 0)
    section.refuse("points", tr("the rule does not say what is earned"), "points = 100");
  rule.min_amount = {section.decimal("min_amount", 2).value_or(0)};
  rule.per_year = section.number("per_year", 1, 100'000);
  program.referral = rule;
}

void read_day(const TomlSection& section, GrantRule& rule) {
  const auto text = section.text("day");
  const auto date = text ? date_from_iso("2024-" + *text) : std::nullopt;
  if (!date)
    section.refuse("day", text ? tr("\"{}\" is no day of a year", shown(*text)) : tr("the holiday has no day"),
                   "day = \"03-08\"");
  rule.month = date->month();
  rule.day = date->day();
}

GrantRule read_grant(const TomlSection& section, const Program& program) {
  GrantRule rule;
  rule.event = std::array{GrantRule::Event::welcome, GrantRule::Event::birthday, GrantRule::Event::holiday,
                          GrantRule::Event::absence}[event_of(section)];
  rule.name = section.text("name").value_or("");
  const auto points = read_points(section, "points", program.unit.scale);
  if (!points) section.refuse("points", tr("the rule does not say what is earned"), "points = 100");
  rule.points = *points;
  const bool is_day = rule.event == GrantRule::Event::birthday || rule.event == GrantRule::Event::holiday;
  for (const std::string_view key : {"days_before", "days_after"})
    if (section.has(key) && !is_day) section.refuse(key, tr("\"{}\" is for birthdays and holidays", key));
  rule.days_before = section.number("days_before", 0, 180).value_or(0);
  rule.days_after = section.number("days_after", 0, 180).value_or(0);
  if (section.has("day") && rule.event != GrantRule::Event::holiday)
    section.refuse("day", tr("\"{}\" is for holidays", "day"), "on = \"holiday\"");
  if (rule.event == GrantRule::Event::holiday) read_day(section, rule);
  if (section.has("after") != (rule.event == GrantRule::Event::absence))
    section.refuse("after", tr("\"{}\" says how long somebody has been away", "after"),
                   "on = \"absence\" , after = \"60d\"");
  if (rule.event == GrantRule::Event::absence) rule.absence_days = read_term(section, "after", false)->count;
  rule.expires = read_term(section, "expires");
  rule.tiers = read_filter(section, program).tiers;
  return rule;
}

void refuse_mixed_factors(const TomlSection& top, const Program& program) {
  const bool has_base = std::any_of(program.earn.begin(), program.earn.end(), [](const domain::EarnRule& rule) {
    return rule.basis != domain::EarnRule::Basis::times;
  });
  if (!program.earn.empty() && !has_base)
    top.refuse("earn", tr("there are factors, and nothing that they multiply"), "rate = \"5%\"");
  // Goods that come back would else raise what the rest of the receipt has earned.
  const bool has_whole = std::any_of(program.earn.begin(), program.earn.end(), [](const domain::EarnRule& rule) {
    return rule.basis == domain::EarnRule::Basis::per_visit || rule.basis == domain::EarnRule::Basis::per_money;
  });
  const bool has_goods = std::any_of(program.earn.begin(), program.earn.end(), [](const domain::EarnRule& rule) {
    const domain::Filter& filter = rule.filter;
    return rule.basis == domain::EarnRule::Basis::times &&
           (!filter.categories.empty() || !filter.except_categories.empty() || !filter.skus.empty() ||
            !filter.except_skus.empty() || filter.chosen_categories);
  });
  if (has_whole && has_goods)
    top.refuse("earn", tr("a factor for some goods cannot multiply points that are for the whole receipt"),
               "rate = \"5%\"");
}

}  // namespace

void read_choice(const TomlSection& top, Program& program) {
  in_section(top, "choice", {"categories", "count"}, [&](const TomlSection& section) {
    domain::ChoiceRules choice;
    choice.categories = section.texts("categories").value_or(choice.categories);
    if (choice.categories.size() < 2)
      section.refuse("categories", tr("there is nothing to choose from"), "categories = [\"books\", \"toys\"]");
    choice.count = section.number("count", 1, static_cast<int>(choice.categories.size()) - 1).value_or(1);
    program.choice = choice;
  });
}

void read_discounts(const TomlSection& top, Program& program) {
  const TomlNode* node = top.find("discount");
  if (node != nullptr && std::holds_alternative<std::string>(node->value)) {
    domain::DiscountRule rule;
    rule.rate = *read_rate(top, "discount", false);
    program.discount.push_back(rule);
    return;
  }
  in_each(
      top, "discount",
      {"name", "rate", "price", "every", "count", "categories", "except_categories", "skus", "except_skus", "weekdays",
       "hours", "from", "until", "min_amount", "tiers", "first_purchase", "chosen_categories", "subscription"},
      [&](const TomlSection& section) {
        program.discount.push_back(read_discount_rule(section, program));
        return program.discount.back().name;
      });
}

void read_earn(const TomlSection& top, Program& program) {
  if (!top.has("earn")) return;
  std::set<std::string> names;
  for (const TomlNode& table : tables_of(top, "earn")) {
    const auto* members = std::get_if<TomlNode::Table>(&table.value);
    const bool has_event =
        members != nullptr &&
        std::any_of(members->begin(), members->end(), [](const TomlMember& member) { return member.key == "on"; });
    std::string name;
    const auto take = [&](std::initializer_list<std::string_view> keys, auto&& read) {
      const TomlSection section(top.file_name(), table, "[[earn]]", keys);
      name = read(section);
      if (!name.empty() && !names.insert(name).second)
        section.refuse("name", tr("two rules have the name \"{}\"", shown(name)));
    };
    if (has_event) {
      take({"name", "on", "points", "friend_points", "min_amount", "per_year", "days_before", "days_after", "day",
            "after", "expires", "tiers"},
           [&](const TomlSection& section) -> std::string {
             const bool is_referral = event_of(section) == 4;
             for (const std::string_view key : {"friend_points", "min_amount", "per_year"})
               if (section.has(key) && !is_referral)
                 section.refuse(key, tr("\"{}\" is for referrals", key), "on = \"referral\"");
             if (is_referral) {
               read_referral(section, program);
               return {};
             }
             program.grants.push_back(read_grant(section, program));
             return program.grants.back().name;
           });
    } else {
      take({"name", "rate", "times", "points", "per", "allow_over_100", "categories", "except_categories", "skus",
            "except_skus", "weekdays", "hours", "from", "until", "min_amount", "tiers", "first_purchase",
            "chosen_categories", "subscription"},
           [&](const TomlSection& section) {
             program.earn.push_back(read_earn_rule(section, program));
             return program.earn.back().name;
           });
    }
  }
  refuse_mixed_factors(top, program);
}

}  // namespace loyal::format
