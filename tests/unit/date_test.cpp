// SPDX-License-Identifier: MIT
#include "loyal/base/date.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "loyal/base/error.hpp"

namespace {

using loyal::Date;
using loyal::Instant;
using loyal::LocalTime;

const Date today = Date::of(2026, 3, 1);

std::string refusal(std::string_view text) {
  try {
    loyal::parse_local_time(text, today);
  } catch (const loyal::Error& error) {
    CHECK(error.fault() == loyal::Fault::usage);
    return std::string(error.what()) + " | " + error.hint();
  }
  return "";
}

}  // namespace

TEST_SUITE("base") {
  TEST_CASE("a day is counted from 1970 and knows its weekday") {
    CHECK(Date::of(1970, 1, 1).day_number == 0);
    CHECK(Date::of(2026, 3, 1).day_number == 20513);
    CHECK(Date::of(2026, 3, 1).weekday() == 7);
    CHECK(to_string(Date::of(1, 1, 1)) == "0001-01-01");
    CHECK(to_string(Date::of(9999, 12, 31)) == "9999-12-31");
    CHECK_THROWS_AS(Date::of(2026, 2, 29), std::logic_error);
  }

  TEST_CASE("a month later is the same day or the month's last") {
    CHECK(plus_months(Date::of(2027, 1, 31), 1) == Date::of(2027, 2, 28));
    CHECK(plus_months(Date::of(2028, 1, 31), 1) == Date::of(2028, 2, 29));
    CHECK(plus_months(Date::of(2026, 12, 15), 1) == Date::of(2027, 1, 15));
    CHECK(plus_months(Date::of(2026, 1, 15), -1) == Date::of(2025, 12, 15));
    CHECK(plus_months(Date::of(2028, 2, 29), 12) == Date::of(2029, 2, 28));
    CHECK_THROWS_AS(plus_months(Date::of(9999, 12, 1), 1), loyal::Error);
    CHECK_THROWS_AS(plus_months(Date::of(1, 1, 1), -1), loyal::Error);
    CHECK_THROWS_AS(plus_days(today, std::numeric_limits<std::int64_t>::max()), loyal::Error);
  }

  TEST_CASE("a period ends on its last calendar day") {
    CHECK(end_of(loyal::Period::month, Date::of(2028, 2, 1)) == Date::of(2028, 2, 29));
    CHECK(end_of(loyal::Period::quarter, Date::of(2026, 4, 1)) == Date::of(2026, 6, 30));
    CHECK(end_of(loyal::Period::half_year, Date::of(2026, 7, 1)) == Date::of(2026, 12, 31));
    CHECK(end_of(loyal::Period::half_year, Date::of(2026, 6, 30)) == Date::of(2026, 6, 30));
    CHECK(end_of(loyal::Period::year, Date::of(2026, 1, 1)) == Date::of(2026, 12, 31));
  }

  TEST_CASE("an ISO date is read exactly, and every day survives printing") {
    for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-3-1",
                             "2026-03-01 ", "+026-03-01", "2026-03-0x", "2100-02-29", ""}) {
      CAPTURE(text);
      CHECK_FALSE(loyal::date_from_iso(text));
    }
    CHECK(loyal::date_from_iso("2000-02-29") == Date::of(2000, 2, 29));
    for (Date date = Date::of(1999, 12, 1); date < Date::of(2004, 4, 1); date = plus_days(date, 1))
      REQUIRE(loyal::date_from_iso(to_string(date)) == date);
  }

  TEST_CASE("an instant is read with its offset and printed in UTC") {
    CHECK(loyal::instant_from_iso("2026-03-01T12:00:00+03:00") == loyal::instant_from_iso("2026-03-01T09:00:00Z"));
    CHECK(loyal::instant_from_iso("1970-01-01T00:00:00Z") == Instant{0});
    CHECK(to_string(Instant{-1}) == "1969-12-31T23:59:59Z");
    for (const char* text : {"2026-03-01T12:00:00", "2026-03-01T12:00Z", "2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z",
                             "2026-03-01 12:00:00Z", "0001-01-01T00:00:00+03:00", "9999-12-31T23:59:59-00:01",
                             "2026-03-01T12:00:00+3:00", "2026-03-01T12:00:00+03:00 "}) {
      CAPTURE(text);
      CHECK_FALSE(loyal::instant_from_iso(text));
    }
    CHECK_THROWS_AS(to_string(Instant{std::numeric_limits<std::int64_t>::max()}), loyal::Error);
    CHECK_THROWS_AS(to_string(Instant{std::numeric_limits<std::int64_t>::min()}), loyal::Error);
  }

  TEST_CASE("people's dates are read with the day first only between points") {
    struct Row {
      const char* text;
      Date date;
      int second;
    };
    const Row rows[] = {
        {"2026-03-01", today, 0},
        {" 01.03.2026 ", today, 0},
        {"1.3.2026", today, 0},
        {"20260301", today, 0},
        {"29.02.2028", Date::of(2028, 2, 29), 0},
        {"today", today, 0},
        {"Yesterday", Date::of(2026, 2, 28), 0},
        {"сегодня", today, 0},
        {"ВЧЕРА", Date::of(2026, 2, 28), 0},
        {"2026-03-01T12:00", today, 43200},
        {"2026-03-01 12:00:30", today, 43230},
        {"01.03.2026 12:00:30", today, 43230},
        {"1.3.2026 9:05", today, 32700},
        {"вчера 23:59", Date::of(2026, 2, 28), 86340},
    };
    for (const Row& row : rows) {
      CAPTURE(row.text);
      CHECK(loyal::parse_local_time(row.text, today) == LocalTime{row.date, row.second});
    }
  }

  TEST_CASE("a date that does not exist or can be read in two ways is refused with the reason") {
    struct Row {
      const char* text;
      const char* answer;
    };
    const Row rows[] = {
        {"29.02.2026", "\"29.02.2026\" is not a date: 2026-02 has 28 days | "},
        {"2026-02-29", "\"2026-02-29\" is not a date: 2026-02 has 28 days | "},
        {"0.3.2026", "\"0.3.2026\" is not a date: 2026-03 has 31 days | "},
        {"12.31.2026", "\"12.31.2026\" is not a date: there is no month 31 | "},
        {"01032026", "\"01032026\" is not a date: the year must be 1900 or later | "},
        {"1899-12-31", "\"1899-12-31\" is not a date: the year must be 1900 or later | "},
        {"01.03.26", "\"01.03.26\" is not a date: the year has four digits | write it as 2026-03-01 or 01.03.2026"},
        {"03/01/2026", "\"03/01/2026\" is not a date | write it as 2026-03-01 or 01.03.2026"},
        {"2026-3-1", "\"2026-3-1\" is not a date | write it as 2026-03-01 or 01.03.2026"},
        {"tomorrow", "\"tomorrow\" is not a date | write it as 2026-03-01 or 01.03.2026"},
        {"", "a date is missing | write it as 2026-03-01"},
        {"2026-03-01 24:00", "\"24:00\" is not a time of day | write it as 2026-03-01T12:30 or 2026-03-01T12:30:59"},
        {"2026-03-01T12:00:00Z",
         "\"12:00:00Z\" is not a time of day | write it as 2026-03-01T12:30 or 2026-03-01T12:30:59"},
        {"12:00", "\"12:00\" is not a date | write it as 2026-03-01 or 01.03.2026"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.text);
      CHECK(refusal(row.text) == row.answer);
    }
  }
}
