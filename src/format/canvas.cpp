// SPDX-License-Identifier: MIT
#include "canvas.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <ranges>
#include <string_view>
#include <utility>

#include "canvas_pen.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

void set_colour(cairo_t* pen, Colour colour) {
  constexpr double full = 255.0;
  cairo_set_source_rgb(pen, colour.red / full, colour.green / full, colour.blue / full);
}

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

/// Rectangles for the runs of black, all in one path: where every row ends in air, viewers draw no seams.
void outline(cairo_t* pen, const Stencil& stencil) {
  const auto black = [&](int x, int y) {
    return stencil.black[static_cast<std::size_t>(y) * static_cast<std::size_t>(stencil.width) +
                         static_cast<std::size_t>(x)] != 0;
  };
  for (int y = 0; y < stencil.height; ++y)
    for (int x = 0; x < stencil.width; ++x) {
      const int first = x;
      while (x < stencil.width && black(x, y)) ++x;
      if (x > first) cairo_rectangle(pen, first, y, x - first, 1);
    }
}

}  // namespace

void require_success(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw Error(Fault::failed, tr("the sheet could not be drawn: {}", cairo_status_to_string(status)));
}

Canvas::Pen::Pen(Surface target, double units_per_mm)
    : surface(std::move(target)), context(cairo_create(surface.get())) {
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
  const auto type = cairo_surface_get_type(pen_->surface.get());
  auto* const pen = pen_->context.get();
  cairo_save(pen);
  cairo_translate(pen, box.x, box.y);
  cairo_scale(pen, box.width / stencil.width, box.height / stencil.height);
  cairo_set_source_rgb(pen, 0, 0, 0);
  if (type == CAIRO_SURFACE_TYPE_SVG) {
    // Viewers would blur the fields of a small image.
    outline(pen, stencil);
    cairo_fill(pen);
  } else {
    // On paper the bits become a stencil, the smallest there is; on pixels whole bytes are scaled several times as
    // fast.
    const auto mask = surface_of(stencil, type == CAIRO_SURFACE_TYPE_IMAGE ? CAIRO_FORMAT_A8 : CAIRO_FORMAT_A1);
    const Pattern pattern(cairo_pattern_create_for_surface(mask.get()));
    cairo_pattern_set_filter(pattern.get(), CAIRO_FILTER_NEAREST);
    cairo_mask(pen, pattern.get());
  }
  cairo_restore(pen);
}

void Canvas::line(const std::string& text, const Rectangle& box, const Hand& hand) {
  const auto [wanted_mm, weight, aligned, colour, least] = hand;
  double size_mm = wanted_mm;
  if (text.empty() || box.width <= 0) return;
  auto shaped = pen_->shape(text, size_mm, weight);
  const double baseline = box.y + size_mm;
  if (shaped.width > box.width) {
    size_mm *= std::max(least, box.width / shaped.width);
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
  set_colour(pen, colour);
  cairo_show_glyphs(pen, shaped.glyphs.data(), static_cast<int>(shaped.glyphs.size()));
}

void Canvas::lines(const std::string& text, const Rectangle& box, int lines_max, const Hand& hand) {
  Rectangle place{box.x, box.y, box.width, box.height / std::max(1, lines_max)};
  std::string rest = text;
  for (int drawn = 0; drawn + 1 < lines_max; ++drawn) {
    if (pen_->shape(rest, hand.size_mm, hand.weight).width <= box.width) break;
    std::size_t end = std::string::npos;
    for (auto blank = rest.find(' '); blank != std::string::npos; blank = rest.find(' ', blank + 1)) {
      if (pen_->shape(rest.substr(0, blank), hand.size_mm, hand.weight).width > box.width) break;
      end = blank;
    }
    // A word wider than the label is cut by itself, so that the first name behind it is still seen.
    if (end == std::string::npos) end = rest.find(' ');
    if (end == std::string::npos) break;
    line(rest.substr(0, end), place, hand);
    rest.erase(0, end + 1);
    place.y += place.height;
  }
  line(rest, place, hand);
}

void Canvas::fill(const Rectangle& box, Colour colour) {
  auto* const pen = pen_->context.get();
  set_colour(pen, colour);
  cairo_rectangle(pen, box.x, box.y, box.width, box.height);
  cairo_fill(pen);
}

void Canvas::picture(const Picture& picture, const Rectangle& box) {
  auto& surface = pen_->pictures[&picture];
  if (!surface) {
    // Cairo reads these pixels only; its interface knows no constant ones.
    auto* const bytes = reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(picture.pixels.data()));
    surface.reset(cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_ARGB32, picture.width, picture.height,
                                                      picture.width * 4));
    require_success(cairo_surface_status(surface.get()));
  }
  auto* const pen = pen_->context.get();
  cairo_save(pen);
  cairo_translate(pen, box.x, box.y);
  cairo_scale(pen, box.width / picture.width, box.height / picture.height);
  cairo_set_source_surface(pen, surface.get(), 0, 0);
  cairo_paint(pen);
  cairo_restore(pen);
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

void Canvas::stroke(Point from, Point to) {
  constexpr double width_mm = 0.1;
  auto* const pen = pen_->context.get();
  cairo_move_to(pen, from.x, from.y);
  cairo_line_to(pen, to.x, to.y);
  set_colour(pen, black);
  cairo_set_line_width(pen, width_mm);
  cairo_stroke(pen);
}

}  // namespace loyal::format
