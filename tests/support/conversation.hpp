// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/cli/session.hpp"

namespace loyal::test {

/// What stands for the program: loyal::cli::run, or a stand-in where the runner itself is tested.
using Program = std::function<int(std::span<const std::string> arguments, cli::World& world)>;

/// What came of a conversation.
struct Verdict {
  bool holds = false;
  std::string difference;  ///< expected and got, command by command; empty when it holds
  std::string transcript;  ///< the script with what came out in place of what was expected
};

/// Plays a script (see tests/session/format.session for how it is written) in a fresh scratch directory with an empty
/// environment and a clock that advances one second per command.
Verdict converse(const std::string& script, const Program& program);

/// Plays a file; a test failure shows the difference. With LOYAL_TEST_UPDATE=1 the file is rewritten with what came
/// out.
void check_session(const std::filesystem::path& file, const Program& program);

/// Splits a command line at blanks; '…', "…" and \ quote as in a shell.
std::vector<std::string> split_words(std::string_view line);

/// Whether a line is as expected, where each [*] stands for any text.
bool line_matches(std::string_view expected, std::string_view line);

}  // namespace loyal::test
