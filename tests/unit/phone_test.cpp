// SPDX-License-Identifier: MIT
#include "loyal/domain/phone.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "support/shared.hpp"

using loyal::domain::Phone;
using loyal::domain::phone_e164;

TEST_SUITE("domain") {
  TEST_CASE("telephone numbers of the reference table are read as it says") {
    const auto path = loyal::test::shared_file("reference/identifier-vectors.json");
    if (!path) return;
    const auto vectors = nlohmann::json::parse(loyal::test::contents_of(*path));
    for (const auto& row : vectors.at("phone_e164").items()) {
      const std::string& typed = row.key();
      const auto& expected = row.value();
      CAPTURE(typed);
      const auto phone = phone_e164(typed);
      REQUIRE(phone.has_value() == !expected.is_null());
      if (!phone) continue;
      CHECK((phone->extension.empty() ? phone->e164 : phone->e164 + " ext " + phone->extension) ==
            expected.get<std::string>());
    }
  }

  TEST_CASE("a telephone number is one number however it is typed") {
    struct Row {
      const char* typed;
      Phone phone;
      const char* reason;
    };
    const Row rows[] = {
        {"8 (916) 123-45-67", {"+79161234567", ""}, "the prefix dialled inside the country"},
        {"7 916 123 45 67", {"+79161234567", ""}, "the country's code without +"},
        {"(916) 123-45-67", {"+79161234567", ""}, "ten digits of a mobile"},
        {"+7(916)1234567", {"+79161234567", ""}, "no blanks"},
        {"+7 916\u00A0123–45–67", {"+79161234567", ""}, "typographic blanks and dashes"},
        {"8.495.123.45.67", {"+74951234567", ""}, "points"},
        {"8 916 123-45-67 ДОБ 12", {"+79161234567", "12"}, "an extension"},
        {"8 916 123-45-67 ext.007", {"+79161234567", "007"}, "noughts of an extension are kept"},
        {"89161234567#5", {"+79161234567", "5"}, "an extension after #"},
        {"+1 202 555 0123", {"+12025550123", ""}, "another country"},
        {"+290 22222", {"+29022222", ""}, "the shortest"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.typed);
      CAPTURE(row.reason);
      CHECK(phone_e164(row.typed) == row.phone);
    }
  }

  TEST_CASE("what is no full telephone number is not guessed at") {
    struct Row {
      const char* typed;
      const char* reason;
    };
    const Row rows[] = {
        {"", "nothing"},
        {"+", "a plus alone"},
        {"123-45-67", "a local number"},
        {"4951234567", "ten digits that could be of any country"},
        {"8 916 123 45 6", "a digit is missing"},
        {"8 916 123 45 678", "a digit too many"},
        {"+7 916 123 45 6", "a digit is missing after +7"},
        {"+7 016 123 45 67", "no area begins with 0"},
        {"+8 916 123 45 67", "8 with a plus"},
        {"+0123456789", "no country begins with 0"},
        {"+1234567", "too short for a country's number"},
        {"+1234567890123456", "too long for E.164"},
        {"2900000123458", "a card's number"},
        {"8 916 123-45-6a", "a letter"},
        {"8 916+123 45 67", "a plus inside"},
        {"８９１６１２３４５６７", "digits of another script"},
        {"8 916 123-45-67 доб", "an extension without digits"},
        {"8 916 123-45-67 доб 1 2 x", "rubbish after the extension"},
        {"8 916 123-45-67 #123456789", "an extension too long"},
        {"89161234567; drop table card", "rubbish"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.typed);
      CAPTURE(row.reason);
      CHECK_FALSE(phone_e164(row.typed));
    }
    CHECK_FALSE(phone_e164(std::string(100000, '9')));
  }

  TEST_CASE("a number is shown in groups and reads back as itself") {
    CHECK(to_text(Phone{"+79161234567", ""}) == "+7 916 123-45-67");
    CHECK(to_text(Phone{"+79161234567", "12"}) == "+7 916 123-45-67 ext 12");
    CHECK(to_text(Phone{"+375291234567", ""}) == "+375291234567");
    for (const Phone& phone : {Phone{"+79161234567", "12"}, Phone{"+375291234567", ""}})
      CHECK(phone_e164(to_text(phone)) == phone);
  }
}
