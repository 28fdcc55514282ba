// SPDX-License-Identifier: MIT
#include "late_png.hpp"
#include "photograph_files.hpp"

namespace loyal::format {
namespace {

/// The library's own memory, freed whatever happens.
struct Png {
  Png() { image.version = PNG_IMAGE_VERSION; }
  ~Png() { png_image_free(&image); }
  Png(const Png&) = delete;
  Png& operator=(const Png&) = delete;

  png_image image{};
};

}  // namespace

Photograph decode_png(std::string_view bytes, const std::string& name) {
  Png png;
  if (png_image_begin_read_from_memory(&png.image, bytes.data(), bytes.size()) == 0)
    refuse_broken(name, png.image.message);
  require_reasonable(png.image.width, png.image.height, name);
  Photograph photograph{static_cast<int>(png.image.width), static_cast<int>(png.image.height), {}};
  const auto pixels = static_cast<std::size_t>(png.image.width) * png.image.height;
  // Paper is white where the picture has nothing.
  const png_color paper{255, 255, 255};
  const bool is_coloured = (png.image.format & PNG_FORMAT_FLAG_COLOR) != 0;
  png.image.format = is_coloured ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  std::vector<std::uint8_t> samples(pixels * PNG_IMAGE_PIXEL_SIZE(png.image.format));
  if (png_image_finish_read(&png.image, &paper, samples.data(), 0, nullptr) == 0)
    refuse_broken(name, png.image.message);
  if (!is_coloured) {
    photograph.gray = std::move(samples);
    return photograph;
  }
  photograph.gray.resize(pixels);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel)
    photograph.gray[pixel] = luminance(samples[3 * pixel], samples[3 * pixel + 1], samples[3 * pixel + 2]);
  return photograph;
}

}  // namespace loyal::format
