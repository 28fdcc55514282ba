// SPDX-License-Identifier: MIT
#include "symbology_limits.hpp"

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/domain/retail_number.hpp"

namespace loyal::format {
namespace {

constexpr std::string_view digits = "0123456789";

bool all_of(std::string_view code, std::string_view alphabet) {
  return code.find_first_not_of(alphabet) == std::string_view::npos;
}

/// Any text up to so many bytes, of which each is one of the symbol's own.
std::string why_not_text(std::string_view code, std::size_t bytes_max) {
  if (code.empty()) return tr("it is empty");
  if (code.size() > bytes_max)
    return tr("it has {} bytes; at most {} make a symbol that phones read", code.size(), bytes_max);
  const bool has_control = std::ranges::any_of(
      code, [](char symbol) { return static_cast<unsigned char>(symbol) < 0x20 || symbol == 0x7F; });
  return !is_utf8(code) || has_control ? tr("it is not text") : std::string{};
}

std::string why_not_ascii(std::string_view code, std::size_t symbols_max) {
  if (code.empty()) return tr("it is empty");
  if (!std::ranges::all_of(code, [](char symbol) { return symbol >= ' ' && symbol <= '~'; }))
    return tr("it has symbols other than Latin letters, digits and signs");
  if (code.size() > symbols_max) return tr("it has {} symbols; at most {} fit", code.size(), symbols_max);
  return {};
}

/// The check digit of EAN and UPC behind all digits but the last.
std::string why_not_retail(std::string_view code, std::size_t length) {
  if (code.size() != length || !all_of(code, digits)) return tr("it is not {} digits", length);
  constexpr std::size_t ean13_length = 13;
  const auto start = length == 8 ? std::string(code.substr(0, length - 1))
                                 : std::string(ean13_length - length, '0').append(code.substr(0, length - 1));
  const char right = domain::ean_check_digit(start);
  return right == code.back() ? std::string{} : tr("its check digit should be {}", right);
}

}  // namespace

std::string why_not_qr(std::string_view code) {
  return why_not_text(code, 1000);
}

std::string why_not_pdf417(std::string_view code) {
  return why_not_text(code, 500);
}

std::string why_not_code128(std::string_view code) {
  return why_not_ascii(code, 80);
}

std::string why_not_code93(std::string_view code) {
  // What stands for two bars each fills the writer twice as fast.
  return why_not_ascii(code, 40);
}

std::string why_not_datamatrix(std::string_view code) {
  return why_not_ascii(code, 800);
}

std::string why_not_aztec(std::string_view code) {
  // The writer of ZXing 1.4 makes } a ~, and does not say in which character set other letters are.
  if (code.find('}') != std::string_view::npos) return tr("it has a {}, which reads back as {}", "}", "~");
  return why_not_ascii(code, 500);
}

std::string why_not_code39(std::string_view code) {
  constexpr std::size_t symbols_max = 40;
  if (code.empty()) return tr("it is empty");
  // Small letters could be written as pairs, and most scanners would say the pairs.
  if (!all_of(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -.$/+%"))
    return tr("it has symbols other than capital Latin letters, digits, blanks and {}", "- . $ / + %");
  if (code.size() > symbols_max) return tr("it has {} symbols; at most {} fit", code.size(), symbols_max);
  return {};
}

std::string why_not_codabar(std::string_view code) {
  constexpr std::size_t symbols_min = 2;
  constexpr std::size_t symbols_max = 40;
  if (!all_of(code, "0123456789-$:/.+")) return tr("it has symbols other than digits and {}", "- $ : / . +");
  // Fewer are not told from stray lines.
  if (code.size() < symbols_min) return tr("it has {} symbols; at least {} are read", code.size(), symbols_min);
  if (code.size() > symbols_max) return tr("it has {} symbols; at most {} fit", code.size(), symbols_max);
  return {};
}

std::string why_not_itf(std::string_view code) {
  constexpr std::size_t digits_min = 6;
  constexpr std::size_t digits_max = 60;
  if (!all_of(code, digits)) return tr("it has symbols other than digits");
  if (code.size() % 2 != 0) return tr("it has {} digits; an even count is needed", code.size());
  // Fewer are not told from a part of a longer symbol.
  if (code.size() < digits_min) return tr("it has {} symbols; at least {} are read", code.size(), digits_min);
  if (code.size() > digits_max) return tr("it has {} symbols; at most {} fit", code.size(), digits_max);
  return {};
}

std::string why_not_ean13(std::string_view code) {
  return why_not_retail(code, 13);
}

std::string why_not_ean8(std::string_view code) {
  return why_not_retail(code, 8);
}

std::string why_not_upca(std::string_view code) {
  return why_not_retail(code, 12);
}

std::string why_not_upce(std::string_view code) {
  constexpr std::size_t length = 8;
  if (code.size() != length || !all_of(code, digits)) return tr("it is not {} digits", length);
  const auto whole = domain::upca_of_upce(code);
  if (!whole) return tr("it does not begin with 0 or 1");
  return whole->back() == code.back() ? std::string{} : tr("its check digit should be {}", whole->back());
}

}  // namespace loyal::format
