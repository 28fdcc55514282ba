// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace loyal::format {

/// The settings of a TOML file, key and value as text, in the order of the file; empty if there is no such file.
/// Error{usage} with file:line:column for text that is no TOML or a value that is neither text, number nor true/false.
std::vector<std::pair<std::string, std::string>> read_config_file(const std::string& path);

/// Writes such a file, texts all; its folder is made where it is missing. Keys are plain words.
void write_config_file(const std::string& path, const std::vector<std::pair<std::string, std::string>>& settings);

}  // namespace loyal::format
