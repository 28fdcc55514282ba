// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/phone.hpp"
#include "loyal/domain/registration.hpp"
#include "support/shared.hpp"

using namespace loyal;

namespace {

bool is_plain_slug(const std::string& slug) {
  return slug.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos &&
         slug.find("--") == std::string::npos && !slug.starts_with('-') && !slug.ends_with('-') && slug.size() <= 64;
}

bool drives_terminal(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) return true;
    if (c == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

void check_all_ways(const std::string& text) {
  CAPTURE(text);
  const std::string folded = fold_name(text);
  CHECK(is_utf8(folded));
  CHECK(fold_name(folded) == folded);
  CHECK(sort_key(sort_key(text)).size() >= folded.size());
  CHECK(is_utf8(tidy_name(text)));
  CHECK(tidy_name(tidy_name(text)) == tidy_name(text));
  CHECK(fold_name(tidy_name(text)) == folded);
  const std::string seen = visible(text);
  CHECK(is_utf8(seen));
  CHECK(visible(seen) == seen);
  CHECK_FALSE(drives_terminal(seen));
  for (const std::size_t columns : {0U, 1U, 2U, 7U, 20U, 1000U}) {
    const std::string cut = fit(seen, columns);
    CHECK(is_utf8(cut));
    CHECK(display_width(cut) <= columns);
  }
  CHECK(is_plain_slug(slug_of(text)));
  CHECK_NOTHROW(domain::phone_e164(text));
  try {
    const std::int64_t count = parse_decimal(text, 2);
    CHECK(parse_decimal(to_decimal(count, 2), 2) == count);
  } catch (const Error& error) {
    CHECK(is_utf8(error.what()));
    CHECK_FALSE(drives_terminal(error.what()));
  }
  CHECK(edit_distance(text, text) == 0);
}

}  // namespace

TEST_SUITE("base") {
  TEST_CASE("hostile names stay text on every way through folding, showing, cutting and slugs") {
    const auto path = test::shared_file("data/hostile/blns.json");
    if (!path) return;
    const auto names = nlohmann::json::parse(test::contents_of(*path)).get<std::vector<std::string>>();
    CHECK(names.size() == 515);
    for (const std::string& name : names) check_all_ways(name);
  }

  TEST_CASE("broken bytes at every place stay text on every way") {
    const std::string text = "Ёж 日😀e\u0301";
    for (std::size_t place = 0; place < text.size(); ++place)
      for (const char broken : {'\0', '\x1b', '\x7f', '\x80', '\xC2', '\xE2', '\xF4', '\xFF'}) {
        std::string hostile = text;
        hostile[place] = broken;
        check_all_ways(hostile);
        check_all_ways(hostile.substr(0, place + 1));
      }
  }
}
