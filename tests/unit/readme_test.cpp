// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "loyal/cli/run.hpp"
#include "support/conversation.hpp"
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
