// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "loyal/format/cell.hpp"
#include "loyal/format/sink.hpp"

namespace loyal::format {

/// A sheet of a workbook: its name, and the columns with a sum under them.
struct SheetForm {
  std::string title;
  std::vector<std::string> columns;  ///< keys wanted, in this order; empty: all that people see
  std::vector<std::string> totals;   ///< keys; none: no line of totals
};

/// Where a table of a summary stands, for the charts that are drawn of it.
struct SummaryTable {
  std::uint32_t first_row = 0, last_row = 0;  ///< of the data
  bool is_empty = true;
};

struct ChartForm {
  enum class Shape { columns, lines };
  Shape shape = Shape::columns;
  std::string title;
  SummaryTable table;
  std::vector<std::pair<std::string, unsigned>> series;  ///< name, column of the table from 0; the first has the labels
};

/// The first sheet of a report: words, pairs and small tables, one under another, and charts beside them.
class Summary {
 public:
  virtual ~Summary() = default;
  virtual void heading(const std::string& text) = 0;
  virtual void pair(const std::string& label, const Cell& value) = 0;
  virtual SummaryTable table(const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows) = 0;
  virtual void gap() = 0;
  /// A table without rows has no chart.
  virtual void chart(const ChartForm& form) = 0;
};

/// A workbook of several sheets in constant memory. It is in its place only after finish(): see AtomicFile.
class Workbook {
 public:
  /// `title` is a property of the file.
  Workbook(const std::string& path, const std::string& title, Instant created);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  /// A sheet that stands here and is filled at any time before finish().
  std::unique_ptr<Summary> summary(const std::string& title);
  /// The next sheet, which must be finished before another is begun; past the rows that a sheet holds it goes on with
  /// «title 2». Sums stand as formulas with the values that they have.
  std::unique_ptr<Sink> sheet(std::vector<Column> columns, const SheetForm& form);
  void finish();

  struct File;

 private:
  std::unique_ptr<File> file_;
};

}  // namespace loyal::format
