// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"
#include "loyal/service/column_map.hpp"
#include "loyal/service/import_source.hpp"

namespace loyal::service {

/// A purchase of a file, small enough that a million of them fit into memory beside the ledger's rows.
struct ImportedSale {
  std::int64_t amount;
  std::int32_t day, second;
  std::uint32_t card;  ///< place in SalesTable::cards
  std::uint32_t line;
  std::uint32_t receipt;  ///< place in SalesTable's text
  std::uint16_t receipt_bytes;
  std::uint16_t till;

  LocalTime at() const { return {{day}, second}; }
};

/// A card that a file names.
struct ImportedCard {
  std::string number, code;
};

/// The purchases of a file, in order of their time, then of the file.
struct SalesTable {
  std::vector<ImportedSale> rows;
  std::vector<ImportedCard> cards;
  std::vector<std::string> tills;
  std::string receipts;
  std::int64_t rows_read = 0;

  std::string_view receipt_of(const ImportedSale& row) const {
    return std::string_view(receipts).substr(row.receipt, row.receipt_bytes);
  }
};

/// The fields of a purchase and their usual headings.
const std::vector<ImportField>& sale_fields();

/// Reads the rows of a file; what cannot be read goes to `rejections`. `now` is the shop's.
SalesTable read_sales(format::DelimitedReader& reader, const ColumnMap& columns, LocalTime now,
                      const std::string& default_till, Rejections& rejections, const ImportProgress& progress);

}  // namespace loyal::service
