// SPDX-License-Identifier: MIT
#include "codes.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <string_view>

#include "loyal/domain/code_number.hpp"
#include "loyal/domain/retail_number.hpp"

namespace loyal::test {
namespace {

using format::Symbology;

constexpr std::string_view digits = "0123456789";

std::uint32_t below(std::mt19937& generator, std::uint32_t bound) {
  return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(generator);
}

std::string chosen(std::mt19937& generator, std::string_view alphabet, std::uint32_t length) {
  std::string code;
  while (code.size() < length) code += alphabet[below(generator, static_cast<std::uint32_t>(alphabet.size()))];
  return code;
}

std::string printable() {
  std::string alphabet;
  for (char symbol = '!'; symbol <= '~'; ++symbol) alphabet += symbol;
  return alphabet;
}

std::string with_check_digit(const std::string& start, std::size_t length) {
  const std::string padded = length == 8 ? start : std::string(13 - length, '0') + start;
  return start + domain::ean_check_digit(padded);
}

std::string upce(const std::string& start) {
  return start + domain::upca_of_upce(start)->back();
}

}  // namespace

std::string random_code(Symbology symbology, std::mt19937& generator) {
  const auto length = below(generator, 30) + 1;
  switch (symbology) {
    case Symbology::ean13:
      return with_check_digit(chosen(generator, digits, 12), 13);
    case Symbology::ean8:
      return with_check_digit(chosen(generator, digits, 7), 8);
    case Symbology::upca:
      return with_check_digit(chosen(generator, digits, 11), 12);
    case Symbology::upce:
      return upce(chosen(generator, "01", 1) + chosen(generator, digits, 6));
    case Symbology::itf:
      return chosen(generator, digits, 6 + length / 2 * 2);
    case Symbology::codabar:
      return chosen(generator, "0123456789-$:/.+", length + 1);
    case Symbology::code39:
      return chosen(generator, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.$/+%", length);
    case Symbology::aztec: {
      auto alphabet = printable();
      std::erase(alphabet, '}');
      return chosen(generator, alphabet, length);
    }
    default:
      return chosen(generator, printable(), length);
  }
}

std::string short_code(Symbology symbology, std::uint64_t serial) {
  switch (symbology) {
    case Symbology::ean8:
      return with_check_digit(fmt::format("{:07}", serial), 8);
    case Symbology::upca:
      return with_check_digit(fmt::format("{:011}", serial), 12);
    case Symbology::upce:
      return upce(fmt::format("{:07}", serial));
    case Symbology::itf:
      return fmt::format("{:08}", serial);
    case Symbology::codabar:
      return fmt::format("{:08}", serial);
    case Symbology::code39:
    case Symbology::code93:
      return fmt::format("K{:06}", serial);
    default:
      return domain::ean13("29", serial);
  }
}

std::optional<std::string> said_by_zbar(Symbology symbology, const std::string& code) {
  switch (symbology) {
    case Symbology::datamatrix:
    case Symbology::aztec:
    case Symbology::pdf417:
      return std::nullopt;
    case Symbology::codabar:
      return fmt::format("A{}A", code);
    case Symbology::upca:
      return "0" + code;
    case Symbology::upce:
      if (code.front() != '0') return std::nullopt;
      return "0" + domain::upca_of_upce(code).value();
    default:
      return code;
  }
}

void Picture::blacken(int left, int top, int right, int bottom) {
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x)
      gray[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] = 0;
}

void Picture::save(const std::string& path) const {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_GRAY;
  REQUIRE(png_image_write_to_file(&image, path.c_str(), 0, gray.data(), 0, nullptr) != 0);
}

Picture stacked(const std::vector<Picture>& pictures) {
  Picture all(0, 0);
  for (const auto& picture : pictures) {
    all.width = std::max(all.width, picture.width);
    all.height += picture.height;
  }
  for (const auto& picture : pictures)
    for (int y = 0; y < picture.height; ++y) {
      const auto row = picture.gray.begin() + static_cast<std::ptrdiff_t>(y) * picture.width;
      all.gray.insert(all.gray.end(), row, row + picture.width);
      all.gray.insert(all.gray.end(), static_cast<std::size_t>(all.width - picture.width), 255);
    }
  return all;
}

Picture beside(const Picture& left, const Picture& right) {
  Picture both(left.width + right.width, std::max(left.height, right.height));
  for (int y = 0; y < both.height; ++y)
    for (int x = 0; x < both.width; ++x) {
      const Picture& from = x < left.width ? left : right;
      const int column = x < left.width ? x : x - left.width;
      if (y < from.height && from.gray[static_cast<std::size_t>(y) * static_cast<std::size_t>(from.width) +
                                       static_cast<std::size_t>(column)] == 0)
        both.blacken(x, y, x + 1, y + 1);
    }
  return both;
}

Picture enlarged(const Picture& picture, int factor) {
  Picture large(picture.width * factor, picture.height * factor);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      if (picture.gray[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
                       static_cast<std::size_t>(x)] == 0)
        large.blacken(x * factor, y * factor, (x + 1) * factor, (y + 1) * factor);
  return large;
}

Picture draw(const format::Symbol& symbol) {
  constexpr int scale = 3;
  constexpr int quiet = 12;
  const int row_height = symbol.height == 1 ? 30 : 1;
  Picture picture((symbol.width + 2 * quiet) * scale, (symbol.height * row_height + 2 * quiet) * scale);
  for (int y = 0; y < symbol.height; ++y)
    for (int x = 0; x < symbol.width; ++x)
      if (symbol.dark(x, y))
        picture.blacken((x + quiet) * scale, (y * row_height + quiet) * scale, (x + 1 + quiet) * scale,
                        ((y + 1) * row_height + quiet) * scale);
  return picture;
}

}  // namespace loyal::test
