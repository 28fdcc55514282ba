// SPDX-License-Identifier: MIT
#pragma once

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

#include "late_library.hpp"

/// What is called of cairo, for the files that draw: it brings eighteen libraries along, fonts and X11 among them.
namespace loyal::format {

inline constexpr LateLibrary cairo_library("libcairo.so.2", "libcairo2");
LOYAL_LATE(cairo_library, cairo_create);
LOYAL_LATE(cairo_library, cairo_destroy);
LOYAL_LATE(cairo_library, cairo_fill);
LOYAL_LATE(cairo_library, cairo_font_face_destroy);
LOYAL_LATE(cairo_library, cairo_font_options_create);
LOYAL_LATE(cairo_library, cairo_font_options_destroy);
LOYAL_LATE(cairo_library, cairo_font_options_set_hint_metrics);
LOYAL_LATE(cairo_library, cairo_font_options_set_hint_style);
LOYAL_LATE(cairo_library, cairo_get_scaled_font);
LOYAL_LATE(cairo_library, cairo_glyph_free);
LOYAL_LATE(cairo_library, cairo_image_surface_create);
LOYAL_LATE(cairo_library, cairo_image_surface_create_for_data);
LOYAL_LATE(cairo_library, cairo_image_surface_create_from_png_stream);
LOYAL_LATE(cairo_library, cairo_image_surface_get_data);
LOYAL_LATE(cairo_library, cairo_image_surface_get_height);
LOYAL_LATE(cairo_library, cairo_image_surface_get_stride);
LOYAL_LATE(cairo_library, cairo_image_surface_get_width);
LOYAL_LATE(cairo_library, cairo_line_to);
LOYAL_LATE(cairo_library, cairo_mask);
LOYAL_LATE(cairo_library, cairo_move_to);
LOYAL_LATE(cairo_library, cairo_paint);
LOYAL_LATE(cairo_library, cairo_pattern_create_for_surface);
LOYAL_LATE(cairo_library, cairo_pattern_destroy);
LOYAL_LATE(cairo_library, cairo_pattern_set_filter);
LOYAL_LATE(cairo_library, cairo_pdf_surface_create_for_stream);
LOYAL_LATE(cairo_library, cairo_pdf_surface_set_metadata);
LOYAL_LATE(cairo_library, cairo_pdf_surface_set_size);
LOYAL_LATE(cairo_library, cairo_rectangle);
LOYAL_LATE(cairo_library, cairo_restore);
LOYAL_LATE(cairo_library, cairo_save);
LOYAL_LATE(cairo_library, cairo_scale);
LOYAL_LATE(cairo_library, cairo_scaled_font_glyph_extents);
LOYAL_LATE(cairo_library, cairo_scaled_font_text_to_glyphs);
LOYAL_LATE(cairo_library, cairo_set_font_face);
LOYAL_LATE(cairo_library, cairo_set_font_options);
LOYAL_LATE(cairo_library, cairo_set_font_size);
LOYAL_LATE(cairo_library, cairo_set_line_width);
LOYAL_LATE(cairo_library, cairo_set_source_rgb);
LOYAL_LATE(cairo_library, cairo_set_source_surface);
LOYAL_LATE(cairo_library, cairo_show_glyphs);
LOYAL_LATE(cairo_library, cairo_show_page);
LOYAL_LATE(cairo_library, cairo_status);
LOYAL_LATE(cairo_library, cairo_status_to_string);
LOYAL_LATE(cairo_library, cairo_stroke);
LOYAL_LATE(cairo_library, cairo_surface_destroy);
LOYAL_LATE(cairo_library, cairo_surface_finish);
LOYAL_LATE(cairo_library, cairo_surface_flush);
LOYAL_LATE(cairo_library, cairo_surface_get_type);
LOYAL_LATE(cairo_library, cairo_surface_mark_dirty);
LOYAL_LATE(cairo_library, cairo_surface_status);
LOYAL_LATE(cairo_library, cairo_surface_write_to_png_stream);
LOYAL_LATE(cairo_library, cairo_svg_surface_create_for_stream);
LOYAL_LATE(cairo_library, cairo_text_cluster_free);
LOYAL_LATE(cairo_library, cairo_toy_font_face_create);
LOYAL_LATE(cairo_library, cairo_translate);

}  // namespace loyal::format
