// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

#include "canvas_pen.hpp"
#include "jpeg_file.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/look.hpp"

namespace loyal::format {
namespace {

constexpr std::int64_t file_bytes_max = 32 << 20;
constexpr std::uint64_t pixels_max = 16'000'000;
// Twenty-five millimetres at 1200 dpi: what print shows of the largest logo.
constexpr int side_max = 1200;

[[noreturn]] void refuse_broken(const std::string& path, std::string_view reason) {
  throw Error(Fault::failed, tr("the logo {} is broken: {}", visible(path), reason));
}

void require_reasonable(const std::string& path, std::uint64_t width, std::uint64_t height) {
  if (width == 0 || height == 0) refuse_broken(path, tr("it has no pixels"));
  if (width > pixels_max || height > pixels_max || width * height > pixels_max)
    throw Error(Fault::refused,
                tr("the logo {} has {} × {} pixels; {} million are the most", visible(path), width, height,
                   pixels_max / 1'000'000),
                tr("{} pixels on the longer side are as many as print shows", side_max));
}

std::string bytes_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    throw Error(Fault::failed, tr("the logo {} cannot be read: {}", visible(path), std::strerror(errno)));
  if (!S_ISREG(status.st_mode)) throw Error(Fault::failed, tr("the logo {} is not a file", visible(path)));
  if (status.st_size > file_bytes_max)
    throw Error(Fault::refused, tr("the logo {} has {} MB; {} are the most", visible(path), status.st_size >> 20U,
                                   file_bytes_max >> 20U));
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw Error(Fault::failed, tr("the logo {} cannot be read: {}", visible(path), std::strerror(errno)));
  return bytes;
}

cairo_status_t read_some(void* from, unsigned char* to, unsigned length) {
  auto& rest = *static_cast<std::string_view*>(from);
  if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(to, rest.data(), length);
  rest.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

/// The pixels of an image surface, drawn anew at this size.
Picture drawn(cairo_surface_t* image, int width, int height) {
  const Surface target(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
  const Context pen(cairo_create(target.get()));
  cairo_scale(pen.get(), static_cast<double>(width) / cairo_image_surface_get_width(image),
              static_cast<double>(height) / cairo_image_surface_get_height(image));
  cairo_set_source_surface(pen.get(), image, 0, 0);
  cairo_paint(pen.get());
  require_success(cairo_status(pen.get()));
  cairo_surface_flush(target.get());
  Picture picture{width, height, {}};
  const auto row_pixels = static_cast<std::size_t>(width);
  picture.pixels.resize(row_pixels * static_cast<std::size_t>(height));
  const auto* const bytes = cairo_image_surface_get_data(target.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(target.get()));
  for (std::size_t row = 0; row < static_cast<std::size_t>(height); ++row)
    std::memcpy(picture.pixels.data() + row * row_pixels, bytes + row * stride, row_pixels * 4);
  return picture;
}

/// As it is, or made smaller.
Picture fitted(cairo_surface_t* image) {
  const int width = cairo_image_surface_get_width(image);
  const int height = cairo_image_surface_get_height(image);
  const double scale = std::min(1.0, static_cast<double>(side_max) / std::max(width, height));
  const auto side = [scale](int pixels) { return std::max(1, static_cast<int>(pixels * scale)); };
  return drawn(image, side(width), side(height));
}

std::uint32_t big_endian(std::string_view bytes, std::size_t place) {
  std::uint32_t number = 0;
  for (const char byte : bytes.substr(place, 4)) number = number << 8U | static_cast<unsigned char>(byte);
  return number;
}

Picture read_png(const std::string& path, std::string_view bytes) {
  constexpr std::size_t width_at = 16;
  constexpr std::size_t height_at = 20;
  if (bytes.size() < height_at + 4 || bytes.substr(12, 4) != "IHDR") refuse_broken(path, tr("it ends in its header"));
  require_reasonable(path, big_endian(bytes, width_at), big_endian(bytes, height_at));
  std::string_view rest = bytes;
  const Surface image(cairo_image_surface_create_from_png_stream(read_some, &rest));
  if (const auto status = cairo_surface_status(image.get()); status != CAIRO_STATUS_SUCCESS)
    refuse_broken(path, cairo_status_to_string(status));
  return fitted(image.get());
}

Picture read_jpeg(const std::string& path, std::string_view bytes) {
  JpegFile file(bytes);
  if (!file.open()) refuse_broken(path, file.problem());
  require_reasonable(path, static_cast<std::uint64_t>(file.width()), static_cast<std::uint64_t>(file.height()));
  const Surface image(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, file.width(), file.height()));
  require_success(cairo_surface_status(image.get()));
  cairo_surface_flush(image.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(image.get()));
  // A logo that is in part made up is no logo.
  if (!file.decode(JpegPixels::surface, cairo_image_surface_get_data(image.get()), stride) || file.is_made_up())
    refuse_broken(path, file.problem());
  cairo_surface_mark_dirty(image.get());
  return fitted(image.get());
}

}  // namespace

std::shared_ptr<const Picture> logo_of(const std::string& bytes, const std::string& name) {
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return std::make_shared<const Picture>(read_png(name, bytes));
  if (bytes.starts_with("\xFF\xD8\xFF")) return std::make_shared<const Picture>(read_jpeg(name, bytes));
  throw Error(Fault::usage, tr("the logo {} is neither PNG nor JPEG", visible(name)));
}

std::string logo_bytes(const std::string& path) {
  std::string bytes = bytes_of(path);
  logo_of(bytes, path);
  return bytes;
}

std::shared_ptr<const Picture> read_logo(const std::string& path) {
  return logo_of(bytes_of(path), path);
}

}  // namespace loyal::format
