// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/format/symbology.hpp"

namespace loyal::format {

/// Dark and light modules, all square, without a quiet zone; a linear symbol is one row.
struct Symbol {
  Symbology symbology = Symbology::qr;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> modules;  ///< row by row; 1 is dark

  bool dark(int x, int y) const {
    return x >= 0 && y >= 0 && x < width && y < height &&
           modules[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] != 0;
  }
};

/// The symbol of a code; Error{refused} for a code that the symbology can't carry names those that could.
/// May be called from several threads at once.
Symbol encode(Symbology symbology, std::string_view code);

/// A code that was read from an image.
struct Found {
  std::optional<Symbology> symbology;  ///< nothing for one that we only read
  std::string format;                  ///< the reader's name of the symbology
  std::string text;                    ///< UTF-8

  friend bool operator==(const Found&, const Found&) = default;
};

/// Reads all codes in an image of `width` × `height` gray pixels (0 is black), row by row; with `only`, just one
/// code of that symbology, upright, evenly lit, without the costly search for what is blurred or turned.
std::vector<Found> read_image(std::span<const std::uint8_t> gray, int width, int height,
                              std::optional<Symbology> only = {});

}  // namespace loyal::format
