// SPDX-License-Identifier: MIT
#include "column_choice.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {

void throw_unknown_column(const std::string& wanted, const std::vector<std::string>& keys) {
  throw Error(Fault::usage,
              tr("no column \"{}\"; there are {}", visible(wanted), fmt::to_string(fmt::join(keys, ", "))));
}

ColumnChoice::ColumnChoice(std::vector<Column> columns, const std::vector<std::string>& wanted, bool for_people)
    : cells_in_row_(columns.size()) {
  for (const std::string& key : wanted) choose(columns, key);
  if (!wanted.empty()) return;
  for (std::size_t position = 0; position < columns.size(); ++position) {
    if (for_people && columns[position].shown == Shown::to_programs) continue;
    columns_.push_back(std::move(columns[position]));
    positions_.push_back(position);
  }
}

void ColumnChoice::choose(const std::vector<Column>& all, const std::string& key) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Column& column) { return column.key == key; });
  if (found == all.end()) {
    std::vector<std::string> keys;
    for (const Column& column : all) keys.push_back(column.key);
    throw_unknown_column(key, keys);
  }
  columns_.push_back(*found);
  columns_.back().shown = Shown::always;
  positions_.push_back(static_cast<std::size_t>(found - all.begin()));
}

void ColumnChoice::check(std::span<const Cell> cells) const {
  if (cells.size() != cells_in_row_) throw std::logic_error("a row with another number of cells than columns");
}

void ColumnChoice::drop(std::size_t place) {
  columns_.erase(columns_.begin() + static_cast<std::ptrdiff_t>(place));
  positions_.erase(positions_.begin() + static_cast<std::ptrdiff_t>(place));
}

}  // namespace loyal::format
