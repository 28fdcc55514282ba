// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "loyal/base/error.hpp"
#include "loyal/base/text.hpp"
#include "loyal/format/photograph.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

/// Only Error may refuse a picture; what was decoded has the pixels that it says, and is read again from small ones.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t pixels_read = 200'000;
  try {
    const auto photograph = loyal::format::decode_photograph({reinterpret_cast<const char*>(data), size}, "fuzz");
    require(photograph.width > 0 && photograph.height > 0);
    require(photograph.gray.size() ==
            static_cast<std::size_t>(photograph.width) * static_cast<std::size_t>(photograph.height));
    if (photograph.gray.size() > pixels_read) return 0;
    for (const auto& found : loyal::format::read_photograph(photograph)) require(loyal::is_utf8(found.text));
  } catch (const loyal::Error& error) {
    require(loyal::visible(error.what()) == error.what());
  }
  return 0;
}
