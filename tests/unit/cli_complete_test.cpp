// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>

#include "loyal/cli/complete.hpp"
#include "support/cli_world.hpp"
#include "support/sample_commands.hpp"

using loyal::test::CliWorld;
using loyal::test::sample_table;

namespace {

/// The values offered, one blank between them.
std::string offered(const std::vector<std::string>& words, std::size_t index) {
  CliWorld world;
  loyal::cli::Session session(world.world);
  std::string values;
  for (const auto& [value, description] : loyal::cli::complete(sample_table(), session, words, index))
    values += (values.empty() ? "" : " ") + value;
  return values;
}

}  // namespace

TEST_CASE("completion offers what can stand at the cursor") {
  struct Row {
    const char* why;
    std::vector<std::string> words;
    std::size_t index;
    const char* expected;
  };
  const Row rows[] = {
      {"nouns that have verbs, and verbs by themselves", {"loyal", ""}, 1, "card sale points fail help"},
      {"the cursor past the last word", {"loyal"}, 1, "card sale points fail help"},
      {"what begins so", {"loyal", "p"}, 1, "points"},
      {"verbs of a noun", {"loyal", "card", ""}, 2, "list"},
      {"verbs of an alias", {"loyal", "transaction", ""}, 2, "list"},
      {"after a global flag and its value", {"loyal", "--till", "t1", "card", ""}, 4, "list"},
      {"a verb's flags", {"loyal", "points", "adjust", "--re"}, 3, "--reason"},
      {"global flags", {"loyal", "card", "list", "--dr"}, 3, "--dry-run"},
      {"no flag twice", {"loyal", "points", "adjust", "--reason", "x", "--rea"}, 5, ""},
      {"but one that repeats", {"loyal", "points", "adjust", "--line", "x", "--li"}, 5, "--line"},
      {"choices", {"loyal", "card", "list", "--format", "js"}, 4, "json jsonl"},
      {"choices of a short flag", {"loyal", "card", "list", "-f", "x"}, 4, "xlsx"},
      {"choices after =", {"loyal", "card", "list", "--format=x"}, 3, "--format=xlsx"},
      {"global choices before the noun", {"loyal", "--lang", ""}, 2, "en ru"},
      {"nothing for free text", {"loyal", "points", "adjust", "--reason", ""}, 4, ""},
      {"no flags after --", {"loyal", "points", "adjust", "--", "--"}, 4, ""},
      {"words after the cursor do not count", {"loyal", "", "list"}, 1, "card sale points fail help"},
      {"no hidden flags", {"loyal", "help", "--man"}, 2, "--man"},
      {"topics of help", {"loyal", "help", ""}, 2, "card sale points fail help exit-codes"},
      {"topics that begin so", {"loyal", "help", "ex"}, 2, "exit-codes"},
      {"verbs of a topic's noun", {"loyal", "help", "sale", ""}, 3, "list"},
      {"nothing after a topic's verb", {"loyal", "help", "sale", "list", ""}, 4, ""},
      {"nothing after a verb by itself", {"loyal", "help", "fail", ""}, 3, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(offered(row.words, row.index) == row.expected);
  }
}

TEST_CASE("completion honours --db on the line, without regard to flags that are not finished") {
  CliWorld world;
  loyal::cli::Session session(world.world);
  const std::vector<std::string> words = {"loyal", "--db", "/a/b.db", "points", "adjust", "--days", ""};
  loyal::cli::complete(sample_table(), session, words, 6);
  CHECK(session.globals().store_path == "/a/b.db");
}

TEST_CASE("__complete writes value, tab, description, and is silent about every mistake") {
  CliWorld world;
  CHECK(world.run({"__complete", "1", "--", "loyal", "ca"}, sample_table()) == 0);
  CHECK(world.out.str() == "card\tcards\n");
  struct Row {
    const char* why;
    std::vector<std::string> words;
  };
  const Row rows[] = {{"nothing", {"__complete"}},
                      {"no index", {"__complete", "x", "--", "loyal", ""}},
                      {"an index too large", {"__complete", "99999999999999999999", "--", "loyal", ""}},
                      {"the program's name", {"__complete", "0", "--", "loyal"}},
                      {"no words", {"__complete", "1", "--"}},
                      {"an unknown noun", {"__complete", "2", "--", "loyal", "crad", ""}},
                      {"an unknown flag", {"__complete", "2", "--", "loyal", "--unknown", ""}},
                      {"a wrong global value", {"__complete", "3", "--", "loyal", "--format", "bad", "c"}},
                      {"bytes", {"__complete", "1", "--", "loyal", "\xff\x1b"}}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(world.run(row.words, sample_table()) == 0);
    CHECK(world.out.str() == "");
    CHECK(world.err.str() == "");
  }
}

TEST_CASE("the scripts of the shells are those in completions/") {
  struct Row {
    const char* shell;
    const char* file;
  };
  for (const Row& row : {Row{"bash", "loyal.bash"}, Row{"zsh", "_loyal"}, Row{"fish", "loyal.fish"}}) {
    CAPTURE(row.shell);
    std::stringstream committed;
    std::ifstream file(std::string(LOYAL_SOURCE_DIR) + "/completions/" + row.file);
    REQUIRE(file);
    committed << file.rdbuf();
    CliWorld world;
    CHECK(world.run({"completion", row.shell}) == 0);
    CHECK(world.out.str() == committed.str());
  }
}
