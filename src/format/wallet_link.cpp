// SPDX-License-Identifier: MIT
#include "loyal/format/wallet_link.hpp"

#include <fmt/format.h>

#include <string_view>

namespace loyal::format {
namespace {

bool is_unreserved(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         std::string_view("-._~").find(byte) != std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char byte : text) {
    if (is_unreserved(byte))
      encoded += byte;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
  }
  return encoded;
}

std::string_view catima_name(Symbology symbology) {
  switch (symbology) {
    case Symbology::qr:
      return "QR_CODE";
    case Symbology::ean13:
      return "EAN_13";
    case Symbology::code128:
      return "CODE_128";
    case Symbology::datamatrix:
      return "DATA_MATRIX";
    case Symbology::aztec:
      return "AZTEC";
    case Symbology::pdf417:
      return "PDF_417";
    case Symbology::code39:
      return "CODE_39";
    case Symbology::code93:
      return "CODE_93";
    case Symbology::codabar:
      return "CODABAR";
    case Symbology::itf:
      return "ITF";
    case Symbology::ean8:
      return "EAN_8";
    case Symbology::upca:
      return "UPC_A";
    case Symbology::upce:
      return "UPC_E";
  }
  return {};
}

}  // namespace

std::string catima_link(const WalletCard& card) {
  std::string fields = fmt::format("store={}&note={}&cardid={}", percent_encoded(card.store),
                                   percent_encoded(card.note), percent_encoded(card.number));
  if (card.code != card.number) fields += "&barcodeid=" + percent_encoded(card.code);
  fields += fmt::format("&barcodetype={}", catima_name(card.symbology));
  // The app decodes the fragment as a whole, and then each value again.
  return "https://catima.app/share#" + percent_encoded(fields);
}

}  // namespace loyal::format
