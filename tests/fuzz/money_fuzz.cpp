// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "loyal/base/error.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

/// The first byte chooses the scale; what is read must print and read back as itself, and only Error may refuse.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const int scale = data[0] % 4;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    const std::int64_t count = loyal::parse_decimal(text, scale);
    require(loyal::parse_decimal(loyal::to_decimal(count, scale), scale) == count);
    require(loyal::is_utf8(loyal::to_text(count, scale)));
  } catch (const loyal::Error& error) {
    require(loyal::is_utf8(error.what()) && loyal::visible(error.what()) == error.what());
    require(loyal::visible(error.hint()) == error.hint());
  }
  return 0;
}
