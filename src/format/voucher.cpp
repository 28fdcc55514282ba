// SPDX-License-Identifier: MIT
#include "loyal/format/voucher.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include <vector>

#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

constexpr std::string_view beginning = "LOYAL1:";
constexpr std::string_view key_beginning = "loyal-voucher-key";
constexpr std::size_t fields = 7;  ///< behind the beginning, the signature last
constexpr std::size_t voucher_bytes_max = 512;
constexpr int base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

template <std::size_t size>
std::string encoded(const std::array<unsigned char, size>& bytes) {
  std::string text(sodium_base64_ENCODED_LEN(size, base64), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), base64);
  text.resize(text.find('\0'));
  return text;
}

template <std::size_t size>
std::optional<std::array<unsigned char, size>> decoded(std::string_view text) {
  std::array<unsigned char, size> bytes{};
  std::size_t count = 0;
  const char* end = nullptr;
  const bool is_read =
      sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &count, &end, base64) == 0 &&
      count == size && end == text.data() + text.size();
  return is_read ? std::optional(bytes) : std::nullopt;
}

std::string day_text(const std::optional<Date>& date) {
  return date ? to_string(*date) : std::string{};
}

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t colon = std::min(text.find(':', start), text.size());
    parts.push_back(text.substr(start, colon - start));
    start = colon + 1;
  }
  return parts;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SigningKeys new_signing_keys() {
  SigningKeys keys;
  crypto_sign_keypair(keys.public_key.data(), keys.secret_key.data());
  return keys;
}

std::string signed_voucher(const Voucher& voucher, const SigningKeys& keys) {
  const std::string said = fmt::format("{}{}:{}:{}:{}:{}:{}", beginning, voucher.code, voucher.effect, voucher.value,
                                       day_text(voucher.from), day_text(voucher.until), voucher.issuer);
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(said), said.size(), keys.secret_key.data());
  return said + ":" + encoded(signature);
}

bool is_voucher(std::string_view text) {
  return text.starts_with(beginning);
}

std::optional<Voucher> read_voucher(std::string_view text) {
  if (!is_voucher(text) || text.size() > voucher_bytes_max || visible(text) != text) return std::nullopt;
  const auto parts = parts_of(text.substr(beginning.size()));
  if (parts.size() != fields) return std::nullopt;
  Voucher voucher{std::string(parts[0]), std::string(parts[1]), std::string(parts[2]), {}, {}, std::string(parts[5])};
  voucher.from = date_from_iso(parts[3]);
  voucher.until = date_from_iso(parts[4]);
  const bool has_dates = (parts[3].empty() || voucher.from) && (parts[4].empty() || voucher.until);
  return has_dates && !voucher.code.empty() ? std::optional(voucher) : std::nullopt;
}

bool is_signed_by(std::string_view text, const std::array<unsigned char, 32>& public_key) {
  const std::size_t colon = text.rfind(':');
  if (!read_voucher(text) || colon == std::string_view::npos) return false;
  const auto signature = decoded<crypto_sign_BYTES>(text.substr(colon + 1));
  const std::string_view said = text.substr(0, colon);
  return signature &&
         crypto_sign_verify_detached(signature->data(), bytes_of(said), said.size(), public_key.data()) == 0;
}

std::string key_text(const std::array<unsigned char, 32>& public_key, std::string_view issuer) {
  return fmt::format("{} {} {}", key_beginning, issuer, encoded(public_key));
}

std::optional<std::array<unsigned char, 32>> read_key(std::string_view text) {
  text = trim(text);
  const std::size_t blank = text.rfind(' ');
  if (!text.starts_with(key_beginning) || blank == std::string_view::npos) return std::nullopt;
  return decoded<32>(text.substr(blank + 1));
}

}  // namespace loyal::format
