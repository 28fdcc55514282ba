// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "loyal/cli/session.hpp"
#include "loyal/cli/verb.hpp"

namespace loyal::cli {

/// Values with what they stand for.
using Candidates = std::vector<std::pair<std::string, std::string>>;

/// What the store knows of this kind that begins with the prefix: card numbers with their holders, slugs with their
/// titles. May throw: completion is silent about it.
Candidates candidates(Session& session, Value value, const std::string& prefix);

}  // namespace loyal::cli
