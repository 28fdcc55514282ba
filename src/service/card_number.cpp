// SPDX-License-Identifier: MIT
#include "loyal/service/card_number.hpp"

#include <algorithm>
#include <string_view>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::service {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_digit_or_letter(char letter) {
  return is_digit(letter) || (letter >= 'A' && letter <= 'Z');
}

bool is_printable(char letter) {
  return letter > ' ' && letter <= '~';
}

}  // namespace

std::string card_number_flaw(const std::string& number) {
  if (visible(number) != number || tidy_name(number) != number)
    return tr("\"{}\" holds characters that cannot be seen", visible(number));
  // Cyrillic letters that look like Latin ones are folded into them.
  const std::string code = code_of(number);
  if (std::none_of(code.begin(), code.end(), is_digit_or_letter))
    return tr("\"{}\" is no card number", visible(number));
  if (!std::all_of(code.begin(), code.end(), is_printable))
    return tr("\"{}\" is no card number: digits, Latin letters and signs are", visible(number));
  if (number.size() > domain::pattern_length_max)
    return tr("\"{}\" is too long for a card number: {} bytes, at most {}", visible(number), number.size(),
              domain::pattern_length_max);
  if (std::string_view("=+-@").find(number.front()) != std::string_view::npos)
    return tr("\"{}\" is no card number: a spreadsheet would take it for a formula", visible(number));
  return {};
}

bool has_wrong_check_digit(const std::string& number) {
  constexpr std::size_t ean13_digits = 13;
  const std::string code = code_of(number);
  return code.size() == ean13_digits && std::all_of(code.begin(), code.end(), is_digit) &&
         code.starts_with(domain::in_house_prefix) && !domain::is_ean13(code);
}

void MistypedNumbers::take(const std::string& number) {
  if (!has_wrong_check_digit(number)) return;
  if (++count_ == 1) first_ = number;
}

void MistypedNumbers::tell(const ImportNote& note) const {
  if (count_ > 0)
    note(trn("{} new card has a wrong check digit in its number: {}",
             "{} new cards have a wrong check digit in their numbers; the first is {}", count_, visible(first_)));
}

}  // namespace loyal::service
