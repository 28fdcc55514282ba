// SPDX-License-Identifier: MIT
#include "loyal/domain/code_number.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/digit_series.hpp"

namespace loyal::domain {
namespace {

constexpr std::string_view digit_alphabet = "0123456789";
constexpr std::size_t ean13_length = 13;
constexpr std::size_t ean8_length = 8;
constexpr std::uint64_t uncounted = std::numeric_limits<std::uint64_t>::max();

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char symbol) { return symbol >= '0' && symbol <= '9'; });
}

bool is_ean(std::string_view text, std::size_t length) {
  return text.size() == length && all_digits(text) && ean_check_digit(text.substr(0, length - 1)) == text.back();
}

/// The symbols that may stand in a place of a pattern; empty where the place stands for itself.
std::string_view choices(char place) {
  if (place == '*') return code_alphabet;
  if (place == '#') return digit_alphabet;
  return {};
}

std::uint64_t times_saturated(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? uncounted : product;
}

constexpr std::array<std::pair<utf8proc_int32_t, char>, 11> look_alikes{{{U'А', 'A'},
                                                                         {U'В', 'B'},
                                                                         {U'Е', 'E'},
                                                                         {U'К', 'K'},
                                                                         {U'М', 'M'},
                                                                         {U'Н', 'H'},
                                                                         {U'О', 'O'},
                                                                         {U'Р', 'P'},
                                                                         {U'С', 'C'},
                                                                         {U'Т', 'T'},
                                                                         {U'Х', 'X'}}};

bool is_blank_or_dash(utf8proc_int32_t point) {
  constexpr utf8proc_int32_t minus_sign = 0x2212;
  const auto category = utf8proc_category(point);
  // Format characters (soft hyphen, zero-width space, byte order mark) come along with what is pasted, and nobody sees
  // them.
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_PD || category == UTF8PROC_CATEGORY_CF ||
         point == minus_sign || (point >= '\t' && point <= '\r');
}

void append_utf8(std::string& text, utf8proc_int32_t point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(point, bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

void append_folded(std::string& folded, utf8proc_int32_t point) {
  if (is_blank_or_dash(point)) return;
  const auto upper = utf8proc_toupper(point);
  const auto* twin = std::ranges::find(look_alikes, upper, &std::pair<utf8proc_int32_t, char>::first);
  if (twin != look_alikes.end())
    folded += twin->second;
  else
    append_utf8(folded, upper);
}

}  // namespace

char ean_check_digit(std::string_view digits) {
  if (!all_digits(digits) || (digits.size() != ean13_length - 1 && digits.size() != ean8_length - 1))
    throw std::logic_error("an EAN check digit is made of 12 or 7 digits");
  unsigned sum = 0;
  unsigned weight = 3;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    sum += static_cast<unsigned>(*digit - '0') * weight;
    weight = 4 - weight;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool is_ean13(std::string_view text) {
  return is_ean(text, ean13_length);
}
bool is_ean8(std::string_view text) {
  return is_ean(text, ean8_length);
}

void require_ean(std::string_view text) {
  if (is_ean13(text) || is_ean8(text)) return;
  if (!all_digits(text) || (text.size() != ean13_length && text.size() != ean8_length))
    throw Error(Fault::usage, tr("“{}” is no EAN number: 13 or 8 digits are needed", visible(text)));
  const auto start = text.substr(0, text.size() - 1);
  const char right = ean_check_digit(start);
  throw Error(Fault::usage, tr("“{}” has the check digit {}; its other digits ask for {}", text, text.back(), right),
              tr("read the number again; if only its last digit is wrong it is {}{}", start, right));
}

std::uint64_t ean13_capacity(std::string_view prefix) {
  return DigitSeries(DigitSeries::Kind::ean13, prefix).capacity();
}

std::string ean13(std::string_view prefix, std::uint64_t serial) {
  return DigitSeries(DigitSeries::Kind::ean13, prefix).at(serial);
}

void require_ean13_room(std::string_view prefix, std::uint64_t first, std::uint64_t count) {
  DigitSeries(DigitSeries::Kind::ean13, prefix).require_room(first, count);
}

CodePattern::CodePattern(std::string_view text) : text_(text) {
  if (text.empty() || text.size() > pattern_length_max)
    throw Error(Fault::usage,
                tr("a code pattern has 1 to {} symbols; “{}” has {}", pattern_length_max, visible(text), text.size()));
  const auto odd = std::ranges::find_if(text, [](char symbol) { return symbol < ' ' || symbol > '~'; });
  if (odd != text.end())
    throw Error(
        Fault::usage,
        tr("the code pattern “{}” has a symbol that a till may not be able to type or scan", visible(text)),
        tr("use Latin letters, digits and dashes, * for a letter or digit, # for a digit: {}", "GIFT-####-****"));
  if (text.front() == ' ' || text.back() == ' ')
    throw Error(Fault::usage, tr("the code pattern “{}” begins or ends with a blank", text));
  for (const char place : text)
    if (const auto symbols = choices(place); !symbols.empty()) capacity_ = times_saturated(capacity_, symbols.size());
}

std::string CodePattern::at(std::uint64_t serial) const {
  // A saturated capacity is more than any serial.
  if (capacity_ != uncounted && serial >= capacity_)
    throw Error(Fault::usage,
                tr("the pattern “{}” makes {} codes; there is no code number {}", text_, capacity_, serial));
  std::string code = text_;
  for (auto place = code.rbegin(); place != code.rend(); ++place) {
    const auto symbols = choices(*place);
    if (symbols.empty()) continue;
    *place = symbols[serial % symbols.size()];
    serial /= symbols.size();
  }
  return code;
}

std::string CodePattern::choose(const Chooser& chooser) const {
  std::string code = text_;
  for (char& place : code) {
    const auto symbols = choices(place);
    if (symbols.empty()) continue;
    const auto index = chooser(static_cast<std::uint32_t>(symbols.size()));
    if (index >= symbols.size()) throw std::logic_error("the source of chance went past its bound");
    place = symbols[index];
  }
  return code;
}

void CodePattern::require_room(std::uint64_t count) const {
  if (count <= capacity_) return;
  std::string longer;
  auto capacity = capacity_;
  while (capacity < count && text_.size() + longer.size() < pattern_length_max) {
    longer += '*';
    capacity = times_saturated(capacity, code_alphabet.size());
  }
  throw Error(Fault::usage, tr("the pattern “{}” makes {} codes; {} asked for", text_, capacity_, count),
              capacity >= count ? tr("{} would do", text_ + longer) : std::string{},
              {{"capacity", std::to_string(capacity_)}, {"count", std::to_string(count)}});
}

std::string fold_code(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const auto length = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (length <= 0) {
      // A broken byte stays, so that it never makes one code look like another.
      folded += text[at++];
      continue;
    }
    append_folded(folded, point);
    at += static_cast<std::size_t>(length);
  }
  return folded;
}

std::string readable_number(std::string_view code) {
  if (is_ean13(code)) return fmt::format("{} {} {}", code.substr(0, 1), code.substr(1, 6), code.substr(7));
  constexpr std::size_t group = 4;
  constexpr std::size_t short_enough = 6;
  const bool plain = std::ranges::all_of(code, [](char symbol) {
    return (symbol >= '0' && symbol <= '9') || (symbol >= 'A' && symbol <= 'Z') || (symbol >= 'a' && symbol <= 'z');
  });
  if (!plain || code.size() <= short_enough) return std::string(code);
  std::string grouped;
  for (std::size_t at = 0; at < code.size(); at += group) {
    if (at != 0) grouped += ' ';
    grouped += code.substr(at, group);
  }
  return grouped;
}

}  // namespace loyal::domain
