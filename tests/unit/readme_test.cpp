// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>
#include <string>

#include "loyal/cli/run.hpp"
#include "support/cli_world.hpp"
#include "support/codes.hpp"
#include "support/conversation.hpp"
#include "support/scratch.hpp"
#include "support/shared.hpp"

namespace {

/// The console blocks of a page as one golden session: what a terminal mixes is told apart again.
std::string session_of(const std::string& page, const std::string& language) {
  std::string script = "# lang: " + language + "\n# env: LOYAL_NOW=2026-03-01T12:00:00+03:00\n";
  std::istringstream lines(page);
  std::string line;
  bool is_console = false;
  while (std::getline(lines, line)) {
    if (line.starts_with("```")) {
      is_console = line == "```console";
      continue;
    }
    if (!is_console) continue;
    const bool is_note = line.starts_with("loyal: ") || line.starts_with("next: ") || line.starts_with("далее: ");
    const bool is_code = line.starts_with("(exit code ") || line.starts_with("(код ");
    if (is_code)
      script += ">= " + line.substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2) + "\n";
    else
      script += (is_note ? ">2 " : "") + line + "\n";
  }
  return script;
}

int run_line(const std::vector<std::string>& words, loyal::cli::World& world) {
  return loyal::cli::run(std::span(words).subspan(1), world);
}

/// The commands of the console blocks, and those of the indented lines after them up to the next blank line's text.
struct Commands {
  std::vector<std::string> morning, later;
};

Commands commands_of(const std::string& page) {
  Commands commands;
  std::istringstream lines(page.substr(page.find("```console")));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("$ ")) commands.morning.push_back(line.substr(2));
    // A word on the command stands after blanks beside it.
    if (line.starts_with("    loyal ")) commands.later.push_back(line.substr(4, line.find("   ", 4) - 4));
  }
  return commands;
}

/// Plays the morning and then what the page names beside it, in a folder that has the project's samples; each of those
/// must end with 0 and the files that they name must be there.
void check_what_else(const std::string& name) {
  namespace fs = std::filesystem;
  const fs::path source = LOYAL_SOURCE_DIR;
  const Commands commands = commands_of(loyal::test::contents_of(source / name));
  REQUIRE(commands.later.size() >= 9);
  const loyal::test::ScratchDirectory scratch;
  fs::create_directory_symlink(fs::absolute(source) / "samples", scratch.path() / "samples");
  loyal::test::CliWorld cli;
  cli.world.environment["LOYAL_DB"] = scratch.file("shop.db");
  cli.world.environment["LOYAL_NOW"] = "2026-03-01T12:00:00+03:00";
  const fs::path home = fs::current_path();
  fs::current_path(scratch.path());
  loyal::test::draw(loyal::format::encode(loyal::format::Symbology::qr, "2900000000018")).save("photo.png");
  for (const std::string& line : commands.morning) run_line(loyal::test::split_words(line), cli.world);
  for (const std::string& line : commands.later) {
    cli.out.str("");
    cli.err.str("");
    const int code = run_line(loyal::test::split_words(line), cli.world);
    INFO(line << "\n" << cli.err.str());
    CHECK(code == 0);
    CHECK(!(cli.out.str() + cli.err.str()).empty());
  }
  for (const char* file : {"cards.pdf", "q1.xlsx", "shop-copy.db"}) CHECK(fs::file_size(file) > 1000);
  fs::current_path(home);
}

void check_page(const std::string& name, const std::string& language) {
  const auto run = [](std::span<const std::string> arguments, loyal::cli::World& world) {
    return loyal::cli::run(arguments, world);
  };
  const std::string page = loyal::test::contents_of(std::filesystem::path(LOYAL_SOURCE_DIR) / name);
  REQUIRE(page.find("```console") != std::string::npos);
  // The pages show the default place of the store; the runner gives each session one of its own.
  std::string script = session_of(page, language);
  const std::string shown = "~/.local/share/loyal/loyal.db";
  for (auto place = script.find(shown); place != std::string::npos; place = script.find(shown))
    script.replace(place, shown.size(), "~/loyal.db");
  const loyal::test::Verdict verdict = loyal::test::converse(script, run);
  INFO(verdict.difference);
  CHECK(verdict.holds);
}

}  // namespace

TEST_CASE("what README.md shows is what the program prints") {
  check_page("README.md", "en");
}
TEST_CASE("what README.ru.md shows is what the program prints") {
  check_page("README.ru.md", "ru");
}

TEST_CASE("what the pages name beside that can be typed after it") {
  check_what_else("README.md");
  check_what_else("README.ru.md");
}

TEST_CASE("the receipts that the pages show for stdin are taken, and answered in kopecks") {
  for (const char* name : {"README.md", "README.ru.md"}) {
    const std::string page = loyal::test::contents_of(std::filesystem::path(LOYAL_SOURCE_DIR) / name);
    std::string receipts;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("    {\"card\"")) receipts += line + "\n";
    const loyal::test::ScratchDirectory scratch;
    loyal::test::CliWorld cli;
    cli.world.environment["LOYAL_DB"] = scratch.file("shop.db");
    cli.world.environment["LOYAL_NOW"] = "2026-03-01T12:00:00+03:00";
    for (const std::string& line : commands_of(page).morning) run_line(loyal::test::split_words(line), cli.world);
    cli.in.str(receipts);
    CHECK(cli.run({"sale", "add", "-"}) == 0);
    INFO(cli.out.str());
    CHECK(cli.out.str().find("\"total\":50000,") != std::string::npos);
    CHECK(cli.out.str().find("\"total\":36000,") != std::string::npos);
  }
}
