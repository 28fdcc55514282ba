// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "loyal/base/message.hpp"
#include "support/cli_world.hpp"
#include "support/sample_commands.hpp"

using loyal::test::CliWorld;
using loyal::test::sample_table;

TEST_CASE("a run ends with the code of its outcome") {
  struct Row {
    const char* why;
    const char* how;
    int code;
    const char* err;
  };
  const Row rows[] = {
      {"refused by a rule", "refuse", 6,
       "loyal: error: card 29 has 120 points; 200 asked for\nloyal: hint: loyal sale add 29 1250 --spend max\n"},
      {"rows were rejected", "partial", 3, ""},
      {"a bug", "bug", 70,
       "loyal: error: this is a bug in loyal: a lot is negative\n"
       "loyal: hint: please report it with the command line and what this prints: loyal --version\n"},
      {"no memory", "memory", 1, "loyal: error: out of memory\n"},
      {"nobody to ask", "confirm", 7,
       "loyal: error: this needs a yes: Really?\nloyal: hint: say --yes to go on without being asked\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CliWorld world;
    CHECK(world.run({"fail", row.how}, sample_table()) == row.code);
    CHECK(world.err.str() == row.err);
    CHECK(world.out.str() == "");
  }
}

TEST_CASE("with --json an error is one object on stderr") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"fail", "refuse", "--json"},
                                                {"--json", "fail", "refuse"},
                                                {"fail", "refuse", "--format=jsonl"}}) {
    CliWorld world;
    CHECK(world.run(words, sample_table()) == 6);
    CHECK(world.out.str() == "");
    const auto error = nlohmann::json::parse(world.err.str());
    CHECK(error["code"] == 6);
    CHECK(error["kind"] == "refused");
    CHECK(error["message"] == "card 29 has 120 points; 200 asked for");
    CHECK(error["hint"] == "loyal sale add 29 1250 --spend max");
    CHECK(error["details"]["available"] == "120");
  }
}

TEST_CASE("JSON errors cover wrong usage, bugs and bytes that are no UTF-8") {
  CliWorld world;
  CHECK(world.run({"crad", "--json"}, sample_table()) == 2);
  auto error = nlohmann::json::parse(world.err.str());
  CHECK(error["kind"] == "usage");
  CHECK(error["details"]["suggestion"] == "card");

  CHECK(world.run({"fail", "bug", "--json"}, sample_table()) == 70);
  error = nlohmann::json::parse(world.err.str());
  CHECK(error["code"] == 70);
  CHECK(error["kind"] == "bug");

  CHECK(world.run({"\xff\xfe", "--json"}, sample_table()) == 2);
  error = nlohmann::json::parse(world.err.str());
  CHECK(error["hint"] == "loyal help");
}

TEST_CASE("an answer that cannot be written is a failure, whatever the command thought") {
  CliWorld world;
  world.out.setstate(std::ios::badbit);
  CHECK(world.run({"points", "adjust", "29", "1"}, sample_table()) == 1);
  CHECK(world.err.str() ==
        "loyal: error: cannot write the answer to the standard output; what the command recorded stands\n");
}

TEST_CASE("questions are asked on a terminal alone, and anything but yes is no") {
  struct Row {
    const char* why;
    const char* answer;
    int code;
  };
  const Row rows[] = {{"yes", "y\n", 0}, {"yes in Russian", "Да\n", 0},   {"nothing", "\n", 6},
                      {"no", "n\n", 6},  {"any other word", "yess\n", 6}, {"the end of the input", "", 7}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CliWorld world;
    world.world.in_is_terminal = world.world.err_is_terminal = true;
    world.in.str(row.answer);
    CHECK(world.run({"fail", "confirm"}, sample_table()) == row.code);
    CHECK(world.err.str().starts_with("Really? [y/N] "));
  }
  CliWorld world;
  world.world.in_is_terminal = world.world.err_is_terminal = true;
  CHECK(world.run({"fail", "confirm", "--no-input"}, sample_table()) == 7);
  CHECK(world.run({"fail", "confirm", "--yes"}, sample_table()) == 0);
  CHECK(world.out.str() == "confirmed\n");
}

TEST_CASE("the language comes from --lang, then LC_ALL, LC_MESSAGES and LANG") {
  struct Row {
    const char* why;
    std::map<std::string, std::string> environment;
    std::vector<std::string> words;
    const char* language;
  };
  const Row rows[] = {
      {"nothing is set", {}, {"help"}, "en"},
      {"LANG", {{"LANG", "ru_RU.UTF-8"}}, {"help"}, "ru"},
      {"LC_ALL before LANG", {{"LC_ALL", "en_US.UTF-8"}, {"LANG", "ru_RU.UTF-8"}}, {"help"}, "en"},
      {"LC_MESSAGES before LANG", {{"LC_MESSAGES", "ru_RU"}, {"LANG", "C"}}, {"help"}, "ru"},
      {"the flag before all", {{"LC_ALL", "ru_RU.UTF-8"}}, {"help", "--lang", "en"}, "en"},
      {"the flag in one word", {}, {"--lang=ru", "help"}, "ru"},
      {"an unknown language", {{"LANG", "de_DE.UTF-8"}}, {"help"}, "en"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CliWorld world;
    world.world.environment.insert(row.environment.begin(), row.environment.end());
    CHECK(world.run(row.words) == 0);
    CHECK(loyal::message_language() == row.language);
  }
  loyal::open_catalogue("/nonexistent", "en");
}
