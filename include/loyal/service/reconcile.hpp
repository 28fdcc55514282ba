// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/service/import_source.hpp"

namespace loyal::service {

/// A file of purchases from elsewhere, to be held against the store.
struct ReconcileRequest {
  ImportFile file;
  std::optional<Date> from, to;  ///< nothing: the first and the last day of the file
  bool is_paid = false;          ///< the file's amounts are what was paid, after discounts and points
  bool receipts_restart_daily = false;
};

/// How a purchase differs between the store (here) and the file (there).
enum class DifferenceKind { missing_here, missing_there, different };
std::string_view name(DifferenceKind kind);

struct Difference {
  DifferenceKind kind = DifferenceKind::different;
  std::size_t line = 0;  ///< of the file; 0: the file has no such row
  std::string receipt, till, card;
  Date date;
  std::optional<Money> here, there;
  std::string what;  ///< what differs, in people's words
};

struct ReconcileSum {
  std::int64_t count = 0;
  Money here, there;
};

struct ReconcileReport {
  std::int64_t rows = 0;
  Date from, to;
  ReconcileSum matched, missing_here, missing_there, different;
  std::int64_t returns = 0;     ///< rows that are returns, passed over
  std::int64_t unreadable = 0;  ///< rows that cannot be read
  std::vector<Rejections::Example> examples;

  bool agrees() const {
    return missing_here.count == 0 && missing_there.count == 0 && different.count == 0 && unreadable == 0;
  }
};

/// Compares the purchases of a file with those of the store, by receipt where the file has receipts, else by card, day
/// and amount. `take` is told of each difference. Nothing is written.
ReconcileReport reconcile(const Context& context, const ReconcileRequest& request, const ImportNote& note,
                          const ImportProgress& progress, const std::function<void(const Difference&)>& take);

}  // namespace loyal::service
