// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "loyal/cli/session.hpp"

namespace loyal::cli {

/// Runs one command line (without the program's name) and answers with the exit code. The only place that catches errors.
int run(std::span<const std::string> arguments, World& world);

}  // namespace loyal::cli
