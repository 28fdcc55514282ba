// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "loyal/store/database.hpp"

namespace loyal::store {

/// Copies all of one store into another, whose content goes, as one transaction; others may read and write `from`
/// meanwhile.
void copy(Database& from, Database& to);

/// What one tells of a store file.
struct StoreFacts {
  std::string uuid, created_at;
  int schema_version = 0;
  std::int64_t bytes = 0;
  std::vector<std::pair<std::string, std::int64_t>> rows;  ///< table and number of rows
};
StoreFacts store_facts(Database& database);

/// The SQLite that is in use ("3.40.1").
std::string sqlite_version();

}  // namespace loyal::store
