// SPDX-License-Identifier: MIT
#include "loyal/domain/phone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::domain {
namespace {

constexpr std::size_t typed_length_max = 64;
constexpr std::size_t extension_digits_max = 8;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Splits "… доб. 12" into number and extension; the extension is empty where no mark stands.
struct Halves {
  std::string_view number, extension;
  bool has_mark = false;
};

Halves split_extension(std::string_view text) {
  constexpr std::array<std::string_view, 7> marks{"добавочный", "доб.", "доб", "ext.", "ext", "вн.", "#"};
  for (const std::string_view mark : marks) {
    const std::size_t at = text.find(mark);
    if (at != std::string_view::npos) return {trim(text.substr(0, at)), trim(text.substr(at + mark.size())), true};
  }
  return {text, {}, false};
}

/// The digits of a number, with the + that stands before them; nothing where anything but the usual marks stands
/// between.
std::optional<std::string> digits_of(std::string_view text) {
  constexpr std::array<std::string_view, 5> separators{" ", "-", "(", ")", "."};
  std::string digits;
  while (!text.empty()) {
    const char c = text.front();
    if (is_digit(c) || (c == '+' && digits.empty())) {
      digits += c;
      text.remove_prefix(1);
      continue;
    }
    const auto separator =
        std::find_if(separators.begin(), separators.end(), [&](std::string_view s) { return text.starts_with(s); });
    if (separator == separators.end()) return std::nullopt;
    text.remove_prefix(separator->size());
  }
  return digits;
}

/// Whether ten digits can be a number of the +7 zone: no area begins with 0, 1 or 2.
bool is_national(std::string_view digits) {
  return digits.size() == 10 && digits.front() >= '3';
}

std::optional<std::string> e164_of(std::string_view digits) {
  if (digits.starts_with('+')) {
    const std::string_view number = digits.substr(1);
    if (number.size() < 8 || number.size() > 15 || number.front() == '0') return std::nullopt;
    if (number.front() == '7' && !is_national(number.substr(1))) return std::nullopt;
    // No country has 89: it is the 8 dialled inside Russia with a + before it.
    if (number.starts_with("89")) return std::nullopt;
    return std::string(digits);
  }
  if (digits.size() == 10 && digits.front() == '9') return fmt::format("+7{}", digits);
  const bool has_prefix = digits.size() == 11 && (digits.front() == '8' || digits.front() == '7');
  if (has_prefix && is_national(digits.substr(1))) return fmt::format("+7{}", digits.substr(1));
  return std::nullopt;
}

}  // namespace

std::optional<Phone> phone_e164(std::string_view text) {
  if (text.size() > typed_length_max) return std::nullopt;
  // Folding lowers the marks of an extension and makes no-break spaces and hyphens plain; it must not make digits of
  // others.
  std::string plain = fold_name(text);
  if (std::count_if(plain.begin(), plain.end(), is_digit) != std::count_if(text.begin(), text.end(), is_digit))
    return std::nullopt;
  for (const std::string_view dash : {"‐", "‑", "‒", "–", "—", "−"})
    for (std::size_t at = 0; (at = plain.find(dash, at)) != std::string::npos;) plain.replace(at, dash.size(), "-");

  const Halves halves = split_extension(plain);
  if (halves.has_mark && (!is_digits(halves.extension) || halves.extension.size() > extension_digits_max))
    return std::nullopt;
  const auto digits = digits_of(halves.number);
  const auto e164 = digits ? e164_of(*digits) : std::nullopt;
  if (!e164) return std::nullopt;
  return Phone{*e164, std::string(halves.extension)};
}

std::string to_text(const Phone& phone) {
  std::string text = phone.e164;
  if (text.size() == 12 && text.starts_with("+7"))
    text = fmt::format("+7 {} {}-{}-{}", text.substr(2, 3), text.substr(5, 3), text.substr(8, 2), text.substr(10, 2));
  if (phone.extension.empty()) return text;
  return tr("{} ext {}", text, phone.extension);
}

}  // namespace loyal::domain
