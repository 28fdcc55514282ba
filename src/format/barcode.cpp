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

struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> gray;
};

// Images that are larger are looked at from farther away too, as the reader itself does.
constexpr int threshold_pixels = 500;
constexpr int downscale_factor = 3;

ZXing::ImageView view(const Image& image) {
  return {image.gray.data(), image.width, image.height, ZXing::ImageFormat::Lum};
}

Found found_of(const ZXing::Result& result) {
  const auto* known = std::ranges::find(rows, result.format(), &Row::format);
  return {known == rows.end() ? std::nullopt : std::optional(known->symbology), ZXing::ToString(result.format()),
          result.text()};
}

void take(std::vector<Found>& all, const ZXing::Result& result) {
  if (!result.isValid()) return;
  auto found = found_of(result);
  if (std::ranges::find(all, found) == all.end()) all.push_back(std::move(found));
}

/// Makes white what was read, with a margin.
void erase(Image& image, const ZXing::Position& position) {
  int left = image.width;
  int right = 0;
  int top = image.height;
  int bottom = 0;
  for (const auto& corner : position) {
    left = std::min(left, corner.x);
    right = std::max(right, corner.x);
    top = std::min(top, corner.y);
    bottom = std::max(bottom, corner.y);
  }
  const int margin = std::max(8, std::max(right - left, bottom - top) / 8);
  for (int y = std::max(0, top - margin); y < std::min(image.height, bottom + margin); ++y) {
    const auto row = image.gray.begin() + static_cast<std::ptrdiff_t>(y) * image.width;
    const int from = std::clamp(left - margin, 0, image.width);
    std::fill(row + from, row + std::clamp(right + margin, from, image.width), std::uint8_t{255});
  }
}

/// Bar codes, one by one; whether there was any. Asked for all at once, the reader of ZXing 1.4 ends the program where
/// the same code stands in an image twice.
bool read_bars(std::vector<Found>& all, Image image) {
  constexpr int passes_max = 100;
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::LinearCodes).setTryDownscale(false).setMaxNumberOfSymbols(1);
  bool is_any = false;
  for (int pass = 0; pass < passes_max; ++pass) {
    const auto results = ZXing::ReadBarcodes(view(image), hints);
    if (results.empty()) break;
    for (const auto& result : results) {
      take(all, result);
      erase(image, result.position());
    }
    is_any = true;
  }
  return is_any;
}

Image downscaled(const Image& image) {
  Image smaller{image.width / downscale_factor, image.height / downscale_factor, {}};
  smaller.gray.reserve(static_cast<std::size_t>(smaller.width) * static_cast<std::size_t>(smaller.height));
  for (int y = 0; y < smaller.height; ++y)
    for (int x = 0; x < smaller.width; ++x) {
      unsigned sum = 0;
      for (int dy = 0; dy < downscale_factor; ++dy) {
        const auto row = static_cast<std::size_t>(y * downscale_factor + dy) * static_cast<std::size_t>(image.width);
        for (int dx = 0; dx < downscale_factor; ++dx)
          sum += image.gray[row + static_cast<std::size_t>(x * downscale_factor + dx)];
      }
      smaller.gray.push_back(static_cast<std::uint8_t>(sum / (downscale_factor * downscale_factor)));
    }
  return smaller;
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
  const ZXing::ImageView whole(gray.data(), width, height, ZXing::ImageFormat::Lum);
  std::vector<Found> all;
  ZXing::DecodeHints hints;
  if (only) {
    hints.setFormats(format_of(*only));
    hints.setTryHarder(false).setTryRotate(false).setTryDownscale(false).setBinarizer(
        ZXing::Binarizer::GlobalHistogram);
    for (const auto& result : ZXing::ReadBarcodes(whole, hints))
      if (result.isValid()) all.push_back(found_of(result));
    return all;
  }
  hints.setFormats(ZXing::BarcodeFormat::MatrixCodes);
  for (const auto& result : ZXing::ReadBarcodes(whole, hints)) take(all, result);
  Image smaller{width, height, {gray.begin(), gray.end()}};
  while (!read_bars(all, smaller) && std::min(smaller.width, smaller.height) > threshold_pixels)
    smaller = downscaled(smaller);
  return all;
}

}  // namespace loyal::format
