// SPDX-License-Identifier: MIT
#include "loyal/domain/registration.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "loyal/base/error.hpp"
#include "support/shared.hpp"

namespace {

using namespace loyal::domain;

template <class Function>
std::string refusal(Function function) {
  try {
    function();
  } catch (const loyal::Error& error) {
    CHECK(error.fault() == loyal::Fault::usage);
    return error.what();
  }
  return "";
}

std::string inn_refusal(const std::string& inn) {
  return refusal([&] { check_inn(inn); });
}
std::string ogrn_refusal(const std::string& ogrn) {
  return refusal([&] { check_ogrn(ogrn); });
}
std::string kpp_refusal(const std::string& kpp) {
  return refusal([&] { check_kpp(kpp); });
}

}  // namespace

TEST_SUITE("domain") {
  TEST_CASE("registration numbers known to be right pass, and those known to be wrong do not") {
    const auto path = loyal::test::shared_file("reference/identifier-vectors.json");
    if (!path) return;
    const auto vectors = nlohmann::json::parse(loyal::test::contents_of(*path));
    for (const auto& row : vectors.at("inn10_valid").items()) {
      const std::string& name = row.key();
      const auto& inn = row.value();
      CAPTURE(name);
      CHECK(check_inn(inn.get<std::string>()) == LegalForm::legal_entity);
      const auto both =
          check_registration(inn.get<std::string>(), vectors.at("ogrn13_valid").at(name).get<std::string>());
      CHECK(both.form == LegalForm::legal_entity);
    }
    for (const auto& inn : vectors.at("inn12_valid"))
      CHECK(check_inn(inn.get<std::string>()) == LegalForm::entrepreneur);
    for (const auto& ogrn : vectors.at("ogrnip15_valid"))
      CHECK(check_ogrn(ogrn.get<std::string>()) == LegalForm::entrepreneur);
    CHECK(inn_refusal(vectors.at("inn10_edge_remainder10").get<std::string>()).empty());
    CHECK(ogrn_refusal(vectors.at("ogrn13_edge_remainder10").get<std::string>()).empty());
    CHECK(ogrn_refusal(vectors.at("ogrnip15_edge_remainder10").get<std::string>()).empty());
    for (const auto& inn : vectors.at("inn_invalid")) CHECK_FALSE(inn_refusal(inn.get<std::string>()).empty());
    for (const auto& ogrn : vectors.at("ogrn_invalid")) CHECK_FALSE(ogrn_refusal(ogrn.get<std::string>()).empty());
    for (const auto& kpp : vectors.at("kpp_valid")) CHECK(kpp_refusal(kpp.get<std::string>()).empty());
    for (const auto& kpp : vectors.at("kpp_invalid")) CHECK_FALSE(kpp_refusal(kpp.get<std::string>()).empty());
  }

  TEST_CASE("a mistyped registration number is refused with the digit that was expected") {
    CHECK(inn_refusal("7707083894") == "INN \"7707083894\" is mistyped: check digit 3 expected at place 10, 4 found");
    CHECK(inn_refusal("500100732258") ==
          "INN \"500100732258\" is mistyped: check digit 9 expected at place 12, 8 found");
    CHECK(inn_refusal("500100732249") ==
          "INN \"500100732249\" is mistyped: check digit 5 expected at place 11, 4 found");
    CHECK(inn_refusal("770708389") == "INN \"770708389\" has 9 digits; a company's has 10, an entrepreneur's 12");
    CHECK(inn_refusal("77070838a3") == "INN \"77070838a3\" must be digits only");
    CHECK(inn_refusal("0000000000") == "INN \"0000000000\" is all noughts");
    CHECK(inn_refusal("") == "INN is missing");
    CHECK(ogrn_refusal("1027700132196") ==
          "OGRN \"1027700132196\" is mistyped: check digit 5 expected at place 13, 6 found");
    CHECK(ogrn_refusal("304500116000150") ==
          "OGRNIP \"304500116000150\" is mistyped: check digit 7 expected at place 15, 0 found");
    CHECK(ogrn_refusal("000000000000000") == "OGRN \"000000000000000\" is all noughts");
    CHECK(kpp_refusal("000000000") == "KPP \"000000000\" is all noughts");
  }

  TEST_CASE("every single wrong digit of a company's INN is noticed") {
    const std::string right = "7707083893";
    for (std::size_t place = 0; place < right.size(); ++place)
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string typed = right;
        typed[place] = digit;
        if (typed == right) continue;
        CAPTURE(typed);
        CHECK_FALSE(inn_refusal(typed).empty());
      }
  }

  TEST_CASE("INN and OGRN must belong to one legal form, and an entrepreneur has no KPP") {
    const auto entity = check_registration(" 7707083893 ", "1027700132195", "773601001");
    CHECK(entity.inn == "7707083893");
    CHECK(entity.kpp == "773601001");
    CHECK(check_registration("500100732259", "304500116000157").form == LegalForm::entrepreneur);
    CHECK(refusal([] { check_registration("7707083893", "304500116000157"); }) ==
          "INN \"7707083893\" is a company's, but \"304500116000157\" is an entrepreneur's OGRNIP");
    CHECK(refusal([] { check_registration("500100732259", "1027700132195"); }) ==
          "INN \"500100732259\" is an entrepreneur's, but \"1027700132195\" is a company's OGRN");
    CHECK(refusal([] { check_registration("500100732259", "304500116000157", "773601001"); }) ==
          "KPP \"773601001\" was given, but an entrepreneur has none");
  }

  TEST_CASE("an e-mail address is taken when mail could be sent to it") {
    for (const char* text : {"a@b.ru", "anna.petrova+shop@mail.example.com", "почта@пример.рф", "o'neil@x-y.org"}) {
      CAPTURE(text);
      CHECK(check_email(std::string(" ") + text) == text);
    }
    for (const char* text :
         {"", "a", "a@b", "@b.ru", "a@.ru", "a@b.", "a@@b.ru", "a b@c.ru", "a@b c.ru", "a@-b.ru", ".a@b.ru",
          "a..b@c.ru", "a\n@b.ru", "a@b.ru,c@d.ru", "<a@b.ru>", "a\x1b@b.ru", "a\u00A0b@c.ru"}) {
      CAPTURE(text);
      CHECK_FALSE(refusal([&] { check_email(text); }).empty());
    }
    CHECK_FALSE(refusal([] { check_email(std::string(65, 'a') + "@b.ru"); }).empty());
    CHECK_FALSE(refusal([] { check_email("a@" + std::string(300, 'b') + ".ru"); }).empty());
  }

  TEST_CASE("a slug that cannot be one is refused with one that can") {
    CHECK_NOTHROW(check_slug("zerno-i-ko-2"));
    for (const char* text : {"", "Зерно", "Zerno", "a--b", "-a", "a-", "a_b", "a b", "日本"}) {
      CAPTURE(text);
      CHECK_THROWS_AS(check_slug(text), loyal::Error);
    }
    try {
      check_slug("Зерно и Ко");
    } catch (const loyal::Error& error) {
      CHECK(error.hint() == "write it as zerno-i-ko");
    }
    CHECK_THROWS_AS(check_slug(std::string(65, 'a')), loyal::Error);
  }
}
