// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/store/check.hpp"

namespace loyal::service {

/// What the doctor found, check by check.
struct DoctorReport {
  std::vector<store::CheckReport> checks;
  std::int64_t problems() const;
};

/// Proves the whole store: the pages and indexes of its file, the chain of operations, the lots, the sales. Reads only;
/// two checks at a time, each over a connection of its own.
DoctorReport examine(const std::string& path, const Progress& progress = {});

/// Writes the table of lots anew from the entries; Error{store_broken} where history itself cannot be trusted.
std::int64_t rebuild_lots(const Context& context);

}  // namespace loyal::service
