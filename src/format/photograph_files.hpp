// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/format/photograph.hpp"

namespace loyal::format {

// The decoders of each form. Error{failed} with the library's words for a broken file.
Photograph decode_png(std::string_view bytes, const std::string& name);
Photograph decode_jpeg(std::string_view bytes, const std::string& name);
Photograph decode_webp(std::string_view bytes, const std::string& name);

/// Error{refused} with the numbers for a picture that is too large, Error{failed} for one without pixels.
void require_reasonable(std::int64_t width, std::int64_t height, const std::string& name);
[[noreturn]] void refuse_broken(const std::string& name, std::string_view reason);

/// A pixel's brightness as television weighs it: what readers of codes expect.
std::uint8_t luminance(unsigned red, unsigned green, unsigned blue);

}  // namespace loyal::format
