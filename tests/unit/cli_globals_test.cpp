// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "loyal/cli/globals.hpp"
#include "support/cli_world.hpp"
#include "support/sample_commands.hpp"

using loyal::Error;
using loyal::cli::GlobalFlags;
using loyal::cli::Globals;
using loyal::cli::resolve_globals;
using loyal::test::CliWorld;

namespace {

/// A configuration directory that goes with the test.
class ConfigDirectory {
 public:
  explicit ConfigDirectory(const std::string& text)
      : path_(std::filesystem::temp_directory_path() / ("loyal-config-test-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_ / "loyal");
    std::ofstream(path_ / "loyal/config.toml") << text;
  }
  ~ConfigDirectory() { std::filesystem::remove_all(path_); }
  ConfigDirectory(const ConfigDirectory&) = delete;
  ConfigDirectory& operator=(const ConfigDirectory&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

const loyal::cli::Setting& setting(const Globals& globals, const std::string& name) {
  for (const auto& found : globals.settings)
    if (found.name == name) return found;
  throw std::logic_error("no setting " + name);
}

}  // namespace

TEST_CASE("a setting comes from flag, environment, file, default, in this order") {
  const ConfigDirectory directory("till = \"from-file\"\nshop = \"from-file\"\noperator = \"from-file\"\n");
  CliWorld world;
  world.world.environment["XDG_CONFIG_HOME"] = directory.path();
  world.world.environment["LOYAL_TILL"] = "from-environment";
  world.world.environment["LOYAL_SHOP"] = "from-environment";
  world.world.environment["LOYAL_OPERATOR"] = "";
  GlobalFlags flags;
  flags.till = "from-flag";
  const Globals globals = resolve_globals(flags, world.world);
  CHECK(globals.till == "from-flag");
  CHECK(globals.shop == "from-environment");
  CHECK(globals.operator_name == "from-file");
  CHECK(globals.company == "");
  CHECK(setting(globals, "till").source == "flag");
  CHECK(setting(globals, "shop").origin == "LOYAL_SHOP");
  CHECK(setting(globals, "operator").origin == directory.path() + "/loyal/config.toml");
  CHECK(setting(globals, "company").source == "default");
}

TEST_CASE("a configuration file that is wrong is refused with its place") {
  struct Row {
    const char* why;
    const char* text;
    const char* part;
  };
  const Row rows[] = {{"no TOML", "till = \n", "config.toml:1:"},
                      {"an unknown key", "tll = \"x\"\n", "unknown setting \"tll\"; did you mean \"till\"?"},
                      {"a table", "\n[till]\n", "config.toml:2:2: \"till\" is neither text nor a number"},
                      {"a wrong choice", "format = \"jsn\"\n", "config.toml: \"jsn\" is none of table"}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const ConfigDirectory directory(row.text);
    CliWorld world;
    world.world.environment["XDG_CONFIG_HOME"] = directory.path();
    CHECK(world.run({"config"}) == 2);
    CAPTURE(world.err.str());
    CHECK(world.err.str().find(row.part) != std::string::npos);
    CHECK(world.run({"help"}) == 2);
    CHECK(world.run({"config", "--help"}) == 0);
  }
}

TEST_CASE("the store's place follows the flag, LOYAL_DB, XDG_DATA_HOME and HOME") {
  struct Row {
    const char* why;
    std::map<std::string, std::string> environment;
    std::optional<std::string> flag;
    const char* expected;
  };
  const Row rows[] = {{"HOME", {{"HOME", "/h"}}, {}, "/h/.local/share/loyal/loyal.db"},
                      {"XDG_DATA_HOME", {{"HOME", "/h"}, {"XDG_DATA_HOME", "/d"}}, {}, "/d/loyal/loyal.db"},
                      {"a relative XDG_DATA_HOME does not count",
                       {{"HOME", "/h"}, {"XDG_DATA_HOME", "d"}},
                       {},
                       "/h/.local/share/loyal/loyal.db"},
                      {"LOYAL_DB", {{"HOME", "/h"}, {"LOYAL_DB", "/e.db"}}, {}, "/e.db"},
                      {"the flag", {{"HOME", "/h"}, {"LOYAL_DB", "/e.db"}}, "/f.db", "/f.db"},
                      {"a home in the value", {{"HOME", "/h"}, {"LOYAL_DB", "~/e.db"}}, {}, "/h/e.db"}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CliWorld world;
    world.world.environment = row.environment;
    GlobalFlags flags;
    flags.store = row.flag;
    CHECK(resolve_globals(flags, world.world).store_path == row.expected);
  }
}

TEST_CASE("the form follows the flag, the ending of the file, the environment, and --excel means CSV") {
  using loyal::format::Form;
  struct Row {
    const char* why;
    std::optional<std::string> form, output, variable;
    bool json, excel;
    Form expected;
  };
  const Row rows[] = {{"nothing", {}, {}, {}, false, false, Form::table},
                      {"--json", {}, {}, {}, true, false, Form::json},
                      {"the ending", {}, "a.b.xlsx", "json", false, false, Form::xlsx},
                      {"the flag before the ending", "tsv", "a.csv", {}, false, false, Form::tsv},
                      {"the environment", {}, {}, "jsonl", false, false, Form::jsonl},
                      {"- is stdout", {}, "-", {}, false, false, Form::table},
                      {"--excel", {}, {}, {}, false, true, Form::csv},
                      {"--excel with TSV", "tsv", {}, {}, false, true, Form::tsv}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CliWorld world;
    if (row.variable) world.world.environment["LOYAL_FORMAT"] = *row.variable;
    GlobalFlags flags;
    flags.form = row.form;
    flags.output = row.output;
    flags.json = row.json;
    flags.excel = row.excel;
    CHECK(resolve_globals(flags, world.world).form == row.expected);
  }
  CliWorld world;
  CHECK(world.run({"config", "--json", "-f", "csv"}) == 2);
  CHECK(world.run({"config", "--excel", "-f", "json"}) == 2);
}

TEST_CASE("--now is the only now of a run, and the real time stands beside it") {
  CliWorld world;
  loyal::cli::Session session(world.world);
  CHECK(session.now() == world.clock.now());
  world.clock.set({world.clock.now().seconds + 5});
  CHECK(session.now() != world.clock.now());
  CHECK(session.wall_time() == world.clock.now());

  GlobalFlags flags;
  flags.now = "2026-03-01T12:00:00+03:00";
  loyal::cli::Session later(world.world);
  later.globals() = resolve_globals(flags, world.world);
  CHECK(to_string(later.now()) == "2026-03-01T09:00:00Z");
}

TEST_CASE("colours obey the flag, then NO_COLOR, then the terminal") {
  struct Row {
    const char* why;
    std::optional<std::string> flag;
    std::map<std::string, std::string> environment;
    bool terminal, expected;
  };
  const Row rows[] = {{"a terminal", {}, {}, true, true},
                      {"a file", {}, {}, false, false},
                      {"NO_COLOR", {}, {{"NO_COLOR", "0"}}, true, false},
                      {"an empty NO_COLOR", {}, {{"NO_COLOR", ""}}, true, true},
                      {"the flag beats NO_COLOR", "always", {{"NO_COLOR", "1"}}, false, true},
                      {"never", "never", {{"CLICOLOR_FORCE", "1"}}, true, false},
                      {"a dumb terminal", {}, {{"TERM", "dumb"}}, true, false},
                      {"forced", {}, {{"CLICOLOR_FORCE", "1"}}, false, true}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CliWorld world;
    world.world.environment = row.environment;
    world.world.out_is_terminal = row.terminal;
    GlobalFlags flags;
    flags.colour = row.flag;
    CHECK(resolve_globals(flags, world.world).colour == row.expected);
  }
}
