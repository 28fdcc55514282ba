// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/format/barcode.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/points.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// The card that a scanned code opens: the code itself, or what a shop's other readers call it (UPC as EAN-13). Never
/// by a name or a telephone: whoever printed the code chose its text.
std::optional<store::Card> card_of_scan(store::Database& database, const format::Found& found);

/// The one card that codes of a picture open, by its number. Error{not_found} with the codes where they open none,
/// Error{usage} with the cards where they open several.
std::string only_card_of_scan(store::Database& database, const std::vector<format::Found>& found,
                              const std::string& picture);

}  // namespace loyal::service
