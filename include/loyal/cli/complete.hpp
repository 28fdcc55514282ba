// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "loyal/cli/candidates.hpp"
#include "loyal/cli/command_table.hpp"

namespace loyal::cli {

/// What can stand at the cursor. `words` is the line as the shell took it apart, words[0] being the program itself, and
/// words[index] the word under the cursor (one past the end: an empty word). The session's globals are set from the
/// line, so that
/// --db counts.
Candidates complete(const CommandTable& table, Session& session, std::span<const std::string> words, std::size_t index);

/// `loyal __complete INDEX -- words…`: value TAB description, at most 100 lines; whatever goes wrong, it is silent and
/// exits 0.
int run_completion(const CommandTable& table, std::span<const std::string> arguments, World& world);

/// The script that makes a shell ask: "bash", "zsh" or "fish".
std::string completion_script(const std::string& shell);

}  // namespace loyal::cli
