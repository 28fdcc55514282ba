// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "support/cli_world.hpp"
#include "support/sample_commands.hpp"

using loyal::test::CliWorld;
using loyal::test::sample_table;

TEST_CASE("a command line is read the same wherever its flags stand") {
  struct Row {
    const char* why;
    std::vector<std::string> words;
    const char* expected;
  };
  const Row rows[] = {
      {"flags at the end",
       {"points", "adjust", "29", "100", "--reason", "gift", "--till", "t1"},
       "29|100|gift||-|t1\n"},
      {"global flags before the noun", {"--till", "t1", "points", "adjust", "29", "100"}, "29|100|||-|t1\n"},
      {"a global flag between noun and verb", {"points", "--till=t1", "adjust", "29", "100"}, "29|100|||-|t1\n"},
      {"the value of a global flag is no noun",
       {"--till", "card", "points", "adjust", "29", "100"},
       "29|100|||-|card\n"},
      {"flags between operands", {"points", "adjust", "29", "--reason", "gift", "100"}, "29|100|gift||-|\n"},
      {"a negative number is an operand", {"points", "adjust", "29", "-50"}, "29|-50|||-|\n"},
      {"so is a negative fraction", {"points", "adjust", "29", "-0,5"}, "29|-0,5|||-|\n"},
      {"a value may begin with a dash", {"points", "adjust", "29", "1", "--reason", "-50"}, "29|1|-50||-|\n"},
      {"a value after the equals sign may be anything",
       {"points", "adjust", "29", "1", "--reason=--till=x"},
       "29|1|--till=x||-|\n"},
      {"an optional text may be empty", {"points", "adjust", "29", "1", "--reason="}, "29|1|||-|\n"},
      {"an empty value does not eat the next word", {"points", "adjust", "29", "--reason=", "1"}, "29|1|||-|\n"},
      {"after -- all are operands", {"points", "adjust", "--", "--odd", "-x"}, "--odd|-x|||-|\n"},
      {"a dash alone is an operand", {"points", "adjust", "-", "1"}, "-|1|||-|\n"},
      {"a switch in short form", {"points", "adjust", "29", "1", "-n"}, "29|1|||-||dry\n"},
      {"switches in a bundle", {"points", "adjust", "29", "1", "-nq"}, "29|1|||-||dry\n"},
      {"a switch given twice", {"-n", "points", "adjust", "29", "1", "-n"}, "29|1|||-||dry\n"},
      {"a flag that repeats keeps the order",
       {"points", "adjust", "29", "--line", "b", "1", "--line=a"},
       "29|1||<b><a>|-|\n"},
      {"brackets and braces are only text",
       {"points", "adjust", "[1,2]", "{}", "--reason", "%%", "--line", "[x,y]"},
       "[1,2]|{}|%%|<[x,y]>|-|\n"},
      {"a number is read", {"points", "adjust", "29", "1", "--days", "30"}, "29|1|||30|\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CliWorld world;
    CHECK(world.run(row.words, sample_table()) == 0);
    // A dry run says so, unless it is to be quiet.
    const bool is_dry = std::string_view(row.expected).ends_with("dry\n");
    const bool is_quiet = std::find(row.words.begin(), row.words.end(), "-nq") != row.words.end();
    CHECK(world.err.str() == (is_dry && !is_quiet ? "loyal: note: dry run: nothing was written\n" : ""));
    CHECK(world.out.str() == row.expected);
  }
}

TEST_CASE("ls is list, and transaction is sale") {
  CliWorld world;
  CHECK(world.run({"card", "ls", "-f", "csv"}, sample_table()) == 0);
  CHECK(world.out.str() == "number\n2900000123458\n");
  CHECK(world.run({"transaction", "ls"}, sample_table()) == 0);
  CHECK(world.out.str().starts_with("sales\n"));
}

TEST_CASE("a wrong command line ends with 2, says what is wrong, and hints at what can be pasted") {
  struct Row {
    const char* why;
    std::vector<std::string> words;
    const char* error;
    const char* hint;  ///< nullptr: none
  };
  const Row rows[] = {
      {"a mistyped noun", {"crad", "list"}, "unknown command \"crad\"; did you mean \"card\"?", "loyal card list"},
      {"a mistyped alias",
       {"transactoin", "list"},
       "unknown command \"transactoin\"; did you mean \"transaction\"?",
       "loyal transaction list"},
      {"a noun without verbs is not there", {"shop", "list"}, "unknown command \"shop\"", "loyal help"},
      {"nothing is near", {"qqqqqq"}, "unknown command \"qqqqqq\"", "loyal help"},
      {"verb and noun swapped",
       {"list", "card"},
       "unknown command \"list\"; the noun stands before the verb",
       "loyal card list"},
      {"a mistyped verb",
       {"card", "lsit", "-n"},
       "\"loyal card\" has no verb \"lsit\"; did you mean \"list\"?",
       "loyal card list -n"},
      {"a mistyped flag",
       {"points", "adjust", "29", "1", "--raeson=a b"},
       "\"loyal points adjust\" has no flag \"--raeson\"; did you mean \"--reason\"?",
       "loyal points adjust 29 1 '--reason=a b'"},
      {"a mistyped global flag",
       {"--tll", "t1", "card", "list"},
       "unknown flag \"--tll\" before the verb; did you mean \"--till\"?",
       "loyal --till t1 card list"},
      {"a verb's flag before the verb",
       {"--reason", "x", "points", "adjust"},
       "unknown flag \"--reason\" before the verb; a verb's own flags stand after it",
       "loyal help"},
      {"a mistyped choice",
       {"card", "list", "--format", "jsn"},
       "--format: \"jsn\" is none of table, json, jsonl, csv, tsv, xlsx; did you mean \"json\"?",
       "loyal card list --format json"},
      {"operands too many, in the order typed",
       {"points", "adjust", "29", "1", "3", "two", "-4"},
       "\"loyal points adjust\" takes no more operands; got \"3\", \"two\", \"-4\"",
       "loyal points adjust --help"},
      {"an operand is missing",
       {"points", "adjust", "29"},
       "POINTS is missing",
       "loyal points adjust 2900000123458 -50 --reason mistake"},
      {"a required operand is empty", {"points", "adjust", "", "1"}, "CARD is empty", nullptr},
      {"a global value is empty", {"card", "list", "--key="}, "--key is empty", nullptr},
      {"a flag without its value",
       {"points", "adjust", "29", "1", "--reason"},
       "--reason needs a value: TEXT",
       "loyal points adjust --help"},
      {"a flag is no value",
       {"points", "adjust", "29", "1", "--reason", "--yes"},
       "--reason needs a value: TEXT",
       "loyal points adjust --help"},
      {"a switch takes no value",
       {"card", "list", "--yes=no"},
       "--yes takes no value; got \"no\"",
       "loyal card list --help"},
      {"a flag given twice",
       {"points", "adjust", "29", "1", "--days", "1", "--days", "2"},
       "--days is given 2 times",
       "loyal points adjust --help"},
      {"not a number",
       {"points", "adjust", "29", "1", "--days", "1e3"},
       "--days: \"1e3\" is not a whole number",
       nullptr},
      {"a number too large",
       {"points", "adjust", "29", "1", "--days", "9223372036854775808"},
       "--days: \"9223372036854775808\" is too large a number",
       nullptr},
      {"a now without a zone",
       {"card", "list", "--now", "2026-03-01T12:00:00"},
       "--now: \"2026-03-01T12:00:00\" is no time; it needs a zone",
       "--now 2026-03-01T12:00:00+03:00"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CliWorld world;
    CHECK(world.run(row.words, sample_table()) == 2);
    CHECK(world.out.str() == "");
    std::string expected = std::string("loyal: error: ") + row.error + "\n";
    if (row.hint != nullptr) expected += std::string("loyal: hint: ") + row.hint + "\n";
    CHECK(world.err.str() == expected);
  }
}

TEST_CASE("bytes that are no UTF-8 are refused, and never reach the terminal") {
  CliWorld world;
  CHECK(world.run({"points", "adjust", "\xff\x1b[2J", "1"}, sample_table()) == 2);
  CHECK(world.err.str().find('\x1b') == std::string::npos);
  CHECK(world.err.str().find("is not UTF-8") != std::string::npos);
}

TEST_CASE("a very long word is refused quickly and without a suggestion") {
  CliWorld world;
  CHECK(world.run({std::string(1'000'000, 'a')}, sample_table()) == 2);
  CHECK(world.err.str().find("did you mean") == std::string::npos);
}
