// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/service/context.hpp"

namespace loyal::service {

/// Copies the store into a new file that only its owner can read, while others go on; it is in its place only when it
/// has been read back and found whole. Error{conflict} where the file is there, unless forced. Answers with the last
/// operation in the copy.
OperationId backup(store::Database& database, const std::string& path, bool force);

/// What a restore did.
struct RestoreReport {
  std::string kept;  ///< where the replaced store lies; empty: there was none
  std::int64_t operations = 0;
};

/// Error{store_broken} unless the file is a store in which the doctor finds nothing wrong.
void require_clean(const std::string& path);

/// Whose store a file is.
struct StoreIdentity {
  std::string uuid;
  std::vector<std::string> companies;
  OperationId last_operation;
  std::string last_operation_at;  ///< UTC; empty: no operation yet
};
/// Reads it; nothing where the file is not there or is no store that can be read.
std::optional<StoreIdentity> identity_of(const std::string& path);

/// Puts the store in `from` in the place of the one at `path`, which is kept beside. Nobody else may have it open.
RestoreReport restore(const std::string& path, const std::string& from);

}  // namespace loyal::service
