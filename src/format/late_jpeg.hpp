// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include "late_library.hpp"

/// What is called of libjpeg, for the one file that reads pictures.
namespace loyal::format {

inline constexpr LateLibrary jpeg_library("libjpeg.so.62", "libjpeg62-turbo");
LOYAL_LATE(jpeg_library, jpeg_CreateDecompress);
LOYAL_LATE(jpeg_library, jpeg_destroy_decompress);
LOYAL_LATE(jpeg_library, jpeg_finish_decompress);
LOYAL_LATE(jpeg_library, jpeg_mem_src);
LOYAL_LATE(jpeg_library, jpeg_read_header);
LOYAL_LATE(jpeg_library, jpeg_read_scanlines);
LOYAL_LATE(jpeg_library, jpeg_start_decompress);
LOYAL_LATE(jpeg_library, jpeg_std_error);

}  // namespace loyal::format
