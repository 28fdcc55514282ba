// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "loyal/format/cell.hpp"

namespace loyal::format {

/// The columns that a form shows, and where their cells stand in a row.
class ColumnChoice {
 public:
  /// `wanted` keys in their order; without them all columns, `for_people` those alone that people see.
  /// Error{usage} names an unknown key and those there are.
  ColumnChoice(std::vector<Column> columns, const std::vector<std::string>& wanted, bool for_people);

  std::size_t size() const { return columns_.size(); }
  const Column& column(std::size_t place) const { return columns_[place]; }
  /// The chosen cell of a row, which must have one cell for each column there was.
  const Cell& cell(std::span<const Cell> cells, std::size_t place) const { return cells[positions_[place]]; }
  void check(std::span<const Cell> cells) const;
  /// Takes a chosen column out again.
  void drop(std::size_t place);

 private:
  void choose(const std::vector<Column>& all, const std::string& key);

  std::size_t cells_in_row_ = 0;
  std::vector<Column> columns_;
  std::vector<std::size_t> positions_;
};

/// Error{usage} for a name that is no column.
[[noreturn]] void throw_unknown_column(const std::string& wanted, const std::vector<std::string>& keys);

}  // namespace loyal::format
