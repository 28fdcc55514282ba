// SPDX-License-Identifier: MIT
#include "loyal/service/import_receipts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "loyal/store/operation.hpp"

namespace loyal::service {
namespace {

// 56 bits beside the day: a day of a million purchases has two alike by chance once in a hundred thousand imports, and
// then one of them is rejected as a conflict, not lost.
constexpr std::size_t digest_bytes_shown = 7;
constexpr std::size_t ordinals_kept_max = 4096;

std::size_t mixed(std::size_t seed, std::size_t value) {
  return seed ^ (value + 0x9e3779b97f4a7c15U + (seed << 6U) + (seed >> 2U));
}

}  // namespace

std::size_t ImportReceipts::ContentHash::operator()(const Content& content) const {
  return mixed(mixed(std::hash<std::int64_t>{}(content.amount), content.card), content.till);
}

ImportReceipts::ImportReceipts(store::Database& database, const SalesTable& table, CompanyId company,
                               bool restart_daily, bool post_new_rows)
    : database_(database),
      table_(table),
      company_(company),
      restart_daily_(restart_daily),
      post_new_rows_(post_new_rows),
      store_has_sales_(store::has_sales(database, company)),
      key_(store::digest_key(database)) {
  document_.company = company;
  find_repeated();
}

/// Into a store without sales the rows go unasked, but for those whose receipt another row of the file has.
void ImportReceipts::find_repeated() {
  is_repeated_.resize(table_.rows.size());
  if (store_has_sales_) return;
  std::vector<std::pair<std::size_t, std::uint32_t>> keys;
  for (std::size_t i = 0; i < table_.rows.size(); ++i) {
    const ImportedSale& row = table_.rows[i];
    if (row.receipt_bytes == 0) continue;
    std::size_t key = mixed(std::hash<std::string_view>{}(table_.receipt_of(row)), row.till);
    if (restart_daily_) key = mixed(key, static_cast<std::size_t>(row.day));
    keys.emplace_back(key, static_cast<std::uint32_t>(i));
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 1; i < keys.size(); ++i)
    if (keys[i].first == keys[i - 1].first) is_repeated_[keys[i].second] = true;
}

std::optional<store::DocumentState> ImportReceipts::stored(const ImportedSale& row) {
  const auto place = static_cast<std::size_t>(&row - table_.rows.data());
  if (!store_has_sales_ && !is_repeated_[place]) return std::nullopt;
  return store::find_document(database_, document_);
}

RowReceipt ImportReceipts::of(const ImportedSale& row) {
  document_.till = table_.tills[row.till];
  document_.day = restart_daily_ && row.receipt_bytes > 0 ? to_string(row.at().date) : std::string{};
  if (row.receipt_bytes == 0) return derived(row);
  document_.receipt = table_.receipt_of(row);
  RowReceipt result{document_.receipt, 1, std::nullopt};
  if (auto found = stored(row)) {
    if (found->is_undone)
      result.generation = found->sale.generation + 1;
    else
      result.stored = std::move(found->sale);
  }
  return result;
}

std::uint32_t& ImportReceipts::ordinal_of(const ImportedSale& row) {
  const std::int64_t moment = (static_cast<std::int64_t>(row.day) << 32) + row.second;
  if (moment != moment_) {
    // Clearing a map keeps its buckets, and costs as much each time.
    if (ordinals_.bucket_count() > ordinals_kept_max)
      ordinals_ = {};
    else if (!ordinals_.empty())
      ordinals_.clear();
    moment_ = moment;
  }
  return ordinals_[{row.amount, row.card, row.till}];
}

RowReceipt ImportReceipts::derived(const ImportedSale& row) {
  store::Digest digest(key_);
  digest.add(table_.cards[row.card].code);
  digest.add(std::int64_t{row.day});
  digest.add(std::int64_t{row.second});
  digest.add(row.amount);
  digest.add(document_.till);
  const store::Blob hash = digest.finish();
  const auto day = row.at().date.civil();
  std::string stem = fmt::format("~{:04}{:02}{:02}-", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                                 static_cast<unsigned>(day.day()));
  for (std::size_t i = 0; i < digest_bytes_shown; ++i) fmt::format_to(std::back_inserter(stem), "{:02x}", hash[i]);
  for (std::uint32_t& ordinal = ordinal_of(row);;) {
    document_.receipt = fmt::format("{}-{}", stem, ++ordinal);
    RowReceipt result{document_.receipt, 1, std::nullopt};
    auto found = store_has_sales_ ? store::find_document(database_, document_) : std::nullopt;
    if (!found) return result;
    if (found->is_undone) {
      result.generation = found->sale.generation + 1;
      return result;
    }
    if (post_new_rows_) continue;
    result.stored = std::move(found->sale);
    return result;
  }
}

}  // namespace loyal::service
