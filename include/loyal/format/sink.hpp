// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "loyal/format/cell.hpp"

namespace loyal::format {

/// Takes the rows of a list one by one and writes them in one form; memory does not grow with the rows.
class Sink {
 public:
  virtual ~Sink() = default;
  /// One cell per column that the sink was made with, in their order.
  virtual void row(std::span<const Cell> cells) = 0;
  /// Writes what is held back; an answer without finish() is not complete.
  virtual void finish() = 0;
};

/// A sink that writes text to `out`. Error{usage} for a name in options.columns that is no column, with those there
/// are. Form::xlsx needs make_workbook_sink.
std::unique_ptr<Sink> make_sink(std::ostream& out, std::vector<Column> columns, const FormOptions& options);

/// A sink that writes a workbook to the file `path` (not in its place until finish(): see AtomicFile), in constant
/// memory; past 1,048,576 rows it goes on with a next sheet.
std::unique_ptr<Sink> make_workbook_sink(const std::string& path, std::vector<Column> columns,
                                         const FormOptions& options, Instant created);

}  // namespace loyal::format
