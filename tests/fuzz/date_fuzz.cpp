// SPDX-License-Identifier: MIT
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "loyal/base/date.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/text.hpp"

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

/// What any reader of dates takes must print and read back as itself, and only Error may refuse.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto date = loyal::date_from_iso(text)) require(to_string(*date) == text);
  if (const auto time = loyal::local_time_from_iso(text)) require(loyal::local_time_from_iso(to_string(*time)) == time);
  if (const auto instant = loyal::instant_from_iso(text))
    require(loyal::instant_from_iso(to_string(*instant)) == instant);
  const loyal::Date today = loyal::Date::of(2026, 3, 1);
  try {
    const loyal::LocalTime time = loyal::parse_local_time(text, today);
    require(loyal::parse_local_time(to_string(time), today) == time);
    require(time.date.year() >= 1900 && time.second_of_day < 86400);
  } catch (const loyal::Error& error) {
    require(loyal::is_utf8(error.what()) && loyal::visible(error.what()) == error.what());
    require(loyal::visible(error.hint()) == error.hint());
  }
  return 0;
}
