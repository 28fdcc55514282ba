// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "loyal/base/date.hpp"

namespace loyal::store {

class Database;

/// "loya" in ASCII: what `file` and SQLite's own header know the store by.
inline constexpr std::int64_t application_id = 0x6c6f7961;
/// The version of the tables that this program reads and writes (PRAGMA user_version).
inline constexpr int schema_version = 2;

/// Makes the tables in an empty database, inside the caller's transaction.
void create_schema(Database& database, Instant now);

/// Brings the tables of an older store up to date, one version at a time, in one transaction; answers with the version
/// found.
int migrate(Database& database);

}  // namespace loyal::store
