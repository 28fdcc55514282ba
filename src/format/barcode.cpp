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

namespace loyal::format {
namespace {

struct Row {
  Symbology symbology;
  ZXing::BarcodeFormat format;
};

constexpr std::array<Row, 13> rows{{
    {Symbology::qr, ZXing::BarcodeFormat::QRCode},
    {Symbology::ean13, ZXing::BarcodeFormat::EAN13},
    {Symbology::code128, ZXing::BarcodeFormat::Code128},
    {Symbology::datamatrix, ZXing::BarcodeFormat::DataMatrix},
    {Symbology::aztec, ZXing::BarcodeFormat::Aztec},
    {Symbology::pdf417, ZXing::BarcodeFormat::PDF417},
    {Symbology::code39, ZXing::BarcodeFormat::Code39},
    {Symbology::code93, ZXing::BarcodeFormat::Code93},
    {Symbology::codabar, ZXing::BarcodeFormat::Codabar},
    {Symbology::itf, ZXing::BarcodeFormat::ITF},
    {Symbology::ean8, ZXing::BarcodeFormat::EAN8},
    {Symbology::upca, ZXing::BarcodeFormat::UPCA},
    {Symbology::upce, ZXing::BarcodeFormat::UPCE},
}};

ZXing::BarcodeFormat format_of(Symbology symbology) {
  const auto* found = std::ranges::find(rows, symbology, &Row::symbology);
  if (found == rows.end()) throw std::logic_error("a symbology without a writer");
  return found->format;
}

/// How much of a symbol may be lost, on the writer's scale from 0 to 8; -1: the writer's own choice.
int correction(Symbology symbology, std::size_t bytes) {
  // QR at level M (of which 15 % may be scratched off), which holds the usual 13 digits in the smallest version all the
  // same.
  if (symbology == Symbology::qr) return 4;
  // What the standard of PDF417 recommends for so much data.
  if (symbology == Symbology::pdf417) return bytes <= 40 ? 2 : bytes <= 160 ? 3 : 4;
  return -1;
}

bool is_printable_ascii(std::string_view code) {
  return std::ranges::all_of(code, [](char symbol) { return symbol >= ' ' && symbol <= '~'; });
}

}  // namespace

Symbol encode(Symbology symbology, std::string_view code) {
  const auto& wanted = traits(symbology);
  if (const auto reason = wanted.why_not(code); !reason.empty()) refuse_code(symbology, code, reason);

  ZXing::MultiFormatWriter writer(format_of(symbology));
  writer.setMargin(0);
  if (const int level = correction(symbology, code.size()); level >= 0) writer.setEccLevel(level);
  // Said only where needed: plain ASCII stays in the compact modes and without a character set designator, which old
  // scanners stumble over.
  if (!is_printable_ascii(code)) writer.setEncoding(ZXing::CharacterSet::UTF8);
  try {
    const auto matrix = writer.encode(ZXing::TextUtfEncoding::FromUtf8(std::string(code)), 0, 0);
    Symbol symbol{symbology, matrix.width(), wanted.linear ? 1 : matrix.height(), {}};
    symbol.modules.reserve(static_cast<std::size_t>(symbol.width) * static_cast<std::size_t>(symbol.height));
    for (int y = 0; y < symbol.height; ++y)
      for (int x = 0; x < symbol.width; ++x) symbol.modules.push_back(matrix.get(x, y) ? 1 : 0);
    return symbol;
  } catch (const std::invalid_argument& problem) {
    refuse_code(symbology, code, problem.what());
  }
}

std::vector<Found> read_image(std::span<const std::uint8_t> gray, int width, int height,
                              std::optional<Symbology> only) {
  if (width <= 0 || height <= 0 || gray.size() / static_cast<std::size_t>(width) < static_cast<std::size_t>(height))
    throw std::logic_error("an image with fewer pixels than its size says");
  ZXing::DecodeHints hints;
  if (only) {
    hints.setFormats(format_of(*only));
    hints.setTryHarder(false).setTryRotate(false).setTryDownscale(false).setBinarizer(
        ZXing::Binarizer::GlobalHistogram);
  }
  std::vector<Found> found;
  for (const auto& result : ZXing::ReadBarcodes({gray.data(), width, height, ZXing::ImageFormat::Lum}, hints)) {
    if (!result.isValid()) continue;
    const auto* known = std::ranges::find(rows, result.format(), &Row::format);
    found.push_back({known == rows.end() ? std::nullopt : std::optional(known->symbology),
                     ZXing::ToString(result.format()), result.text()});
  }
  return found;
}

}  // namespace loyal::format
