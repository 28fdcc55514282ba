// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/report_table.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {

using format::Cell;
using format::Kind;
using format::Shown;

ReportTable discount_table(store::Database& database, const store::DocumentFilter& filter) {
  ReportTable table;
  table.title = tr("Discounts");
  table.columns = {{"month", tr("Month"), Kind::identifier},
                   {"program", tr("Program"), Kind::identifier},
                   {"shop", tr("Shop"), Kind::text, Shown::if_room},
                   {"sales", tr("Purchases"), Kind::integer},
                   {"discounted", tr("With a discount"), Kind::integer, Shown::wide_only},
                   {"returns", tr("Returns"), Kind::integer, Shown::wide_only},
                   {"total", tr("Without discount"), Kind::money},
                   {"discount", tr("Discount"), Kind::money},
                   {"share", tr("Discount, %"), Kind::percent},
                   {"points_money", tr("Paid with points"), Kind::money},
                   {"paid", tr("To pay"), Kind::money},
                   {"currency", "", Kind::text, Shown::to_programs}};
  table.totals = {"sales", "discounted", "returns", "total", "discount", "points_money", "paid"};
  store::each_document_month(database, filter, [&table](const store::DocumentMonth& row) {
    const Cell share =
        row.total.count > 0
            ? Cell{format::PercentCell{multiply_divide_half_up(row.discount.count, 10'000, row.total.count)}}
            : Cell{};
    table.rows.push_back({row.month, row.program_slug, row.shop_name, row.sales, row.discounted_sales, row.returns,
                          money(row.total), money(row.discount), share, money(row.points_money), money(row.paid),
                          std::string("RUB")});
  });
  return table;
}

}  // namespace loyal::cli
