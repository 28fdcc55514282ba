// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/cli/verb.hpp"

namespace loyal::cli {

// One line per verb, in the order of the table in src/cli/verb_table.cpp.
void declare_help(Verb& verb);
void declare_completion(Verb& verb);
void declare_config(Verb& verb);
void declare_version(Verb& verb);

}  // namespace loyal::cli
