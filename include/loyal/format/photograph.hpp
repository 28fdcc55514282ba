// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/format/barcode.hpp"

namespace loyal::format {

/// The largest picture that is decoded; its header is asked before, so that a small file can't fill the memory.
inline constexpr std::int64_t photograph_pixels_max = 40'000'000;
inline constexpr std::size_t photograph_bytes_max = 64 << 20;

/// A picture in gray, row by row; 0 is black. What was transparent is white.
struct Photograph {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> gray;
  bool is_whole = true;  ///< false: a part is made up, since the file is cut off or spoiled
};

/// Whether the bytes begin as a PNG, JPEG or WebP file does, whatever the file is called.
bool is_photograph(std::string_view bytes);

/// The bytes of a file, or of a stream that `name` stands for. Error{failed} for what cannot be read or is no file,
/// Error{refused} for one that is too large.
std::string photograph_bytes(const std::string& path);
std::string photograph_bytes(std::istream& in, const std::string& name);

/// Decodes PNG, JPEG and WebP. Error{usage} for anything else, Error{failed} for a broken file, Error{refused} with the
/// numbers for more pixels than photograph_pixels_max; `name` stands for the file in messages.
Photograph decode_photograph(std::string_view bytes, const std::string& name);

/// All codes in a photograph, each text once; those in white on black too.
std::vector<Found> read_photograph(const Photograph& photograph);

}  // namespace loyal::format
