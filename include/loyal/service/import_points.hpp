// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/program.hpp"
#include "loyal/service/import_table.hpp"

namespace loyal::service {

/// The fields of an opening balance and their usual headings.
const std::vector<ImportField>& points_fields();

/// A table of opening balances.
struct PointsImport : TableImport {
  bool sets = false;  ///< bring each card that is named to what the table says, and no further
  /// The table says how things stood: withdrawn cards hold points and stay withdrawn, less than nothing is a debt, and
  /// lots may have ended unbooked.
  bool is_history = false;
};

/// What an import of points did, or would do.
struct PointsImportReceipt : TableReceipt {
  Points given;
  Points taken;  ///< with `sets`, where a card held more
  std::int64_t cards_made = 0;
  domain::Unit unit;
  std::string program;
};

/// Opens the lots of a table in one operation: what cards held where they came from, each with its own dates. A row
/// whose lot an earlier import opened is passed over.
PointsImportReceipt import_points(const Context& context, const PointsImport& request, const ImportNote& note,
                                  const ImportProgress& progress);

}  // namespace loyal::service
