// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// An operation as it was recorded.
struct OperationRow {
  OperationId id;
  std::string at, wall_at;  ///< UTC
  std::string verb, key;
  Blob input_digest;
  std::string operator_name, till;
  OperationId undoes;
  OperationId undone_by;
  Marks from{};  ///< the last ids before it
  Marks to{};    ///< the last ids that it wrote
  Blob hash;

  std::int64_t count(History table) const {
    const auto place = static_cast<std::size_t>(table);
    return to[place] - from[place];
  }
};

Blob digest_key(Database& database);
std::string store_uuid(Database& database);

std::optional<OperationRow> operation(Database& database, OperationId id);
std::optional<OperationRow> operation_by_key(Database& database, const std::string& key);
/// The last operation, or nothing in an empty store.
std::optional<OperationRow> last_operation(Database& database);
/// The newest operation that is no undo and has not been undone.
std::optional<OperationRow> last_standing_operation(Database& database);
/// Operations after `since`, in order.
void each_operation(Database& database, OperationId since, const std::function<void(const OperationRow&)>& take);

/// The changes that an operation made to rows that can change.
struct ChangeRow {
  std::string subject;
  std::int64_t subject_id = 0;
  std::string action, detail;
};
std::vector<ChangeRow> changes_of_operation(Database& database, OperationId operation);

}  // namespace loyal::store
