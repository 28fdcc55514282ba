// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/cli/command_table.hpp"
#include "loyal/cli/layout.hpp"

namespace loyal::cli {

/// An exit code and what it means.
struct ExitCode {
  int code;
  const char* meaning;  ///< N_(…)
};

/// All exit codes, in their order.
const std::vector<ExitCode>& exit_code_table();
/// The codes that a verb can end with.
std::vector<ExitCode> exit_codes_of(const Verb& verb);

/// The verb's operands and required flags: "loyal card assign CARD CUSTOMER [flags]".
std::string usage_of(const Verb& verb);
/// A flag as help lists it: "-o, --output FILE".
std::string term_of(const Argument& argument);
/// What help says of an argument, translated.
std::string meaning_of(const Argument& argument);
/// The global flags, for the lists of help and manual; a verb's list has those that get their sense from it.
Page::Rows rows_of(const Verb& verb, bool operands);

/// The pages of help.
std::string root_help(const CommandTable& table, const Verb& global_flags, int columns, bool colour);
std::string noun_help(const CommandTable& table, const NounEntry& noun, int columns, bool colour);
std::string verb_help(const Verb& verb, const Verb& global_flags, int columns, bool colour);
std::string exit_codes_help(int columns, bool colour);

}  // namespace loyal::cli
