// SPDX-License-Identifier: MIT
#include "loyal/format/wallet_link.hpp"

#include <doctest/doctest.h>

#include <set>

#include "loyal/format/barcode.hpp"

using namespace loyal::format;

namespace {

std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      result += text[at];
      continue;
    }
    REQUIRE(at + 2 < text.size());
    result += static_cast<char>(std::stoi(std::string(text.substr(at + 1, 2)), nullptr, 16));
    at += 2;
  }
  return result;
}

/// The fields as the app takes them: the fragment is decoded as a whole, split, and each value decoded again.
std::map<std::string, std::string> fields_of(const std::string& link) {
  const std::string start = "https://catima.app/share#";
  REQUIRE(link.starts_with(start));
  const std::string fields = decoded(std::string_view(link).substr(start.size()));
  std::map<std::string, std::string> result;
  for (std::size_t at = 0; at < fields.size();) {
    const auto end = std::min(fields.find('&', at), fields.size());
    const auto equals = fields.find('=', at);
    REQUIRE(equals < end);
    result[fields.substr(at, equals - at)] = decoded(fields.substr(equals + 1, end - equals - 1));
    at = end + 1;
  }
  return result;
}

}  // namespace

TEST_CASE("the app Catima finds in the link what the card says, whatever it says") {
  const WalletCard card{"Зерно & Ко = «50 %» #1?", "note+plus", "2900000000018", "2900000000018", Symbology::ean13};
  const auto link = catima_link(card);
  // Nothing that a messenger would cut the link at.
  CHECK(link.find_first_of(" \"<>&+«") == std::string::npos);
  CHECK(fields_of(link) ==
        std::map<std::string, std::string>{
            {"store", card.store}, {"note", card.note}, {"cardid", card.number}, {"barcodetype", "EAN_13"}});
}

TEST_CASE("a symbol that says something else than the number is told beside it") {
  const WalletCard card{"Зерно", "", "2900000000018", "https://example.org/?a=1&b=2", Symbology::qr};
  CHECK(fields_of(catima_link(card)).at("barcodeid") == card.code);
}

TEST_CASE("each symbology has its own name in the app, and the link fits into a QR symbol") {
  std::set<std::string> names;
  std::string store;
  for (int letter = 0; letter < 40; ++letter) store += "Ж";
  for (const auto& known : symbologies()) {
    const auto link = catima_link({store, "", "2900000000018", "2900000000018", known.symbology});
    names.insert(fields_of(link).at("barcodetype"));
    CHECK(traits(Symbology::qr).why_not(link).empty());
  }
  CHECK(names.size() == symbologies().size());
  CHECK_FALSE(names.contains(""));
}
