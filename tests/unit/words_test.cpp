// SPDX-License-Identifier: MIT
#include "loyal/service/words.hpp"

#include <doctest/doctest.h>

#include "loyal/base/message.hpp"

using namespace loyal;

TEST_SUITE("words") {
  TEST_CASE("points are called by their unit's own name in the form of their number") {
    open_catalogue("/nonexistent", "en");
    const domain::Unit cups{{"стакан", "стакана", "стаканов"}, 0, {100}};
    const domain::Unit stamps{{"stamp", "stamps", "stamps"}, 0, {100}};
    const domain::Unit parts{{"рубль", "рубля", "рублей"}, 2, {100}};
    struct Row {
      std::int64_t count;
      const domain::Unit& unit;
      const char* expected;
      const char* why;
    };
    const Row rows[] = {
        {1, cups, "1 стакан", "one"},
        {3, cups, "3 стакана", "two to four"},
        {5, cups, "5 стаканов", "many"},
        {12, cups, "12 стаканов", "the teens are many"},
        {21, cups, "21 стакан", "twenty-one is one again"},
        {112, cups, "112 стаканов", "the teens of a hundred too"},
        {0, cups, "0 стаканов", "none"},
        {1, stamps, "1 stamp", "a language of two forms"},
        {21, stamps, "21 stamps", "where only one is one"},
        {150, parts, "1.50 рубля", "a part takes the form of two"},
        {500, parts, "5.00 рублей", "a whole number of minor units"},
        {120, domain::Unit{}, "120 points", "a unit without a name of its own speaks the reader's language"},
        {1, domain::Unit{}, "1 point", "in the right number"},
    };
    for (const Row& row : rows) {
      CAPTURE(row.why);
      CHECK(service::points_text({row.count}, row.unit) == row.expected);
    }
  }

  TEST_CASE("a unit's name cannot drive the terminal") {
    const domain::Unit hostile{{"\x1b[2J", "\x1b[2J", "\x1b[2J"}, 0, {100}};
    CHECK(service::points_text({1}, hostile).find('\x1b') == std::string::npos);
  }
}
