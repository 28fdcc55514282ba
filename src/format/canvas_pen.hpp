// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "canvas.hpp"
#include "late_cairo.hpp"

namespace loyal::format {

inline constexpr double millimetre_pt = 72.0 / inch_mm;

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

/// Error{failed} with the drawing library's own words.
void require_success(cairo_status_t status);

/// Text as glyphs of one font, in millimetres.
struct Shaped {
  cairo_font_face_t* face = nullptr;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<std::size_t> ends;  ///< for each glyph, where its bytes end in the text
  double width = 0;
};

/// What a canvas draws with.
struct Canvas::Pen {
  // Faces with Cyrillic; the system gives its own where one is missing. Debian's font configuration always brings
  // DejaVu or Liberation.
  static constexpr std::array families{"PT Sans", "Liberation Sans", "DejaVu Sans", "Noto Sans", "sans-serif"};

  Pen(Surface target, double units_per_mm);

  Shaped shape_with(cairo_font_face_t* face, const std::string& text, double size_mm);
  Shaped shape(const std::string& text, double size_mm, Weight weight);
  std::string cut(const std::string& text, const Shaped& shaped, double width, double size_mm, Weight weight);

  Surface surface;
  Context context;
  std::vector<FontFace> normal;
  std::vector<FontFace> bold;
  /// Each picture becomes a surface once, so that a file holds it once.
  std::map<const Picture*, Surface> pictures;
};

}  // namespace loyal::format
