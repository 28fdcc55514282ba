// SPDX-License-Identifier: MIT
#include "support/conversation.hpp"

#include <doctest/doctest.h>

#include <istream>
#include <ostream>
#include <string>

using namespace loyal::test;

namespace {

/// Echoes arguments, input and time, and ends with 6 when it is told to.
int echo(std::span<const std::string> arguments, loyal::cli::World& world) {
  for (const std::string& argument : arguments) world.out << '(' << argument << ')';
  world.out << '\n';
  for (std::string line; std::getline(world.in, line);) world.out << "in: " << line << '\n';
  if (arguments.empty() || arguments[0] != "fail") return 0;
  world.err << "loyal: error: refused at " << to_string(world.clock.now()) << '\n';
  return 6;
}

}  // namespace

TEST_SUITE("support") {
  TEST_CASE("words of a command line are split and quoted as in a shell") {
    CHECK(split_words("a  'b c' \"d \\\" e\" f\\ g '' h'i'j") ==
          std::vector<std::string>{"a", "b c", "d \" e", "f g", "", "hij"});
    CHECK_THROWS(split_words("a 'b"));
  }

  TEST_CASE("a placeholder stands for any text of its line") {
    CHECK(line_matches("a [*] c", "a b c"));
    CHECK(line_matches("[*]", ""));
    CHECK(line_matches("[*]b[*]b", "abcb"));
    CHECK_FALSE(line_matches("a [*] c", "a b d"));
    CHECK_FALSE(line_matches("a", "a "));
  }

  TEST_CASE("a conversation holds when output, errors and exit codes are as written") {
    const std::string script =
        "# now: 2026-03-01T09:00:00Z\n"
        "$ loyal sale 'add it' \"1 250,50\"\n"
        "(sale)(add it)(1 250,50)\n"
        "\n"
        "# a refusal\n"
        "$ loyal fail\n"
        "<<< typed\n"
        "(fail)\n"
        "in: typed\n"
        ">2 loyal: error: refused at 2026-03-01T09:00:01Z\n"
        ">= 6\n"
        "$ days 2\n"
        "$ loyal fail >kept.txt\n"
        ">2 loyal: error: refused at 2026-03-[*]Z\n"
        ">= 6\n"
        "$ cat kept.txt\n"
        "(fail)\n";
    const Verdict verdict = converse(script, echo);
    CHECK(verdict.difference.empty());
    CHECK(verdict.transcript == script);
  }

  TEST_CASE("a conversation that goes otherwise shows both sides, and its transcript holds") {
    const std::string script =
        "$ loyal '$ odd'\n"
        "something else\n"
        "\n"
        "$ loyal fail\n"
        "(fail)\n"
        ">2 loyal: error: [*]\n"
        "\n"
        "# the end\n";
    const Verdict verdict = converse(script, echo);
    CHECK_FALSE(verdict.holds);
    CHECK(verdict.difference ==
          "$ loyal '$ odd'\n--- expected\nsomething else\n+++ got\n($ odd)\n"
          "$ loyal fail\n--- expected\n(fail)\n>2 loyal: error: [*]\n+++ got\n(fail)\n"
          ">2 loyal: error: refused at 2026-03-01T09:00:01Z\n>= 6\n");
    CHECK(verdict.transcript ==
          "$ loyal '$ odd'\n($ odd)\n\n$ loyal fail\n(fail)\n>2 loyal: error: [*]\n>= 6\n\n# the end\n");
    CHECK(converse(verdict.transcript, echo).holds);
  }

  TEST_CASE("output that looks like the script's own marks is told apart") {
    const auto shout = [](std::span<const std::string>, loyal::cli::World& world) {
      world.out << "# a comment?\n$ a command?\n>2 an error?\n\nend\n\n";
      world.err << "no newline";
      return 0;
    };
    const Verdict verdict = converse("$ loyal\n", shout);
    CHECK(verdict.transcript ==
          "$ loyal\n>1 # a comment?\n>1 $ a command?\n>1 >2 an error?\n\nend\n>1\n>2 no newline[no newline]\n");
    CHECK(converse(verdict.transcript, shout).holds);
  }
}
