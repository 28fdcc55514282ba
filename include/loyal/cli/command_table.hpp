// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loyal/cli/verb.hpp"

namespace loyal::cli {

/// The nouns and verbs that a command line is read with.
struct CommandTable {
  const std::vector<NounEntry>& nouns;
  const std::vector<VerbEntry>& verbs;

  /// The noun of this name or alias; nullptr where there is none, or none of its verbs has been built.
  const NounEntry* noun(std::string_view word) const;
  /// The verb of the noun ("" for verbs by themselves); `ls` is `list`.
  const VerbEntry* verb(std::string_view noun_name, std::string_view word) const;
  /// The verbs of the noun, in the table's order.
  std::vector<const VerbEntry*> verbs_of(std::string_view noun_name) const;
  /// The nouns that have a verb.
  std::vector<const NounEntry*> built_nouns() const;
};

/// The table of this program.
CommandTable command_table();

/// How the verb is called: "loyal card issue".
std::string full_name(const Verb& verb);

}  // namespace loyal::cli
