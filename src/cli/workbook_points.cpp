// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/report_table.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/funds.hpp"
#include "loyal/service/points_movements.hpp"
#include "loyal/service/settlement.hpp"
#include "workbook_sheets.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

/// What happened to the points, as an accountant reads it.
Cell happened(const service::PointsMovementRow& row) {
  if (row.is_undoing) return name_cell("reverse");
  if (!row.is_booked) return name_cell("expired");
  return name_cell(domain::name(row.kind));
}

}  // namespace

void write_movements(WorkbookWork& work, const service::LiabilityReport& liability, WorkbookSums& sums) {
  const auto sheet = work.book.sheet({{"date", tr("Date"), Kind::date},
                                      {"card", tr("Card"), Kind::identifier},
                                      {"holder", tr("Holder"), Kind::name},
                                      {"program", tr("Program"), Kind::text},
                                      {"kind", tr("What happened"), Kind::text},
                                      {"receipt", tr("Receipt"), Kind::identifier},
                                      {"in", tr("In"), Kind::points},
                                      {"out", tr("Out"), Kind::points},
                                      {"balance", tr("Left"), Kind::points},
                                      {"valid_through", tr("Expire on"), Kind::date}},
                                     {tr("Bonuses"), {}, {"in", "out"}});
  for (const service::LiabilityRow& owed : liability.rows) {
    const domain::Program& rules = work.rules.on(owed.program.id, liability.to).program;
    std::map<std::pair<std::string, VersionId>, std::pair<Points, Points>> by_month;
    Points& moved = sums.moved[{owed.program.id, owed.company}];
    service::each_points_movement(
        work.context, owed.program, rules, work.request.company.id, liability.from, liability.to,
        [&](const service::PointsMovementRow& row) {
          const bool is_in = row.points.count > 0;
          sheet->row(std::vector<Cell>{row.date, row.card.number, work.personal(row.card.customer, row.holder),
                                       owed.program.slug, happened(row), text_or_absent(row.receipt),
                                       is_in ? points(row.points, owed.unit) : Cell{},
                                       is_in ? Cell{} : points(-row.points, owed.unit), points(row.balance, owed.unit),
                                       date_or_absent(row.valid_through)});
          moved += row.points;
          ++sums.receipt.movements;
          if (!owed.is_money) return;
          const VersionId version = work.rules.on(owed.program.id, row.date).id;
          auto& [issued, spent] = by_month[{to_string(row.date).substr(0, 7), version}];
          const domain::MovementPart part = domain::part_of(row.kind);
          if (part == domain::MovementPart::issued) issued += row.points;
          if (part == domain::MovementPart::spent) spent -= row.points;
        });
    // Points are added up before they become money: rounded one by one they would come to another sum.
    for (const auto& [key, points_of_month] : by_month) {
      const auto& [month, version] = key;
      const domain::Unit& unit = work.rules.version(version).program.unit;
      sums.months[month].issued += domain::money_of(points_of_month.first, unit);
      sums.months[month].spent += domain::money_of(points_of_month.second, unit);
    }
  }
  sheet->finish();
}

void write_table(WorkbookWork& work, const ReportTable& table) {
  const auto sheet = work.book.sheet(table.columns, {table.title, {}, table.totals});
  for (const auto& row : table.rows) sheet->row(row);
  sheet->finish();
}

void write_liability(WorkbookWork& work, const service::LiabilityReport& liability) {
  for (const char* name : {"movement", "months", "breakage", "provision", "ifrs15"})
    write_table(work, liability_table(name, liability));
}

void write_partners(WorkbookWork& work) {
  std::vector<service::SettlementReport> reports;
  for (const store::ProgramRow& row : store::programs(work.context.store))
    if (row.kind == "club")
      reports.push_back(service::settlement(work.context, {row.slug, {}, work.request.from, work.request.to}));
  if (reports.empty()) return;
  const auto sheet = work.book.sheet({{"program", tr("Program"), Kind::text},
                                      {"issuer", tr("Owes"), Kind::identifier},
                                      {"place", tr("To whom"), Kind::identifier},
                                      {"points", tr("Points spent"), Kind::points},
                                      {"worth", tr("Worth"), Kind::money},
                                      {"amount", tr("By clearing price"), Kind::money},
                                      {"fee", tr("Fee of the club"), Kind::money},
                                      {"to_pay", tr("To pay"), Kind::money},
                                      {"net", tr("After set-off"), Kind::money}},
                                     {tr("Partners"), {}, {"worth", "amount", "fee", "to_pay", "net"}});
  for (const service::SettlementReport& report : reports)
    for (const service::SettlementRow& row : report.rows) {
      if (row.issuer != work.request.company.slug && row.place != work.request.company.slug) continue;
      sheet->row(std::vector<Cell>{report.program.slug, row.issuer, row.place, points(row.points, report.unit),
                                   money(row.worth), money(row.amount), money(row.fee), money(row.to_pay),
                                   money(row.net)});
    }
  sheet->finish();
}

void write_donations(WorkbookWork& work) {
  std::vector<service::DonationRow> rows;
  service::each_donation_month(work.context, {}, work.request.from, work.request.to,
                               [&](const service::DonationRow& row) {
                                 if (row.fund.company == work.request.company.id) rows.push_back(row);
                               });
  if (rows.empty()) return;
  const auto sheet = work.book.sheet({{"month", tr("Month"), Kind::identifier},
                                      {"program", tr("Program"), Kind::text},
                                      {"fund", tr("Fund"), Kind::name},
                                      {"inn", tr("INN"), Kind::identifier},
                                      {"presentations", tr("Presentations"), Kind::integer},
                                      {"without", tr("Gave nothing"), Kind::integer},
                                      {"donated", tr("Given"), Kind::money},
                                      {"paid_out", tr("Paid out"), Kind::money},
                                      {"left", tr("To pay out"), Kind::money}},
                                     {tr("Charity"), {}, {"presentations", "without", "donated", "paid_out"}});
  for (const service::DonationRow& row : rows)
    sheet->row(std::vector<Cell>{row.month.month, row.program_slug, row.fund.name, text_or_absent(row.fund.inn),
                                 row.month.presentations, row.month.without, money(row.month.donated),
                                 money(row.month.paid_out), money(row.month.left)});
  sheet->finish();
}

}  // namespace loyal::cli
