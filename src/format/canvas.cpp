// SPDX-License-Identifier: MIT
#include "canvas.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <exception>
#include <string_view>
#include <utility>

#include "late_cairo.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/atomic_file.hpp"

namespace loyal::format {
namespace {

constexpr double millimetre_pt = 72.0 / 25.4;
constexpr double shrunk_least = 0.8;

template <const auto& release>
struct Release {
  template <class Handle>
  void operator()(Handle* handle) const {
    release(handle);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Release<cairo_destroy>>;
using Pattern = std::unique_ptr<cairo_pattern_t, Release<cairo_pattern_destroy>>;
using FontFace = std::unique_ptr<cairo_font_face_t, Release<cairo_font_face_destroy>>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Release<cairo_font_options_destroy>>;

void require_success(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw Error(Fault::failed, tr("the sheet could not be drawn: {}", cairo_status_to_string(status)));
}

/// Text as glyphs of one font, in millimetres.
struct Shaped {
  cairo_font_face_t* face = nullptr;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<std::size_t> ends;  ///< for each glyph, where its bytes end in the text
  double width = 0;
};

void ink_pixel(unsigned char* row, int x, cairo_format_t format) {
  if (format == CAIRO_FORMAT_A8) {
    row[x] = 255;
    return;
  }
  // Cairo keeps the pixels of A1 in the machine's own order within words of 32.
  const int bit = std::endian::native == std::endian::little ? x % 8 : 7 - x % 8;
  row[x / 8] = static_cast<unsigned char>(row[x / 8] | (1U << bit));
}

Surface surface_of(const Stencil& stencil, cairo_format_t format) {
  Surface surface(cairo_image_surface_create(format, stencil.width, stencil.height));
  require_success(cairo_surface_status(surface.get()));
  cairo_surface_flush(surface.get());
  auto* const bytes = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  const auto* field = stencil.black.data();
  for (int y = 0; y < stencil.height; ++y)
    for (int x = 0; x < stencil.width; ++x)
      if (*field++ != 0) ink_pixel(bytes + static_cast<std::ptrdiff_t>(y) * stride, x, format);
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

}  // namespace

struct Canvas::Pen {
  // Faces with Cyrillic; the system gives its own where one is missing. Debian's font configuration always brings
  // DejaVu or Liberation.
  static constexpr std::array families{"PT Sans", "Liberation Sans", "DejaVu Sans", "Noto Sans", "sans-serif"};

  Pen(Surface target, double units_per_mm) : surface(std::move(target)), context(cairo_create(surface.get())) {
    require_success(cairo_status(context.get()));
    cairo_scale(context.get(), units_per_mm, units_per_mm);
    const FontOptions options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(context.get(), options.get());
    for (const char* family : families) {
      normal.emplace_back(cairo_toy_font_face_create(family, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL));
      bold.emplace_back(cairo_toy_font_face_create(family, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD));
    }
  }

  Shaped shape_with(cairo_font_face_t* face, const std::string& text, double size_mm);
  Shaped shape(const std::string& text, double size_mm, Weight weight);
  std::string cut(const std::string& text, const Shaped& shaped, double width, double size_mm, Weight weight);

  Surface surface;
  Context context;
  std::vector<FontFace> normal;
  std::vector<FontFace> bold;
};

Shaped Canvas::Pen::shape_with(cairo_font_face_t* face, const std::string& text, double size_mm) {
  auto* const pen = context.get();
  cairo_set_font_face(pen, face);
  cairo_set_font_size(pen, size_mm);
  auto* const font = cairo_get_scaled_font(pen);
  cairo_glyph_t* glyphs = nullptr;
  cairo_text_cluster_t* clusters = nullptr;
  int glyph_count = 0;
  int cluster_count = 0;
  cairo_text_cluster_flags_t flags{};
  require_success(cairo_scaled_font_text_to_glyphs(font, 0, 0, text.data(), static_cast<int>(text.size()), &glyphs,
                                                   &glyph_count, &clusters, &cluster_count, &flags));
  Shaped shaped;
  shaped.face = face;
  shaped.glyphs.assign(glyphs, glyphs + glyph_count);
  std::size_t end = 0;
  for (int cluster = 0; cluster < cluster_count; ++cluster) {
    end += static_cast<std::size_t>(clusters[cluster].num_bytes);
    shaped.ends.insert(shaped.ends.end(), static_cast<std::size_t>(clusters[cluster].num_glyphs), end);
  }
  cairo_glyph_free(glyphs);
  cairo_text_cluster_free(clusters);
  if (!shaped.glyphs.empty()) {
    cairo_text_extents_t last{};
    cairo_scaled_font_glyph_extents(font, &shaped.glyphs.back(), 1, &last);
    shaped.width = shaped.glyphs.back().x + last.x_advance;
  }
  return shaped;
}

Shaped Canvas::Pen::shape(const std::string& text, double size_mm, Weight weight) {
  // Glyph 0 stands for "not in this font": the next family may have it.
  const auto missing = [](const Shaped& shaped) {
    return std::ranges::count(shaped.glyphs, 0UL, &cairo_glyph_t::index);
  };
  const auto& faces = weight == Weight::bold ? bold : normal;
  Shaped best = shape_with(faces.front().get(), text, size_mm);
  for (std::size_t next = 1; next < faces.size() && missing(best) > 0; ++next) {
    auto other = shape_with(faces[next].get(), text, size_mm);
    if (missing(other) < missing(best)) best = std::move(other);
  }
  return best;
}

std::string Canvas::Pen::cut(const std::string& text, const Shaped& shaped, double width, double size_mm,
                             Weight weight) {
  static constexpr const char* ellipsis = "…";
  const double room = width - shape(ellipsis, size_mm, weight).width;
  std::size_t end = 0;
  for (std::size_t glyph = 0; glyph + 1 < shaped.glyphs.size() && shaped.glyphs[glyph + 1].x <= room; ++glyph) {
    // A mark that sits on the letter before it goes with that letter.
    const auto next_end = shaped.ends[glyph + 1];
    const std::string_view next(text.data() + shaped.ends[glyph], next_end - shaped.ends[glyph]);
    if (display_width(next) > 0) end = shaped.ends[glyph];
  }
  return std::string(trim(std::string_view(text).substr(0, end))) + ellipsis;
}

Canvas::Canvas(std::unique_ptr<Pen> pen) : pen_(std::move(pen)) {}
Canvas::~Canvas() = default;

void Canvas::stencil(const Stencil& stencil, const Rectangle& box) {
  // On paper the bits become a stencil, the smallest there is; on pixels whole bytes are scaled several times as fast.
  const bool on_pixels = cairo_surface_get_type(pen_->surface.get()) == CAIRO_SURFACE_TYPE_IMAGE;
  const auto mask = surface_of(stencil, on_pixels ? CAIRO_FORMAT_A8 : CAIRO_FORMAT_A1);
  const Pattern pattern(cairo_pattern_create_for_surface(mask.get()));
  cairo_pattern_set_filter(pattern.get(), CAIRO_FILTER_NEAREST);
  auto* const pen = pen_->context.get();
  cairo_save(pen);
  cairo_translate(pen, box.x, box.y);
  cairo_scale(pen, box.width / stencil.width, box.height / stencil.height);
  cairo_set_source_rgb(pen, 0, 0, 0);
  cairo_mask(pen, pattern.get());
  cairo_restore(pen);
}

void Canvas::line(const std::string& text, const Rectangle& box, double size_mm, Weight weight, Aligned aligned) {
  if (text.empty() || box.width <= 0) return;
  auto shaped = pen_->shape(text, size_mm, weight);
  const double baseline = box.y + size_mm;
  if (shaped.width > box.width) {
    size_mm *= std::max(shrunk_least, box.width / shaped.width);
    shaped = pen_->shape(text, size_mm, weight);
  }
  if (shaped.width > box.width)
    shaped = pen_->shape(pen_->cut(text, shaped, box.width, size_mm, weight), size_mm, weight);
  double x = box.x;
  if (aligned == Aligned::centre) x += (box.width - shaped.width) / 2;
  if (aligned == Aligned::right) x += box.width - shaped.width;
  for (auto& glyph : shaped.glyphs) {
    glyph.x += x;
    glyph.y += baseline;
  }
  auto* const pen = pen_->context.get();
  cairo_set_font_face(pen, shaped.face);
  cairo_set_font_size(pen, size_mm);
  cairo_set_source_rgb(pen, 0, 0, 0);
  cairo_show_glyphs(pen, shaped.glyphs.data(), static_cast<int>(shaped.glyphs.size()));
}

void Canvas::lines(const std::string& text, const Rectangle& box, int lines_max, double size_mm, Weight weight,
                   Aligned aligned) {
  Rectangle place{box.x, box.y, box.width, box.height / std::max(1, lines_max)};
  std::string rest = text;
  for (int drawn = 0; drawn + 1 < lines_max; ++drawn) {
    if (pen_->shape(rest, size_mm, weight).width <= box.width) break;
    std::size_t end = std::string::npos;
    for (auto blank = rest.find(' '); blank != std::string::npos; blank = rest.find(' ', blank + 1)) {
      if (pen_->shape(rest.substr(0, blank), size_mm, weight).width > box.width) break;
      end = blank;
    }
    // A word wider than the label is cut by itself, so that the first name behind it is still seen.
    if (end == std::string::npos) end = rest.find(' ');
    if (end == std::string::npos) break;
    line(rest.substr(0, end), place, size_mm, weight, aligned);
    rest.erase(0, end + 1);
    place.y += place.height;
  }
  line(rest, place, size_mm, weight, aligned);
}

void Canvas::crosses(const std::vector<Point>& points) {
  constexpr double arm_mm = 2.0;
  constexpr double width_mm = 0.1;
  constexpr double grey = 0.6;
  auto* const pen = pen_->context.get();
  for (const auto [x, y] : points) {
    cairo_move_to(pen, x - arm_mm, y);
    cairo_line_to(pen, x + arm_mm, y);
    cairo_move_to(pen, x, y - arm_mm);
    cairo_line_to(pen, x, y + arm_mm);
  }
  cairo_set_source_rgb(pen, grey, grey, grey);
  cairo_set_line_width(pen, width_mm);
  cairo_stroke(pen);
}

struct PaperCanvas::File {
  // The drawing library hands out crumbs.
  static constexpr std::size_t held_bytes_max = 256 * 1024;

  // Labels may bear customers' names.
  explicit File(const std::string& path) : file(path, 0600) {}

  static cairo_status_t append(void* self, const unsigned char* bytes, unsigned length) {
    auto& target = *static_cast<File*>(self);
    // An exception must not fly through C code.
    try {
      target.held.append(reinterpret_cast<const char*>(bytes), length);
      if (target.held.size() >= held_bytes_max) target.flush();
      return CAIRO_STATUS_SUCCESS;
    } catch (...) {
      target.failure = std::current_exception();
      return CAIRO_STATUS_WRITE_ERROR;
    }
  }

  void flush() {
    file.write(held);
    held.clear();
  }

  AtomicFile file;
  std::string held;
  std::exception_ptr failure;
};

PaperCanvas::PaperCanvas(const std::string& path, const std::string& title, Instant created)
    : PaperCanvas(std::make_unique<File>(path), title, to_string(created)) {}

// Nothing may throw once the file is moved: members go before the surface of the base, which writes to the file when it
// goes.
PaperCanvas::PaperCanvas(std::unique_ptr<File> file, const std::string& title, const std::string& created)
    : Canvas(std::make_unique<Pen>(
          Surface(cairo_pdf_surface_create_for_stream(File::append, file.get(), a4_width_mm * millimetre_pt,
                                                      a4_height_mm * millimetre_pt)),
          millimetre_pt)),
      file_(std::move(file)) {
  auto* const surface = pen_->surface.get();
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "loyal");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
}

PaperCanvas::~PaperCanvas() {
  // The surface writes its last bytes when it goes, so it goes before its file.
  pen_.reset();
}

void PaperCanvas::finish_page() {
  cairo_show_page(pen_->context.get());
  if (file_->failure) std::rethrow_exception(file_->failure);
  require_success(cairo_status(pen_->context.get()));
}

void PaperCanvas::commit() {
  cairo_surface_finish(pen_->surface.get());
  if (file_->failure) std::rethrow_exception(file_->failure);
  require_success(cairo_surface_status(pen_->surface.get()));
  file_->flush();
  file_->file.commit();
}

PixelCanvas::PixelCanvas(double dpi)
    : Canvas(std::make_unique<Pen>(
          Surface(cairo_image_surface_create(CAIRO_FORMAT_A8, static_cast<int>(std::ceil(a4_width_mm * dpi / 25.4)),
                                             static_cast<int>(std::ceil(a4_height_mm * dpi / 25.4)))),
          dpi / 25.4)),
      pixels_per_mm_(dpi / 25.4) {}

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
    const auto* const line = bytes + static_cast<std::ptrdiff_t>(y) * stride + left;
    auto* const to = image.gray.data() + static_cast<std::size_t>(y - top) * columns;
    // The surface holds how much ink there is; a reader wants how much light.
    for (std::size_t x = 0; x < columns; ++x) to[x] = static_cast<std::uint8_t>(~line[x]);
  }
  return image;
}

}  // namespace loyal::format
