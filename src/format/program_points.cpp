// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/format/program_rules.hpp"
#include "program_sections.hpp"

namespace loyal::format {
namespace {

using domain::Expiry;
using domain::Program;

std::string points_of(const Program& program, Points value) {
  return to_decimal(value.count, program.unit.scale);
}

// The forms of an English or an indeclinable word are alike, so unlike other lists this one may repeat itself.
void read_unit_name(const TomlSection& section, const TomlNode& node, Program& program) {
  const auto* forms = std::get_if<TomlNode::Array>(&node.value);
  if (forms == nullptr || forms->size() != 3)
    section.refuse("name", tr("\"{}\" must be the three forms for 1, 2 and 5", "name"),
                   "name = [\"балл\", \"балла\", \"баллов\"]");
  for (std::size_t i = 0; i < 3; ++i) {
    const auto* form = std::get_if<std::string>(&(*forms)[i].value);
    program.unit.name[i] = form == nullptr ? "" : tidy_name(*form);
    if (program.unit.name[i].empty() || program.unit.name[i].size() > 100)
      refuse_at(section.file_name(), (*forms)[i].place, tr("\"{}\" must be a short text in quotes", "name"));
  }
}

struct PeriodKey {
  std::string_view key;
  std::optional<Period> period;
};
constexpr std::array<PeriodKey, 5> period_keys = {{{"per_day", std::nullopt},
                                                   {"per_month", Period::month},
                                                   {"per_quarter", Period::quarter},
                                                   {"per_half_year", Period::half_year},
                                                   {"per_year", Period::year}}};

std::vector<domain::PeriodLimit> read_periods(const TomlSection& section, int scale) {
  std::vector<domain::PeriodLimit> result;
  for (const auto& [key, period] : period_keys) {
    const TomlNode* node = section.find(key);
    if (node == nullptr) continue;
    const TomlSection inner(section.file_name(), *node, std::string(key), {"sales", "points"});
    domain::PeriodLimit limit{period, inner.number("sales", 1, 1'000'000), read_points(inner, "points", scale)};
    if (!limit.sales && !limit.points)
      section.refuse(key, tr("\"{}\" is empty", key), fmt::format("{} = {{ sales = 3 }}", key));
    result.push_back(limit);
  }
  return result;
}

void check_spend(const TomlSection& section, const Program& program) {
  const domain::SpendRules& spend = program.spend;
  const auto& cap = program.limits.balance;
  if (spend.per_sale && spend.step > *spend.per_sale)
    section.refuse("step", tr("the step of {} is more than the {} that one sale takes", points_of(program, spend.step),
                              points_of(program, *spend.per_sale)));
  if (cap && spend.step > *cap)
    section.refuse("step", tr("the step of {} is more than the {} that a card may hold", points_of(program, spend.step),
                              points_of(program, *cap)));
  if (cap && spend.min_balance > *cap)
    section.refuse("min_balance", tr("the least balance of {} is more than the {} that a card may hold",
                                     points_of(program, spend.min_balance), points_of(program, *cap)));
}

void check_worth(const TomlSection& top, const Program& program) {
  const domain::SpendRules& spend = program.spend;
  if (!spend.allowed || !domain::holds_points(program.kind)) return;
  const std::int64_t minor = domain::minor_units(program.unit);
  const std::int64_t worth = program.unit.worth.count;
  static const TomlNode no_section;
  const TomlNode& place = top.has("spend") ? *top.find("spend") : top.has("unit") ? *top.find("unit") : no_section;
  if (worth == 0)
    refuse_at(top.file_name(), place.place, tr("points that are worth nothing cannot be spent"),
              "[spend] allowed = false");
  const std::int64_t least = minor / std::gcd(minor, worth);
  if (spend.step.count % least == 0) return;
  Place at = place.place;
  if (const auto* members = std::get_if<TomlNode::Table>(&place.value))
    for (const TomlMember& member : *members)
      if (member.key == "step" || member.key == "worth") at = member.node.place;
  refuse_at(top.file_name(), at,
            tr("a spend step of {} at {} for one is no whole number of kopecks", points_of(program, spend.step),
               to_decimal(worth, 2)),
            fmt::format("step = \"{}\"", points_of(program, {least})));
}

void read_yearly(const TomlSection& section, Expiry& expiry) {
  expiry.mode = Expiry::Mode::yearly;
  const auto days = section.texts("yearly");
  for (const std::string& text : *days) {
    const auto date = date_from_iso("2024-" + text);
    if (!date) section.refuse("yearly", tr("\"{}\" is no day of a year", shown(text)), "yearly = [\"12-31\"]");
    expiry.yearly.emplace_back(date->month(), date->day());
  }
  std::sort(expiry.yearly.begin(), expiry.yearly.end());
}

/// Tries every day of four years, as months and years differ in length.
void check_expiry(const TomlSection& section, const Program& program) {
  if (program.expiry.from_activation || program.pending_days == 0) return;
  const Date first = Date::of(2024, 1, 1);
  for (int day = 0; day < 4 * 366; ++day) {
    const Date earned = plus_days(first, day);
    const domain::Validity validity = domain::validity_of_earn(program, earned);
    if (validity.valid_through && *validity.valid_through < validity.usable_from)
      section.refuse("from",
                     tr("points earned on {} would end on {}, before they can be used on {}", to_string(earned),
                        to_string(*validity.valid_through), to_string(validity.usable_from)),
                     "from = \"activation\"");
  }
}

}  // namespace

std::optional<domain::Term> read_term(const TomlSection& section, std::string_view key, bool months_allowed) {
  const auto text = section.text(key);
  if (!text) return std::nullopt;
  const bool is_months = months_allowed && text->ends_with('m');
  const std::string_view digits = std::string_view(*text).substr(0, text->size() - 1);
  const bool right = (is_months || text->ends_with('d')) && !digits.empty() && digits.size() <= 6 &&
                     digits.find_first_not_of("0123456789") == std::string_view::npos;
  if (!right)
    section.refuse(key, tr("\"{}\" is no term", shown(*text)),
                   tr("allowed here: {}", key == "after"   ? "\"12m\", \"30d\", \"never\""
                                          : months_allowed ? "\"12m\", \"30d\""
                                                           : "\"180d\""));
  domain::Term term{0, is_months ? domain::Term::Unit::months : domain::Term::Unit::days};
  for (const char digit : digits) term.count = term.count * 10 + (digit - '0');
  const int most = is_months ? months_max : days_max;
  if (term.count < 1 || term.count > most)
    section.refuse(key, tr("\"{}\" is {}; allowed is {} to {}", key, term.count, 1, most));
  return term;
}

void read_unit(const TomlSection& top, Program& program) {
  in_section(top, "unit", {"name", "scale", "worth"}, [&](const TomlSection& section) {
    if (const TomlNode* node = section.find("name")) read_unit_name(section, *node, program);
    program.unit.scale = section.number("scale", 0, 2).value_or(program.unit.scale);
    program.unit.worth = {section.decimal("worth", 2).value_or(program.unit.worth.count)};
    if (program.kind == domain::Kind::gift && (program.unit.scale != 2 || program.unit.worth.count != 100))
      section.refuse("scale", tr("a gift card holds money: its unit has two digits and is worth 1.00"));
  });
}

void read_limits(const TomlSection& top, Program& program) {
  in_section(top, "limits", {"per_sale", "per_day", "per_month", "per_quarter", "per_half_year", "per_year", "balance"},
             [&](const TomlSection& section) {
               program.limits.per_sale = read_points(section, "per_sale", program.unit.scale);
               program.limits.balance = read_points(section, "balance", program.unit.scale);
               program.limits.period = read_periods(section, program.unit.scale);
             });
}

void read_spend(const TomlSection& top, Program& program) {
  domain::SpendRules& spend = program.spend;
  in_section(top, "spend",
             {"allowed", "max_share", "per_sale", "min_balance", "step", "min_to_pay", "except_categories", "per_day",
              "per_month", "per_quarter", "per_half_year", "per_year"},
             [&](const TomlSection& section) {
               const int scale = program.unit.scale;
               spend.allowed = section.flag("allowed").value_or(true);
               spend.max_share = read_rate(section, "max_share", false).value_or(spend.max_share);
               spend.per_sale = read_points(section, "per_sale", scale);
               spend.min_balance = {section.decimal("min_balance", scale).value_or(0)};
               spend.step = read_points(section, "step", scale).value_or(spend.step);
               spend.min_to_pay = {section.decimal("min_to_pay", 2).value_or(spend.min_to_pay.count)};
               spend.except_categories = section.texts("except_categories").value_or(spend.except_categories);
               spend.period = read_periods(section, scale);
               check_spend(section, program);
             });
  check_worth(top, program);
}

void read_base_and_pending(const TomlSection& top, Program& program) {
  in_section(top, "earn_base", {"gross", "points_part"}, [&](const TomlSection& section) {
    program.earn_base.gross = section.flag("gross").value_or(false);
    program.earn_base.points_part = section.flag("points_part").value_or(false);
  });
  in_section(top, "pending", {"days"}, [&](const TomlSection& section) {
    program.pending_days = section.number("days", 0, days_max).value_or(0);
  });
}

void read_expiry(const TomlSection& top, Program& program) {
  in_section(top, "expiry", {"after", "yearly", "inactivity", "from", "round_to"}, [&](const TomlSection& section) {
    Expiry& expiry = program.expiry;
    if (section.has("after") + section.has("yearly") + section.has("inactivity") > 1)
      section.refuse(section.has("yearly") ? "yearly" : "inactivity",
                     tr("points end in one way only: \"after\", \"yearly\" or \"inactivity\""));
    if (section.text("after").value_or("never") != "never") {
      const domain::Term term = *read_term(section, "after");
      expiry.mode = term.unit == domain::Term::Unit::months ? Expiry::Mode::months : Expiry::Mode::days;
      expiry.count = term.count;
    }
    if (section.has("yearly")) read_yearly(section, expiry);
    if (const auto term = read_term(section, "inactivity", false)) {
      expiry.mode = Expiry::Mode::inactivity;
      expiry.count = term->count;
    }
    const bool counts = expiry.mode == Expiry::Mode::days || expiry.mode == Expiry::Mode::months;
    if (section.has("round_to") && !counts)
      section.refuse("round_to", tr("\"{}\" needs a term in \"after\"", "round_to"), "after = \"12m\"");
    if (section.has("from") && !counts && expiry.mode != Expiry::Mode::yearly)
      section.refuse("from", tr("\"{}\" needs a term in \"after\"", "from"), "after = \"12m\"");
    const auto from = section.choice("from", {"activation", "earning", "first_use"});
    expiry.from_activation = from != 1;
    expiry.from_first_use = from == 2;
    if (expiry.from_first_use && program.kind != domain::Kind::pass)
      section.refuse("from", tr("only what a pass holds is counted from its first use"), "from = \"activation\"");
    if (const auto period = section.choice("round_to", {"month", "quarter", "half_year", "year"}))
      expiry.round_to = std::array{Period::month, Period::quarter, Period::half_year, Period::year}[*period];
    check_expiry(section, program);
  });
}

void read_returns(const TomlSection& top, Program& program) {
  in_section(
      top, "returns", {"policy", "debt_limit", "grace_days", "threshold_on_return"}, [&](const TomlSection& section) {
        using Policy = domain::ReturnPolicy;
        domain::ReturnRules& returns = program.returns;
        if (const auto policy = section.choice("policy", {"debt", "within_balance", "only_pending"}))
          returns.policy = std::array{Policy::debt, Policy::within_balance, Policy::only_pending}[*policy];
        if (const auto limit = section.decimal("debt_limit", program.unit.scale)) returns.debt_limit = Points{*limit};
        if (returns.debt_limit && returns.policy != Policy::debt)
          section.refuse("debt_limit", tr("\"{}\" needs the policy \"debt\"", "debt_limit"), "policy = \"debt\"");
        returns.grace_days = section.number("grace_days", 0, days_max).value_or(returns.grace_days);
        returns.keep_threshold = section.choice("threshold_on_return", {"take", "keep"}) == 1;
      });
}

}  // namespace loyal::format
