// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loyal::format {

/// The kinds of symbols that codes are printed as.
enum class Symbology { qr, ean13, code128 };

/// What there is to know about a symbology.
struct SymbologyTraits {
  Symbology symbology;
  std::string_view name;   ///< as typed and stored: "ean13"
  std::string_view title;  ///< as the standard calls it: "EAN-13"
  bool linear;             ///< bars, not squares
  bool text_below;         ///< the standard wants the characters in print below the bars
  int quiet_left_modules;  ///< white that a scanner needs; above and below too unless linear
  int quiet_right_modules;
  double module_min_mm;  ///< the smallest module that office printers and common scanners manage
  double module_max_mm;  ///< larger ones only waste paper
  std::string (*why_not)(
      std::string_view code);  ///< why the symbology can't carry the code, in people's words; empty if it can
};

/// All symbologies, in the order in which they are offered.
std::span<const SymbologyTraits> symbologies();
const SymbologyTraits& traits(Symbology symbology);
/// Error{usage} with the names there are for any other name.
Symbology symbology_named(std::string_view name);

/// Dark and light modules without a quiet zone; a linear symbol is one row.
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
