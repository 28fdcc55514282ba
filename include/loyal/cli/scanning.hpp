// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/format/barcode.hpp"

namespace loyal::cli {

class Session;

/// All codes in a picture; `-` is stdin. Error{failed} for a picture that is cut off and shows none.
std::vector<format::Found> scanned(Session& session, const std::string& path);

/// The number of the one card in a picture.
std::string scanned_card(Session& session, const std::string& path);

/// How a symbology is called, also one that is only read.
std::string symbology_name(const format::Found& found);

}  // namespace loyal::cli
