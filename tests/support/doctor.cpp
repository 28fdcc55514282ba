// SPDX-License-Identifier: MIT
#include "support/doctor.hpp"

#include <fmt/format.h>

#include "loyal/store/check.hpp"

namespace loyal::test {

std::optional<std::string> doctors_finding(store::Database& database, Examine examine) {
  for (const store::Check& check : store::checks()) {
    const std::string_view name = check.name;
    if (examine == Examine::postings && (name == "file" || name == "schema")) continue;
    const store::CheckReport report = store::run_check(database, check);
    if (report.problems > 0)
      return fmt::format("doctor, {}: {}: {}", check.name, report.first.front().place, report.first.front().what);
  }
  return std::nullopt;
}

}  // namespace loyal::test
