// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "loyal/format/cell.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {

/// The columns of a list of operations; what each was about is a sentence for people, and fields for programs.
std::vector<format::Column> operation_columns(bool for_programs);
/// An operation under those columns.
std::vector<format::Cell> operation_cells(store::Database& store, const store::OperationRow& row, bool for_programs);

}  // namespace loyal::cli
