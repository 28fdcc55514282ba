// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loyal/cli/command_table.hpp"
#include "loyal/cli/verb.hpp"

namespace loyal::cli {

/// A piece of a command line: an operand, or a flag with its value.
struct Token {
  const Argument* flag = nullptr;  ///< nullptr: an operand, or a flag that nobody declared
  bool is_unknown_flag = false;
  std::string spelling;              ///< the flag as typed, without its value
  std::optional<std::string> value;  ///< the operand, or the flag's value; nothing where it is missing or not wanted
  std::size_t place = 0;             ///< which word it began with
};

/// The flag spelled so, of the verb first and of the global ones then; nullptr where there is none.
const Argument* find_flag(const std::string& spelling, const Verb* verb, const Verb& global_flags);

/// Takes words apart by what is known of flags: `--flag value`, `--flag=value`, `-o FILE`, `-oFILE`, `-qv`, `--`, and
/// negative numbers as operands. `first_place` is the place of words[0] on the whole line. It refuses nothing.
std::vector<Token> tokens_of(std::span<const std::string> words, std::size_t first_place, const Verb* verb,
                             const Verb& global_flags);

/// A command line whose noun and verb have been found.
struct CommandLine {
  const NounEntry* noun = nullptr;
  const VerbEntry* verb = nullptr;
  std::vector<Token> tokens;           ///< the flags before the verb
  std::size_t rest = 0;                ///< place of the first word after the verb
  std::vector<std::string> unclaimed;  ///< words after `--` where no verb stood before it
};

/// Finds noun and verb among global flags; Error{usage} with "did you mean" for a word that is neither, and for a flag
/// before the verb that is not global.
CommandLine find_command(const CommandTable& table, const Verb& global_flags, std::span<const std::string> words);

}  // namespace loyal::cli
