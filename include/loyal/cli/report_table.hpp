// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/format/cell.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/liability.hpp"
#include "loyal/store/documents.hpp"

namespace loyal::cli {

/// A table of a report, as a command shows it and the accountant's workbook holds it.
struct ReportTable {
  std::string title;
  std::vector<format::Column> columns;
  std::vector<std::vector<format::Cell>> rows;
  std::vector<std::string> totals;  ///< keys of the columns that add up
  std::string method;               ///< how the figures were found, for people; empty: nothing is estimated
};

/// `name`: movement, months, breakage, ifrs15 or provision.
ReportTable liability_table(const std::string& name, const service::LiabilityReport& report);

/// What was given away in discounts, by month, program and shop.
ReportTable discount_table(store::Database& database, const store::DocumentFilter& filter);

}  // namespace loyal::cli
