// SPDX-License-Identifier: MIT
#include "loyal/base/zone.hpp"

#include <doctest/doctest.h>

#include "loyal/base/error.hpp"

using namespace loyal;

namespace {
Instant instant(const char* text) {
  return instant_from_iso(text).value();
}
LocalTime local(const char* text) {
  return local_time_from_iso(text).value();
}
}  // namespace

TEST_SUITE("base") {
  TEST_CASE("a zone tells its wall clock and the instant behind it") {
    const Zone moscow("Europe/Moscow");
    CHECK(moscow.local(instant("2026-02-28T21:30:00Z")) == local("2026-03-01T00:30:00"));
    CHECK(moscow.instant(local("2026-03-01T00:30:00")) == instant("2026-02-28T21:30:00Z"));
    CHECK(moscow.local(instant("2013-06-01T12:00:00Z")) == local("2013-06-01T16:00:00"));
    CHECK(moscow.local(Instant{-1}) == local("1970-01-01T02:59:59"));
  }

  TEST_CASE("a wall clock shown twice is the earlier instant, and one never shown is the jump") {
    const Zone berlin("Europe/Berlin");
    CHECK(berlin.instant(local("2026-10-25T02:30:00")) == instant("2026-10-25T00:30:00Z"));
    CHECK(berlin.instant(local("2026-03-29T02:30:00")) == instant("2026-03-29T01:00:00Z"));
  }

  TEST_CASE("a zone that does not exist is refused by its name") {
    for (const char* name : {"Europe/Zerno", "", "../etc/passwd"}) {
      CAPTURE(name);
      CHECK_THROWS_AS(Zone{name}, Error);
    }
  }
}
