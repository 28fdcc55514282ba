// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "loyal/cli/command_table.hpp"
#include "loyal/cli/session.hpp"

namespace loyal::cli {

/// Runs one command line (without the program's name) and answers with the exit code. The only place that catches
/// errors.
int run(std::span<const std::string> arguments, World& world);

/// The same with another table of commands, for tests.
int run(std::span<const std::string> arguments, World& world, const CommandTable& table);

/// The version that was built: "0.1.0".
const char* version();

}  // namespace loyal::cli
