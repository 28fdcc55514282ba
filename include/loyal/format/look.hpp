// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loyal::format {

/// A colour of print.
struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  friend bool operator==(const Colour&, const Colour&) = default;
};

inline constexpr Colour black{0, 0, 0};
inline constexpr Colour white{255, 255, 255};

/// “#1a7f37” or “#173”, also without the #. Error{usage} for any other text.
Colour colour_of(const std::string& text);
std::string to_string(Colour colour);

/// How well one colour is told from the other: from 1 to 21, by the relative luminance of WCAG 2.
double contrast(Colour left, Colour right);

/// An image in memory: rows from the top, each pixel 0xAARRGGBB with the colour multiplied by the alpha.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;
};

/// A logo from a PNG or JPEG file, made smaller where print would not show all of it. Error{failed} for a file that
/// cannot be read or is broken, Error{refused} for one whose header tells of too many pixels: those are never decoded.
std::shared_ptr<const Picture> read_logo(const std::string& path);
/// The same from a file's bytes; `name` stands for the file in messages.
std::shared_ptr<const Picture> logo_of(const std::string& bytes, const std::string& name);
/// The bytes of a file that read_logo reads.
std::string logo_bytes(const std::string& path);

/// What all labels of a sheet share.
struct Look {
  std::shared_ptr<const Picture> logo;
  std::optional<Colour> colour;      ///< of title and texts; black or white, as is seen better, unless given
  std::optional<Colour> background;  ///< of the label; symbols stand in white on it

  Colour paper() const { return background.value_or(white); }
  Colour ink() const;
  bool is_coloured() const { return logo || background; }
};

/// Error{refused} for texts that are hardly seen on their background.
void require_seen(const Look& look);

}  // namespace loyal::format
