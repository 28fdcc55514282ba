// SPDX-License-Identifier: MIT
#include "loyal/base/money.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "loyal/base/error.hpp"

namespace {

using loyal::Amount;
using loyal::Money;

std::string refusal(std::string_view text, int scale) {
  try {
    loyal::parse_decimal(text, scale);
  } catch (const loyal::Error& error) {
    CHECK(error.fault() == loyal::Fault::usage);
    return std::string(error.what()) + " | " + error.hint();
  }
  return "";
}

}  // namespace

TEST_SUITE("base") {
  TEST_CASE("an amount is read as people and files write it") {
    struct Row {
      std::string_view text;
      int scale;
      std::int64_t count;
      const char* reason;
    };
    const Row rows[] = {
        {"1250", 2, 125000, "a whole amount"},
        {"1250.5", 2, 125050, "one digit after the point"},
        {"1250,50", 2, 125050, "a decimal comma"},
        {"1 250,50", 2, 125050, "a blank between thousands"},
        {"1\u00A0250\u00A0000,50", 2, 125000050, "no-break spaces, as workbooks write them"},
        {"12\u202F500", 2, 1250000, "narrow no-break space"},
        {"  7 ", 2, 700, "blanks at the ends"},
        {"+5", 2, 500, "a plus"},
        {"-5.01", 2, -501, "a minus"},
        {"0", 2, 0, "nought"},
        {"0.00", 2, 0, "nought with kopecks"},
        {"007", 0, 7, "leading noughts"},
        {"1.250", 3, 1250, "three digits are the fraction of a kilogram"},
        {"0.125", 3, 125, "an eighth"},
        {"92233720368547758.07", 2, std::numeric_limits<std::int64_t>::max(), "the largest amount"},
        {"-92233720368547758.08", 2, std::numeric_limits<std::int64_t>::min(), "the smallest amount"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.text);
      CAPTURE(row.reason);
      CHECK(loyal::parse_decimal(row.text, row.scale) == row.count);
    }
  }

  TEST_CASE("a doubtful amount is refused with what was typed and a way to write it") {
    struct Row {
      std::string_view text;
      int scale;
      const char* answer;
    };
    const Row rows[] = {
        {"1.250", 2, "\"1.250\" is ambiguous: the mark may part thousands or begin a fraction | write 1250 or 1.25"},
        {"1,250", 2, "\"1,250\" is ambiguous: the mark may part thousands or begin a fraction | write 1250 or 1.25"},
        {"1,250", 0, "\"1,250\" is ambiguous: the mark may part thousands or begin a fraction | write 1250"},
        {"1.299,50", 2, "\"1.299,50\" is ambiguous: the mark may part thousands or begin a fraction | write 1299.50"},
        {"1,299.50", 2, "\"1,299.50\" is ambiguous: the mark may part thousands or begin a fraction | write 1299.50"},
        {"1.299.500", 2, "\"1.299.500\" is ambiguous: the mark may part thousands or begin a fraction | write 1299500"},
        {"0.125", 2, "at most 2 digits may stand after the point in \"0.125\" | write a number such as 1250.5"},
        {"12345.678", 2, "at most 2 digits may stand after the point in \"12345.678\" | write a number such as 1250.5"},
        {"1.5", 0, "\"1.5\" is not a whole number | write a number such as 1250"},
        {"12 50", 2, "\"12 50\" is not a number: blanks part groups of three digits | write a number such as 1250.5"},
        {"1250 500", 2,
         "\"1250 500\" is not a number: blanks part groups of three digits | write a number such as 1250.5"},
        {"1e3", 2, "\"1e3\" is not a number | write a number such as 1250.5"},
        {"-0", 2, "\"-0\" is not a number | write 0"},
        {"-0.00", 2, "\"-0.00\" is not a number | write 0"},
        {"", 2, "a number is missing | write a number such as 1250.5"},
        {" ", 0, "a number is missing | write a number such as 1250"},
        {"--5", 2, "\"--5\" is not a number | write a number such as 1250.5"},
        {"- 5", 2, "\"- 5\" is not a number | write a number such as 1250.5"},
        {".5", 2, "\".5\" is not a number | write a number such as 1250.5"},
        {"5.", 2, "\"5.\" is not a number | write a number such as 1250.5"},
        {"1 250 ₽", 2, "\"1 250 ₽\" is not a number | write a number such as 1250.5"},
        {"１２", 2, "\"１２\" is not a number | write a number such as 1250.5"},
        {"12x", 2, "\"12x\" is not a number | write a number such as 1250.5"},
        {"1\x1b[2J", 2, "\"1␛[2J\" is not a number | write a number such as 1250.5"},
        {"92233720368547758.08", 2,
         "\"92233720368547758.08\" is too large | the largest number is 92233720368547758.07"},
        {"99999999999999999999999999", 0,
         "\"99999999999999999999999999\" is too large | the largest number is 9223372036854775807"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.text);
      CHECK(refusal(row.text, row.scale) == row.answer);
    }
  }

  TEST_CASE("an amount is printed for files and for people") {
    CHECK(loyal::to_decimal(125050, 2) == "1250.50");
    CHECK(loyal::to_decimal(-5, 2) == "-0.05");
    CHECK(loyal::to_decimal(7, 0) == "7");
    CHECK(loyal::to_decimal(std::numeric_limits<std::int64_t>::min(), 2) == "-92233720368547758.08");
    CHECK(loyal::to_text(125050, 2) == "1,250.50");
    CHECK(loyal::to_text(-100000000, 2) == "-1,000,000.00");
    CHECK(loyal::to_text(999, 0) == "999");
    CHECK(loyal::to_text(Money{125050}) == "1,250.50\u00A0₽");
    CHECK(loyal::to_text(Money{5}, "CHF") == "0.05\u00A0CHF");
    CHECK(loyal::to_text(Amount{1500}) == "1.5");
    CHECK(loyal::to_text(Amount{1000000}) == "1,000");
  }
}
