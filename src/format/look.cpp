// SPDX-License-Identifier: MIT
#include "loyal/format/look.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"

namespace loyal::format {
namespace {

// WCAG 2, level AA, for texts of usual size.
constexpr double contrast_min = 4.5;

constexpr std::array<std::pair<std::string_view, Colour>, 10> named_colours{{{"black", black},
                                                                             {"white", white},
                                                                             {"red", {0xC6, 0x28, 0x28}},
                                                                             {"orange", {0xF5, 0x7C, 0x00}},
                                                                             {"yellow", {0xFD, 0xD8, 0x35}},
                                                                             {"green", {0x2E, 0x7D, 0x32}},
                                                                             {"blue", {0x15, 0x65, 0xC0}},
                                                                             {"purple", {0x6A, 0x1B, 0x9A}},
                                                                             {"brown", {0x5D, 0x40, 0x37}},
                                                                             {"grey", {0x61, 0x61, 0x61}}}};

double luminance(Colour colour) {
  const auto linear = [](std::uint8_t part) {
    const double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace

Colour colour_of(const std::string& text) {
  for (const auto& [name, colour] : named_colours)
    if (name == text) return colour;
  std::string digits = text.starts_with('#') ? text.substr(1) : text;
  if (digits.size() == 3) digits = {digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]};
  std::uint32_t value = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
  if (digits.size() == 6 && error == std::errc{} && stop == end)
    return {static_cast<std::uint8_t>(value >> 16U), static_cast<std::uint8_t>((value >> 8U) & 0xFFU),
            static_cast<std::uint8_t>(value & 0xFFU)};
  std::string names;
  for (const auto& [name, colour] : named_colours) names += (names.empty() ? "" : ", ") + std::string(name);
  throw Error(Fault::usage, tr("“{}” is no colour such as #1a7f37", visible(text)), tr("or one of {}", names));
}

std::string to_string(Colour colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

double contrast(Colour left, Colour right) {
  const double first = luminance(left) + 0.05;
  const double second = luminance(right) + 0.05;
  return std::max(first, second) / std::min(first, second);
}

Colour Look::ink() const {
  if (colour) return *colour;
  return contrast(black, paper()) >= contrast(white, paper()) ? black : white;
}

void require_seen(const Look& look) {
  const double seen = contrast(look.ink(), look.paper());
  if (seen >= contrast_min) return;
  Look plain = look;
  plain.colour.reset();
  throw Error(Fault::refused,
              tr("texts in {} are hardly seen on {}: their contrast is {:.1f}, and {} is the least",
                 to_string(look.ink()), to_string(look.paper()), seen, contrast_min),
              "--color " + fmt::format("\"{}\"", to_string(plain.ink())));
}

}  // namespace loyal::format
