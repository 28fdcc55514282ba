// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "property/history_script.hpp"

namespace loyal::test {

/// The smallest script found, by leaving out steps, repetitions, lines and rules, that still fails.
Script shrunk(Script script, const std::function<bool(const Script&)>& fails);

}  // namespace loyal::test
