// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loyal {

/// A calendar day (proleptic Gregorian), years 1 to 9999.
struct Date {
  std::int32_t day_number = 0;  ///< days since 1970-01-01

  friend constexpr auto operator<=>(Date, Date) = default;

  static Date of(int year, unsigned month, unsigned day);
  std::chrono::year_month_day civil() const;

  int year() const;
  unsigned month() const;    ///< 1 to 12
  unsigned day() const;      ///< 1 to 31
  unsigned weekday() const;  ///< ISO: Monday is 1, Sunday is 7
};

Date plus_days(Date date, std::int64_t days);
/// The same day N months on; a day that the month has not is its last (31 January + 1 month = 28 or 29 February).
Date plus_months(Date date, int months);
/// b − a in days.
inline int days_between(Date a, Date b) {
  return b.day_number - a.day_number;
}

enum class Period { month, quarter, half_year, year };
/// The last day of the calendar period in which `date` lies.
Date end_of(Period period, Date date);
/// The first day of the calendar period in which `date` lies.
Date start_of(Period period, Date date);

/// ISO 8601: 2026-03-01.
std::string to_string(Date date);
/// Reads exactly YYYY-MM-DD; nothing for any other text or a day that does not exist.
std::optional<Date> date_from_iso(std::string_view text);

/// A wall-clock time of some zone, to the second.
struct LocalTime {
  Date date;
  std::int32_t second_of_day = 0;
  friend constexpr auto operator<=>(LocalTime, LocalTime) = default;
  int hour() const { return second_of_day / 3600; }
};

/// ISO 8601 without a zone: 2026-03-01T12:00:00.
std::string to_string(LocalTime time);
/// Reads YYYY-MM-DDTHH:MM[:SS] (a blank may stand for the T); nothing for any other text.
std::optional<LocalTime> local_time_from_iso(std::string_view text);

/// Seconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t seconds = 0;
  friend constexpr auto operator<=>(Instant, Instant) = default;
};

/// ISO 8601 in UTC: 2026-03-01T09:00:00Z.
std::string to_string(Instant instant);
/// Reads YYYY-MM-DDTHH:MM:SS followed by Z or an offset (+03:00); nothing for any other text.
std::optional<Instant> instant_from_iso(std::string_view text);

/// Reads a date as people write it: ISO, 01.03.2026, 1.3.2026, today, yesterday, сегодня, вчера. Error{usage} names
/// what is wrong.
Date parse_date(std::string_view text, Date today);
/// Reads a date and time as people write it (see parse_date), `2026-03-01T12:00`, `01.03.2026 12:00:30`; without a
/// time, midnight.
LocalTime parse_local_time(std::string_view text, Date today);

}  // namespace loyal
