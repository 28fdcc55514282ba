// SPDX-License-Identifier: MIT
#include "loyal/format/barcode.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "loyal/base/error.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/format/terminal_symbol.hpp"

using namespace loyal;
using namespace loyal::format;

namespace {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> gray;

  Picture(int columns, int rows)
      : width(columns), height(rows), gray(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 255) {}
  void blacken(int left, int top, int right, int bottom) {
    for (int y = top; y < bottom; ++y)
      for (int x = left; x < right; ++x)
        gray[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] = 0;
  }
};

Picture draw(const Symbol& symbol) {
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

std::vector<Found> read(const Picture& picture, std::optional<Symbology> only = {}) {
  return read_image(picture.gray, picture.width, picture.height, only);
}

/// The terminal as a camera sees it: each character a cell twice as high as wide, ink in the colour of the letters.
Picture photograph(const std::string& text, Background background) {
  constexpr int half = 4;
  std::vector<std::vector<std::pair<bool, bool>>> stacked;
  std::vector<std::vector<std::pair<bool, bool>>> beside;
  std::size_t columns = 0;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find('\n', start);
    auto& upper_lower = stacked.emplace_back();
    auto& left_right = beside.emplace_back();
    for (auto at = start; at < end;) {
      const auto is = [&](std::string_view cell) { return text.compare(at, cell.size(), cell) == 0; };
      upper_lower.emplace_back(is("▀") || is("█") || is("▌") || is("▐"), is("▄") || is("█") || is("▌") || is("▐"));
      left_right.emplace_back(is("▌") || is("█") || is("▀") || is("▄"), is("▐") || is("█") || is("▀") || is("▄"));
      at += is("▀") || is("▄") || is("█") || is("▌") || is("▐") ? 3U : 1U;
    }
    columns = std::max(columns, upper_lower.size());
    start = end + 1;
  }
  Picture picture(static_cast<int>(columns) * half * 2, static_cast<int>(stacked.size()) * half * 4);
  const bool letters_are_dark = background == Background::light;
  for (std::size_t row = 0; row < stacked.size(); ++row)
    for (std::size_t column = 0; column < columns; ++column)
      for (int quarter = 0; quarter < 4; ++quarter) {
        const bool upper = quarter < 2;
        const bool left = quarter % 2 == 0;
        bool ink = false;
        if (column < stacked[row].size())
          ink = (upper ? stacked[row][column].first : stacked[row][column].second) &&
                (left ? beside[row][column].first : beside[row][column].second);
        if (ink != letters_are_dark) continue;
        const int x = static_cast<int>(column) * half * 2 + (left ? 0 : half);
        const int y = static_cast<int>(row) * half * 4 + (upper ? 0 : half * 2);
        picture.blacken(x, y, x + half, y + half * 2);
      }
  return picture;
}

std::string random_code(Symbology symbology, std::mt19937& generator) {
  const auto below = [&](std::uint32_t bound) {
    return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(generator);
  };
  std::string code;
  if (symbology == Symbology::ean13) return domain::ean13(std::to_string(below(90) + 10), below(1'000'000'000));
  const auto length = below(30) + 1;
  for (std::uint32_t place = 0; place < length; ++place) code += static_cast<char>('!' + below('~' - '!' + 1));
  return code;
}

template <class Action>
Error error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error was thrown");
  return {Fault::failed, ""};
}

}  // namespace

TEST_CASE("every symbology reads back what was written, for random codes") {
  std::mt19937 generator(20260301);
  for (const auto& known : symbologies())
    for (int round = 0; round < 200; ++round) {
      const auto code = random_code(known.symbology, generator);
      CAPTURE(known.name);
      CAPTURE(code);
      REQUIRE(known.why_not(code).empty());
      const auto found = read(draw(encode(known.symbology, code)), known.symbology);
      REQUIRE(found.size() == 1);
      CHECK(found.front().text == code);
      CHECK(found.front().symbology == known.symbology);
    }
}

TEST_CASE("a reader that knows nothing of the symbology finds the same code") {
  for (const auto& known : symbologies()) {
    CAPTURE(known.name);
    const auto found = read(draw(encode(known.symbology, "2900000123458")));
    REQUIRE(found.size() == 1);
    CHECK(found.front() == Found{known.symbology, found.front().format, "2900000123458"});
  }
}

TEST_CASE("QR carries Cyrillic and other scripts") {
  for (const char* code : {"карта-Ёлка-42", "https://зерно.рф/к?1", "カード", "é"}) {
    CAPTURE(code);
    const auto found = read(draw(encode(Symbology::qr, code)), Symbology::qr);
    REQUIRE(found.size() == 1);
    CHECK(found.front().text == code);
  }
}

TEST_CASE("an image without a code reads as nothing") {
  CHECK(read(Picture(100, 100)).empty());
  CHECK_THROWS_AS(read_image(std::vector<std::uint8_t>(99), 10, 10), std::logic_error);
  CHECK_THROWS_AS(read_image({}, 0, 0), std::logic_error);
}

TEST_CASE("a damaged EAN bar code is not read as another number") {
  auto symbol = encode(Symbology::ean13, "2900000123458");
  for (std::size_t x = 20; x < 27; ++x) symbol.modules[x] = symbol.modules[x] == 0 ? 1 : 0;
  for (const auto& found : read(draw(symbol), Symbology::ean13)) CHECK(found.text == "2900000123458");
}

TEST_CASE("a code that a symbology can't carry is refused, and those that can are named") {
  struct Row {
    const char* why;
    Symbology symbology;
    std::string code;
    const char* said;
    const char* hint;
  };
  const Row rows[] = {
      {"letters in EAN-13", Symbology::ean13, "GIFT-0012", "13 digits", "these can carry it: qr, code128"},
      {"a wrong check digit", Symbology::ean13, "2900000123457", "should be 8", "these can carry it: qr, code128"},
      {"Cyrillic in Code 128", Symbology::code128, "карта", "Latin", "these can carry it: qr"},
      {"too long for Code 128", Symbology::code128, std::string(81, 'A'), "81", "these can carry it: qr"},
      {"a control character", Symbology::code128, "A\nB", "Latin", ""},
      {"nothing at all", Symbology::qr, "", "empty", ""},
      {"broken UTF-8", Symbology::qr, "\xFF\xFE", "not text", ""},
      {"a NUL within", Symbology::qr, std::string("A\0B", 3), "not text", ""},
      {"a book", Symbology::qr, std::string(1001, 'A'), "1001", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto error = error_of([&] { encode(row.symbology, row.code); });
    CHECK(error.fault() == Fault::refused);
    CHECK(std::string_view(error.what()).find(row.said) != std::string_view::npos);
    CHECK(std::string_view(error.what()).find('\n') == std::string_view::npos);
    CHECK(error.hint() == row.hint);
  }
}

TEST_CASE("symbologies are known by name") {
  for (const auto& known : symbologies()) CHECK(symbology_named(known.name) == known.symbology);
  const auto error = error_of([] { symbology_named("ean"); });
  CHECK(error.fault() == Fault::usage);
  CHECK(error.hint() == "these there are: qr, ean13, code128");
}

TEST_CASE("a symbol in the terminal reads as its code on dark and on light backgrounds") {
  std::mt19937 generator(7);
  for (const auto& known : symbologies())
    for (const auto background : {Background::dark, Background::light})
      for (int round = 0; round < 20; ++round) {
        const auto code = round == 0 ? "2900000123458" : random_code(known.symbology, generator);
        CAPTURE(known.name);
        CAPTURE(code);
        const auto found = read(photograph(terminal_symbol(encode(known.symbology, code), {}, background), background));
        REQUIRE(found.size() == 1);
        CHECK(found.front().text == code);
      }
}

TEST_CASE("a symbol in the terminal is as wide as it says, and has its number below") {
  for (const auto& known : symbologies()) {
    CAPTURE(known.name);
    const auto symbol = encode(known.symbology, "2900000123458");
    const auto text = terminal_symbol(symbol, "2 900000 123458", Background::dark);
    CHECK(text.ends_with("2 900000 123458\n"));
    const auto first_line = text.substr(0, text.find('\n'));
    CHECK(std::ranges::count_if(first_line, [](char byte) { return (byte & 0xC0) != 0x80; }) ==
          terminal_columns(symbol));
    CHECK(terminal_columns(symbol) < 80);
  }
}

TEST_CASE("a number text can't drive the terminal") {
  const auto text = terminal_symbol(encode(Symbology::qr, "A"), "\x1b[2J", Background::dark);
  CHECK(text.find('\x1b') == std::string::npos);
}
