// SPDX-License-Identifier: MIT
#include "loyal/domain/digit_series.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::domain {
namespace {

constexpr std::size_t luhn_digits_min = 6;
constexpr std::size_t luhn_digits_max = 19;
constexpr std::size_t ean13_digits = 13;
constexpr std::size_t ean8_digits = 8;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char symbol) { return symbol >= '0' && symbol <= '9'; });
}

std::size_t digits_of(DigitSeries::Kind kind, std::size_t digits) {
  if (kind == DigitSeries::Kind::ean13) return ean13_digits;
  if (kind == DigitSeries::Kind::ean8) return ean8_digits;
  if (digits < luhn_digits_min || digits > luhn_digits_max)
    throw Error(Fault::usage, tr("a number with a Luhn digit has {} to {} digits; {} asked for", luhn_digits_min,
                                 luhn_digits_max, digits));
  return digits;
}

}  // namespace

char luhn_digit(std::string_view digits) {
  if (!all_digits(digits)) throw std::logic_error("a Luhn digit is made of digits");
  unsigned sum = 0;
  bool is_doubled = true;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, is_doubled = !is_doubled) {
    const auto value = static_cast<unsigned>(*digit - '0') * (is_doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool is_luhn(std::string_view text) {
  return text.size() > 1 && all_digits(text) && luhn_digit(text.substr(0, text.size() - 1)) == text.back();
}

DigitSeries::DigitSeries(Kind kind, std::string_view prefix, std::size_t digits)
    : kind_(kind), prefix_(prefix), digits_(digits_of(kind, digits)) {
  // One digit at least is the serial, and one the check digit.
  if (!all_digits(prefix) || prefix.size() > digits_ - 2)
    throw Error(Fault::usage,
                tr("the prefix of {} numbers is 1 to {} digits, not “{}”", title(), digits_ - 2, visible(prefix)),
                tr("numbers for use inside the shop start with {}", in_house_prefix));
  for (auto place = prefix.size(); place < digits_ - 1; ++place) capacity_ *= 10;
}

std::string_view DigitSeries::title() const {
  return kind_ == Kind::ean13 ? "EAN-13" : kind_ == Kind::ean8 ? "EAN-8" : "Luhn";
}

void DigitSeries::require_room(std::uint64_t first, std::uint64_t count) const {
  const auto room = first < capacity_ ? capacity_ - first : 0;
  if (count <= room) return;
  throw Error(
      Fault::usage,
      tr("prefix {} has room for {} {} numbers, {} of them from serial {} on; {} asked for", prefix_, capacity_,
         title(), room, first, count),
      prefix_.size() > 1 ? tr("a shorter prefix holds more, and a pattern such as {} too", "********") : std::string{},
      {{"capacity", std::to_string(capacity_)}, {"room", std::to_string(room)}, {"count", std::to_string(count)}});
}

std::string DigitSeries::finished(std::string start) const {
  start += kind_ == Kind::luhn ? luhn_digit(start) : ean_check_digit(start);
  return start;
}

std::string DigitSeries::at(std::uint64_t serial) const {
  require_room(serial, 1);
  return finished(fmt::format("{}{:0{}}", prefix_, serial, digits_ - 1 - prefix_.size()));
}

std::string DigitSeries::choose(const Chooser& chooser) const {
  std::string number = prefix_;
  while (number.size() < digits_ - 1) number += static_cast<char>('0' + chooser(10));
  return finished(std::move(number));
}

void DigitSeries::require_in_house() const {
  if (kind_ == Kind::luhn) return;
  constexpr std::array<std::string_view, 3> of_ean13{"2", "02", "04"};
  constexpr std::array<std::string_view, 3> of_ean8{"2", "0", "0"};
  const auto& own = kind_ == Kind::ean13 ? of_ean13 : of_ean8;
  if (std::ranges::any_of(own, [this](std::string_view start) { return prefix_.starts_with(start); })) return;
  throw Error(
      Fault::usage,
      tr("{} numbers that begin with {} are of whom GS1 gave them to; those for use inside a shop begin with {}",
         title(), prefix_, kind_ == Kind::ean13 ? "20…29" : "0, 2"),
      tr("--own-prefix, if it was given to you"));
}

}  // namespace loyal::domain
