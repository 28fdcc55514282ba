// SPDX-License-Identifier: MIT
#pragma once

#include <webp/decode.h>

#include "late_library.hpp"

/// What is called of libwebp, for the one file that reads WebP.
namespace loyal::format {
namespace {

constexpr LateLibrary webp_library("libwebp.so.7", "libwebp7");
LOYAL_LATE(webp_library, WebPDecodeRGBAInto);
LOYAL_LATE(webp_library, WebPGetInfo);

}  // namespace
}  // namespace loyal::format
