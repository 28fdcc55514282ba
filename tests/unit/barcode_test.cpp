// SPDX-License-Identifier: MIT
#include "loyal/format/barcode.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "loyal/base/error.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/format/terminal_symbol.hpp"
#include "support/codes.hpp"

using namespace loyal;
using namespace loyal::format;
using test::draw;
using test::Picture;
using test::random_code;
using test::short_code;

namespace {

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
    const auto code = short_code(known.symbology, 123458);
    const auto found = read(draw(encode(known.symbology, code)));
    REQUIRE(found.size() == 1);
    CHECK(found.front() == Found{known.symbology, found.front().format, code});
  }
}

TEST_CASE("the longest codes that a symbology takes read back") {
  std::mt19937 generator(30);
  for (const auto symbology : {Symbology::qr, Symbology::datamatrix, Symbology::aztec, Symbology::pdf417}) {
    std::string code;
    while (traits(symbology).why_not(code + code + "A").empty() || code.empty())
      code += code.empty() ? "A" : random_code(symbology, generator);
    while (traits(symbology).why_not(code + '!').empty()) code += '!';
    CAPTURE(traits(symbology).name);
    CAPTURE(code.size());
    const auto found = read(draw(encode(symbology, code)), symbology);
    REQUIRE(found.size() == 1);
    CHECK(found.front().text == code);
  }
  for (const auto& known : symbologies()) {
    if (!known.linear || known.check_digit == CheckDigit::in_code) continue;
    std::string code = "000000";
    const std::string pair =
        known.symbology == Symbology::code93 || known.symbology == Symbology::code128 ? "a{" : "42";
    while (known.why_not(code + pair).empty()) code += pair;
    CAPTURE(known.name);
    const auto found = read(draw(encode(known.symbology, code)), known.symbology);
    REQUIRE(found.size() == 1);
    CHECK(found.front().text == code);
  }
}

TEST_CASE("the rows of PDF417 are as high as its traits say") {
  const auto symbol = encode(Symbology::pdf417, "2900000123458");
  const int rows = traits(Symbology::pdf417).row_height_modules;
  REQUIRE(symbol.height % rows == 0);
  for (int y = 0; y < symbol.height; ++y)
    for (int x = 0; x < symbol.width; ++x) CHECK(symbol.dark(x, y) == symbol.dark(x, y - y % rows));
}

TEST_CASE("QR and PDF417 carry Cyrillic and other scripts") {
  for (const auto symbology : {Symbology::qr, Symbology::pdf417})
    for (const char* code : {"карта-Ёлка-42", "https://зерно.рф/к?1", "カード", "é"}) {
      CAPTURE(code);
      const auto found = read(draw(encode(symbology, code)), symbology);
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
      {"letters in EAN-13", Symbology::ean13, "GIFT-0012", "13 digits",
       "these can carry it: qr, code128, datamatrix, aztec, pdf417, code39, code93"},
      {"a wrong check digit", Symbology::ean13, "2900000123457", "should be 8",
       "these can carry it: qr, code128, datamatrix, aztec, pdf417, code39, code93, codabar"},
      {"a wrong check digit of EAN-8", Symbology::ean8, "96385073", "should be 4", nullptr},
      {"a wrong check digit of UPC-A", Symbology::upca, "012345678901", "should be 5", nullptr},
      {"a wrong check digit of UPC-E", Symbology::upce, "01234567", "should be 5", nullptr},
      {"a number system that UPC-E has not", Symbology::upce, "21234565", "begin with 0 or 1", nullptr},
      {"seven digits in EAN-8", Symbology::ean8, "9638507", "not 8 digits", nullptr},
      {"Cyrillic in Code 128", Symbology::code128, "карта", "Latin", "these can carry it: qr, pdf417"},
      {"Cyrillic in Data Matrix", Symbology::datamatrix, "карта", "Latin", "these can carry it: qr, pdf417"},
      {"what Aztec writes wrongly", Symbology::aztec, "a}", "reads back as ~",
       "these can carry it: qr, code128, datamatrix, pdf417, code93"},
      {"small letters in Code 39", Symbology::code39, "Gift-12", "capital", nullptr},
      {"an asterisk in Code 39", Symbology::code39, "A*B", "capital", nullptr},
      {"letters in Codabar", Symbology::codabar, "A12345B", "digits", nullptr},
      {"one digit in Codabar", Symbology::codabar, "7", "at least 2", nullptr},
      {"an odd count in ITF", Symbology::itf, "1234567", "even", nullptr},
      {"a short ITF", Symbology::itf, "1234", "at least 6", nullptr},
      {"letters in ITF", Symbology::itf, "12345A", "digits", nullptr},
      {"too long for Code 128", Symbology::code128, std::string(81, 'A'), "81",
       "these can carry it: qr, datamatrix, aztec, pdf417"},
      {"too long for ITF", Symbology::itf, std::string(62, '1'), "62", nullptr},
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
    if (row.hint != nullptr) CHECK(error.hint() == row.hint);
  }
}

TEST_CASE("symbologies are known by name") {
  for (const auto& known : symbologies()) CHECK(symbology_named(known.name) == known.symbology);
  const auto error = error_of([] { symbology_named("ean"); });
  CHECK(error.fault() == Fault::usage);
  CHECK(
      error.hint() ==
      "these there are: qr, ean13, code128, datamatrix, aztec, pdf417, code39, code93, codabar, itf, ean8, upca, upce");
}

TEST_CASE("a symbol in the terminal reads as its code on dark and on light backgrounds") {
  std::mt19937 generator(7);
  for (const auto& known : symbologies())
    for (const auto background : {Background::dark, Background::light})
      for (int round = 0; round < 20; ++round) {
        const auto code = round == 0 ? short_code(known.symbology, 42) : random_code(known.symbology, generator);
        CAPTURE(known.name);
        CAPTURE(code);
        const auto found = read(photograph(terminal_symbol(encode(known.symbology, code), {}, background), background));
        REQUIRE(found.size() == 1);
        // A reader that knows UPC too calls an EAN-13 number that begins with 0 so.
        CHECK((found.front().text == code || "0" + found.front().text == code));
      }
}

TEST_CASE("a symbol in the terminal is as wide as it says, and has its number below") {
  for (const auto& known : symbologies()) {
    CAPTURE(known.name);
    const auto symbol = encode(known.symbology, short_code(known.symbology, 123458));
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
