// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "loyal/base/date.hpp"
#include "loyal/store/database.hpp"

namespace loyal::service {

/// Tells a long work's progress: done, total (0 when not known).
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

/// What every use case takes: the store, the one now, and who asks.
struct Context {
  store::Database& store;
  Instant now;
  Instant wall_time;
  std::string key;  ///< idempotency key; empty: none
  std::string operator_name;
  std::string till;
  std::string shop;     ///< slug or name; empty: the only one
  std::string company;  ///< slug or name; empty: the only one
  bool dry_run = false;
};

}  // namespace loyal::service
