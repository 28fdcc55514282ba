// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <sstream>

#include "support/imports.hpp"
#include "support/shared.hpp"

using loyal::test::contents_of;
using loyal::test::ImportShop;

namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream text(line);
  std::vector<std::string> words;
  for (std::string word; text >> word;) words.push_back(word);
  words.erase(words.begin());  // loyal
  return words;
}

std::map<std::string, std::string> files_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files[entry.path().filename()] = contents_of(entry.path());
  return files;
}

/// A store with a company and nothing else.
struct EmptyStore {
  EmptyStore() {
    REQUIRE(run({"init"}) == 0);
    REQUIRE(run({"company", "add", "--inn", "7707083893", "--ogrn", "1027700132195", "--name", "Зерно"}) == 0);
  }
  int run(std::vector<std::string> words) {
    words.insert(words.end(), {"--db", scratch.file("shop.db")});
    return world.run(words);
  }

  loyal::test::ScratchDirectory scratch;
  loyal::test::CliWorld world;
};

/// A shop that has seen everything that a folder can hold.
void live(ImportShop& shop) {
  const std::vector<std::vector<std::string>> commands = {
      {"customer", "add", "--name", "Алёна Йорк", "--phone", "89161234567", "--consent", "data", "--consent",
       "advertising:sms", "--birthday", "17.05.1990", "--tags", "кофе,постоянный", "--note",
       "любит \"раф\"; с сиропом"},
      {"customer", "add", "--name", "Иван Щукин", "--email", "ivan@example.ru"},
      {"card", "issue", "coffee", "--number", "C-#", "--sequential", "--count", "5"},
      {"card", "assign", "C-0", "Алёна Йорк"},
      {"card", "assign", "C-1", "Иван Щукин"},
      {"card", "block", "C-3", "--reason", "lost"},
      {"sale", "add", "C-0", "1000.00", "--receipt", "1", "--at", "2026-01-10T10:00"},
      {"sale", "add", "C-0", "--line", "tea:2:150.00", "--line", "cup:1:99.90", "--receipt", "2", "--at",
       "2026-01-11T10:00", "--till", "till2"},
      {"sale", "add", "C-1", "500.00", "--receipt", "3", "--at", "2026-01-12T10:00"},
      {"sale", "add", "C-0", "200.00", "--spend", "40", "--receipt", "4", "--at", "2026-02-01T10:00"},
      {"sale", "return", "2", "--till", "till2", "--line", "1", "--quantity", "1", "--reason", "cold"},
      {"sale", "return", "3", "--amount", "100.00"},
      {"points", "grant", "C-2", "100", "--reason", "sorry", "--expire", "30d"},
      {"points", "grant", "C-1", "7", "--reason", "thanks", "--expire", "never"},
  };
  for (const auto& command : commands)
    REQUIRE_MESSAGE(shop.run(command) == 0, command[0] << ": " << shop.world.err.str());
}

}  // namespace

TEST_SUITE("export all") {
  TEST_CASE("a folder brought into an empty store by its own commands gives the same folder again") {
    ImportShop shop;
    live(shop);
    const std::string first = shop.scratch.file("first");
    REQUIRE_MESSAGE(shop.run({"export", "all", first}) == 0, shop.world.err.str());

    EmptyStore other;
    std::istringstream commands(contents_of(first + "/commands.txt"));
    for (std::string line; std::getline(commands, line);) {
      CAPTURE(line);
      if (line.starts_with('#')) continue;
      std::vector<std::string> words = words_of(line);
      for (std::string& word : words)
        if (word.ends_with(".csv") || word.ends_with(".toml")) word.insert(0, first + "/");
      CHECK_MESSAGE(other.run(words) == 0, other.world.out.str() << other.world.err.str());
    }
    REQUIRE(other.run({"doctor"}) == 0);
    const std::string second = other.scratch.file("second");
    REQUIRE_MESSAGE(other.run({"export", "all", second}) == 0, other.world.err.str());

    const auto before = files_of(first);
    const auto after = files_of(second);
    CHECK(before.size() == 9);
    for (const auto& file : before) {
      CAPTURE(file.first);
      REQUIRE(after.contains(file.first));
      CHECK(after.at(file.first) == file.second);
    }
    CHECK(after.size() == before.size());
  }

  TEST_CASE("the folder is for the owner alone, and a file takes its place only when it is whole") {
    ImportShop shop;
    live(shop);
    const std::string folder = shop.scratch.file("out");
    REQUIRE(shop.run({"export", "all", folder}) == 0);
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      CHECK((entry.status().permissions() & std::filesystem::perms::all) ==
            (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    const std::string file = shop.write("taken", "");
    CHECK(shop.run({"export", "all", file}) == 1);
    CHECK(shop.run({"export", "all", folder}) == 0);
    CHECK(shop.run({"export", "all", shop.scratch.file("")}) == 5);
  }

  TEST_CASE("with --excel the tables are as Excel in Russia takes them, formulas made harmless") {
    ImportShop shop;
    REQUIRE(shop.run({"customer", "add", "--name", "=1+1", "--email", "a@b.ru"}) == 0);
    REQUIRE(shop.run({"card", "issue", "coffee", "--number", "C-#", "--sequential"}) == 0);
    REQUIRE(shop.run({"sale", "add", "C-0", "12.50", "--receipt", "1"}) == 0);
    const std::string folder = shop.scratch.file("out");
    REQUIRE(shop.run({"export", "all", folder, "--excel"}) == 0);
    CHECK(contents_of(folder + "/customers.csv").find("\"'=1+1\";") != std::string::npos);
    CHECK(contents_of(folder + "/sales-coffee-zerno.csv").find(";12,50;") != std::string::npos);
    CHECK(contents_of(folder + "/sales-coffee-zerno.csv").starts_with("\xEF\xBB\xBF"));
  }
}
