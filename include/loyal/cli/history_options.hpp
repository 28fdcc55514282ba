// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "loyal/base/quantity.hpp"

namespace loyal::cli {

class Verb;

/// Which moment of history an answer is about: a day, and what was known.
struct HistoryOptions {
  std::string as_of;
  std::optional<std::int64_t> known_at;
};

void declare_history_options(Verb& verb, HistoryOptions& options);
/// --known-at alone, where days are chosen otherwise.
void declare_known_at(Verb& verb, HistoryOptions& options);

/// Whether the answer is about today, by all that is known.
bool is_today(const HistoryOptions& options);
/// The operation whose knowledge is asked for; zero: all that is known. Error{usage} for a number that is none.
OperationId known_at(const HistoryOptions& options);

}  // namespace loyal::cli
