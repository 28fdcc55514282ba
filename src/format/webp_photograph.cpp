// SPDX-License-Identifier: MIT
#include "late_webp.hpp"
#include "loyal/base/message.hpp"
#include "photograph_files.hpp"

namespace loyal::format {

Photograph decode_webp(std::string_view bytes, const std::string& name) {
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  int width = 0;
  int height = 0;
  if (WebPGetInfo(data, bytes.size(), &width, &height) == 0) refuse_broken(name, tr("its header makes no sense"));
  require_reasonable(width, height, name);
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  std::vector<std::uint8_t> samples(pixels * 4);
  if (WebPDecodeRGBAInto(data, bytes.size(), samples.data(), samples.size(), width * 4) == nullptr)
    refuse_broken(name, tr("it is cut off or spoiled"));
  Photograph photograph{width, height, std::vector<std::uint8_t>(pixels)};
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    const auto* const sample = samples.data() + pixel * 4;
    const unsigned alpha = sample[3];
    const unsigned level = luminance(sample[0], sample[1], sample[2]);
    // Paper is white where the picture has nothing.
    photograph.gray[pixel] = static_cast<std::uint8_t>((level * alpha + 255 * (255 - alpha)) / 255);
  }
  return photograph;
}

}  // namespace loyal::format
