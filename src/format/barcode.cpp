// SPDX-License-Identifier: MIT
#include "loyal/format/barcode.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>
#include <ZXing/TextUtfEncoding.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"

namespace loyal::format {
namespace {

constexpr std::size_t code128_length_max = 80;
constexpr std::size_t qr_bytes_max = 1000;

bool is_printable_ascii(std::string_view code) {
  return std::ranges::all_of(code, [](char symbol) { return symbol >= ' ' && symbol <= '~'; });
}

bool has_control(std::string_view code) {
  return std::ranges::any_of(code,
                             [](char symbol) { return static_cast<unsigned char>(symbol) < 0x20 || symbol == 0x7F; });
}

std::string why_not_qr(std::string_view code) {
  if (code.empty()) return tr("it is empty");
  if (code.size() > qr_bytes_max)
    return tr("it has {} bytes; at most {} make a symbol that phones read", code.size(), qr_bytes_max);
  if (!is_utf8(code) || has_control(code)) return tr("it is not text");
  return {};
}

std::string why_not_ean13(std::string_view code) {
  if (domain::is_ean13(code)) return {};
  if (code.size() == 13 && code.find_first_not_of("0123456789") == std::string_view::npos)
    return tr("its check digit should be {}", domain::ean_check_digit(code.substr(0, 12)));
  return tr("it is not 13 digits");
}

std::string why_not_code128(std::string_view code) {
  if (code.empty()) return tr("it is empty");
  if (!is_printable_ascii(code)) return tr("it has symbols other than Latin letters, digits and signs");
  if (code.size() > code128_length_max) return tr("it has {} symbols; at most {} fit", code.size(), code128_length_max);
  return {};
}

struct Row {
  SymbologyTraits traits;
  ZXing::BarcodeFormat format;
  int correction;  ///< the writer's scale from 0 to 8; -1: the symbology has no choice
};

// QR at level M (of which 15 % may be scratched off), which holds the usual 13 digits in the smallest version all the
// same.
constexpr int qr_correction = 4;

constexpr std::array<Row, 3> rows{{
    {{Symbology::qr, "qr", "QR Code", false, false, 4, 4, 0.33, 0.90, why_not_qr},
     ZXing::BarcodeFormat::QRCode,
     qr_correction},
    {{Symbology::ean13, "ean13", "EAN-13", true, true, 11, 7, 0.264, 0.43, why_not_ean13},
     ZXing::BarcodeFormat::EAN13,
     -1},
    {{Symbology::code128, "code128", "Code 128", true, true, 10, 10, 0.19, 0.43, why_not_code128},
     ZXing::BarcodeFormat::Code128,
     -1},
}};

constexpr auto all_traits = [] {
  std::array<SymbologyTraits, rows.size()> all{};
  std::ranges::transform(rows, all.begin(), &Row::traits);
  return all;
}();

const Row& row(Symbology symbology) {
  const auto* found =
      std::ranges::find(rows, symbology, [](const Row& candidate) { return candidate.traits.symbology; });
  if (found == rows.end()) throw std::logic_error("a symbology without a row");
  return *found;
}

std::string names_joined(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

[[noreturn]] void refuse(const SymbologyTraits& wanted, std::string_view code, const std::string& reason) {
  std::vector<std::string_view> able;
  for (const auto& candidate : all_traits)
    if (candidate.symbology != wanted.symbology && candidate.why_not(code).empty()) able.push_back(candidate.name);
  // A code of any length may come in; the message stays one line.
  constexpr std::size_t shown_columns = 60;
  throw Error(Fault::refused,
              tr("“{}” can't be written as {}: {}", fit(visible(code), shown_columns), wanted.title, reason),
              able.empty() ? std::string{} : tr("these can carry it: {}", names_joined(able)));
}

}  // namespace

std::span<const SymbologyTraits> symbologies() {
  return all_traits;
}

const SymbologyTraits& traits(Symbology symbology) {
  return row(symbology).traits;
}

Symbology symbology_named(std::string_view name) {
  for (const auto& candidate : all_traits)
    if (candidate.name == name) return candidate.symbology;
  std::vector<std::string_view> names;
  for (const auto& candidate : all_traits) names.push_back(candidate.name);
  throw Error(Fault::usage, tr("there is no symbology “{}”", visible(name)),
              tr("these there are: {}", names_joined(names)));
}

Symbol encode(Symbology symbology, std::string_view code) {
  const Row& wanted = row(symbology);
  if (const auto reason = wanted.traits.why_not(code); !reason.empty()) refuse(wanted.traits, code, reason);

  ZXing::MultiFormatWriter writer(wanted.format);
  writer.setMargin(0);
  if (wanted.correction >= 0) writer.setEccLevel(wanted.correction);
  // Said only where needed: plain ASCII stays in the compact modes and without a character set designator, which old
  // scanners stumble over.
  if (!is_printable_ascii(code)) writer.setEncoding(ZXing::CharacterSet::UTF8);
  try {
    const auto matrix = writer.encode(ZXing::TextUtfEncoding::FromUtf8(std::string(code)), 0, 0);
    Symbol symbol{symbology, matrix.width(), wanted.traits.linear ? 1 : matrix.height(), {}};
    symbol.modules.reserve(static_cast<std::size_t>(symbol.width) * static_cast<std::size_t>(symbol.height));
    for (int y = 0; y < symbol.height; ++y)
      for (int x = 0; x < symbol.width; ++x) symbol.modules.push_back(matrix.get(x, y) ? 1 : 0);
    return symbol;
  } catch (const std::invalid_argument& problem) {
    refuse(wanted.traits, code, problem.what());
  }
}

std::vector<Found> read_image(std::span<const std::uint8_t> gray, int width, int height,
                              std::optional<Symbology> only) {
  if (width <= 0 || height <= 0 || gray.size() / static_cast<std::size_t>(width) < static_cast<std::size_t>(height))
    throw std::logic_error("an image with fewer pixels than its size says");
  ZXing::DecodeHints hints;
  if (only) {
    hints.setFormats(row(*only).format);
    hints.setTryHarder(false).setTryRotate(false).setTryDownscale(false).setBinarizer(
        ZXing::Binarizer::GlobalHistogram);
  }
  std::vector<Found> found;
  for (const auto& result : ZXing::ReadBarcodes({gray.data(), width, height, ZXing::ImageFormat::Lum}, hints)) {
    if (!result.isValid()) continue;
    const auto* known = std::ranges::find(rows, result.format(), &Row::format);
    found.push_back({known == rows.end() ? std::nullopt : std::optional(known->traits.symbology),
                     ZXing::ToString(result.format()), result.text()});
  }
  return found;
}

}  // namespace loyal::format
