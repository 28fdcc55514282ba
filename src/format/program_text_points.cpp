// SPDX-License-Identifier: MIT
#include <array>

#include "program_text.hpp"

namespace loyal::format {
namespace {

using domain::Expiry;
using domain::Kind;
using domain::Program;

void write_periods(Text& text, const std::vector<domain::PeriodLimit>& limits, int scale, const std::string& comment) {
  constexpr std::array<std::string_view, 4> periods = {"per_month", "per_quarter", "per_half_year", "per_year"};
  for (const domain::PeriodLimit& limit : limits) {
    std::vector<std::string> members;
    if (limit.sales) members.push_back(fmt::format("sales = {}", *limit.sales));
    if (limit.points)
      members.push_back((scale == 0 ? fmt::format("points = {}", limit.points->count)
                                    : fmt::format("points = \"{}\"", to_decimal(limit.points->count, scale))));
    text.set(limit.period ? periods.at(static_cast<std::size_t>(*limit.period)) : "per_day",
             fmt::format("{{ {} }}", fmt::join(members, ", ")), comment);
  }
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
  write_periods(text, spend.period, scale, tr("purchases paid with points, and points, of a card"));
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
  text.set_text("from",
                expiry.from_first_use    ? "first_use"
                : expiry.from_activation ? "activation"
                                         : "earning",
                tr("when the term begins"));
  if (expiry.round_to)
    text.set_text("round_to", periods.at(static_cast<std::size_t>(*expiry.round_to)),
                  tr("up to the end of the period"));
}

void write_returns(Text& text, const domain::ReturnRules& returns, int scale) {
  text.table("[returns]");
  text.set_text("policy", domain::name(returns.policy), tr("debt, within_balance or only_pending"));
  if (returns.debt_limit)
    text.set_decimal("debt_limit", returns.debt_limit->count, scale, tr("most points that a card may owe"));
  text.set("grace_days", fmt::format("{}", returns.grace_days), tr("least days that returned points live"));
  text.set_text("threshold_on_return", returns.keep_threshold ? "keep" : "take",
                tr("the bonus of a purchase that falls below its minimum"));
}

}  // namespace

void write_points(Text& text, const Program& program) {
  const int scale = program.unit.scale;
  const domain::Limits& limits = program.limits;
  if (limits.per_sale || !limits.period.empty() || limits.balance) text.table("[limits]");
  if (limits.per_sale)
    text.set_decimal("per_sale", limits.per_sale->count, scale, tr("most points that one purchase earns"));
  write_periods(text, limits.period, scale, tr("purchases of a card that earn, and what they earn"));
  if (limits.balance) text.set_decimal("balance", limits.balance->count, scale, tr("most points that a card holds"));

  const bool is_collected = program.kind == Kind::bonus || program.kind == Kind::club;
  if (is_collected) write_spend(text, program.spend, scale);
  if (!program.earn.empty()) {
    text.table("[earn_base]");
    text.set_flag("gross", program.earn_base.gross, tr("count the price before discounts"));
    text.set_flag("points_part", program.earn_base.points_part, tr("the part paid with points earns too"));
    text.table("[pending]");
    text.set("days", fmt::format("{}", program.pending_days), tr("days before points can be spent"));
  }
  if (program.kind != Kind::charity && program.kind != Kind::subscription) write_expiry(text, program.expiry);
  if (is_collected || program.kind == Kind::stamp) write_returns(text, program.returns, scale);
}

}  // namespace loyal::format
