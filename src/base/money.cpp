// SPDX-License-Identifier: MIT
#include "loyal/base/money.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <stdexcept>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal {
namespace {

constexpr int scale_max = 9;
constexpr std::string_view no_break_space = "\u00A0";
constexpr std::string_view narrow_no_break_space = "\u202F";

enum class Flaw { none, empty, not_a_number, badly_grouped, ambiguous, too_precise, too_large, minus_zero };

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_mark(char c) {
  return c == '.' || c == ',';
}

std::size_t blank_length(std::string_view text) {
  if (text.starts_with(' ')) return 1;
  if (text.starts_with(no_break_space)) return no_break_space.size();
  if (text.starts_with(narrow_no_break_space)) return narrow_no_break_space.size();
  return 0;
}

/// Reads digits into an unsigned magnitude, one by one.
class Magnitude {
 public:
  void append(char digit) {
    too_large_ = __builtin_mul_overflow(value_, std::uint64_t{10}, &value_) || too_large_;
    too_large_ = __builtin_add_overflow(value_, static_cast<std::uint64_t>(digit - '0'), &value_) || too_large_;
  }

  Flaw signed_into(bool negative, std::int64_t& count) const {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (too_large_ || value_ > largest + (negative ? 1 : 0)) return Flaw::too_large;
    if (negative && value_ == 0) return Flaw::minus_zero;
    count = static_cast<std::int64_t>(negative ? 0 - value_ : value_);
    return Flaw::none;
  }

 private:
  std::uint64_t value_ = 0;
  bool too_large_ = false;
};

/// Takes the digits before the mark off the front of `text`; blanks may part them in groups of three.
Flaw read_whole(std::string_view& text, Magnitude& magnitude) {
  std::size_t group = 0;
  bool grouped = false;
  while (!text.empty()) {
    if (is_digit(text.front())) {
      magnitude.append(text.front());
      text.remove_prefix(1);
      ++group;
      continue;
    }
    const std::size_t blank = blank_length(text);
    if (blank == 0) break;
    if (grouped ? group != 3 : group == 0 || group > 3) return group == 0 ? Flaw::not_a_number : Flaw::badly_grouped;
    text.remove_prefix(blank);
    grouped = true;
    group = 0;
  }
  if (group == 0) return Flaw::not_a_number;
  return grouped && group != 3 ? Flaw::badly_grouped : Flaw::none;
}

Flaw read_fraction(std::string_view text, int scale, Magnitude& magnitude) {
  std::size_t digits = 0;
  for (const char c : text) {
    if (is_mark(c)) return Flaw::ambiguous;
    if (!is_digit(c)) return Flaw::not_a_number;
    if (digits++ < static_cast<std::size_t>(scale)) magnitude.append(c);
  }
  if (digits == 0) return Flaw::not_a_number;
  if (digits > static_cast<std::size_t>(scale)) return Flaw::too_precise;
  for (; digits < static_cast<std::size_t>(scale); ++digits) magnitude.append('0');
  return Flaw::none;
}

Flaw read(std::string_view text, int scale, std::int64_t& count) {
  if (text.empty()) return Flaw::empty;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  const std::string_view whole = text;
  Magnitude magnitude;
  if (const Flaw flaw = read_whole(text, magnitude); flaw != Flaw::none) return flaw;
  if (text.empty()) {
    for (int digit = 0; digit < scale; ++digit) magnitude.append('0');
  } else {
    if (!is_mark(text.front())) return Flaw::not_a_number;
    const std::string_view fraction = text.substr(1);
    const Flaw flaw = read_fraction(fraction, scale, magnitude);
    // Up to three digits, a mark and three more may be thousands; "0.125" and "12345.678" can't.
    const bool may_be_thousands = fraction.size() == 3 && whole.size() - text.size() <= 3 && whole.front() != '0';
    if (flaw != Flaw::none) return flaw == Flaw::too_precise && may_be_thousands ? Flaw::ambiguous : flaw;
  }
  return magnitude.signed_into(negative, count);
}

/// What a text with points or commas between thousands may have meant.
std::string ambiguity_hint(std::string_view text, int scale) {
  const std::size_t last = text.find_last_of(".,");
  std::string joined, whole;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c) || (i == 0 && (c == '-' || c == '+'))) joined += c;
    if (i < last) whole = joined;
  }
  const std::string_view fraction = text.substr(last + 1);
  const bool digits_only = fraction.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits_only || fraction.empty()) return tr("write the number without marks between the thousands");
  const bool one_mark = text.find_first_of(".,") == last;
  const std::string decimal = fmt::format("{}.{}", whole, fraction.substr(0, static_cast<std::size_t>(scale)));
  if (scale == 0 || (!one_mark && fraction.size() == 3)) return tr("write {}", joined);
  if (one_mark) return tr("write {} or {}", joined, decimal);
  return tr("write {}", decimal);
}

[[noreturn]] void refuse(std::string_view text, int scale, Flaw flaw) {
  const std::string shown = fit(visible(text), 60);
  const std::string example = scale == 0 ? "1250" : "1250.5";
  switch (flaw) {
    case Flaw::empty:
      throw Error(Fault::usage, tr("a number is missing"), tr("write a number such as {}", example));
    case Flaw::badly_grouped:
      throw Error(Fault::usage, tr("\"{}\" is not a number: blanks part groups of three digits", shown),
                  tr("write a number such as {}", example));
    case Flaw::ambiguous:
      throw Error(Fault::usage, tr("\"{}\" is ambiguous: the mark may part thousands or begin a fraction", shown),
                  ambiguity_hint(text, scale));
    case Flaw::too_precise:
      if (scale == 0)
        throw Error(Fault::usage, tr("\"{}\" is not a whole number", shown), tr("write a number such as {}", example));
      throw Error(Fault::usage,
                  trn("at most {} digit may stand after the point in \"{}\"",
                      "at most {} digits may stand after the point in \"{}\"", scale, shown),
                  tr("write a number such as {}", example));
    case Flaw::too_large:
      throw Error(Fault::usage, tr("\"{}\" is too large", shown),
                  tr("the largest number is {}", to_decimal(std::numeric_limits<std::int64_t>::max(), scale)));
    case Flaw::minus_zero:
      throw Error(Fault::usage, tr("\"{}\" is not a number", shown), tr("write {}", "0"));
    case Flaw::none:
    case Flaw::not_a_number:
      break;
  }
  throw Error(Fault::usage, tr("\"{}\" is not a number", shown), tr("write a number such as {}", example));
}

/// Sign, whole part and fraction of a count, as digits.
struct Parts {
  bool negative = false;
  std::string whole, fraction;
};

Parts parts_of(std::int64_t count, int scale) {
  if (scale < 0 || scale > scale_max) throw std::logic_error("a scale is 0 to 9");
  const bool negative = count < 0;
  const std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
  std::string digits = fmt::format_int(magnitude).str();
  const auto places = static_cast<std::size_t>(scale);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  const std::size_t cut = digits.size() - places;
  return {negative, digits.substr(0, cut), digits.substr(cut)};
}

std::string for_people(const Parts& parts) {
  const bool russian = message_language() == "ru";
  std::string text = parts.negative ? "-" : "";
  for (std::size_t i = 0; i < parts.whole.size(); ++i) {
    if (i > 0 && (parts.whole.size() - i) % 3 == 0) text += russian ? no_break_space : std::string_view(",");
    text += parts.whole[i];
  }
  if (!parts.fraction.empty()) text.append(russian ? "," : ".").append(parts.fraction);
  return text;
}

std::string_view currency_sign(std::string_view currency) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> signs{
      {{"RUB", "₽"}, {"USD", "$"}, {"EUR", "€"}, {"KZT", "₸"}, {"BYN", "Br"}}};
  for (const auto& [code, sign] : signs)
    if (code == currency) return sign;
  return currency;
}

}  // namespace

std::int64_t parse_decimal(std::string_view text, int scale) {
  if (scale < 0 || scale > scale_max) throw std::logic_error("a scale is 0 to 9");
  std::int64_t count = 0;
  const std::string_view typed = trim(text);
  const Flaw flaw = read(typed, scale, count);
  if (flaw != Flaw::none) refuse(typed, scale, flaw);
  return count;
}

std::string to_decimal(std::int64_t count, int scale) {
  const Parts parts = parts_of(count, scale);
  return fmt::format("{}{}{}{}", parts.negative ? "-" : "", parts.whole, parts.fraction.empty() ? "" : ".",
                     parts.fraction);
}

std::string to_text(std::int64_t count, int scale) {
  return for_people(parts_of(count, scale));
}

std::string to_text(Money money, std::string_view currency) {
  return for_people(parts_of(money.count, 2)).append(no_break_space).append(currency_sign(currency));
}

std::string to_text(Amount amount) {
  Parts parts = parts_of(amount.count, 3);
  while (!parts.fraction.empty() && parts.fraction.back() == '0') parts.fraction.pop_back();
  return for_people(parts);
}

}  // namespace loyal
