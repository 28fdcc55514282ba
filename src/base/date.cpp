// SPDX-License-Identifier: MIT
#include "loyal/base/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal {
namespace {

namespace chrono = std::chrono;

constexpr std::int32_t day_number_of(int year, unsigned month, unsigned day) {
  const chrono::year_month_day civil{chrono::year(year), chrono::month(month), chrono::day(day)};
  return static_cast<std::int32_t>(chrono::sys_days(civil).time_since_epoch().count());
}

constexpr std::int32_t first_day = day_number_of(1, 1, 1);
constexpr std::int32_t last_day = day_number_of(9999, 12, 31);
constexpr std::int64_t seconds_per_day = 86400;

bool is_in_range(std::int64_t day_number) {
  return day_number >= first_day && day_number <= last_day;
}

Date in_range(std::int64_t day_number) {
  if (!is_in_range(day_number)) throw Error(Fault::usage, tr("the date lies outside the years 1 to 9999"));
  return {static_cast<std::int32_t>(day_number)};
}

unsigned last_day_of(int year, unsigned month) {
  if (month == 2) return chrono::year(year).is_leap() ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool exists(int year, unsigned month, unsigned day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= last_day_of(year, month);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads all of `text` as digits; -1 for anything else. At most nine digits.
int number_of(std::string_view text) {
  if (text.empty() || text.size() > 9) return -1;
  int number = 0;
  for (const char c : text) {
    if (!is_digit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// Year, month and day as they were written; they need not exist.
struct Civil {
  int year, month, day;
};

std::optional<Date> date_of(Civil civil) {
  if (civil.month < 0 || civil.day < 0) return std::nullopt;
  const auto month = static_cast<unsigned>(civil.month);
  const auto day = static_cast<unsigned>(civil.day);
  if (!exists(civil.year, month, day)) return std::nullopt;
  return Date{day_number_of(civil.year, month, day)};
}

std::optional<Civil> iso_civil(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const Civil civil{number_of(text.substr(0, 4)), number_of(text.substr(5, 2)), number_of(text.substr(8, 2))};
  if (civil.year < 0 || civil.month < 0 || civil.day < 0) return std::nullopt;
  return civil;
}

/// YYYYMMDD, which old exports have.
std::optional<Civil> compact_civil(std::string_view text) {
  if (text.size() != 8 || number_of(text) < 0) return std::nullopt;
  return Civil{number_of(text.substr(0, 4)), number_of(text.substr(4, 2)), number_of(text.substr(6, 2))};
}

/// Day and month of one or two digits, year of as many as were written, between points.
std::optional<Civil> dotted_civil(std::string_view text) {
  const std::size_t first = text.find('.');
  if (first == std::string_view::npos || first > 2) return std::nullopt;
  const std::size_t second = text.find('.', first + 1);
  if (second == std::string_view::npos || second - first > 3) return std::nullopt;
  const Civil civil{number_of(text.substr(second + 1)), number_of(text.substr(first + 1, second - first - 1)),
                    number_of(text.substr(0, first))};
  const std::size_t year_length = text.size() - second - 1;
  if (civil.year < 0 || civil.month < 0 || civil.day < 0 || year_length > 4 || year_length == 3) return std::nullopt;
  return civil;
}

std::string shown(std::string_view text) {
  return fit(visible(text), 60);
}

[[noreturn]] void refuse(std::string_view text, Date today) {
  throw Error(Fault::usage, tr("\"{}\" is not a date", shown(text)),
              tr("write it as {} or {:02}.{:02}.{}", to_string(today), today.day(), today.month(), today.year()));
}

Date checked(Civil civil, std::string_view text, Date today) {
  if (civil.year < 100 && text.size() < 9)
    throw Error(Fault::usage, tr("\"{}\" is not a date: the year has four digits", shown(text)),
                tr("write it as {} or {:02}.{:02}.{}", to_string(today), today.day(), today.month(), today.year()));
  if (civil.year < 1900)
    throw Error(Fault::usage, tr("\"{}\" is not a date: the year must be 1900 or later", shown(text)));
  const auto date = date_of(civil);
  if (date) return *date;
  if (civil.month < 1 || civil.month > 12)
    throw Error(Fault::usage, tr("\"{}\" is not a date: there is no month {}", shown(text), civil.month));
  const unsigned last = last_day_of(civil.year, static_cast<unsigned>(civil.month));
  throw Error(Fault::usage,
              tr("\"{}\" is not a date: {}-{:02} has {} days", shown(text), civil.year, civil.month, last));
}

/// H:MM, HH:MM or HH:MM:SS as the second of the day; nothing for any other text. `strict` asks for two digits of the
/// hour.
std::optional<std::int32_t> second_of_day(std::string_view text, bool strict) {
  const std::size_t colon = text.find(':');
  if (colon != 2 && (strict || colon != 1)) return std::nullopt;
  const std::size_t length = text.size() - colon;
  if (length != 3 && length != 6) return std::nullopt;
  const int hour = number_of(text.substr(0, colon));
  const int minute = number_of(text.substr(colon + 1, 2));
  int second = 0;
  if (length == 6) second = text[colon + 3] == ':' ? number_of(text.substr(colon + 4)) : -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  return hour * 3600 + minute * 60 + second;
}

/// "Z" or "+03:00" as seconds east of Greenwich.
std::optional<std::int64_t> offset_of(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto seconds = second_of_day(text.substr(1), true);
  if (!seconds) return std::nullopt;
  return text[0] == '-' ? -*seconds : *seconds;
}

/// Where the time begins in a date and time as people write it; npos where there is none.
std::size_t time_start(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return colon;
  const std::size_t separator = text.find_last_of(" T", colon);
  return separator == std::string_view::npos ? separator : separator + 1;
}

// By hand, since an import writes a dozen dates a purchase: fmt took a tenth of its time for them.
void write_two_digits(int number, char* place) {
  place[0] = static_cast<char>('0' + number / 10);
  place[1] = static_cast<char>('0' + number % 10);
}

/// Writes YYYY, MM and DD into a text that has the dashes.
void write_iso(Date date, char* place) {
  if (!is_in_range(date.day_number)) throw Error(Fault::failed, tr("the date lies outside the years 1 to 9999"));
  const auto civil = date.civil();
  const int year = static_cast<int>(civil.year());
  write_two_digits(year / 100, place);
  write_two_digits(year % 100, place + 2);
  write_two_digits(static_cast<int>(static_cast<unsigned>(civil.month())), place + 5);
  write_two_digits(static_cast<int>(static_cast<unsigned>(civil.day())), place + 8);
}

}  // namespace

Date Date::of(int year, unsigned month, unsigned day) {
  if (!exists(year, month, day)) throw std::logic_error("Date::of: there is no such day");
  return {day_number_of(year, month, day)};
}

chrono::year_month_day Date::civil() const {
  return chrono::sys_days(chrono::days(day_number));
}
int Date::year() const {
  return static_cast<int>(civil().year());
}
unsigned Date::month() const {
  return static_cast<unsigned>(civil().month());
}
unsigned Date::day() const {
  return static_cast<unsigned>(civil().day());
}
unsigned Date::weekday() const {
  return chrono::weekday(chrono::sys_days(chrono::days(day_number))).iso_encoding();
}

Date plus_days(Date date, std::int64_t days) {
  std::int64_t day_number = 0;
  if (__builtin_add_overflow(std::int64_t{date.day_number}, days, &day_number)) day_number = last_day + 1;
  return in_range(day_number);
}

Date plus_months(Date date, int months) {
  const auto civil = date.civil();
  const std::int64_t month_index =
      std::int64_t{static_cast<int>(civil.year())} * 12 + static_cast<unsigned>(civil.month()) - 1 + months;
  if (month_index < 12 || month_index > std::int64_t{9999} * 12 + 11) return in_range(last_day + 1);
  const auto year = static_cast<int>(month_index / 12);
  const auto month = static_cast<unsigned>(month_index % 12) + 1;
  return Date::of(year, month, std::min(static_cast<unsigned>(civil.day()), last_day_of(year, month)));
}

Date start_of(Period period, Date date) {
  constexpr unsigned months[] = {1, 3, 6, 12};
  const unsigned length = months[static_cast<int>(period)];
  return Date::of(date.year(), (date.month() - 1) / length * length + 1, 1);
}

Date end_of(Period period, Date date) {
  const int year = date.year();
  unsigned month = date.month();
  switch (period) {
    case Period::month:
      break;
    case Period::quarter:
      month = (month + 2) / 3 * 3;
      break;
    case Period::half_year:
      month = (month + 5) / 6 * 6;
      break;
    case Period::year:
      month = 12;
      break;
  }
  return Date::of(year, month, last_day_of(year, month));
}

std::string to_string(Date date) {
  std::string text = "0000-00-00";
  write_iso(date, text.data());
  return text;
}

std::optional<Date> date_from_iso(std::string_view text) {
  const auto civil = iso_civil(text);
  return civil ? date_of(*civil) : std::nullopt;
}

std::string to_string(LocalTime time) {
  const int second = time.second_of_day;
  std::string text = "0000-00-00T00:00:00";
  write_iso(time.date, text.data());
  write_two_digits(second / 3600, text.data() + 11);
  write_two_digits(second / 60 % 60, text.data() + 14);
  write_two_digits(second % 60, text.data() + 17);
  return text;
}

std::optional<LocalTime> local_time_from_iso(std::string_view text) {
  if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
  const auto date = date_from_iso(text.substr(0, 10));
  const auto second = second_of_day(text.substr(11), true);
  if (!date || !second) return std::nullopt;
  return LocalTime{*date, *second};
}

std::string to_string(Instant instant) {
  std::int64_t day_number = instant.seconds / seconds_per_day;
  std::int64_t second = instant.seconds % seconds_per_day;
  if (second < 0) {
    second += seconds_per_day;
    --day_number;
  }
  if (!is_in_range(day_number)) throw Error(Fault::failed, tr("the date lies outside the years 1 to 9999"));
  return to_string(LocalTime{{static_cast<std::int32_t>(day_number)}, static_cast<std::int32_t>(second)}) + "Z";
}

std::optional<Instant> instant_from_iso(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T') return std::nullopt;
  const auto local = local_time_from_iso(text.substr(0, 19));
  const auto offset = offset_of(text.substr(19));
  if (!local || !offset) return std::nullopt;
  const std::int64_t seconds = local->date.day_number * seconds_per_day + local->second_of_day - *offset;
  if (seconds < first_day * seconds_per_day || seconds >= (last_day + 1) * seconds_per_day) return std::nullopt;
  return Instant{seconds};
}

Date parse_date(std::string_view text, Date today) {
  const std::string_view typed = trim(text);
  if (const auto civil = iso_civil(typed)) return checked(*civil, typed, today);
  if (const auto civil = compact_civil(typed)) return checked(*civil, typed, today);
  if (const auto civil = dotted_civil(typed)) return checked(*civil, typed, today);
  if (typed.empty()) throw Error(Fault::usage, tr("a date is missing"), tr("write it as {}", to_string(today)));
  if (typed.size() <= 64) {
    const std::string word = fold_name(typed);
    if (word == "today" || word == "сегодня") return today;
    if (word == "yesterday" || word == "вчера") return plus_days(today, -1);
  }
  refuse(typed, today);
}

LocalTime parse_local_time(std::string_view text, Date today) {
  const std::string_view typed = trim(text);
  const std::size_t start = time_start(typed);
  if (start == std::string_view::npos) return {parse_date(typed, today), 0};
  const Date date = parse_date(typed.substr(0, start - 1), today);
  const auto second = second_of_day(typed.substr(start), false);
  if (!second)
    throw Error(Fault::usage, tr("\"{}\" is not a time of day", shown(typed.substr(start))),
                tr("write it as {}T12:30 or {}T12:30:59", to_string(date), to_string(date)));
  return {date, *second};
}

}  // namespace loyal
