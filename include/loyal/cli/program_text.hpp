// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace loyal::cli {

class Session;

/// The text of a program file, or of stdin for `-`; Error{failed} where it cannot be read or is empty.
std::string program_text(Session& session, const std::string& path);

/// What messages call the file.
std::string program_text_name(const std::string& path);

}  // namespace loyal::cli
