// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "loyal/domain/ledger.hpp"
#include "loyal/store/database.hpp"

namespace loyal::store {

/// One thing that is wrong, and where.
struct Problem {
  std::string place;
  std::string what;
};

/// What a check looked at and found; all problems are counted, the first are kept.
struct CheckReport {
  std::string name;   ///< for programs: "chain"
  std::string title;  ///< for people, translated
  std::int64_t examined = 0;
  std::int64_t problems = 0;
  std::vector<Problem> first;
  std::string advice;  ///< what to do, where there are problems

  void add(std::string place, std::string what);
};

/// A check of the whole store. It reads each table in some order from end to end and keeps nothing, so that its memory
/// does not grow with the store.
struct Check {
  const char* name;
  const char* title;
  const char* advice;
  void (*run)(Database& database, CheckReport& report);
};

/// All checks, the longest first.
std::span<const Check> checks();

/// Runs one check; a store too broken to be read is a problem like others.
CheckReport run_check(Database& database, const Check& check);

/// Writes the table of lots anew from the entries, inside the caller's transaction; answers with the number of lots.
std::int64_t rebuild_lots(Database& database);

/// What stands in the file at `path` is sound as SQLite sees it; else Error{store_broken}.
void require_sound_pages(Database& database);

}  // namespace loyal::store
