// SPDX-License-Identifier: MIT
#pragma once

#include <png.h>

#include "late_library.hpp"

/// What is called of libpng, for the one file that reads PNG.
namespace loyal::format {
namespace {

constexpr LateLibrary png_library("libpng16.so.16", "libpng16-16");
LOYAL_LATE(png_library, png_image_begin_read_from_memory);
LOYAL_LATE(png_library, png_image_finish_read);
LOYAL_LATE(png_library, png_image_free);

}  // namespace
}  // namespace loyal::format
