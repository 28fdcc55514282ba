// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/store/database.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::store {

// The documents that the entries of one card name, each kind in one query for the whole card, undone ones too.

/// A sale as an explanation tells of it.
struct NamedSale {
  SaleId id;
  OperationId operation;
  std::string till, receipt;
  Date date;  ///< of the document
  VersionId version;
};
/// The sales, by id.
std::vector<NamedSale> sales_named_by(Database& database, CardId card);

/// A line of such a sale, with what it earned and spent.
struct NamedLine {
  SaleId sale;
  std::int64_t line = 0;
  std::string name, sku;
  Points earned, spent;
};
/// The lines, by sale and number.
std::vector<NamedLine> lines_named_by(Database& database, CardId card);

/// A line of a return, with what of its points came back.
struct NamedReturnLine {
  ReturnId sale_return;
  std::int64_t line = 0;
  Points restored;
};
/// The lines of returns, by return and number.
std::vector<NamedReturnLine> return_lines_named_by(Database& database, CardId card);

}  // namespace loyal::store
