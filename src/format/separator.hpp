// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace loyal::format {

/// The separator of a file that starts with `sample`: ',', ';', '\t', '|', or ' ' for runs of blanks. `is_whole` says
/// that the sample's last line is not cut.
char guess_separator(std::string_view sample, bool is_whole);

}  // namespace loyal::format
