// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/service/import_table.hpp"

namespace loyal::service {

/// The fields of a return and their usual headings.
const std::vector<ImportField>& return_fields();

/// A table of returns.
struct ReturnsImport : TableImport {
  bool is_history = false;  ///< the file says what was restored and taken back, and not the rules
};

/// What an import of returns did, or would do.
struct ReturnsImportReceipt : TableReceipt {
  std::int64_t posted = 0;  ///< returns; one may have several rows
  std::int64_t sales = 0;   ///< rows that are no returns, passed over
  Money amount;             ///< of the goods that came back
};

/// Takes back what a table says, all in one operation, in order of its times: rows of one receipt and one time are one
/// return. A return that is there already is passed over.
ReturnsImportReceipt import_returns(const Context& context, const ReturnsImport& request, const ImportNote& note,
                                    const ImportProgress& progress);

}  // namespace loyal::service
