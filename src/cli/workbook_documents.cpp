// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/values.hpp"
#include "workbook_sheets.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

constexpr std::int64_t rows_between_reports = 20'000;

/// What was sold counts as it is, what came back below nothing.
Money signed_by(bool is_back, Money amount) {
  return is_back ? -amount : amount;
}
Points signed_by(bool is_back, Points amount) {
  return is_back ? -amount : amount;
}

/// An amount of goods, or of an advance, where the document is of that.
Cell money_if(bool is_meant, Money amount) {
  return is_meant ? money(amount) : Cell{};
}

std::vector<Cell> document_row(WorkbookWork& work, const store::DocumentListing& row) {
  const store::Sale& sale = row.sale;
  const bool is_back = row.back.has_value();
  const LocalTime at = is_back ? row.back->at : sale.at;
  const domain::Unit& unit = work.rules.version(sale.version).program.unit;
  const Money paid = signed_by(is_back, is_back ? row.back->paid : sale.paid);
  const bool is_sale = !is_advance(work, row);
  return {at.date,
          at,
          name_cell(is_back   ? row.back->kind
                    : is_sale ? N_("sale")
                              : N_("advance")),
          sale.receipt,
          row.shop_name,
          text_or_absent(sale.till),
          row.card_number,
          work.personal(row.customer, row.holder),
          row.program_slug,
          money_if(is_sale, is_back ? -row.back->amount : sale.total),
          money_if(is_sale, signed_by(is_back, is_back ? row.back->discount : sale.discount)),
          money_if(is_sale, signed_by(is_back, is_back ? row.back->points_money : sale.points_money)),
          money_if(is_sale, paid),
          money_if(is_sale, signed_by(is_back, row.gift)),
          money_if(!is_sale, paid),
          points(signed_by(is_back, is_back ? row.back->restored : sale.spent), unit),
          points(signed_by(is_back, is_back ? row.back->clawed_back : sale.earned), unit),
          money(row.donated)};
}

/// One line of a document, as the sheet of lines has it.
struct LineRow {
  const store::DocumentListing& document;
  const store::SaleLine& line;
  Amount quantity;
  Money amount, discount, points_money, paid;
  Points earned;
};

std::vector<Cell> line_row(WorkbookWork& work, const LineRow& row) {
  const store::DocumentListing& document = row.document;
  const bool is_back = document.back.has_value();
  const domain::Unit& unit = work.rules.version(document.sale.version).program.unit;
  return {is_back ? document.back->at.date : document.sale.at.date,
          document.sale.receipt,
          document.shop_name,
          document.card_number,
          row.line.line,
          text_or_absent(row.line.sku),
          text_or_absent(row.line.name),
          text_or_absent(row.line.category),
          is_back ? Amount{-row.quantity.count} : row.quantity,
          money(row.line.price),
          money(signed_by(is_back, row.amount)),
          money(signed_by(is_back, row.discount)),
          money(signed_by(is_back, row.points_money)),
          money(signed_by(is_back, row.paid)),
          points(row.earned, unit)};
}

}  // namespace

bool is_advance(WorkbookWork& work, const store::DocumentListing& row) {
  return work.rules.version(row.sale.version).program.kind == domain::Kind::gift;
}

void write_documents(WorkbookWork& work, WorkbookSums& sums, const service::Progress& progress) {
  const auto sheet =
      work.book.sheet({{"date", tr("Date"), Kind::date},
                       {"time", tr("Time of day"), Kind::clock},
                       {"document", tr("Document"), Kind::text},
                       {"receipt", tr("Receipt"), Kind::identifier},
                       {"shop", tr("Shop"), Kind::text},
                       {"till", tr("Till"), Kind::text},
                       {"card", tr("Card"), Kind::identifier},
                       {"holder", tr("Holder"), Kind::name},
                       {"program", tr("Program"), Kind::text},
                       {"total", tr("Without discount"), Kind::money},
                       {"discount", tr("Discount"), Kind::money},
                       {"points_money", tr("Paid with points"), Kind::money},
                       {"paid", tr("To pay"), Kind::money},
                       {"gift", tr("Of it by gift card"), Kind::money},
                       {"advance", tr("Advance: gift card sold"), Kind::money},
                       {"spent", tr("Points spent"), Kind::points},
                       {"earned", tr("Points earned"), Kind::points},
                       {"donated", tr("To charity"), Kind::money}},
                      {tr("Sales"),
                       {},
                       {"total", "discount", "points_money", "paid", "gift", "advance", "spent", "earned", "donated"}});
  store::each_document(work.context.store, work.filter(), [&](const store::DocumentListing& row) {
    sheet->row(document_row(work, row));
    const Money paid = row.back ? -row.back->paid : row.sale.paid;
    (is_advance(work, row) ? sums.advances : sums.receipt.paid) += paid;
    sums.gift += signed_by(row.back.has_value(), row.gift);
    if (++sums.receipt.documents % rows_between_reports == 0 && progress) progress(sums.receipt.documents, 0);
  });
  sheet->finish();
}

void write_lines(WorkbookWork& work, WorkbookSums& sums) {
  const auto sheet = work.book.sheet({{"date", tr("Date"), Kind::date},
                                      {"receipt", tr("Receipt"), Kind::identifier},
                                      {"shop", tr("Shop"), Kind::text},
                                      {"card", tr("Card"), Kind::identifier},
                                      {"line", tr("Line"), Kind::integer},
                                      {"sku", tr("SKU"), Kind::identifier},
                                      {"name", tr("Goods"), Kind::text},
                                      {"category", tr("Category"), Kind::text},
                                      {"quantity", tr("Quantity"), Kind::amount},
                                      {"price", tr("Price"), Kind::money},
                                      {"amount", tr("Without discount"), Kind::money},
                                      {"discount", tr("Discount"), Kind::money},
                                      {"points_money", tr("Paid with points"), Kind::money},
                                      {"paid", tr("To pay"), Kind::money},
                                      {"earned", tr("Points earned"), Kind::points}},
                                     {tr("Positions"), {}, {"amount", "discount", "points_money", "paid", "earned"}});
  store::each_document(work.context.store, work.filter(), [&](const store::DocumentListing& row) {
    const auto lines = store::sale_lines(work.context.store, row.sale.id);
    if (lines.empty() || is_advance(work, row)) return;
    sums.paid_of_documents_with_lines += row.back ? -row.back->paid : row.sale.paid;
    if (!row.back) {
      for (const store::SaleLine& line : lines) {
        sheet->row(line_row(
            work, {row, line, line.quantity, line.amount, line.discount, line.points_money, line.paid, line.earned}));
        sums.lines_paid += line.paid;
      }
      return;
    }
    for (const store::ReturnLine& back : store::return_lines(work.context.store, row.back->id))
      for (const store::SaleLine& line : lines) {
        if (line.line != back.line) continue;
        sheet->row(
            line_row(work, {row, line, back.quantity, back.amount, back.discount, back.points_money, back.paid, {}}));
        sums.lines_paid -= back.paid;
      }
  });
  sheet->finish();
}

}  // namespace loyal::cli
