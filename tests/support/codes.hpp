// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "loyal/format/barcode.hpp"

namespace loyal::test {

/// A code that the symbology can carry, of any length that cards may have, chosen evenly.
std::string random_code(format::Symbology symbology, std::mt19937& generator);

/// The code number `serial` of a symbology, short enough for the smallest labels.
std::string short_code(format::Symbology symbology, std::uint64_t serial);

/// What zbarimg says where it sees the code in this symbology; nothing for a symbology or code that it does not know.
std::optional<std::string> said_by_zbar(format::Symbology symbology, const std::string& code);

/// Gray pixels that symbols are drawn into; 0 is black.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> gray;

  Picture(int columns, int rows)
      : width(columns), height(rows), gray(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 255) {}
  void blacken(int left, int top, int right, int bottom);
  /// Writes the picture as a PNG file.
  void save(const std::string& path) const;
};

/// Pictures one below the other, and two beside one another.
Picture stacked(const std::vector<Picture>& pictures);
Picture beside(const Picture& left, const Picture& right);
/// Each pixel as a square of so many.
Picture enlarged(const Picture& picture, int factor);

/// The symbol with more white around it than any needs.
Picture draw(const format::Symbol& symbol);

}  // namespace loyal::test
