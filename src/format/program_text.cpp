// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <set>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/format/toml_file.hpp"

namespace loyal::format {
namespace {

using domain::EarnRule;
using domain::Expiry;
using domain::Filter;
using domain::Program;

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

/// Collects lines, each setting with its comment in one column.
class Text {
 public:
  void table(std::string_view header) { text_ += fmt::format("\n{}\n", header); }
  void set(std::string_view key, const std::string& value, const std::string& comment = {}) {
    const std::string setting = fmt::format("{} = {}", key, value);
    text_ += comment.empty() ? setting + "\n" : fmt::format("{:<38} # {}\n", setting, comment);
  }
  void set_text(std::string_view key, std::string_view value, const std::string& comment = {}) {
    set(key, toml_string(value), comment);
  }
  template <class Values>
  void set_texts(std::string_view key, const Values& values, const std::string& comment = {}) {
    if (values.empty()) return;
    std::vector<std::string> quoted;
    for (const auto& value : values) quoted.push_back(toml_string(value));
    set(key, fmt::format("[{}]", fmt::join(quoted, ", ")), comment);
  }
  void set_decimal(std::string_view key, std::int64_t count, int scale, const std::string& comment = {}) {
    set(key, scale == 0 ? to_decimal(count, 0) : fmt::format("\"{}\"", to_decimal(count, scale)), comment);
  }
  void set_flag(std::string_view key, bool flag, const std::string& comment) {
    set(key, flag ? "true" : "false", comment);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

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
}

void write_earn(Text& text, const EarnRule& rule, const domain::Unit& unit) {
  text.table("[[earn]]");
  if (!rule.name.empty() && rule.name != plain_name(rule, unit)) text.set_text("name", rule.name);
  if (rule.basis == EarnRule::Basis::rate) {
    text.set_text("rate", domain::to_percent(rule.rate), tr("of what was paid"));
    if (domain::is_less({1, 1}, rule.rate)) text.set("allow_over_100", "true");
  } else {
    text.set_decimal("points", rule.points.count, unit.scale);
    if (rule.basis == EarnRule::Basis::per_money)
      text.set_decimal("per", rule.per.count, 2, tr("for each full sum of this size"));
    if (rule.basis == EarnRule::Basis::per_visit) text.set_text("per", "visit", tr("once a receipt"));
    if (rule.basis == EarnRule::Basis::per_item) text.set_text("per", "item", tr("for each whole piece"));
  }
  write_filter(text, rule.filter);
}

void write_spend(Text& text, const domain::SpendRules& spend, int scale) {
  text.table("[spend]");
  if (!spend.allowed) text.set_flag("allowed", false, tr("points are only collected"));
  text.set_text("max_share", domain::to_percent(spend.max_share), tr("the most of a purchase that points pay"));
  if (spend.per_sale)
    text.set_decimal("per_sale", spend.per_sale->count, scale, tr("most points that one purchase takes"));
  text.set_decimal("min_balance", spend.min_balance.count, scale, tr("points that a card needs before it may pay"));
  text.set_decimal("step", spend.step.count, scale, tr("points are spent in multiples of this"));
  text.set_decimal("min_to_pay", spend.min_to_pay.count, 2, tr("what always stays to be paid with money"));
  text.set_texts("except_categories", spend.except_categories, tr("never paid with points"));
}

void write_expiry(Text& text, const Expiry& expiry) {
  constexpr std::array<std::string_view, 4> periods = {"month", "quarter", "half_year", "year"};
  text.table("[expiry]");
  switch (expiry.mode) {
    case Expiry::Mode::never:
      return text.set_text("after", "never", tr("or a term, such as \"12m\" or \"30d\""));
    case Expiry::Mode::inactivity:
      return text.set_text("inactivity", fmt::format("{}d", expiry.count), tr("without a purchase"));
    case Expiry::Mode::days:
      text.set_text("after", fmt::format("{}d", expiry.count), tr("days that points live"));
      break;
    case Expiry::Mode::months:
      text.set_text("after", fmt::format("{}m", expiry.count), tr("months that points live"));
      break;
    case Expiry::Mode::yearly: {
      std::vector<std::string> days;
      for (const auto& [month, day] : expiry.yearly) days.push_back(fmt::format("{:02}-{:02}", month, day));
      text.set_texts("yearly", days, tr("last days of points, month and day"));
      break;
    }
  }
  text.set_text("from", expiry.from_activation ? "activation" : "earning", tr("when the term begins"));
  if (expiry.round_to)
    text.set_text("round_to", periods.at(static_cast<std::size_t>(*expiry.round_to)),
                  tr("up to the end of the period"));
}

void write_points(Text& text, const Program& program) {
  const int scale = program.unit.scale;
  const domain::Limits& limits = program.limits;
  if (limits.per_sale || limits.per_day_sales || limits.balance) text.table("[limits]");
  if (limits.per_sale)
    text.set_decimal("per_sale", limits.per_sale->count, scale, tr("most points that one purchase earns"));
  if (limits.per_day_sales)
    text.set("per_day", fmt::format("{{ sales = {} }}", *limits.per_day_sales),
             tr("purchases of a card that earn on one day"));
  if (limits.balance) text.set_decimal("balance", limits.balance->count, scale, tr("most points that a card holds"));

  write_spend(text, program.spend, scale);
  text.table("[earn_base]");
  text.set_flag("gross", program.earn_base.gross, tr("count the price before discounts"));
  text.set_flag("points_part", program.earn_base.points_part, tr("the part paid with points earns too"));
  text.table("[pending]");
  text.set("days", fmt::format("{}", program.pending_days), tr("days before points can be spent"));
  write_expiry(text, program.expiry);

  const domain::ReturnRules& returns = program.returns;
  text.table("[returns]");
  text.set_text("policy", domain::name(returns.policy), tr("debt, within_balance or only_pending"));
  if (returns.debt_limit)
    text.set_decimal("debt_limit", returns.debt_limit->count, scale, tr("most points that a card may owe"));
  text.set("grace_days", fmt::format("{}", returns.grace_days), tr("least days that returned points live"));
  text.set_text("threshold_on_return", returns.keep_threshold ? "keep" : "take",
                tr("the bonus of a purchase that falls below its minimum"));
}

}  // namespace

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
  }
  return {};
}

std::string plain_name(const domain::DiscountRule& rule) {
  return domain::to_percent(rule.rate) + filter_words(rule.filter);
}

void name_rules(Program& program) {
  name_each(program.earn, [&](const EarnRule& rule) { return plain_name(rule, program.unit); });
  name_each(program.discount, [](const domain::DiscountRule& rule) { return plain_name(rule); });
}

std::string write_program(const Program& program) {
  Text text;
  const bool holds_points = program.kind == domain::Kind::bonus;
  text.set_text("slug", program.slug);
  text.set_text("title", program.title);
  text.set_text("kind", domain::name(program.kind));
  text.set_text("zone", program.zone, tr("whose days count"));
  if (holds_points) {
    text.set_text("combine", program.combine == domain::Combine::sum ? "sum" : "best",
                  tr("of several rules that match: best or sum"));
    text.table("[unit]");
    text.set_texts("name", program.unit.name, tr("1, 2 and 5 of them"));
    text.set("scale", fmt::format("{}", program.unit.scale), tr("digits after the comma"));
    text.set_decimal("worth", program.unit.worth.count, 2, tr("what one of them pays"));
  }
  for (const EarnRule& rule : program.earn) write_earn(text, rule, program.unit);
  for (const domain::DiscountRule& rule : program.discount) {
    text.table("[[discount]]");
    if (!rule.name.empty() && rule.name != plain_name(rule)) text.set_text("name", rule.name);
    text.set_text("rate", domain::to_percent(rule.rate), tr("off the price"));
    write_filter(text, rule.filter);
  }
  if (holds_points) write_points(text, program);
  return text.take();
}

}  // namespace loyal::format
