// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "loyal/cli/accountant_workbook.hpp"
#include "loyal/cli/report_table.hpp"
#include "loyal/format/workbook.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/liability.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/documents.hpp"

namespace loyal::cli {

/// Points as hundredths, so that units of every scale add up.
Points in_hundredths(Points points, int scale);

/// What the sheets of one workbook share.
struct WorkbookWork {
  WorkbookWork(const service::Context& asked, const WorkbookRequest& wanted, format::Workbook& file)
      : context(asked), request(wanted), book(file), rules(asked.store), sight(asked), programs(asked) {}

  /// A name, phone or address, unless the workbook is to hold none, or they may not be seen.
  format::Cell personal(CustomerId customer, const std::string& text);
  store::DocumentFilter filter() const { return {request.company.id, request.from, request.to}; }

  const service::Context& context;
  const WorkbookRequest& request;
  format::Workbook& book;
  service::Rules rules;
  service::CustomerSight sight;
  service::ProgramSight programs;
};

/// Sums of what the sheets hold, for the control totals and the charts of the summary.
struct WorkbookSums {
  WorkbookReceipt receipt;
  Money lines_paid, paid_of_documents_with_lines;
  Money gift;       ///< of what was sold, paid with gift cards
  Money advances;   ///< gift cards that were sold
  Points balances;  ///< of the cards, in hundredths
  struct Month {
    Money sold, issued, spent;
  };
  std::map<std::string, Month> months;
  std::map<std::pair<ProgramId, std::string>, Points> moved;  ///< by program and company
};

/// Whether a document sells a gift card or takes one back: an advance, and no sale of goods.
bool is_advance(WorkbookWork& work, const store::DocumentListing& row);

/// A table that a command shows, as a sheet.
void write_table(WorkbookWork& work, const ReportTable& table);
// Each writes its sheets and adds to the sums.
void write_customers(WorkbookWork& work, WorkbookSums& sums);
void write_cards(WorkbookWork& work, WorkbookSums& sums);
void write_documents(WorkbookWork& work, WorkbookSums& sums, const service::Progress& progress);
void write_lines(WorkbookWork& work, WorkbookSums& sums);
void write_movements(WorkbookWork& work, const service::LiabilityReport& liability, WorkbookSums& sums);
void write_liability(WorkbookWork& work, const service::LiabilityReport& liability);
/// Where a code was used.
void write_promo(WorkbookWork& work);
/// Of clubs alone.
void write_partners(WorkbookWork& work);
/// Of programs that give away alone.
void write_donations(WorkbookWork& work);

}  // namespace loyal::cli
