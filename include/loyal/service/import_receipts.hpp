// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "loyal/service/import_rows.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {

/// The document of a row: its receipt, and the sale that has it already.
struct RowReceipt {
  std::string_view text;  ///< valid until the next row is asked for
  std::int64_t generation = 1;
  std::optional<store::Sale> stored;
};

/// Names the documents of an import's rows. A row without a receipt gets one from its content: its day, a keyed digest,
/// and its ordinal among equal rows. `~20260301-3f9a1c77d0b2e4-1` is the same whenever the row is read again.
class ImportReceipts {
 public:
  ImportReceipts(store::Database& database, const SalesTable& table, CompanyId company, bool restart_daily,
                 bool post_new_rows);

  /// Rows are asked for once each, in the table's order.
  RowReceipt of(const ImportedSale& row);

 private:
  struct Content {
    std::int64_t amount;
    std::uint32_t card;
    std::uint16_t till;
    friend bool operator==(const Content&, const Content&) = default;
  };
  struct ContentHash {
    std::size_t operator()(const Content& content) const;
  };

  void find_repeated();
  RowReceipt derived(const ImportedSale& row);
  std::uint32_t& ordinal_of(const ImportedSale& row);
  std::optional<store::DocumentState> stored(const ImportedSale& row);

  store::Database& database_;
  const SalesTable& table_;
  CompanyId company_;
  bool restart_daily_, post_new_rows_;
  bool store_has_sales_;
  store::Blob key_;
  std::vector<bool> is_repeated_;  // by row: another row of the file has its receipt
  store::Document document_;
  // Equal rows have one time, so that only those of the moment at hand are remembered.
  std::int64_t moment_ = -1;
  std::unordered_map<Content, std::uint32_t, ContentHash> ordinals_;
};

}  // namespace loyal::service
