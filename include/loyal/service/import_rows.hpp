// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"
#include "loyal/service/column_map.hpp"
#include "loyal/service/import_dates.hpp"
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

/// Goods that a file names.
struct ImportedGoods {
  std::string sku, name, category;
};

/// A line of a receipt of a file.
struct ImportedLine {
  std::int64_t amount, quantity, price;
  std::uint32_t sale;  ///< ImportedSale::line of its receipt
  std::uint32_t line;
  std::uint32_t goods;    ///< place in SalesTable::goods
  std::uint32_t history;  ///< place in SalesTable::history, where there is one
};

/// What a file says that a purchase or a line of it brought and cost, where the rules are not asked.
struct ImportedHistory {
  std::int64_t discount, points_money, earned, spent;
  std::optional<Date> usable_from, valid_through;  ///< of what was earned; nothing: by the program's rules
  bool never_ends;
};

/// What a gift card paid of a line, by a history.
struct ImportedGift {
  std::int64_t amount;
  std::uint32_t history;  ///< place in SalesTable::history
  std::uint32_t card;     ///< place in SalesTable::gift_cards
};

/// The purchases of a file, in order of their time, then of the file.
struct SalesTable {
  std::vector<ImportedSale> rows;
  std::vector<ImportedCard> cards;
  std::vector<std::string> tills;
  std::string receipts;
  std::int64_t rows_read = 0;
  std::int64_t returns = 0;              ///< rows that are no purchases, passed over
  bool has_lines = false;                ///< lines are goods, and kept
  std::vector<ImportedLine> lines;       ///< by sale, then in the order of the file; empty: a receipt is one row
  std::vector<ImportedHistory> history;  ///< empty: the rules say what was earned
  std::vector<ImportedGoods> goods;
  std::vector<ImportedGift> gifts;  ///< by history
  std::vector<ImportedCard> gift_cards;

  std::string_view receipt_of(const ImportedSale& row) const {
    return std::string_view(receipts).substr(row.receipt, row.receipt_bytes);
  }
  std::span<const ImportedLine> lines_of(const ImportedSale& row) const;
  std::span<const ImportedGift> gifts_of(const ImportedLine& line) const;
};

/// The fields of a purchase and their usual headings.
const std::vector<ImportField>& sale_fields();
/// The same, and what a history says beside.
const std::vector<ImportField>& sale_history_fields();

/// How the rows of purchases are read.
struct SalesReading {
  LocalTime now;  ///< the shop's
  std::string default_till;
  bool receipts_restart_daily = false;
  bool is_history = false;
  int scale = 0;  ///< of points
  ImportDates dates;
};

/// Reads the rows of a file; what cannot be read goes to `rejections`, with all the rows of its receipt.
SalesTable read_sales(format::DelimitedReader& reader, const ColumnMap& columns, const SalesReading& reading,
                      Rejections& rejections, const ImportProgress& progress);

/// What a row says that it is.
enum class RowKind { sale, sale_return };
/// Reads the words of a type column; nothing for other words.
std::optional<RowKind> row_kind(std::string_view text);

}  // namespace loyal::service
