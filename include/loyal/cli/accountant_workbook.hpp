// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/service/context.hpp"
#include "loyal/store/company.hpp"

namespace loyal::cli {

/// What the accountant asks for: one company, document dates both inclusive.
struct WorkbookRequest {
  store::Company company;
  Date from, to;
  bool with_lines = true;     ///< a sheet of the receipts' lines
  bool is_anonymous = false;  ///< without names, phones and addresses
};

/// What was written, and whether the sheets agree with the ledger.
struct WorkbookReceipt {
  std::int64_t documents = 0, movements = 0, customers = 0, cards = 0;
  Money paid;
  int differences = 0;  ///< control totals that do not agree
};

/// Writes the workbook to a file; Error{failed} where that cannot be done, and the old file stays.
WorkbookReceipt write_workbook(const service::Context& context, const WorkbookRequest& request, const std::string& path,
                               const service::Progress& progress);

}  // namespace loyal::cli
