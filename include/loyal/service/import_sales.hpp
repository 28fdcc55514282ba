// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/import_source.hpp"
#include "loyal/service/import_table.hpp"

namespace loyal::service {

/// A table of purchases to be posted.
struct SalesImport : TableImport {
  bool receipts_restart_daily = false;
  bool post_new_rows = false;  ///< rows without a receipt that equal stored ones are further purchases
  bool keep_known = false;     ///< list the rows that were there already
  bool is_history = false;     ///< the file says what was earned and spent, and not the rules
};

/// A row of the file that the store has already.
struct KnownRow {
  std::size_t line = 0;
  std::string receipt, card;
  LocalTime at;
  Money total;
};

/// What an import of purchases did, or would do.
struct SalesImportReceipt : TableReceipt {
  std::int64_t posted = 0;
  std::int64_t lines = 0;    ///< of goods, posted
  std::int64_t returns = 0;  ///< rows that are returns, left for import returns
  std::int64_t known = 0;    ///< there already with the same content
  std::int64_t cards_made = 0;
  std::int64_t cards_taken_again = 0;  ///< withdrawn ones, in use again
  Money total;                         ///< of what was posted
  Points earned, spent;
  Points opened;  ///< of a history: spent without having been earned in it, and opened so that they could be
  std::optional<Date> first_date, last_date;  ///< of what was posted
  domain::Unit unit;
  std::string program;
  std::vector<KnownRow> known_rows;
};

/// Posts the purchases of a table as one operation, in order of their time, then of the file. Rows that cannot be taken
/// go to the reject file; with is_strict the first of them refuses all.
SalesImportReceipt import_sales(const Context& context, const SalesImport& request, const ImportNote& note,
                                const ImportProgress& progress);

}  // namespace loyal::service
