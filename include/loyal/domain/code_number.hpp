// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace loyal::domain {

/// Letters and digits of a made-up code: none of 0 O 1 I L, which people misread. 31 is a prime.
inline constexpr std::string_view code_alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/// The start of EAN numbers that a shop may use inside its own walls.
inline constexpr std::string_view in_house_prefix = "29";
/// The longest pattern, and so the longest code that is made.
inline constexpr std::size_t pattern_length_max = 40;

/// A source of chance: an even choice among the whole numbers below its argument.
using Chooser = std::function<std::uint32_t(std::uint32_t bound)>;

/// The check digit that EAN-13 puts behind 12 digits and EAN-8 behind 7; std::logic_error for any other text.
char ean_check_digit(std::string_view digits);
/// Whether the text is 13 digits with the right check digit.
bool is_ean13(std::string_view text);
/// Whether the text is 8 digits with the right check digit.
bool is_ean8(std::string_view text);
/// Error{usage} that says what is wrong with a number that should be EAN-13 or EAN-8, with the number that is perhaps
/// meant.
void require_ean(std::string_view text);

/// How many numbers `prefix` leaves room for; Error{usage} unless it is 1 to 11 digits.
std::uint64_t ean13_capacity(std::string_view prefix);
/// The EAN-13 number with this start and serial; Error{usage} for a serial that has no room behind the prefix.
std::string ean13(std::string_view prefix, std::uint64_t serial);
/// Error{usage} with the numbers unless `count` serials from `first` on have room behind the prefix.
void require_ean13_room(std::string_view prefix, std::uint64_t first, std::uint64_t count);

/// What the codes of a batch look like: `*` is one symbol of code_alphabet, `#` a digit, anything else itself
/// (`GIFT-####-****`).
class CodePattern {
 public:
  /// Error{usage} for an empty or too long text, and for symbols other than printable ASCII.
  explicit CodePattern(std::string_view text);

  const std::string& text() const { return text_; }
  /// How many different codes there are; the largest std::uint64_t stands for itself and for more.
  std::uint64_t capacity() const { return capacity_; }
  /// The code number `serial` of the pattern, counted up from the right; Error{usage} from capacity() on.
  std::string at(std::uint64_t serial) const;
  /// A code chosen evenly among all of the pattern.
  std::string choose(const Chooser& chooser) const;
  /// Error{usage} with the numbers, and a pattern that would do, unless the pattern holds `count` codes.
  void require_room(std::uint64_t count) const;

 private:
  std::string text_;
  std::uint64_t capacity_ = 1;
};

/// What a typed code is looked up by: upper case, without blanks and dashes, Cyrillic look-alikes (А В Е К М Н О Р С Т
/// Х) as Latin letters.
std::string fold_code(std::string_view text);

/// The code as people read it: EAN as `2 900000 123458` and `9638 5074`, a long one without dashes or blanks in groups
/// of four.
std::string readable_number(std::string_view code);

}  // namespace loyal::domain
