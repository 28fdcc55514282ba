// SPDX-License-Identifier: MIT
#include "loyal/domain/code_number.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "loyal/base/error.hpp"

using namespace loyal;
using namespace loyal::domain;

namespace {

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

bool says(const Error& error, std::string_view part) {
  return std::string_view(error.what()).find(part) != std::string_view::npos;
}

Chooser seeded(unsigned seed) {
  return [generator = std::mt19937(seed)](std::uint32_t bound) mutable {
    return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(generator);
  };
}

}  // namespace

TEST_CASE("check digits of EAN numbers agree with the published ones") {
  struct Row {
    const char* why;
    const char* text;
    bool ean13;
    bool ean8;
  };
  const Row rows[] = {
      {"a well-known product", "4006381333931", true, false},
      {"its check digit one less", "4006381333930", false, false},
      {"two neighbours swapped", "4006383133931", false, false},
      {"the check digit is 0 because the sum ends in 0", "2900000000001", true, false},
      {"the eight-digit form", "96385074", false, true},
      {"the eight-digit form, wrong", "96385075", false, false},
      {"twelve digits", "400638133393", false, false},
      {"fourteen digits", "40063813339311", false, false},
      {"a letter within", "40063813339A1", false, false},
      {"nothing", "", false, false},
      {"digits of another script", "٤٠٠٦٣٨١", false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(is_ean13(row.text) == row.ean13);
    CHECK(is_ean8(row.text) == row.ean8);
  }
}

TEST_CASE("the shared identifier vectors are judged as they say") {
  std::ifstream file("../shared/reference/identifier-vectors.json");
  if (!file) {
    MESSAGE("skipped: ../shared/reference/identifier-vectors.json is not here");
    return;
  }
  const auto vectors = nlohmann::json::parse(file);
  for (const std::string text : vectors.at("ean13_valid")) CHECK_MESSAGE(is_ean13(text), text);
  for (const std::string text : vectors.at("ean8_valid")) CHECK_MESSAGE(is_ean8(text), text);
  for (const std::string text : vectors.at("ean_invalid")) {
    CHECK_MESSAGE(!is_ean13(text), text);
    CHECK_MESSAGE(!is_ean8(text), text);
  }
}

TEST_CASE("any single wrong digit of an EAN number is noticed") {
  const std::string right = "2900000123458";
  for (std::size_t place = 0; place < right.size(); ++place)
    for (char digit = '0'; digit <= '9'; ++digit) {
      auto wrong = right;
      wrong[place] = digit;
      CHECK(is_ean13(wrong) == (digit == right[place]));
    }
}

TEST_CASE("a wrong EAN number is refused with the check digit that its other digits ask for") {
  CHECK_NOTHROW(require_ean("2900000123458"));
  CHECK_NOTHROW(require_ean("96385074"));
  const auto wrong = error_of([] { require_ean("2900000123457"); });
  CHECK(wrong.fault() == Fault::usage);
  CHECK(says(wrong, "2900000123457"));
  CHECK(says(wrong, "ask for 8"));
  CHECK(wrong.hint().find("2900000123458") != std::string::npos);
  CHECK(says(error_of([] { require_ean("29000"); }), "13 or 8 digits"));
}

TEST_CASE("an EAN number is made of a prefix and a serial, and its room is the digits between") {
  CHECK(ean13("29", 0) == "2900000000001");
  CHECK(ean13("29", 12345) == "2900000123458");
  CHECK(ean13("29", 9'999'999'999) == "2999999999991");
  CHECK(ean13("29000000000", 7) == "2900000000070");
  CHECK(ean13_capacity("29") == 10'000'000'000);
  CHECK(ean13_capacity("46012345678") == 10);
  CHECK(error_of([] { ean13("29", 10'000'000'000); }).fault() == Fault::usage);
  CHECK(error_of([] { ean13("29", std::numeric_limits<std::uint64_t>::max()); }).fault() == Fault::usage);
  for (const char* prefix : {"", "290000000000", "2x", "-2", "２９"}) {
    CAPTURE(prefix);
    CHECK(error_of([&] { ean13(prefix, 1); }).fault() == Fault::usage);
  }
}

TEST_CASE("a batch of EAN numbers that has no room is refused with the numbers") {
  CHECK_NOTHROW(require_ean13_room("46012345678", 3, 7));
  const auto error = error_of([] { require_ean13_room("46012345678", 3, 8); });
  CHECK(error.fault() == Fault::usage);
  CHECK(says(error, "10"));
  CHECK(says(error, "7 of them from serial 3"));
  CHECK(says(error, "8 asked for"));
  CHECK_THROWS_AS(require_ean13_room("29", 1, std::numeric_limits<std::uint64_t>::max()), Error);
}

TEST_CASE("the alphabet has 31 symbols and none that is misread") {
  CHECK(code_alphabet.size() == 31);
  CHECK(std::set<char>(code_alphabet.begin(), code_alphabet.end()).size() == 31);
  CHECK(code_alphabet.find_first_of("0O1IL") == std::string_view::npos);
}

TEST_CASE("a pattern counts its codes") {
  struct Row {
    const char* why;
    const char* pattern;
    std::uint64_t capacity;
  };
  const Row rows[] = {
      {"a word stands for itself alone", "SPRING", 1},
      {"a digit", "A-#", 10},
      {"a symbol", "*", 31},
      {"digits and symbols multiply", "GIFT-##-**", 100 * 961},
      {"the most that is still counted", "************", 787662783788549761ULL},
      {"more than can be counted", "*************", std::numeric_limits<std::uint64_t>::max()},
      {"twenty digits are more too", "####################", std::numeric_limits<std::uint64_t>::max()},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(CodePattern(row.pattern).capacity() == row.capacity);
  }
}

TEST_CASE("codes by serial count up from the right and never repeat") {
  const CodePattern pattern("C-#*");
  CHECK(pattern.at(0) == "C-02");
  CHECK(pattern.at(30) == "C-0Z");
  CHECK(pattern.at(31) == "C-12");
  std::set<std::string> all;
  for (std::uint64_t serial = 0; serial < pattern.capacity(); ++serial) all.insert(pattern.at(serial));
  CHECK(all.size() == 310);
  CHECK(error_of([&] { pattern.at(310); }).fault() == Fault::usage);
  CHECK(CodePattern("*************").at(std::numeric_limits<std::uint64_t>::max()).size() == 13);
}

TEST_CASE("a chosen code keeps to its pattern, and every symbol has its turn") {
  const CodePattern pattern("GIFT-####-****");
  auto chooser = seeded(1);
  std::set<char> digits;
  std::set<char> symbols;
  for (int round = 0; round < 2000; ++round) {
    const auto code = pattern.choose(chooser);
    REQUIRE(code.size() == pattern.text().size());
    REQUIRE(code.starts_with("GIFT-"));
    REQUIRE(code[9] == '-');
    digits.insert(code.begin() + 5, code.begin() + 9);
    symbols.insert(code.begin() + 10, code.end());
    REQUIRE(fold_code(code) == code.substr(0, 4) + code.substr(5, 4) + code.substr(10));
  }
  CHECK(std::string(digits.begin(), digits.end()) == "0123456789");
  CHECK(std::string(symbols.begin(), symbols.end()) == code_alphabet);
}

TEST_CASE("a source of chance that goes past its bound is a bug") {
  CHECK_THROWS_AS(CodePattern("*").choose([](std::uint32_t bound) { return bound; }), std::logic_error);
}

TEST_CASE("a pattern that can't hold the codes asked for is refused, and one that can is named") {
  CHECK_NOTHROW(CodePattern("A-#").require_room(10));
  const auto error = error_of([] { CodePattern("A-#").require_room(500); });
  CHECK(error.fault() == Fault::usage);
  CHECK(says(error, "makes 10 codes"));
  CHECK(says(error, "500 asked for"));
  CHECK(error.hint().find("A-#**") != std::string::npos);
  CHECK_NOTHROW(CodePattern("*************").require_room(std::numeric_limits<std::uint64_t>::max()));
}

TEST_CASE("a pattern that nobody could type is refused") {
  struct Row {
    const char* why;
    std::string pattern;
  };
  const Row rows[] = {
      {"empty", ""},
      {"Cyrillic, which scanners at tills do not send", "ВЕСНА-****"},
      {"a control character", "A\n****"},
      {"a NUL", std::string("A\0*", 3)},
      {"a blank at the end", "A*** "},
      {"longer than a code may be", std::string(pattern_length_max + 1, '*')},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(error_of([&] { CodePattern{row.pattern}; }).fault() == Fault::usage);
  }
  CHECK_NOTHROW(CodePattern(std::string(pattern_length_max, '*')));
}

TEST_CASE("a typed code is found however it was typed") {
  struct Row {
    const char* why;
    const char* typed;
    const char* folded;
  };
  const Row rows[] = {
      {"lower case", "gift-0012-abcd", "GIFT0012ABCD"},
      {"blanks at the ends and within", "  GIFT 0012\tABCD ", "GIFT0012ABCD"},
      {"the dashes that word processors make", "GIFT–0012—ABCD−X‐Y", "GIFT0012ABCDXY"},
      {"no-break and thin blanks", "2\u00A0900000\u2009123458", "2900000123458"},
      {"what is pasted along unseen", "\uFEFFGI\u00ADFT\u200B", "GIFT"},
      {"capital Cyrillic look-alikes", "АВЕКМНОРСТХ", "ABEKMHOPCTX"},
      {"small Cyrillic look-alikes", "авекмнорстх", "ABEKMHOPCTX"},
      {"other Cyrillic letters stay", "весна-йё", "BECHAЙЁ"},
      {"only dashes", "---", ""},
      {"broken UTF-8 stays as it is",
       "A\xFF"
       "b",
       "A\xFF"
       "B"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(fold_code(row.typed) == row.folded);
    CHECK(fold_code(row.folded) == row.folded);
  }
}

TEST_CASE("a number is shown in groups that can be read aloud, and typing them finds it") {
  struct Row {
    const char* why;
    const char* code;
    const char* shown;
  };
  const Row rows[] = {
      {"EAN-13", "2900000123458", "2 900000 123458"},
      {"EAN-8", "96385074", "9638 5074"},
      {"a code with its own groups", "GIFT-0012-ABCD", "GIFT-0012-ABCD"},
      {"a long code without", "ABCDEFGHJK", "ABCD EFGH JK"},
      {"a short one", "SPRING", "SPRING"},
      {"nothing", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(readable_number(row.code) == row.shown);
    CHECK(fold_code(row.shown) == fold_code(row.code));
  }
}
