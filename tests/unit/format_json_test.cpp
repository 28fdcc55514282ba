// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "loyal/base/error.hpp"
#include "loyal/format/json.hpp"

using namespace loyal;
using namespace loyal::format;

namespace {

std::string json_quoted(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}

std::string refusal(std::string_view text) {
  try {
    read_json_object(text);
  } catch (const Error& error) {
    CHECK(error.fault() == Fault::usage);
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("texts are escaped so that JSON is valid and cannot drive a terminal") {
  using namespace std::string_literals;
  CHECK(json_quoted("a\"b\\c/") == R"("a\"b\\c/")");
  CHECK(json_quoted("\n\r\t\b\x1b"s + '\0' + "\x7f") == R"("\n\r\t\u0008\u001b\u0000\u007f")");
  CHECK(json_quoted("\xC2\x9B") == R"("\u009b")");
  CHECK(json_quoted("ё😀") == "\"ё😀\"");
}

TEST_CASE("bytes that are no UTF-8 become replacement characters") {
  struct Example {
    const char* reason;
    std::string_view bytes;
    std::string_view json;
  };
  const Example examples[] = {
      {"a lone continuation", "a\x80z", "\"a\uFFFDz\""},
      {"cut in the middle", "\xD0", "\"\uFFFD\""},
      {"overlong slash", "\xC0\xAF", "\"\uFFFD\uFFFD\""},
      {"a surrogate", "\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
      {"windows-1251", "\xC0\xED\xED\xE0", "\"\uFFFD\uFFFD\uFFFD\uFFFD\""},
  };
  for (const Example& example : examples) {
    INFO(std::string(example.reason));
    CHECK(json_quoted(example.bytes) == example.json);
  }
}

TEST_CASE("an object gives its values by type, and numbers as they are written") {
  const JsonObject object = read_json_object(
      R"( {"card":"29","amount":1250.50,"big":123456789012345678901234567890,"small":1e-7,"minus_zero":-0,"zero":0,)"
      R"("count":-42,"yes":true,"none":null,"codes":["A","B"],"lines":[{"sku":"x","price":0.10},{"sku":"y"}],"at":{"h":1}} )");
  CHECK(object.text("card") == "29");
  CHECK(object.decimal("amount") == "1250.50");
  CHECK(object.decimal("big") == "123456789012345678901234567890");
  CHECK(object.decimal("small") == "1e-7");
  CHECK(object.decimal("minus_zero") == "-0");
  CHECK(object.decimal("zero") == "0");
  CHECK(object.decimal("card") == "29");
  CHECK(object.integer("count") == -42);
  CHECK(object.boolean("yes") == true);
  CHECK(object.has("none"));
  CHECK_FALSE(object.text("none"));
  CHECK_FALSE(object.integer("absent"));
  CHECK(object.texts("codes") == std::vector<std::string>{"A", "B"});
  const auto lines = object.objects("lines");
  REQUIRE(lines);
  REQUIRE(lines->size() == 2);
  CHECK((*lines)[0].decimal("price") == "0.10");
  CHECK_FALSE((*lines)[1].decimal("price"));
  CHECK(object.object("at")->integer("h") == 1);
  CHECK(object.keys().size() == 12);
  CHECK(object.keys().front() == "card");
}

TEST_CASE("a value of another type is refused with its key and column") {
  const JsonObject object = read_json_object(R"({"a":1.5,"b":"x","c":[1],"d":99999999999999999999})");
  CHECK_THROWS_WITH_AS(object.text("a"), "column 8: \"a\" is not a text", Error);
  CHECK_THROWS_WITH_AS(read_json_object(R"({"\u001b":1})").text("\x1b"), "column 11: \"␛\" is not a text", Error);
  CHECK_THROWS_WITH_AS(object.integer("a"), "column 8: \"a\" is not a whole number", Error);
  CHECK_THROWS_WITH_AS(object.integer("d"), "column 49: \"d\" is not a whole number", Error);
  CHECK_THROWS_AS(object.boolean("b"), Error);
  CHECK_THROWS_AS(object.decimal("c"), Error);
  CHECK_THROWS_AS(object.objects("c"), Error);
  CHECK_THROWS_AS(object.texts("c"), Error);
  CHECK_THROWS_AS(object.object("b"), Error);
}

TEST_CASE("what is no JSON object is refused at its column") {
  CHECK(refusal("") == "column 1: this is not JSON");
  CHECK(refusal("[]") == "column 1: this is not a JSON object");
  CHECK(refusal("12") == "column 1: this is not a JSON object");
  CHECK(refusal(R"({"a":01})") == "column 7: this is not JSON");
  CHECK(refusal(R"({"a":1} x)") == "column 9: this is not JSON");
  CHECK(refusal(R"({"a":1)") != "none");
  CHECK(refusal("{\"a\":\"\xFF\"}") == "column 7: this is not JSON");
  CHECK(refusal(R"({"a":NaN})") != "none");
  CHECK(refusal(R"({"a":1,"a":2})") == "column 10: the key \"a\" stands twice");
  CHECK(refusal(R"({"a":"\u0000"})") == "column 13: a text holds a NUL");
  CHECK(refusal(R"({"a":1e999})") != "none");
}

TEST_CASE("nesting without end is refused, not followed") {
  std::string deep = "{\"a\":";
  for (int i = 0; i < 100'000; ++i) deep += '[';
  CHECK(refusal(deep) == "column 21: more than 16 levels");
}
