// SPDX-License-Identifier: MIT
#include "loyal/cli/program_words.hpp"

#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/format/program_file.hpp"
#include "rule_phrases.hpp"

namespace loyal::cli {
namespace {

using domain::Expiry;

std::string rounding(const Expiry& expiry) {
  if (!expiry.round_to) return {};
  switch (*expiry.round_to) {
    case Period::month:
      return tr(", to the end of the month");
    case Period::quarter:
      return tr(", to the end of the quarter");
    case Period::half_year:
      return tr(", to the end of the half-year");
    case Period::year:
      return tr(", to the end of the year");
  }
  return {};
}

std::string expiry_words(const Expiry& expiry) {
  const std::string start = expiry.from_activation ? tr(" after they can be spent") : tr(" after the purchase");
  switch (expiry.mode) {
    case Expiry::Mode::never:
      return tr("never");
    case Expiry::Mode::days:
      return trn("{} day", "{} days", expiry.count) + start + rounding(expiry);
    case Expiry::Mode::months:
      return trn("{} month", "{} months", expiry.count) + start + rounding(expiry);
    case Expiry::Mode::inactivity:
      return trn("{} day after the last purchase", "{} days after the last purchase", expiry.count);
    case Expiry::Mode::yearly:
      break;
  }
  std::string days;
  for (const auto& [month, day] : expiry.yearly)
    days += fmt::format("{}{:02}-{:02}", days.empty() ? "" : ", ", month, day);
  return tr("every year on {}", days);
}

std::string spend_words(const domain::Program& program) {
  const domain::SpendRules& spend = program.spend;
  if (!spend.allowed) return tr("nothing: points are only collected");
  std::string words = tr("up to {} of a purchase", domain::to_percent(spend.max_share));
  if (spend.per_sale) words += tr(", at most {}", to_text(spend.per_sale->count, program.unit.scale));
  if (spend.min_balance.count > 0)
    words += tr(", from a balance of {}", to_text(spend.min_balance.count, program.unit.scale));
  return words;
}

std::string limit_words(const domain::Program& program) {
  const domain::Limits& limits = program.limits;
  std::string words;
  const auto add = [&words](const std::string& part) { words += (words.empty() ? "" : ", ") + part; };
  if (limits.per_sale) add(tr("{} a purchase", to_text(limits.per_sale->count, program.unit.scale)));
  for (const domain::PeriodLimit& limit : limits.period) {
    const std::string period = period_words(limit.period);
    if (limit.sales) add(trn("{} purchase {}", "{} purchases {}", *limit.sales, period));
    if (limit.points) add(fmt::format("{} {}", to_text(limit.points->count, program.unit.scale), period));
  }
  if (limits.balance) add(tr("{} on a card", to_text(limits.balance->count, program.unit.scale)));
  return words;
}

template <class Rule>
format::Record::List rule_list(const std::vector<Rule>& rules) {
  format::Record::List list;
  for (const Rule& rule : rules) {
    format::Record record;
    record.add("rule", tr("Rule"), rule.name);
    list.push_back(std::move(record));
  }
  return list;
}

/// The rules about points; for a program that holds none, only programs see them, as absent.
void add_points_rules(format::Record& record, const domain::Program& program) {
  const bool holds_points = domain::holds_points(program.kind);
  const auto add = [&](const char* key, const std::string& heading, format::Cell cell) {
    record.add(key, holds_points ? heading : std::string{}, holds_points ? std::move(cell) : format::Cell{});
  };
  const std::string limits = limit_words(program);
  const domain::Unit& unit = program.unit;
  add("unit", tr("Unit"), fmt::format("{}, {}, {}", unit.name[0], unit.name[1], unit.name[2]));
  add("scale", "", std::int64_t{unit.scale});
  add("worth", tr("One pays"), money(unit.worth));
  add("currency", "", std::string("RUB"));
  add("limits", limits.empty() ? std::string{} : tr("Earns at most"), text_or_absent(limits));
  add("spend", tr("Pays"), spend_words(program));
  add("min_to_pay", tr("Stays to pay"), money(program.spend.min_to_pay));
  add("pending_days", tr("Days before points can be spent"), std::int64_t{program.pending_days});
  add("expiry", tr("Points end"), expiry_words(program.expiry));
  add("return_policy", tr("Points spent before a return"), name_cell(domain::name(program.returns.policy)));
}

}  // namespace

format::Record program_record(const service::ProgramReceipt& receipt) {
  format::Record record;
  record.add("slug", tr("Program"), receipt.program.slug);
  record.add("title", tr("Title"), receipt.program.title);
  record.add("kind", tr("Kind"), name_cell(receipt.program.kind));
  record.add("state", tr("State"), name_cell(receipt.program.state));
  record.add("version", tr("Version"), receipt.version);
  record.add("applies_from", tr("Applies from"), receipt.applies_from);
  return record;
}

void add_rules(format::Record& record, const domain::Program& program) {
  domain::Program named = program;
  format::name_rules(named);
  record.add("zone", tr("Time zone"), program.zone);
  add_points_rules(record, program);
  record.list("earn", named.earn.empty() ? std::string{} : tr("Earns"), rule_list(named.earn));
  record.list("discount", named.discount.empty() ? std::string{} : tr("Discounts"), rule_list(named.discount));
}

}  // namespace loyal::cli
