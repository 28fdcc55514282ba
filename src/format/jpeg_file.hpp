// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace loyal::format {

/// How the pixels of a JPEG are wanted: one byte of brightness, or the four of a pixel of an image surface.
enum class JpegPixels { gray, surface };

/// A JPEG file in memory, which outlives it. The one place that calls libjpeg, whose errors are calls that never
/// return.
class JpegFile {
 public:
  explicit JpegFile(std::string_view bytes);
  ~JpegFile();
  JpegFile(const JpegFile&) = delete;
  JpegFile& operator=(const JpegFile&) = delete;

  /// Reads the header; false for a broken file.
  bool open();
  int width() const;
  int height() const;
  /// Reads the pixels into rows of `stride` bytes each; false for a broken file, and for one that goes over the picture
  /// without end.
  bool decode(JpegPixels pixels, unsigned char* to, std::size_t stride);
  /// Whether a part of what was read is made up.
  bool is_made_up() const;
  /// What the library said of a broken file.
  std::string problem() const;

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace loyal::format
