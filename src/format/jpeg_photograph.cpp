// SPDX-License-Identifier: MIT
#include "jpeg_file.hpp"
#include "photograph_files.hpp"

namespace loyal::format {

Photograph decode_jpeg(std::string_view bytes, const std::string& name) {
  JpegFile file(bytes);
  if (!file.open()) refuse_broken(name, file.problem());
  require_reasonable(file.width(), file.height(), name);
  Photograph photograph{file.width(), file.height(), {}};
  const auto stride = static_cast<std::size_t>(photograph.width);
  photograph.gray.resize(stride * static_cast<std::size_t>(photograph.height));
  if (!file.decode(JpegPixels::gray, photograph.gray.data(), stride)) refuse_broken(name, file.problem());
  photograph.is_whole = !file.is_made_up();
  return photograph;
}

}  // namespace loyal::format
