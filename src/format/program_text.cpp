// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>
#include <set>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/format/toml_file.hpp"
#include "program_text.hpp"

namespace loyal::format {
namespace {

using domain::EarnRule;
using domain::Filter;
using domain::Program;

constexpr std::array<std::string_view, 3> combine_words = {"best", "sum", "product"};
constexpr std::array<std::string_view, 7> weekdays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string clock_text(int second) {
  const std::string text = fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60);
  return second % 60 == 0 ? text : fmt::format("{}:{:02}", text, second % 60);
}

std::string hours_text(std::pair<int, int> hours) {
  return fmt::format("{}-{}", clock_text(hours.first), clock_text(hours.second));
}

std::vector<std::string_view> weekday_words(const std::vector<unsigned>& days) {
  std::vector<std::string_view> words;
  for (const unsigned day : days) words.push_back(weekdays.at(day - 1));
  return words;
}

/// What a filter asks for, in a few words after the name of a rule.
std::string filter_words(const Filter& filter) {
  std::string words;
  const auto add = [&words](std::string_view before, const auto& values) {
    if (!values.empty()) words += fmt::format(" {}{}", before, fmt::join(values, ", "));
  };
  add("", filter.categories);
  add("", filter.skus);
  add("-", filter.except_categories);
  add("-", filter.except_skus);
  add("", weekday_words(filter.weekdays));
  if (filter.hours) words += " " + hours_text(*filter.hours);
  if (filter.from) words += " " + to_string(*filter.from) + "…";
  if (filter.until) words += " …" + to_string(*filter.until);
  if (filter.min_amount.count > 0) words += " ≥ " + to_decimal(filter.min_amount.count, 2);
  add("", filter.tiers);
  if (filter.first_purchase) words += " 1st";
  if (filter.chosen_categories) words += " *";
  if (!filter.subscription.empty()) words += " " + filter.subscription;
  // A name must fit on a receipt and be short enough to be read again.
  constexpr std::size_t size_max = 120;
  return words.size() <= size_max ? words : " …";
}

template <class Rule, class Namer>
void name_each(std::vector<Rule>& rules, Namer&& namer) {
  std::set<std::string> taken;
  for (const Rule& rule : rules) taken.insert(rule.name);
  for (Rule& rule : rules) {
    if (!rule.name.empty()) continue;
    const std::string plain = namer(rule);
    rule.name = plain;
    for (int number = 2; !taken.insert(rule.name).second; ++number) rule.name = fmt::format("{} ({})", plain, number);
  }
}

/// A factor has at most three digits after the point.
std::string factor_text(domain::Rate rate) {
  std::string text = to_decimal(rate.numerator * (1000 / rate.denominator), 3);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

void write_discount(Text& text, const domain::DiscountRule& rule) {
  text.table("[[discount]]");
  if (!rule.name.empty() && rule.name != plain_name(rule)) text.set_text("name", rule.name);
  switch (rule.basis) {
    case domain::DiscountRule::Basis::rate:
      text.set_text("rate", domain::to_percent(rule.rate), tr("off the price"));
      break;
    case domain::DiscountRule::Basis::price:
      text.set_decimal("price", rule.price.count, 2, tr("for one piece"));
      break;
    case domain::DiscountRule::Basis::every:
      text.set("every", fmt::format("{}", rule.every), tr("each piece of this number costs nothing"));
      text.set_text("count", rule.counts_receipts_apart ? "receipt" : "card",
                    tr("over all visits, or each receipt apart"));
      break;
  }
  write_filter(text, rule.filter);
}

void write_earn(Text& text, const EarnRule& rule, const domain::Unit& unit) {
  text.table("[[earn]]");
  if (!rule.name.empty() && rule.name != plain_name(rule, unit)) text.set_text("name", rule.name);
  if (rule.basis == EarnRule::Basis::rate) {
    text.set_text("rate", domain::to_percent(rule.rate), tr("of what was paid"));
    if (domain::is_less({1, 1}, rule.rate)) text.set("allow_over_100", "true");
  } else if (rule.basis == EarnRule::Basis::times) {
    text.set_text("times", factor_text(rule.rate), tr("times what the other rules bring"));
  } else {
    text.set_decimal("points", rule.points.count, unit.scale);
    if (rule.basis == EarnRule::Basis::per_money)
      text.set_decimal("per", rule.per.count, 2, tr("for each full sum of this size"));
    if (rule.basis == EarnRule::Basis::per_visit) text.set_text("per", "visit", tr("once a receipt"));
    if (rule.basis == EarnRule::Basis::per_item) text.set_text("per", "item", tr("for each whole piece"));
  }
  write_filter(text, rule.filter);
}

}  // namespace

void write_filter(Text& text, const Filter& filter) {
  text.set_texts("categories", filter.categories, tr("only these"));
  text.set_texts("except_categories", filter.except_categories, tr("all but these"));
  text.set_texts("skus", filter.skus, tr("only these"));
  text.set_texts("except_skus", filter.except_skus, tr("all but these"));
  text.set_texts("weekdays", weekday_words(filter.weekdays));
  if (filter.hours) text.set_text("hours", hours_text(*filter.hours));
  if (filter.from) text.set("from", to_string(*filter.from), tr("first day"));
  if (filter.until) text.set("until", to_string(*filter.until), tr("last day"));
  if (filter.min_amount.count > 0)
    text.set_decimal("min_amount", filter.min_amount.count, 2, tr("for at least this much of these goods"));
  text.set_texts("tiers", filter.tiers, tr("only for these"));
  if (filter.first_purchase) text.set_flag("first_purchase", true, tr("only the first purchase"));
  if (filter.chosen_categories) text.set_flag("chosen_categories", true, tr("only what the customer chose"));
  if (!filter.subscription.empty()) text.set_text("subscription", filter.subscription, tr("only while it is paid for"));
}

std::string plain_name(const EarnRule& rule, const domain::Unit& unit) {
  const std::string points = to_decimal(rule.points.count, unit.scale);
  const std::string filter = filter_words(rule.filter);
  switch (rule.basis) {
    case EarnRule::Basis::rate:
      return domain::to_percent(rule.rate) + filter;
    case EarnRule::Basis::per_money:
      return fmt::format("{} per {}{}", points, to_decimal(rule.per.count, 2), filter);
    case EarnRule::Basis::per_visit:
      return fmt::format("{} per visit{}", points, filter);
    case EarnRule::Basis::per_item:
      return fmt::format("{} per item{}", points, filter);
    case EarnRule::Basis::times:
      return fmt::format("×{}{}", factor_text(rule.rate), filter);
  }
  return {};
}

std::string plain_name(const domain::DiscountRule& rule) {
  const std::string filter = filter_words(rule.filter);
  switch (rule.basis) {
    case domain::DiscountRule::Basis::rate:
      break;
    case domain::DiscountRule::Basis::price:
      return fmt::format("{}{}", to_decimal(rule.price.count, 2), filter);
    case domain::DiscountRule::Basis::every:
      return fmt::format("1/{}{}", rule.every, filter);
  }
  return domain::to_percent(rule.rate) + filter;
}

void name_rules(Program& program) {
  name_each(program.earn, [&](const EarnRule& rule) { return plain_name(rule, program.unit); });
  name_each(program.grants, [](const domain::GrantRule& rule) { return std::string(domain::name(rule.event)); });
  name_each(program.discount, [](const domain::DiscountRule& rule) { return plain_name(rule); });
}

std::string write_program(const Program& program) {
  Text text;
  const bool holds_points = domain::holds_points(program.kind);
  const bool earns = !program.earn.empty();
  text.set_text("slug", program.slug);
  text.set_text("title", program.title);
  text.set_text("kind", domain::name(program.kind));
  text.set_text("zone", program.zone, tr("whose days count"));
  if (earns)
    text.set_text("combine", combine_words.at(static_cast<std::size_t>(program.combine)),
                  tr("of several rules that match: best, sum or product"));
  if (holds_points && program.kind != domain::Kind::charity) {
    text.table("[unit]");
    text.set_texts("name", program.unit.name, tr("1, 2 and 5 of them"));
    text.set("scale", fmt::format("{}", program.unit.scale), tr("digits after the comma"));
    text.set_decimal("worth", program.unit.worth.count, 2, tr("what one of them pays"));
  }
  write_tiers(text, program);
  for (const EarnRule& rule : program.earn) write_earn(text, rule, program.unit);
  write_grants(text, program);
  for (const domain::DiscountRule& rule : program.discount) write_discount(text, rule);
  write_offers(text, program);
  if (holds_points) write_points(text, program);
  return text.take();
}

}  // namespace loyal::format
