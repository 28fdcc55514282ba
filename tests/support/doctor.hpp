// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "loyal/store/database.hpp"

namespace loyal::test {

/// Which checks are run: all, or those of what was posted alone, where the tables are the same every time.
enum class Examine { all, postings };

/// The first thing that `loyal doctor` would complain of.
std::optional<std::string> doctors_finding(store::Database& database, Examine examine = Examine::all);

}  // namespace loyal::test
