// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "loyal/cli/command_table.hpp"

namespace loyal::cli {

/// The page loyal(1), in man(7) macros.
std::string root_manual(const CommandTable& table);
/// The page of one verb.
std::string verb_manual(const CommandTable& table, const Verb& verb);
/// The name of a verb's page, without its section: "loyal-card-issue".
std::string manual_name(const std::string& noun, const std::string& verb);
/// All pages: file name and text.
std::vector<std::pair<std::string, std::string>> all_manuals(const CommandTable& table);

}  // namespace loyal::cli
