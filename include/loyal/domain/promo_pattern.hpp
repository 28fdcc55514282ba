// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/domain/code_number.hpp"

namespace loyal::domain {

/// The symbol that makes a code's symbols, each times its place counted from the right, add up to a multiple of the
/// alphabet's size. Where that is a prime larger than the code is long, every wrong symbol and every two that changed
/// places spoil the sum: both factors of what they change are smaller than the prime.
char check_symbol(std::string_view start, std::string_view alphabet = code_alphabet);

/// What the promo codes of a batch look like: `*` is one symbol of the alphabet, anything else itself. The last `*` is
/// a check symbol where the alphabet can have one.
class PromoPattern {
 public:
  /// How a typed code stands to the pattern.
  enum class Match {
    no,        ///< a code of something else
    mistyped,  ///< nearly one of the pattern: a symbol or two are wrong
    whole      ///< one that the pattern may have made
  };

  /// Error{usage} for a pattern without `*`, one that CodePattern refuses, and an alphabet that is not 2 to 36
  /// different digits and Latin capital letters.
  explicit PromoPattern(std::string_view text, std::string_view alphabet = code_alphabet);

  const std::string& text() const { return text_; }
  const std::string& alphabet() const { return alphabet_; }
  bool has_check() const { return has_check_; }
  /// How many different codes there are; the largest std::uint64_t stands for itself and for more.
  std::uint64_t capacity() const;
  /// A code chosen evenly among all of the pattern, folded as fold_code does.
  std::string choose(const Chooser& chooser) const;
  /// A folded code as it is printed, with the pattern's dashes and blanks.
  std::string shown(std::string_view folded) const;
  Match match(std::string_view folded) const;
  /// Whether the pattern's people may type `typed` for `folded`: O for 0, I and L for 1 and the other way round, where
  /// the alphabet has only one of them.
  bool is_typed_for(std::string_view typed, std::string_view folded) const;

 private:
  bool holds(char symbol) const { return alphabet_.find(symbol) != std::string::npos; }

  std::string text_;
  std::string alphabet_;
  std::string places_;  ///< the folded text
  std::size_t stars_ = 0;
  bool has_check_ = false;
};

/// A folded code, and what else people type for it where an alphabet has only one of O and 0, or of I, L and 1.
std::vector<std::string> code_variants(std::string_view folded);

/// Codes that are worth money are one of so many that nobody guesses one.
inline constexpr std::uint64_t guesses_for_money = 1'000'000;
inline constexpr std::uint64_t guesses_for_percent = 10'000;

/// Error{usage} with the numbers, and what would do, unless there are `guesses` codes of the pattern for each of
/// `count`.
void require_unguessable(const PromoPattern& pattern, std::uint64_t count, std::uint64_t guesses);

/// Whether a folded code, or what is read into its digits, spells none of the words that no shop prints: stems of
/// Russian and English ones, in either script and in transliteration.
bool is_decent(std::string_view folded);

}  // namespace loyal::domain
