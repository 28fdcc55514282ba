// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>

#include <filesystem>
#include <fstream>
#include <set>

#include "loyal/base/text.hpp"
#include "loyal/cli/globals.hpp"
#include "loyal/cli/help.hpp"
#include "loyal/cli/layout.hpp"
#include "loyal/cli/manual.hpp"
#include "support/cli_world.hpp"
#include "support/sample_commands.hpp"

using loyal::test::CliWorld;
using loyal::test::sample_table;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  // An example stays whole, since it is there to be pasted.
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with("  loyal ")) widest = std::max(widest, loyal::display_width(line));
  return widest;
}

}  // namespace

TEST_CASE("text is cut at blanks, by columns and not by bytes") {
  CHECK(loyal::cli::wrapped("один два три", 8) == "один два\nтри");
  CHECK(loyal::cli::wrapped("one two", 7, 2) == "one\n  two");
  CHECK(loyal::cli::wrapped("averylongword b", 4) == "averylongword\nb");
  CHECK(loyal::cli::wrapped("", 4) == "");
}

TEST_CASE("help fits the terminal") {
  for (const int columns : {60, 80, 100}) {
    CAPTURE(columns);
    CliWorld world;
    world.world.terminal_columns = columns;
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"help"}, {"help", "exit-codes"}, {"completion", "--help"}, {"help", "config"}}) {
      CHECK(world.run(words) == 0);
      CHECK(widest_line(world.out.str()) <= static_cast<std::size_t>(columns));
      CHECK(world.err.str() == "");
    }
  }
}

TEST_CASE("a noun alone shows its verbs and ends with 0") {
  CliWorld world;
  CHECK(world.run({"sale"}, sample_table()) == 0);
  CHECK(world.out.str() ==
        "loyal sale: sales\n\nUsage\n  loyal sale VERB [operands] [flags]\n\nVerbs\n  list  list sales\n\n"
        "\"loyal transaction\" is another name of \"loyal sale\".\n\nMore\n  loyal sale VERB --help\n");
  const std::string alone = world.out.str();
  CHECK(world.run({"transaction", "--help"}, sample_table()) == 0);
  CHECK(world.out.str() == alone);
}

TEST_CASE("a verb's help tells its operands, flags, examples and exit codes, and needs no right line") {
  CliWorld world;
  CHECK(world.run({"points", "adjust", "--help"}, sample_table()) == 0);
  const std::string help = world.out.str();
  CHECK(contains(help, "Usage\n  loyal points adjust CARD POINTS [flags]\n"));
  CHECK(contains(help, "Corrects what a card holds.\n"));
  CHECK(contains(help, "  --days N       for how long\n"));
  CHECK(contains(help, "  --line TEXT…   a line\n"));
  CHECK(contains(help, "  -n, --dry-run  "));
  CHECK(contains(help, "  loyal points adjust 2900000123458 -50 --reason mistake\n"));
  CHECK(contains(help, "  6    refused by the rules\n"));
  CHECK(contains(help, "  10   there is no store\n"));
  CHECK(!contains(help, "  3    done in part"));
  for (const std::vector<std::string>& words : {std::vector<std::string>{"-h", "points", "adjust"},
                                                {"points", "-h", "adjust"},
                                                {"points", "adjust", "a", "b", "c", "-h"},
                                                {"points", "adjust", "--help", "--unknown"}}) {
    CHECK(world.run(words, sample_table()) == 0);
    CHECK(world.out.str() == help);
  }
}

TEST_CASE("nouns without verbs and hidden flags are not told of") {
  CliWorld world;
  CHECK(world.run({"--help"}, sample_table()) == 0);
  CHECK(!contains(world.out.str(), "  shop "));
  CHECK(contains(world.out.str(), "  card "));
  CHECK(world.run({"help", "help"}) == 0);
  CHECK(contains(world.out.str(), "--man "));
  CHECK(!contains(world.out.str(), "--man-all"));
}

TEST_CASE("loyal alone tells how to make a store where there is none") {
  CliWorld world;
  CHECK(world.run({}) == 0);
  CHECK(contains(world.out.str(), "loyal init"));
  CHECK(world.run({"--db", "/nonexistent/a.db"}) == 0);
  CHECK(contains(world.out.str(), "/nonexistent/a.db"));
}

TEST_CASE("help on what is not there suggests what is") {
  CliWorld world;
  CHECK(world.run({"help", "confg"}) == 2);
  CHECK(world.err.str() ==
        "loyal: error: there is no help on \"confg\"; did you mean \"config\"?\nloyal: hint: loyal help config\n");
  CHECK(world.run({"help", "config", "more"}) == 2);
  CHECK(world.run({"help", "exit-code"}) == 2);
  CHECK(contains(world.err.str(), "did you mean \"exit-codes\"?"));
}

TEST_CASE("help on a noun and a verb is that verb's own help") {
  CliWorld world;
  CHECK(world.run({"sale", "return", "--help"}) == 0);
  const std::string help = world.out.str();
  CHECK(world.run({"help", "sale", "return"}) == 0);
  CHECK(world.out.str() == help);
  CHECK(world.run({"help", "sale", "return", "more"}) == 2);
}

TEST_CASE("the help of sale add names every field of a receipt on stdin, and that of import sales every heading") {
  CliWorld world;
  CHECK(world.run({"help", "sale", "add"}) == 0);
  for (const char* field : {"card", "amount", "lines", "spend", "receipt", "till", "at", "key", "quote", "gifts",
                            "rewards", "restart_daily", "price", "sku", "quantity", "name", "category"})
    CHECK_MESSAGE(contains(world.out.str(), "\"" + std::string(field) + "\""), field);
  CHECK(world.run({"help", "import", "sales"}) == 0);
  std::string unwrapped = world.out.str();
  std::replace(unwrapped.begin(), unwrapped.end(), '\n', ' ');
  for (const char* heading : {"card: ", "номер карты", "at: ", "дата чека", "amount: ", "сумма", "receipt: ", "till: "})
    CHECK_MESSAGE(contains(unwrapped, heading), heading);
}

TEST_CASE("--version and version print the same, whatever else is said") {
  CliWorld world;
  CHECK(world.run({"version"}) == 0);
  const std::string version = world.out.str();
  CHECK(version.starts_with("loyal "));
  CHECK(world.run({"--version"}) == 0);
  CHECK(world.out.str() == version);
  CHECK(world.run({"config", "--version"}) == 0);
  CHECK(world.out.str() == version);
}

TEST_CASE("every verb has a summary, an example, and a manual page with all its sections") {
  const loyal::cli::CommandTable table = loyal::cli::command_table();
  for (const auto& entry : table.verbs) {
    CAPTURE(entry.noun);
    CAPTURE(entry.name);
    const loyal::cli::Verb verb = loyal::cli::declared(entry);
    CHECK(verb.summary() != "");
    CHECK(!verb.examples().empty());
    CHECK(verb.action());
    CHECK((*entry.noun == '\0' || table.noun(entry.noun) != nullptr));
    const std::string page = loyal::cli::verb_manual(table, verb);
    for (const char* section :
         {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT", "SEE ALSO"})
      CHECK(contains(page, std::string(".SH \"") + section + "\"\n"));
    for (const std::string& example : verb.examples()) CHECK(example.starts_with("loyal"));
  }
}

TEST_CASE("a manual page holds no request that its text did not mean") {
  loyal::cli::Verb verb("card", "odd", ".TH is no request, and \\fB is no font");
  verb.describes("'quoted at the start");
  const std::string page = loyal::cli::verb_manual(sample_table(), verb);
  CHECK(contains(page, "\n\\&.TH is no request, and \\efB is no font\n"));
  CHECK(contains(page, "\n\\&'quoted at the start\n"));
}

TEST_CASE("the pages are loyal.1 and one per verb") {
  const auto pages = loyal::cli::all_manuals(sample_table());
  std::vector<std::string> names;
  for (const auto& [name, text] : pages) names.push_back(name);
  CHECK(names == std::vector<std::string>{"loyal.1", "loyal-card-list.1", "loyal-sale-list.1", "loyal-points-adjust.1",
                                          "loyal-fail.1", "loyal-help.1"});
}

TEST_CASE("man/ holds the pages of the table of verbs; loyal help --man-all man writes them") {
  const std::filesystem::path directory = std::filesystem::path(LOYAL_SOURCE_DIR) / "man";
  std::set<std::string> expected;
  for (const auto& page : loyal::cli::all_manuals(loyal::cli::command_table())) {
    CAPTURE(page.first);
    expected.insert(page.first);
    std::ifstream file(directory / page.first, std::ios::binary);
    const std::string committed{std::istreambuf_iterator<char>(file), {}};
    CHECK(committed == page.second);
  }
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    CHECK_MESSAGE(expected.contains(entry.path().filename().string()), entry.path().string());
}
