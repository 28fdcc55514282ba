// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>

#include "canvas_pen.hpp"

namespace loyal::format {
namespace {

cairo_status_t append(void* target, const unsigned char* bytes, unsigned length) {
  // An exception must not fly through C code.
  try {
    static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
  } catch (...) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

bool is_digit(char symbol) {
  return symbol >= '0' && symbol <= '9';
}

/// Cairo counts some of its names through the whole process; counted anew, the same drawing gives the same bytes.
std::string with_names_counted_anew(std::string_view svg) {
  std::map<std::string, std::string, std::less<>> names;
  std::string result;
  result.reserve(svg.size());
  while (!svg.empty()) {
    std::size_t begin = std::string_view::npos;
    for (const std::string_view mark : {"id=\"", "#"}) {
      const auto found = svg.find(mark);
      if (found != std::string_view::npos) begin = std::min(begin, found + mark.size());
    }
    if (begin == std::string_view::npos) break;
    const auto end = std::min(svg.find_first_of("\")", begin), svg.size());
    const auto name = svg.substr(begin, end - begin);
    result += svg.substr(0, begin);
    svg.remove_prefix(end);
    // Glyphs are named by the font's place in this file already.
    if (name.starts_with("glyph") || name.empty() || !is_digit(name.back())) {
      result += name;
      continue;
    }
    auto known = names.find(name);
    if (known == names.end()) known = names.emplace(name, "n" + std::to_string(names.size() + 1)).first;
    result += known->second;
  }
  result += svg;
  return result;
}

std::uint32_t checksum(std::string_view bytes) {
  constexpr std::uint32_t polynomial = 0xEDB88320U;
  std::uint32_t rest = 0xFFFFFFFFU;
  for (const char byte : bytes) {
    rest ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1U) ^ ((rest & 1U) != 0 ? polynomial : 0U);
  }
  return ~rest;
}

std::string four_bytes(std::uint32_t number) {
  std::string bytes;
  for (unsigned shift = 32; shift > 0; shift -= 8) bytes.push_back(static_cast<char>((number >> (shift - 8)) & 0xFFU));
  return bytes;
}

/// Cairo does not say how large a pixel is, and a printer would guess.
void add_resolution(std::string& png, double pixels_per_mm) {
  constexpr std::size_t header_end = 8 + 4 + 4 + 13 + 4;  // signature, and the first chunk with its length, name, sum
  const auto pixels_per_metre = static_cast<std::uint32_t>(std::lround(pixels_per_mm * 1000));
  const std::string chunk = "pHYs" + four_bytes(pixels_per_metre) + four_bytes(pixels_per_metre) + '\x01';
  png.insert(header_end, four_bytes(9) + chunk + four_bytes(checksum(chunk)));
}

int pixels_of(double mm, double dpi) {
  return static_cast<int>(std::ceil(mm * dpi / inch_mm - 1e-6));
}

/// How light a pixel is, from 0 to 255, by the weights of BT.601.
std::uint8_t gray_of(std::uint32_t pixel) {
  const auto part = [pixel](unsigned shift) { return (pixel >> shift) & 0xFFU; };
  return static_cast<std::uint8_t>((part(16) * 299 + part(8) * 587 + part(0) * 114) / 1000);
}

}  // namespace

VectorCanvas::VectorCanvas(PageSize size) : VectorCanvas(std::make_unique<std::string>(), size) {}

VectorCanvas::VectorCanvas(std::unique_ptr<std::string> bytes, PageSize size)
    : Canvas(std::make_unique<Pen>(
          Surface(cairo_svg_surface_create_for_stream(append, bytes.get(), size.width_mm * millimetre_pt,
                                                      size.height_mm * millimetre_pt)),
          millimetre_pt)),
      bytes_(std::move(bytes)) {}

VectorCanvas::~VectorCanvas() {
  // The surface writes its last bytes when it goes, so it goes before them.
  pen_.reset();
}

std::string VectorCanvas::svg() {
  require_success(cairo_status(pen_->context.get()));
  cairo_surface_finish(pen_->surface.get());
  require_success(cairo_surface_status(pen_->surface.get()));
  return with_names_counted_anew(*bytes_);
}

PixelCanvas::PixelCanvas(PageSize size, double dpi, Pixels pixels)
    : Canvas(std::make_unique<Pen>(
          Surface(cairo_image_surface_create(pixels == Pixels::ink ? CAIRO_FORMAT_A8 : CAIRO_FORMAT_RGB24,
                                             pixels_of(size.width_mm, dpi), pixels_of(size.height_mm, dpi))),
          dpi / inch_mm)),
      pixels_per_mm_(dpi / inch_mm),
      pixels_(pixels) {
  if (pixels == Pixels::colour) fill({0, 0, size.width_mm + 1, size.height_mm + 1}, white);
}

GrayImage PixelCanvas::image(const Rectangle& box) const {
  auto* const surface = pen_->surface.get();
  require_success(cairo_status(pen_->context.get()));
  cairo_surface_flush(surface);
  const auto pixel = [this](double mm, int limit) {
    return std::clamp(static_cast<int>(std::lround(mm * pixels_per_mm_)), 0, limit);
  };
  const int left = pixel(box.x, cairo_image_surface_get_width(surface));
  const int right = pixel(box.x + box.width, cairo_image_surface_get_width(surface));
  const int top = pixel(box.y, cairo_image_surface_get_height(surface));
  const int bottom = pixel(box.y + box.height, cairo_image_surface_get_height(surface));
  const auto* const bytes = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);

  const auto columns = static_cast<std::size_t>(right - left);
  GrayImage image{right - left, bottom - top,
                  std::vector<std::uint8_t>(columns * static_cast<std::size_t>(bottom - top))};
  for (int y = top; y < bottom; ++y) {
    const auto* const line = bytes + static_cast<std::ptrdiff_t>(y) * stride;
    auto* const to = image.gray.data() + static_cast<std::size_t>(y - top) * columns;
    if (pixels_ == Pixels::colour) {
      const auto* const from = reinterpret_cast<const std::uint32_t*>(line) + left;
      std::transform(from, from + columns, to, gray_of);
      continue;
    }
    // The surface holds how much ink there is; a reader wants how much light.
    std::transform(line + left, line + right, to, [](unsigned char ink) { return static_cast<std::uint8_t>(~ink); });
  }
  return image;
}

std::string PixelCanvas::png() const {
  std::string bytes;
  require_success(cairo_status(pen_->context.get()));
  require_success(cairo_surface_write_to_png_stream(pen_->surface.get(), append, &bytes));
  add_resolution(bytes, pixels_per_mm_);
  return bytes;
}

}  // namespace loyal::format
