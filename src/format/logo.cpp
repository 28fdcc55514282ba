// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include <array>
#include <bit>
#include <cerrno>
#include <csetjmp>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>
#include <string_view>

#include "canvas_pen.hpp"
#include "late_jpeg.hpp"
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

/// libjpeg tells of a broken file by a call that must not return.
struct JpegProblem {
  jpeg_error_mgr base;
  std::jmp_buf way_back;
  std::array<char, JMSG_LENGTH_MAX> words;
};

[[noreturn]] void leave(j_common_ptr info) {
  auto* const problem = reinterpret_cast<JpegProblem*>(info->err);
  problem->base.format_message(info, problem->words.data());
  std::longjmp(problem->way_back, 1);  // NOLINT: the library knows no other way
}

/// A warning means that a part of the picture is made up.
void leave_on_warning(j_common_ptr info, int level) {
  if (level < 0) leave(info);
}

struct Jpeg {
  Jpeg() { decoder.err = nullptr; }
  ~Jpeg() {
    if (decoder.err != nullptr) jpeg_destroy_decompress(&decoder);
  }
  Jpeg(const Jpeg&) = delete;
  Jpeg& operator=(const Jpeg&) = delete;

  jpeg_decompress_struct decoder{};
  JpegProblem problem{};
};

/// False where the file is broken; nothing with a destructor may live here, since the library jumps over it.
bool begin(Jpeg& jpeg, std::span<const unsigned char> bytes) {
  jpeg.decoder.err = jpeg_std_error(&jpeg.problem.base);
  jpeg.problem.base.error_exit = leave;
  jpeg.problem.base.emit_message = leave_on_warning;
  if (setjmp(jpeg.problem.way_back) != 0) return false;  // NOLINT
  jpeg_CreateDecompress(&jpeg.decoder, JPEG_LIB_VERSION, sizeof jpeg.decoder);
  jpeg_mem_src(&jpeg.decoder, bytes.data(), bytes.size());
  jpeg_read_header(&jpeg.decoder, TRUE);
  return true;
}

/// The same for the pixels, which go to rows of this many bytes.
bool decode(Jpeg& jpeg, unsigned char* to, std::size_t stride) {
  if (setjmp(jpeg.problem.way_back) != 0) return false;  // NOLINT
  jpeg.decoder.out_color_space = std::endian::native == std::endian::little ? JCS_EXT_BGRA : JCS_EXT_ARGB;
  jpeg_start_decompress(&jpeg.decoder);
  while (jpeg.decoder.output_scanline < jpeg.decoder.output_height) {
    JSAMPROW row = to + jpeg.decoder.output_scanline * stride;
    jpeg_read_scanlines(&jpeg.decoder, &row, 1);
  }
  jpeg_finish_decompress(&jpeg.decoder);
  return true;
}

Picture read_jpeg(const std::string& path, std::string_view bytes) {
  Jpeg jpeg;
  const std::span<const unsigned char> source(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  if (!begin(jpeg, source)) refuse_broken(path, jpeg.problem.words.data());
  require_reasonable(path, jpeg.decoder.image_width, jpeg.decoder.image_height);
  const Surface image(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(jpeg.decoder.image_width),
                                                 static_cast<int>(jpeg.decoder.image_height)));
  require_success(cairo_surface_status(image.get()));
  cairo_surface_flush(image.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(image.get()));
  if (!decode(jpeg, cairo_image_surface_get_data(image.get()), stride)) refuse_broken(path, jpeg.problem.words.data());
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
