// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/service/column_map.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/import_dates.hpp"
#include "loyal/service/import_source.hpp"
#include "loyal/service/operation.hpp"

namespace loyal::service {

/// What every import of a table is asked for.
struct TableImport {
  ImportFile file;
  std::string program;        ///< of the cards; empty: the only one
  bool create_cards = false;  ///< make the cards that are not there
  bool is_plan = false;       ///< tell what would be done, write nothing
  bool is_strict = false;     ///< refuse all when a row is bad
};

/// What an import of a table did, or would do.
struct TableReceipt {
  std::int64_t rows = 0;       ///< read
  ImportPlan plan;             ///< created, changed, skipped
  std::int64_t rejected = 0;   ///< conflicts included
  std::int64_t conflicts = 0;  ///< there already with other content
  OperationId operation;       ///< none where nothing was written
  std::string rejects_path;
  std::vector<Rejections::Example> examples;  ///< the first rejected rows
  bool is_replayed = false;
};

/// A row that cannot be taken.
struct BadRow {
  std::string reason;
  const char* field = "";  ///< where the reason lies; empty: the row as a whole
  bool is_conflict = false;
};

/// A row of a table by the names of its fields.
class TableRow {
 public:
  TableRow(const ColumnMap& columns, const format::Row& row) : columns_(columns), row_(row) {}
  std::size_t line() const { return row_.line; }
  /// The field's text; empty where the table has no such column.
  std::string text(std::string_view field) const;

 private:
  const ColumnMap& columns_;
  const format::Row& row_;
};

/// One import of a table from its heading to its receipt: reads the rows, keeps what cannot be taken, closes the
/// operation. The rows' own sense is the caller's.
class TableRun {
 public:
  /// `date_fields` hold dates; `command` is "loyal import cards". The notes and the progress are people's.
  TableRun(const Context& context, const TableImport& request, std::span<const ImportField> fields,
           std::span<const char* const> date_fields, std::string command, ImportNote note, ImportProgress progress);

  /// The context of the operation: a dry one for a plan.
  const Context& context() const { return context_; }
  const ColumnMap& columns() const { return *columns_; }
  const ImportDates& dates() const { return dates_; }
  const ImportNote& note() const { return note_; }
  TableReceipt& receipt() { return receipt_; }
  /// A digest of the flags and, where a key asks for it, of the file; `has_flag` and `has_other` are of flags that
  /// this import alone has.
  store::Blob digest(bool has_flag = false, bool has_other = false);

  using TakeRow = std::function<void(const TableRow& row)>;
  /// Hands every row that can be read over; BadRow of a row goes to the rejects.
  void each_row(const std::string& stage, const TakeRow& take);
  /// Rejects a row that was handed over earlier.
  void reject(std::size_t line, const BadRow& bad);
  /// Writes the reject file and commits.
  TableReceipt finish(Operation& operation);

 private:
  Context context_;
  const TableImport& request_;
  ImportSource source_;
  ImportNote note_;
  ImportProgress progress_;
  std::optional<ColumnMap> columns_;
  ImportDates dates_;
  Rejections rejections_;
  TableReceipt receipt_;
};

}  // namespace loyal::service
