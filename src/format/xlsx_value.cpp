// SPDX-License-Identifier: MIT
#include "xlsx_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "loyal/base/date.hpp"

namespace loyal::format {
namespace {

constexpr int digits_kept = 15;  // as many as a workbook's numbers have
constexpr double seconds_per_day = 86400;
// 1 March 1900 is day 61, since the workbook's calendar has a 29 February 1900.
constexpr int epoch_1900 = -25569;
constexpr int epoch_1904 = -24107;
constexpr int serial_max = 2'958'465;  // 9999-12-31
constexpr int last_wrong_day = 60;

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = problem == std::errc{} && end == text.data() + text.size() && std::isfinite(number);
  return is_number ? std::optional(number) : std::nullopt;
}

/// Digits with a point, as they stand in most cells.
bool is_plain(std::string_view text) {
  constexpr std::size_t plain_bytes_max = 16;
  return text.size() <= plain_bytes_max && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

std::string number_text(std::string_view value) {
  if (is_plain(value)) return std::string(value);
  const auto number = number_of(value);
  if (!number) return std::string(value);
  const double size = std::abs(*number);
  const int whole_digits = size < 1 ? 1 : 1 + static_cast<int>(std::floor(std::log10(size)));
  std::string text = fmt::format("{:.{}f}", *number, std::clamp(digits_kept - whole_digits, 0, digits_kept));
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string clock_text(int second) {
  return fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

}  // namespace

NumberKind number_kind(int format, std::string_view code) {
  const auto between = [format](int first, int last) { return format >= first && format <= last; };
  if (code.empty()) {
    if (between(14, 17) || format == 22 || between(27, 31) || format == 36 || between(50, 58)) return NumberKind::date;
    return between(18, 21) || between(32, 35) || between(45, 47) ? NumberKind::time : NumberKind::number;
  }
  bool has_clock = false;
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    switch (code[at]) {
      case '"':
      case '[':
        at = std::min(code.find(code[at] == '"' ? '"' : ']', at + 1), code.size());
        break;
      case '\\':
      case '_':
      case '*':
        ++at;
        break;
      case 'd':
      case 'D':
      case 'y':
      case 'Y':
        return NumberKind::date;
      case 'h':
      case 'H':
      case 's':
      case 'S':
        has_clock = true;
        break;
      case 'E':
      case 'G':  // of General and of 0.00E+00
        return NumberKind::number;
      default:
        break;
    }
  }
  return has_clock ? NumberKind::time : NumberKind::number;
}

std::string cell_text(std::string_view value, NumberKind kind, bool counts_from_1904) {
  if (kind == NumberKind::number) return number_text(value);
  const auto serial = number_of(value);
  if (!serial || *serial < 0 || *serial > serial_max) return std::string(value);
  int day = static_cast<int>(*serial);
  int second = static_cast<int>(std::lround((*serial - day) * seconds_per_day));
  if (second == static_cast<int>(seconds_per_day)) {
    ++day;
    second = 0;
  }
  if (day == 0 || kind == NumberKind::time) return clock_text(second);
  const bool is_before_march_1900 = !counts_from_1904 && day < last_wrong_day;
  const Date date{day + (counts_from_1904 ? epoch_1904 : epoch_1900) + (is_before_march_1900 ? 1 : 0)};
  return second == 0 ? to_string(date) : to_string(LocalTime{date, second});
}

}  // namespace loyal::format
