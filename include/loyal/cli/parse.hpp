// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "loyal/cli/words.hpp"

namespace loyal::cli {

/// Gives the values of the tokens to the arguments of the verb and to the global flags. Error{usage} for what is
/// missing, unknown, given twice or too much; `words` is the whole line, for hints that can be pasted.
void assign(const std::vector<Token>& tokens, const Verb& verb, const Verb& global_flags,
            std::span<const std::string> words);

}  // namespace loyal::cli
