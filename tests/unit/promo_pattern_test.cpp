// SPDX-License-Identifier: MIT
#include "loyal/domain/promo_pattern.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/domain/password.hpp"

using namespace loyal::domain;
using Match = PromoPattern::Match;

namespace {

/// The same codes on every machine.
Chooser seeded(unsigned seed) {
  return [random = std::mt19937(seed)](std::uint32_t bound) mutable {
    return std::uniform_int_distribution<std::uint32_t>(0, bound - 1)(random);
  };
}

/// What a word sounds like to somebody who half hears it: voiced and voiceless alike, and the vowels that are confused.
std::string heard(std::string_view word) {
  static const std::map<std::string, std::string> sounds = {
      {"б", "п"}, {"д", "т"}, {"г", "к"}, {"в", "ф"}, {"з", "с"}, {"ж", "ш"}, {"щ", "ш"}, {"о", "а"},
      {"э", "е"}, {"и", "е"}, {"ы", "е"}, {"ю", "у"}, {"я", "а"}, {"й", ""},  {"ь", ""},  {"b", "p"},
      {"d", "t"}, {"g", "k"}, {"v", "f"}, {"z", "s"}, {"j", "k"}, {"c", "k"}, {"y", "i"}};
  std::string result;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t bytes = static_cast<unsigned char>(word[at]) < 0x80 ? 1 : 2;
    const std::string letter(word.substr(at, bytes));
    const auto sound = sounds.find(letter);
    result += sound == sounds.end() ? letter : sound->second;
    at += bytes;
  }
  return result;
}

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

std::vector<std::string> listed_words() {
  std::vector<std::string> result;
  const std::filesystem::path folder = "../shared/data/promo";
  for (const char* name : {"ldnoobw_en.txt", "ldnoobw_ru.txt"}) {
    std::ifstream file(folder / name);
    for (std::string word; std::getline(file, word);)
      if (!word.empty()) result.push_back(word);
  }
  for (const char* name : {"leo_profanity_en.json", "sqids_blocklist_en.json"}) {
    std::ifstream file(folder / name);
    if (!file) continue;
    for (const auto& word : nlohmann::json::parse(file)) result.push_back(word.get<std::string>());
  }
  return result;
}

}  // namespace

TEST_SUITE("promo codes") {
  TEST_CASE("one wrong symbol, or two that changed places, never make another code: all cases of 1,000 codes") {
    const PromoPattern pattern("SPRING-****-****");
    REQUIRE(pattern.has_check());
    const Chooser chooser = seeded(1);
    std::int64_t wrong = 0;
    for (int i = 0; i < 1000; ++i) {
      const std::string code = pattern.choose(chooser);
      REQUIRE(pattern.match(code) == Match::whole);
      for (std::size_t at = 0; at < code.size(); ++at) {
        for (const char symbol : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
          if (symbol == code[at]) continue;
          std::string typed = code;
          typed[at] = symbol;
          if (pattern.match(typed) != Match::mistyped) ++wrong;
        }
        for (std::size_t other = at + 1; other < code.size(); ++other) {
          if (code[at] == code[other]) continue;
          std::string typed = code;
          std::swap(typed[at], typed[other]);
          if (pattern.match(typed) != Match::mistyped) ++wrong;
        }
      }
    }
    CHECK(wrong == 0);
  }

  TEST_CASE("what is nothing like a code of the pattern is not called mistyped") {
    const PromoPattern pattern("SPRING-****-****");
    for (const char* typed : {"", "SPRING", "WINTER2345ABCD", "SPRING2K7M9QX", "СПРИНГ2K7M9QXW"})
      CHECK(pattern.match(fold_code(typed)) == Match::no);
  }

  TEST_CASE("own alphabets say whether they can have a check symbol") {
    struct Row {
      const char* why;
      const char* alphabet;
      const char* pattern;
      bool has_check;
    };
    for (const Row& row :
         {Row{"31 symbols, a prime", "23456789ABCDEFGHJKMNPQRSTUVWXYZ", "****-****", true},
          Row{"10 is no prime", "0123456789", "A******", false},
          Row{"a prime, and longer than the code", "ABCDEFGHKMNPR", "*******", true},
          Row{"a prime, but two places of a long code weigh the same", "ABCDE", "********", false},
          Row{"the code does not end with a chosen symbol", "23456789ABCDEFGHJKMNPQRSTUVWXYZ", "****-X", false}}) {
      INFO(row.why);
      CHECK(PromoPattern(row.pattern, row.alphabet).has_check() == row.has_check);
    }
    CHECK_THROWS_AS(PromoPattern("****", "AAB"), loyal::Error);
    CHECK_THROWS_AS(PromoPattern("****", "a.b"), loyal::Error);
    CHECK_THROWS_AS(PromoPattern("SPRING"), loyal::Error);
  }

  TEST_CASE("a code is shown with its dashes, and found without them, in any case and with Cyrillic look-alikes") {
    const PromoPattern pattern("SPRING-****-****");
    const std::string code = pattern.choose(seeded(7));
    const std::string shown = pattern.shown(code);
    CHECK(shown.size() == 16);
    CHECK(shown.substr(0, 7) == "SPRING-");
    CHECK(fold_code(shown) == code);
    CHECK(fold_code(" spring " + shown.substr(7)) == code);
  }

  TEST_CASE("O is typed for 0 and I for 1 where the alphabet has only one of them") {
    const PromoPattern digits("******", "0123456789");
    CHECK(digits.is_typed_for("1OI2L0", "101210"));
    const PromoPattern letters("******", "ABCDEO");
    CHECK(letters.is_typed_for("A0BCDE", "AOBCDE"));
    const PromoPattern both("******", "O0AB");
    CHECK_FALSE(both.is_typed_for("A0ABAB", "AOABAB"));
    const auto variants = code_variants("A0OI");
    CHECK(std::set<std::string>(variants.begin(), variants.end()) == std::set<std::string>{"A0OI", "A001", "AOOI"});
  }

  TEST_CASE("codes that could be guessed are refused with the pattern that would do") {
    const PromoPattern pattern("SALE-****");
    CHECK_NOTHROW(require_unguessable(pattern, 2, guesses_for_percent));
    try {
      require_unguessable(pattern, 500, guesses_for_percent);
      FAIL("29,791 codes are too few for 500");
    } catch (const loyal::Error& error) {
      CHECK(std::string(error.what()).find("29791") != std::string::npos);
      CHECK(error.hint().find("SALE-******") != std::string::npos);
    }
    CHECK_THROWS_AS(require_unguessable(pattern, 1, guesses_for_money), loyal::Error);
  }

  TEST_CASE("no code spells a word that no shop prints, however it is written") {
    for (const char* text :
         {"FUCK", "XFUCKX", "A55H", "5EX9", "8LYA", "ХУЙ7", "SUKA22", "5UKA", "ПИЗД", "govno", "P1DOR"})
      CHECK_MESSAGE(!is_decent(fold_code(text)), text);
    for (const char* text : {"SPRING", "2K7M9QXW", "ЛЕТО2026", "WINTER", "СКИДКА"})
      CHECK_MESSAGE(is_decent(fold_code(text)), text);
  }

  TEST_CASE("a word of the lists that the alphabet can spell is found in any code") {
    const auto words = listed_words();
    if (words.empty()) {
      MESSAGE("skipped: ../shared/data/promo is not there");
      return;
    }
    int spelt = 0;
    for (const std::string& word : words) {
      const std::string folded = fold_code(word);
      const bool can_be = folded.size() >= 3 && std::all_of(folded.begin(), folded.end(), [](char symbol) {
                            return code_alphabet.find(symbol) != std::string_view::npos;
                          });
      if (!can_be) continue;
      ++spelt;
      CHECK_MESSAGE(!is_decent("7" + folded + "7"), word);
    }
    CHECK(spelt > 50);
  }

  TEST_CASE("no two words of a list sound nearly alike, and each list is worth seven bits a word") {
    for (const PasswordLanguage language : {PasswordLanguage::russian, PasswordLanguage::english}) {
      const auto words = words_of(language);
      for (std::size_t i = 0; i < words.size(); ++i)
        for (std::size_t j = i + 1; j < words.size(); ++j)
          if (edits(heard(words[i]), heard(words[j])) < 2) FAIL_CHECK(words[i] << " and " << words[j]);
      for (const std::string_view word : words) CHECK_MESSAGE(is_decent(fold_code(word)), word);
    }
    CHECK(words_needed(1, guesses_for_percent) == 2);
    CHECK(words_needed(1, guesses_for_money) == 3);
    CHECK(words_needed(1000, guesses_for_money) == 5);
    const std::string password = choose_password(PasswordLanguage::russian, 3, seeded(3));
    CHECK(std::count(password.begin(), password.end(), '-') == 2);
  }
}
