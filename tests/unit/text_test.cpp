// SPDX-License-Identifier: MIT
#include "loyal/base/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace loyal;

TEST_SUITE("base") {
  TEST_CASE("a name is found regardless of case, ё, blanks and how its letters are composed") {
    CHECK(fold_name("  Алёна   ПЕТРОВА ") == "алена петрова");
    CHECK(fold_name("Але\u0308на") == "алена");
    CHECK(fold_name("И\u0306од") == fold_name("йод"));
    CHECK(fold_name("Йод") != fold_name("Иод"));
    CHECK(fold_name("Straße") == "strasse");
    CHECK(fold_name("Anna\u00A0\tB\r\n") == "anna b");
    CHECK(fold_name("ﬁn①") == "fin1");
    CHECK(fold_name("А\u200Bнна") == "анна");
    CHECK(fold_name("\xFF") == "\uFFFD");
    CHECK(fold_name("").empty());
  }

  TEST_CASE("sorted names have ё right after е, digits before letters, and short words first") {
    const std::vector<std::string> sorted{"1 этаж", "9",   "Anna", "Анна", "Анна Б", "Аннабель", "Ежов",
                                          "Ель",    "Ешь", "Ёж",   "ёлка", "Жук",    "Яна"};
    std::vector<std::string> names = sorted;
    std::reverse(names.begin(), names.end());
    std::sort(names.begin(), names.end(),
              [](const std::string& a, const std::string& b) { return sort_key(a) < sort_key(b); });
    CHECK(names == sorted);
    CHECK(is_utf8(sort_key("Ёжик")));
  }

  TEST_CASE("a name as typed keeps its letters and loses control characters") {
    CHECK(tidy_name(" Але\u0308на\tП\n") == "Алёна П");
    CHECK(tidy_name("a\x1b[2Jb") == "a [2Jb");
    CHECK(tidy_name(std::string_view("a\0b", 3)) == "a b");
    CHECK(tidy_name("\xC3(") == "\uFFFD(");
  }

  TEST_CASE("widths are counted in columns and a cut never falls inside a character") {
    CHECK(display_width("Зерно") == 5);
    CHECK(display_width("日本") == 4);
    CHECK(display_width("е\u0308") == 1);
    CHECK(fit("Зерно", 5) == "Зерно");
    CHECK(fit("Зерно", 4) == "Зер…");
    CHECK(fit("日本語", 4) == "日…");
    CHECK(fit("日本語", 1) == "…");
    CHECK(fit("abc", 0).empty());
    CHECK(fit("е\u0308е\u0308е\u0308", 2) == "е\u0308…");
    CHECK(fit("\xFFzz", 2) == "\uFFFD…");
  }

  TEST_CASE("data cannot drive the terminal") {
    CHECK(visible("a\x1b[31mb\n") == "a␛[31mb␊");
    CHECK(visible("\x7F") == "␡");
    CHECK(visible("\u009B31m") == "\uFFFD31m");
    CHECK(visible("a\u202Eb\u2066c\u200F") == "a\uFFFDb\uFFFDc\uFFFD");
    CHECK(visible("\u2028") == "\uFFFD");
    CHECK(visible("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
    CHECK(visible(std::string_view("\0", 1)) == "␀");
    CHECK(visible("Алёна 日本 e\u0301 ₽") == "Алёна 日本 e\u0301 ₽");
  }

  TEST_CASE("a slug is made from a name in Russian or any Latin alphabet") {
    CHECK(slug_of("Зерно и Ко") == "zerno-i-ko");
    CHECK(slug_of("ООО «Щука & Ёж», №7") == "ooo-shchuka-ezh-no7");
    CHECK(slug_of("Подъезд Эй") == "podezd-ey");
    CHECK(slug_of("Café Müller's") == "cafe-mullers");
    CHECK(slug_of("Київ Ўрад") == "kiyiv-urad");
    CHECK(slug_of("--a--b--") == "a-b");
    CHECK(slug_of("日本").empty());
    CHECK(slug_of(std::string(70, 'x')).size() == 64);
    CHECK(slug_of(std::string(63, 'x') + " y") == std::string(63, 'x'));
  }

  TEST_CASE("text is well-formed only without broken bytes, surrogates, overlong forms and NUL") {
    CHECK(is_utf8("Зерно 日 😀"));
    CHECK(is_utf8(""));
    for (const std::string_view text :
         {std::string_view("\xFF"), std::string_view("\xC0\xAF"), std::string_view("\xED\xA0\x80"),
          std::string_view("\xF4\x90\x80\x80"), std::string_view("\xD0"), std::string_view("\0", 1)})
      CHECK_FALSE(is_utf8(text));
  }

  TEST_CASE("blanks, no-break spaces and a byte-order mark are taken off the ends") {
    CHECK(trim("\uFEFF\u00A0 \ta b\r\n\u00A0") == "a b");
    CHECK(trim(" \u00A0").empty());
  }

  TEST_CASE("edits are counted by letters, a swap of neighbours as one") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("sale", "") == 4);
    CHECK(edit_distance("sale", "slae") == 1);
    CHECK(edit_distance("балл", "бал") == 1);
    CHECK(edit_distance("card", "cart") == 1);
    CHECK(edit_distance("kitten", "sitting") == 3);
  }
}
