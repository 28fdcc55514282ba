// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "loyal/domain/code_number.hpp"

namespace loyal::domain {

/// The check digit of bank cards, behind any number of digits; std::logic_error for any other text.
char luhn_digit(std::string_view digits);
/// Whether the text is two digits or more of which the last is right by Luhn.
bool is_luhn(std::string_view text);

/// Numbers of one length with a beginning of their own and a check digit at the end.
class DigitSeries {
 public:
  enum class Kind { ean13, ean8, luhn };
  /// How many digits the numbers have where nobody says.
  static constexpr std::size_t luhn_digits_usual = 16;

  /// Error{usage} for a prefix that is not digits or leaves no room; `digits` is of Luhn alone.
  DigitSeries(Kind kind, std::string_view prefix, std::size_t digits = luhn_digits_usual);

  const std::string& prefix() const { return prefix_; }
  /// How many digits a number has, its check digit included.
  std::size_t digits() const { return digits_; }
  /// How many numbers there are.
  std::uint64_t capacity() const { return capacity_; }
  /// Error{usage} with the numbers unless `count` serials from `first` on have room behind the prefix.
  void require_room(std::uint64_t first, std::uint64_t count) const;
  /// The number with this serial; Error{usage} for one that has no room.
  std::string at(std::uint64_t serial) const;
  /// A number chosen evenly among all.
  std::string choose(const Chooser& chooser) const;
  /// Error{usage} unless the beginning is one that GS1 leaves to every shop for use inside its own walls: what begins
  /// with another is the number of somebody's goods. Luhn has no such rule.
  void require_in_house() const;

 private:
  std::string finished(std::string start) const;
  std::string_view title() const;

  Kind kind_;
  std::string prefix_;
  std::size_t digits_;
  std::uint64_t capacity_ = 1;
};

}  // namespace loyal::domain
