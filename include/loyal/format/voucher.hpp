// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loyal/base/date.hpp"

namespace loyal::format {

/// A promo code that says by itself what it is worth, signed, so that a till without the store can tell a good one from
/// a forged one.
struct Voucher {
  std::string code;    ///< as printed; without colons
  std::string effect;  ///< "percent", "money" …
  std::string value;   ///< "10%", "500.00", "200"; empty where the effect has none
  std::optional<Date> from, until;
  std::string issuer;  ///< INN of the company

  friend bool operator==(const Voucher&, const Voucher&) = default;
};

/// The keys of an Ed25519 signature (RFC 8032).
struct SigningKeys {
  std::array<unsigned char, 32> public_key{};
  std::array<unsigned char, 64> secret_key{};
};
SigningKeys new_signing_keys();

/// `LOYAL1:CODE:effect:value:from:until:INN:signature`, the signature in base64 for addresses.
std::string signed_voucher(const Voucher& voucher, const SigningKeys& keys);

/// Whether a text begins as a voucher does.
bool is_voucher(std::string_view text);
/// What the text says, whoever wrote it; nothing for a text that is no voucher.
std::optional<Voucher> read_voucher(std::string_view text);
/// Whether the text is as the holder of the key signed it.
bool is_signed_by(std::string_view text, const std::array<unsigned char, 32>& public_key);

/// A public key as a line of a file, and back; nothing for any other text.
std::string key_text(const std::array<unsigned char, 32>& public_key, std::string_view issuer);
std::optional<std::array<unsigned char, 32>> read_key(std::string_view text);

}  // namespace loyal::format
