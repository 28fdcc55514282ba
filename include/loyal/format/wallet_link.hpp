// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/format/symbology.hpp"

namespace loyal::format {

/// A card as a wallet on a phone keeps it.
struct WalletCard {
  std::string store;   ///< whose card it is
  std::string note;    ///< may be empty
  std::string number;  ///< shown in print
  std::string code;    ///< what the symbol says
  Symbology symbology = Symbology::qr;
};

/// A link that the app Catima takes a card from. All that it says stands behind the #, which browsers keep to
/// themselves: no server learns of it.
std::string catima_link(const WalletCard& card);

}  // namespace loyal::format
