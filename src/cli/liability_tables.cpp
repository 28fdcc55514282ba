// SPDX-License-Identifier: MIT
#include "loyal/cli/report_table.hpp"

#include <stdexcept>

#include "loyal/base/message.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;
using service::LiabilityReport;
using service::LiabilityRow;

Cell money_or_absent(const LiabilityRow& row, Money amount) {
  return row.is_money ? money(amount) : Cell{};
}

/// A share in hundredths of a percent, half up; nothing of nothing.
Cell share_of(std::int64_t part, std::int64_t whole) {
  return whole <= 0 ? Cell{} : Cell{format::PercentCell{multiply_divide_half_up(part, 10'000, whole)}};
}

std::string run_off_method() {
  return tr(
      "breakage by the run-off method: of points that stood so many months before their last day, the share that "
      "expired, in lots whose last day lies in the three years before");
}

ReportTable movement(const LiabilityReport& report) {
  ReportTable table;
  table.title = tr("Liability");
  table.totals = {"worth", "expected"};
  table.columns = {{"program", tr("Program"), Kind::identifier},
                   {"company", tr("Company"), Kind::identifier, Shown::wide_only},
                   {"from", "", Kind::date, Shown::to_programs},
                   {"to", "", Kind::date, Shown::to_programs},
                   {"at_start", tr("At the start"), Kind::points},
                   {"issued", tr("Points issued"), Kind::points},
                   {"spent", tr("Spent"), Kind::points},
                   {"expired", tr("Expired"), Kind::points},
                   {"corrected", tr("Corrected"), Kind::points},
                   {"at_end", tr("At the end"), Kind::points},
                   {"debt", tr("Owed by holders"), Kind::points, Shown::wide_only},
                   {"scale", "", Kind::integer, Shown::to_programs},
                   {"worth", tr("In money"), Kind::money},
                   {"breakage", tr("Breakage"), Kind::percent, Shown::wide_only},
                   {"expected", tr("Expected to be spent"), Kind::money},
                   {"currency", "", Kind::text, Shown::to_programs}};
  for (const LiabilityRow& row : report.rows) {
    const domain::PointsMovement& moved = row.movement;
    table.rows.push_back({row.program.slug, row.company, report.from, report.to, points(moved.at_start, row.unit),
                          points(moved.issued, row.unit), points(moved.spent, row.unit),
                          points(moved.expired, row.unit), points(moved.corrected, row.unit),
                          points(moved.at_end, row.unit), points(row.debt, row.unit), std::int64_t{row.unit.scale},
                          money_or_absent(row, row.worth),
                          row.is_money ? share_of((row.worth - row.expected).count, row.worth.count) : Cell{},
                          money_or_absent(row, row.expected), std::string("RUB")});
  }
  table.method = run_off_method();
  return table;
}

ReportTable months(const LiabilityReport& report) {
  ReportTable table;
  table.title = tr("Liability by month of expiry");
  table.totals = {"worth", "expected"};
  table.columns = {
      {"program", tr("Program"), Kind::identifier},     {"company", tr("Company"), Kind::identifier, Shown::wide_only},
      {"month", tr("Expire in"), Kind::identifier},     {"points", tr("Points"), Kind::points},
      {"scale", "", Kind::integer, Shown::to_programs}, {"worth", tr("In money"), Kind::money},
      {"breakage", tr("Breakage"), Kind::percent},      {"expected", tr("Expected to be spent"), Kind::money},
      {"currency", "", Kind::text, Shown::to_programs}};
  const auto add = [&table](const LiabilityRow& row, const std::string& month, Points points_left, Money worth,
                            Money expected) {
    table.rows.push_back({row.program.slug, row.company, format::NameCell{month}, points(points_left, row.unit),
                          std::int64_t{row.unit.scale}, money_or_absent(row, worth),
                          row.is_money ? share_of((worth - expected).count, worth.count) : Cell{},
                          money_or_absent(row, expected), std::string("RUB")});
  };
  for (const LiabilityRow& row : report.rows) {
    for (const service::OutstandingMonth& month : row.months)
      add(row, month.last_month ? to_string(*month.last_month).substr(0, 7) : "never", month.points, month.worth,
          month.expected);
    if (row.debt.count > 0) add(row, "debt", -row.debt, {}, {});
  }
  table.method = run_off_method();
  return table;
}

ReportTable breakage(const LiabilityReport& report) {
  ReportTable table;
  table.title = tr("Breakage");
  table.columns = {{"program", tr("Program"), Kind::identifier},
                   {"company", tr("Company"), Kind::identifier, Shown::wide_only},
                   {"months_left", tr("Months left"), Kind::integer},
                   {"outstanding", tr("Stood then"), Kind::points},
                   {"expired", tr("Expired unspent"), Kind::points},
                   {"scale", "", Kind::integer, Shown::to_programs},
                   {"share", tr("Share"), Kind::percent}};
  for (const LiabilityRow& row : report.rows) {
    std::int64_t months_left = 0;
    for (const domain::RunOff::Step& step : row.run_off.steps())
      table.rows.push_back({row.program.slug, row.company, months_left++, points(step.outstanding, row.unit),
                            points(step.expired, row.unit), std::int64_t{row.unit.scale},
                            share_of(step.expired.count, step.outstanding.count)});
  }
  table.method = run_off_method();
  return table;
}

/// Tables to post: one row for each line of the movement, with the accounts that it touches.
ReportTable postings(std::string title) {
  ReportTable table;
  table.title = std::move(title);
  table.columns = {{"program", tr("Program"), Kind::identifier},
                   {"company", tr("Company"), Kind::identifier, Shown::wide_only},
                   {"line", tr("What"), Kind::text},
                   {"debit", tr("Debit"), Kind::identifier},
                   {"credit", tr("Credit"), Kind::identifier},
                   {"amount", tr("Amount"), Kind::money},
                   {"currency", "", Kind::text, Shown::to_programs}};
  return table;
}

void add_posting(ReportTable& table, const LiabilityRow& row, const char* line, const std::string& debit,
                 const std::string& credit, Money amount) {
  table.rows.push_back({row.program.slug, row.company, format::NameCell{line}, text_or_absent(debit),
                        text_or_absent(credit), money(amount), std::string("RUB")});
}

ReportTable ifrs15(const LiabilityReport& report) {
  ReportTable table = postings(tr("Contract liability (IFRS 15)"));
  const std::string revenue = tr("revenue");
  const std::string liability = tr("contract liability");
  for (const LiabilityRow& row : report.rows) {
    if (!row.is_money) continue;
    add_posting(table, row, "opening_balance", {}, {}, row.contract.opening);
    add_posting(table, row, "deferred", revenue, liability, row.contract.deferred);
    const bool is_recognised = row.contract.recognised.count >= 0;
    add_posting(table, row, "recognised", is_recognised ? liability : revenue, is_recognised ? revenue : liability,
                is_recognised ? row.contract.recognised : -row.contract.recognised);
    add_posting(table, row, "closing_balance", {}, {}, row.contract.closing);
  }
  table.method = tr(
      "the price of the year's purchases is shared between goods and points by their stand-alone prices, points less "
      "expected breakage (IFRS 15, B39-B43)");
  return table;
}

ReportTable provision(const LiabilityReport& report) {
  ReportTable table = postings(tr("Provision"));
  for (const LiabilityRow& row : report.rows) {
    if (!row.is_money || row.is_prepaid) continue;
    const domain::ProvisionMovement& moved = row.provision;
    add_posting(table, row, "opening_balance", {}, {}, moved.opening);
    add_posting(table, row, "accrued", "44", "96", moved.accrued);
    add_posting(table, row, "used", "96", "62", moved.used);
    if (moved.adjusted.count >= 0)
      add_posting(table, row, "estimate raised", "44", "96", moved.adjusted);
    else
      add_posting(table, row, "estimate lowered", "96", "91.01", -moved.adjusted);
    add_posting(table, row, "closing_balance", {}, {}, moved.closing);
  }
  table.method = run_off_method();
  return table;
}

}  // namespace

ReportTable liability_table(const std::string& name, const LiabilityReport& report) {
  if (name == "movement") return movement(report);
  if (name == "months") return months(report);
  if (name == "breakage") return breakage(report);
  if (name == "ifrs15") return ifrs15(report);
  if (name == "provision") return provision(report);
  throw std::logic_error("a liability table that is none: " + name);
}

}  // namespace loyal::cli
