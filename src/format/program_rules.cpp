// SPDX-License-Identifier: MIT
#include "loyal/format/program_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/program_file.hpp"
#include "program_sections.hpp"

namespace loyal::format {
namespace {

using domain::DiscountRule;
using domain::EarnRule;
using domain::Filter;
using domain::Rate;

/// Money or points that must be more than nothing.
std::optional<std::int64_t> read_positive(const TomlSection& section, std::string_view key, int scale) {
  const auto value = section.decimal(key, scale);
  if (value == 0) section.refuse(key, tr("\"{}\" must be more than zero", key));
  return value;
}

std::vector<unsigned> read_weekdays(const TomlSection& section) {
  std::vector<unsigned> result;
  for (const std::string& word : section.texts("weekdays").value_or(std::vector<std::string>{})) {
    const unsigned day = weekday_of(word);
    if (day == 0)
      section.refuse("weekdays", tr("\"{}\" is not a day of the week", shown(word)),
                     tr("allowed here: {}", "mon, tue, wed, thu, fri, sat, sun"));
    if (std::find(result.begin(), result.end(), day) != result.end())
      section.refuse("weekdays", tr("\"{}\" stands twice in \"{}\"", shown(word), "weekdays"));
    result.push_back(day);
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// "9:00", "09:00", "09:00:30" or "24:00" as the second of the day.
std::optional<int> clock_time(std::string_view text) {
  if (text == "24:00") return 24 * 3600;
  const std::string padded = text.find(':') == 1 ? fmt::format("0{}", text) : std::string(text);
  const auto time = local_time_from_iso("2000-01-01T" + padded);
  return time ? std::optional(time->second_of_day) : std::nullopt;
}

std::optional<std::pair<int, int>> read_hours(const TomlSection& section) {
  const auto text = section.text("hours");
  if (!text) return std::nullopt;
  const auto hours = hours_of(*text);
  if (!hours) section.refuse("hours", tr("\"{}\" are no hours of a day", shown(*text)), "hours = \"09:00-12:00\"");
  return hours;
}

void refuse_overlap(const TomlSection& section, const std::vector<std::string>& wanted,
                    const std::vector<std::string>& unwanted, std::string_view key) {
  for (const std::string& value : unwanted)
    if (std::find(wanted.begin(), wanted.end(), value) != wanted.end())
      section.refuse(key, tr("\"{}\" is both wanted and excluded", shown(value)));
}

void refuse_unknown_tiers(const TomlSection& section, const domain::Program& program,
                          const std::vector<std::string>& tiers) {
  std::vector<std::string> names;
  for (const domain::Tier& tier : program.tiers.tiers) names.push_back(tier.name);
  for (const std::string& tier : tiers)
    if (std::find(names.begin(), names.end(), tier) == names.end())
      section.refuse("tiers", tr("there is no tier \"{}\"", shown(tier)),
                     names.empty() ? "[[tier]]" : tr("allowed here: {}", fmt::format("{}", fmt::join(names, ", "))));
}

}  // namespace

unsigned weekday_of(std::string_view word) {
  constexpr std::array<std::string_view, 7> english = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  constexpr std::array<std::string_view, 7> russian = {"пн", "вт", "ср", "чт", "пт", "сб", "вс"};
  const std::string folded = fold_name(word);
  for (unsigned i = 0; i < 7; ++i)
    if (folded == english[i] || folded == russian[i]) return i + 1;
  return 0;
}

std::optional<std::pair<int, int>> hours_of(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = clock_time(trim(text.substr(0, dash)));
  const auto before = clock_time(trim(text.substr(dash + 1)));
  if (!from || !before || *from == *before || *from == 24 * 3600) return std::nullopt;
  return std::pair(*from, *before);
}

std::string shown(std::string_view text) {
  return fit(visible(text), 60);
}

const TomlNode::Array& tables_of(const TomlSection& top, std::string_view key) {
  const auto* tables = std::get_if<TomlNode::Array>(&top.find(key)->value);
  if (tables == nullptr) top.refuse(key, tr("each rule stands in a table of its own"), fmt::format("[[{}]]", key));
  if (tables->empty()) top.refuse(key, tr("\"{}\" is an empty list", key));
  if (tables->size() > rules_max) top.refuse(key, tr("there are {} rules; {} are allowed", tables->size(), rules_max));
  return *tables;
}

Filter read_filter(const TomlSection& section, const domain::Program& program) {
  Filter filter;
  filter.categories = section.texts("categories").value_or(filter.categories);
  filter.except_categories = section.texts("except_categories").value_or(filter.except_categories);
  filter.skus = section.texts("skus").value_or(filter.skus);
  filter.except_skus = section.texts("except_skus").value_or(filter.except_skus);
  refuse_overlap(section, filter.categories, filter.except_categories, "except_categories");
  refuse_overlap(section, filter.skus, filter.except_skus, "except_skus");
  filter.weekdays = read_weekdays(section);
  filter.hours = read_hours(section);
  filter.from = section.date("from");
  filter.until = section.date("until");
  if (filter.from && filter.until && *filter.until < *filter.from)
    section.refuse(
        "until", tr("the rule ends on {}, before it begins on {}", to_string(*filter.until), to_string(*filter.from)));
  filter.min_amount = {section.decimal("min_amount", 2).value_or(0)};
  filter.tiers = section.texts("tiers").value_or(filter.tiers);
  refuse_unknown_tiers(section, program, filter.tiers);
  filter.first_purchase = section.flag("first_purchase").value_or(false);
  filter.chosen_categories = section.flag("chosen_categories").value_or(false);
  if (filter.chosen_categories && !program.choice)
    section.refuse("chosen_categories", tr("there is nothing to choose from"),
                   "[choice] categories = [\"books\", \"toys\"]");
  filter.subscription = section.text("subscription").value_or("");
  return filter;
}

std::optional<Rate> read_rate(const TomlSection& section, std::string_view key, bool allow_over_100) {
  const auto text = section.text(key);
  if (!text) return std::nullopt;
  const Rate rate = section.at(key, [&] { return domain::parse_percent(*text); });
  if (rate.numerator == 0) section.refuse(key, tr("\"{}\" is nothing", shown(*text)), tr("take the rule out"));
  if (domain::is_less({1, 1}, rate) && !allow_over_100)
    section.refuse(key, tr("\"{}\" is over 100%", shown(*text)),
                   section.title() == "[[earn]]" ? "allow_over_100 = true" : std::string());
  if (domain::is_less({100, 1}, rate)) section.refuse(key, tr("\"{}\" is over 10000%", shown(*text)));
  return rate;
}

std::optional<Points> read_points(const TomlSection& section, std::string_view key, int scale) {
  const auto value = read_positive(section, key, scale);
  return value ? std::optional(Points{*value}) : std::nullopt;
}

EarnRule read_earn_rule(const TomlSection& section, const domain::Program& program) {
  EarnRule rule;
  rule.name = section.text("name").value_or("");
  rule.filter = read_filter(section, program);
  const bool allow_over_100 = section.flag("allow_over_100").value_or(false);
  const auto rate = read_rate(section, "rate", allow_over_100);
  if (rate && (section.has("points") || section.has("per")))
    section.refuse("rate", tr("a rule earns by \"rate\" or by \"points\" and \"per\", not by both"));
  if (rate) {
    rule.rate = *rate;
    return rule;
  }
  if (const auto times = section.decimal("times", 3)) {
    if (program.combine != domain::Combine::product)
      section.refuse("times", tr("a factor needs rules that go together as a product"), "combine = \"product\"");
    if (*times < 1000 || *times > 100'000) section.refuse("times", tr("a factor lies between {} and {}", "1", "100"));
    rule.basis = EarnRule::Basis::times;
    rule.rate = domain::reduced(*times, 1000);
    return rule;
  }
  if (!section.has("points") || !section.has("per"))
    section.refuse(section.has("points") ? "points" : "per", tr("the rule does not say what is earned"),
                   tr("write {} or {}", "rate = \"5%\"", "points = 1 , per = \"100.00\""));
  rule.points = *read_points(section, "points", program.unit.scale);
  const auto* word = std::get_if<std::string>(&section.find("per")->value);
  if (word != nullptr && *word == "visit") {
    rule.basis = EarnRule::Basis::per_visit;
  } else if (word != nullptr && *word == "item") {
    rule.basis = EarnRule::Basis::per_item;
  } else {
    rule.basis = EarnRule::Basis::per_money;
    rule.per = {*read_positive(section, "per", 2)};
  }
  return rule;
}

DiscountRule read_discount_rule(const TomlSection& section, const domain::Program& program) {
  DiscountRule rule;
  rule.name = section.text("name").value_or("");
  rule.filter = read_filter(section, program);
  if (section.has("rate") + section.has("price") + section.has("every") != 1)
    section.refuse(section.has("rate")    ? "rate"
                   : section.has("price") ? "price"
                                          : "every",
                   tr("a discount has a \"rate\", a special \"price\", or gives one piece of \"every\" so many"),
                   "rate = \"5%\"");
  if (section.has("rate")) {
    rule.rate = *read_rate(section, "rate", false);
  } else if (section.has("price")) {
    rule.basis = DiscountRule::Basis::price;
    rule.price = {*read_positive(section, "price", 2)};
  } else {
    rule.basis = DiscountRule::Basis::every;
    rule.every = *section.number("every", 2, 10'000);
    rule.counts_receipts_apart = section.choice("count", {"card", "receipt"}) == 1;
  }
  if (rule.basis != DiscountRule::Basis::rate && rule.filter.categories.empty() && rule.filter.skus.empty())
    section.refuse("skus", tr("a special price and a free piece are for named goods"), "skus = [\"latte\"]");
  return rule;
}

}  // namespace loyal::format
