// SPDX-License-Identifier: MIT
#include "loyal/cli/accountant_workbook.hpp"

#include <algorithm>
#include <map>

#include "loyal/base/message.hpp"
#include "loyal/cli/values.hpp"
#include "workbook_sheets.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

/// Says whether two figures that were found in two ways are one.
class Controls {
 public:
  void money_agrees(const std::string& what, Money here, Money there) {
    add(what, money(here), money(there), money(here - there), here == there);
  }
  void points_agree(const std::string& what, Points here, Points there, int scale) {
    const auto cell = [scale](Points amount) { return Cell{format::PointsCell{amount, scale}}; };
    add(what, cell(here), cell(there), cell(here - there), here == there);
  }

  int differences() const { return differences_; }
  const std::vector<std::vector<Cell>>& rows() const { return rows_; }

 private:
  void add(const std::string& what, Cell here, Cell there, Cell difference, bool agrees) {
    if (!agrees) ++differences_;
    rows_.push_back({what, std::move(here), std::move(there), agrees ? tr("agrees") : tr("DIFFERS"),
                     agrees ? Cell{} : std::move(difference)});
  }

  std::vector<std::vector<Cell>> rows_;
  int differences_ = 0;
};

Points outstanding(const service::LiabilityRow& row) {
  Points sum;
  for (const service::OutstandingMonth& month : row.months) sum += month.points;
  return sum - row.debt;
}

/// Of what the sheets hold, against sums that the store made and the liability that the ledger's entries make.
Controls controls_of(const WorkbookWork& work, const WorkbookSums& sums, const service::LiabilityReport& liability,
                     Money paid_by_months) {
  Controls controls;
  controls.money_agrees(tr("Purchases: to pay, against the months"), sums.receipt.paid, paid_by_months);
  if (work.request.with_lines)
    controls.money_agrees(tr("Lines: to pay, against their receipts"), sums.lines_paid,
                          sums.paid_of_documents_with_lines);
  Points held;
  for (const service::LiabilityRow& row : liability.rows) {
    const auto moved = sums.moved.find({row.program.id, row.company});
    const Points sheet = moved == sums.moved.end() ? Points{} : moved->second;
    const std::string& name = row.program.slug;
    controls.points_agree(tr("{}: start + in - out, against the end", name), row.movement.at_start + sheet,
                          row.movement.at_end, row.unit.scale);
    controls.points_agree(tr("{}: months of expiry, against the end", name), outstanding(row), row.movement.at_end,
                          row.unit.scale);
    held += in_hundredths(row.movement.at_end, row.unit.scale);
  }
  controls.points_agree(tr("Cards: points left, against the liability"), sums.balances, held, 2);
  return controls;
}

void write_head(format::Summary& summary, const WorkbookWork& work) {
  const store::Company& company = work.request.company;
  summary.heading(company.name);
  summary.pair(tr("INN"), company.inn);
  if (!company.kpp.empty()) summary.pair(tr("KPP"), company.kpp);
  if (!company.ogrn.empty()) summary.pair(company.ogrn.size() == 15 ? tr("OGRNIP") : tr("OGRN"), company.ogrn);
  summary.pair(tr("From"), work.request.from);
  summary.pair(tr("To"), work.request.to);
  summary.pair(tr("Made"), to_string(work.context.now));
  summary.gap();
}

/// What a gift card pays was received when it was sold.
void write_receipts(format::Summary& summary, const WorkbookSums& sums) {
  summary.heading(tr("Sales and money"));
  summary.table({{"what", tr("What"), Kind::text}, {"amount", tr("Amount"), Kind::money}},
                {{tr("Sold: to pay, gift cards not counted"), money(sums.receipt.paid)},
                 {tr("Of it by gift card"), money(-sums.gift)},
                 {tr("Advances: gift cards sold"), money(sums.advances)},
                 {tr("Money received"), money(sums.receipt.paid - sums.gift + sums.advances)}});
  summary.gap();
}

void write_months(format::Summary& summary, const WorkbookSums& sums) {
  std::vector<std::vector<Cell>> rows;
  for (const auto& [month, sum] : sums.months)
    rows.push_back({month, money(sum.sold), money(sum.issued), money(sum.spent)});
  const format::SummaryTable table = summary.table({{"month", tr("Month"), Kind::identifier},
                                                    {"sold", tr("Sales"), Kind::money},
                                                    {"issued", tr("Points issued, worth"), Kind::money},
                                                    {"spent", tr("Points spent, worth"), Kind::money}},
                                                   rows);
  summary.chart({format::ChartForm::Shape::columns, tr("Sales by month"), table, {{tr("Sales"), 1}}});
  summary.chart({format::ChartForm::Shape::lines,
                 tr("Points by month"),
                 table,
                 {{tr("Points issued, worth"), 2}, {tr("Points spent, worth"), 3}}});
  summary.gap();
}

void write_expiry(format::Summary& summary, const service::LiabilityReport& liability) {
  std::map<std::string, std::pair<Money, Money>> months;
  std::pair<Money, Money> never;
  for (const service::LiabilityRow& row : liability.rows) {
    // Stamps and visits are worth no sum of money.
    if (!row.is_money) continue;
    for (const service::OutstandingMonth& month : row.months) {
      auto& [worth, expected] = month.last_month ? months[to_string(*month.last_month).substr(0, 7)] : never;
      worth += month.worth;
      expected += month.expected;
    }
  }
  std::vector<std::vector<Cell>> rows;
  for (const auto& [month, sum] : months) rows.push_back({month, money(sum.first), money(sum.second)});
  if (never.first.count != 0) rows.push_back({tr("never"), money(never.first), money(never.second)});
  if (rows.empty()) return;
  const format::SummaryTable table = summary.table({{"month", tr("Expire in"), Kind::identifier},
                                                    {"worth", tr("In money"), Kind::money},
                                                    {"expected", tr("Expected to be spent"), Kind::money}},
                                                   rows);
  summary.chart({format::ChartForm::Shape::columns,
                 tr("Liability by month of expiry"),
                 table,
                 {{tr("In money"), 1}, {tr("Expected to be spent"), 2}}});
  summary.gap();
}

void write_programs(format::Summary& summary, WorkbookWork& work) {
  std::vector<std::vector<Cell>> rows;
  for (const store::ProgramRow& row : store::programs(work.context.store)) {
    const service::Rules::Version& version = work.rules.on(row.id, work.request.to);
    if (work.programs.sees(row.id))
      rows.push_back({row.title, name_cell(row.kind), version.number, version.applies_from});
  }
  summary.table({{"program", tr("Program"), Kind::text},
                 {"kind", tr("Kind"), Kind::text},
                 {"version", tr("Version of the rules"), Kind::integer},
                 {"from", tr("Applies from"), Kind::date}},
                rows);
  summary.gap();
}

}  // namespace

WorkbookReceipt write_workbook(const service::Context& context, const WorkbookRequest& request, const std::string& path,
                               const service::Progress& progress) {
  service::Context of_company = context;
  of_company.company = request.company.slug;
  format::Workbook book(path, tr("Loyalty program: {}", request.company.name), context.now);
  WorkbookWork work(of_company, request, book);
  WorkbookSums sums;
  const auto summary = book.summary(tr("Summary"));
  const service::LiabilityReport liability = service::liability(of_company, {{}, request.from, request.to, {}});
  write_customers(work, sums);
  write_cards(work, sums);
  write_documents(work, sums, progress);
  if (request.with_lines) write_lines(work, sums);
  write_movements(work, liability, sums);
  write_liability(work, liability);
  write_table(work, discount_table(context.store, work.filter()));
  write_promo(work);
  write_partners(work);
  write_donations(work);

  Money paid_by_months;
  store::each_document_month(context.store, work.filter(), [&](const store::DocumentMonth& month) {
    paid_by_months += month.paid;
    sums.months[month.month].sold += month.paid;
  });
  const Controls controls = controls_of(work, sums, liability, paid_by_months);
  write_head(*summary, work);
  summary->heading(tr("Control totals"));
  summary->table({{"what", tr("What"), Kind::text},
                  {"here", tr("In the sheets"), Kind::money},
                  {"there", tr("By the ledger"), Kind::money},
                  {"result", tr("Result"), Kind::text},
                  {"difference", tr("Difference"), Kind::money}},
                 controls.rows());
  summary->gap();
  write_receipts(*summary, sums);
  write_programs(*summary, work);
  write_months(*summary, sums);
  write_expiry(*summary, liability);
  book.finish();
  sums.receipt.differences = controls.differences();
  return sums.receipt;
}

}  // namespace loyal::cli
