// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <utility>

#include "support/imports.hpp"
#include "support/shared.hpp"

using loyal::test::contents_of;
using loyal::test::ImportShop;

namespace {

/// The words of a line of commands.txt, taken apart as a shell does: quotes hold blanks together.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words(1);
  bool is_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\'')
      is_quoted = !is_quoted;
    else if (line[i] == ' ' && !is_quoted)
      words.emplace_back();
    else
      words.back() += line[i] == '\\' && !is_quoted ? line[++i] : line[i];
  }
  words.erase(words.begin());  // loyal
  return words;
}

std::map<std::string, std::string> files_of(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files[entry.path().filename()] = contents_of(entry.path());
  return files;
}

/// A store that is made by the commands of a folder, those for people included.
struct StoreOfFolder {
  explicit StoreOfFolder(const std::string& folder) {
    std::istringstream commands(contents_of(folder + "/commands.txt"));
    for (std::string line; std::getline(commands, line);) {
      CAPTURE(line);
      if (line.starts_with("# loyal")) line.erase(0, 2);
      if (line.starts_with('#')) continue;
      std::vector<std::string> words = words_of(line);
      for (std::string& word : words)
        if (word.ends_with(".csv") || word.ends_with(".toml")) word.insert(0, folder + "/");
      CHECK_MESSAGE(run(words) == 0, world.out.str() << world.err.str());
    }
  }
  int run(std::vector<std::string> words) {
    words.insert(words.end(), {"--db", scratch.file("shop.db")});
    return world.run(words);
  }

  loyal::test::ScratchDirectory scratch;
  loyal::test::CliWorld world;
};

/// Exports a company's folder, makes a store of it by the folder's own commands, and compares what that one exports.
void check_round_trip(ImportShop& shop, std::size_t files, const std::vector<std::string>& more = {}) {
  const auto exports = [&more](auto& store, const std::string& folder) {
    std::vector<std::string> words{"export", "all", folder};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE_MESSAGE(store.run(words) == 0, store.world.err.str());
  };
  const std::string first = shop.scratch.file("first");
  exports(shop, first);
  StoreOfFolder other(first);
  CHECK_MESSAGE(other.run({"doctor"}) == 0, other.world.out.str());
  const std::string second = other.scratch.file("second");
  exports(other, second);
  const auto before = files_of(first);
  const auto after = files_of(second);
  CHECK(before.size() == files);
  for (const auto& file : before) {
    CAPTURE(file.first);
    REQUIRE(after.contains(file.first));
    CHECK(after.at(file.first) == file.second);
  }
  CHECK(after.size() == before.size());
}

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

constexpr const char* slow_text = R"(slug = "slow"
title = "Не сразу"
kind = "bonus"
[unit]
scale = 2
[[earn]]
rate = "10%"
[pending]
days = 90
)";

constexpr const char* gift_text = R"(slug = "gift"
title = "Подарок"
kind = "gift"
[[offer]]
name = "Любая сумма"
)";

/// A shop whose cards were replaced, merged, blocked and withdrawn, that sells gift cards and takes them, and whose
/// customers owe points or hold a partner's.
void live_through_much(ImportShop& shop) {
  const std::string slow = shop.write("slow.toml", slow_text);
  const std::string gift = shop.write("gift.toml", gift_text);
  const std::string withdrawn = shop.write("withdrawn.csv", "number,state\nC-4,withdrawn\n");
  const std::vector<std::vector<std::string>> commands = {
      {"shop", "add", "--name", "На углу", "--slug", "corner"},
      {"company", "add", "--inn", "7736207543", "--ogrn", "1027700229193", "--name", "Книга и 'К'", "--slug", "kniga"},
      {"program", "apply", slow},
      {"program", "apply", gift},
      {"program", "add", "club", "--slug", "street", "--member", "zerno", "--member", "kniga", "--earn", "3%"},
      {"customer", "add", "--name", "Анна", "--phone", "89161234567", "--consent", "data"},
      {"customer", "add", "--name", "Аня", "--phone", "89161234568", "--consent", "data"},
      {"customer", "add", "--name", "Анна", "--email", "k@example.ru", "--company", "kniga"},
      {"card", "issue", "coffee", "--number", "C-#", "--sequential", "--count", "9"},
      {"card", "issue", "slow", "--number", "P-#", "--sequential", "--count", "2"},
      {"card", "issue", "gift", "--number", "G-#", "--sequential", "--count", "3"},
      {"card", "issue", "street", "--number", "S-#", "--sequential", "--count", "2"},
      {"card", "assign", "S-1", "k@example.ru"},
      {"card", "assign", "C-0", "+79161234567"},
      {"card", "assign", "C-1", "+79161234568"},
      // One card takes another's place, and its purchase comes back after that; two cards become one.
      {"sale", "add", "C-0", "1000.00", "--receipt", "1", "--at", "2026-01-10T10:00"},
      {"sale", "add", "C-1", "2000.00", "--receipt", "2", "--at", "2026-01-11T10:00"},
      {"card", "replace", "C-0", "C-6", "--reason", "lost", "--now", "2026-01-20T10:00:00Z"},
      {"customer", "merge", "+79161234568", "+79161234567", "--now", "2026-01-25T10:00:00Z"},
      {"sale", "add", "C-6", "300.00", "--spend", "30", "--receipt", "3", "--at", "2026-02-01T10:00"},
      {"sale", "return", "1", "--amount", "400.00", "--at", "2026-02-02T10:00"},
      // A debt; points past their last day that no night has booked; points that were moved.
      {"sale", "add", "C-2", "1000.00", "--receipt", "4", "--at", "2026-01-10T10:00"},
      {"sale", "add", "C-2", "100.00", "--spend", "50", "--receipt", "5", "--at", "2026-01-11T10:00"},
      {"sale", "return", "4", "--at", "2026-01-12T10:00"},
      {"points", "grant", "C-3", "70", "--reason", "sorry", "--expire", "10d", "--now", "2026-01-10T10:00:00Z"},
      {"sale", "add", "C-3", "400.00", "--receipt", "6", "--at", "2026-01-11T10:00"},
      {"points", "transfer", "C-3", "C-7", "5", "--reason", "family"},
      // Cards that are not in use any more, and hold points.
      {"sale", "add", "C-4", "500.00", "--receipt", "7", "--at", "2026-01-12T10:00"},
      {"import", "cards", withdrawn, "--program", "coffee"},
      {"sale", "add", "C-5", "600.00", "--receipt", "8", "--at", "2026-01-12T10:00"},
      {"card", "block", "C-5", "--reason", "stolen"},
      // Points that wait go over to the next card.
      {"sale", "add", "P-0", "123.45", "--receipt", "9", "--at", "2026-01-13T10:00"},
      {"card", "replace", "P-0", "P-1", "--reason", "torn"},
      // Gift cards pay, one of them is replaced, and a part of the goods comes back.
      {"card", "top-up", "G-0", "1000.00", "--receipt", "10", "--at", "2026-01-14T10:00"},
      {"points", "grant", "G-1", "300", "--reason", "prize", "--now", "2026-01-14T10:00:00Z"},
      {"sale", "add", "C-7", "--line", "tea:2:200.00", "--line", "cup:1:500.00", "--gift", "G-1", "--gift", "G-0=250",
       "--receipt", "11", "--at", "2026-01-15T10:00"},
      {"sale", "add", "C-7", "90.00", "--gift", "G-0", "--receipt", "12", "--at", "2026-01-16T10:00"},
      {"card", "replace", "G-1", "G-2", "--reason", "torn"},
      {"sale", "return", "11", "--line", "1", "--quantity", "1", "--at", "2026-02-15T10:00"},
      // Two equal parts come back at one moment.
      {"sale", "add", "C-8", "--line", "bun:4:50.00", "--receipt", "13", "--at", "2026-01-15T10:00"},
      {"sale", "return", "13", "--line", "1", "--quantity", "1", "--at", "2026-02-15T10:00"},
      {"sale", "return", "13", "--line", "1", "--quantity", "1", "--at", "2026-02-15T10:00", "--key", "second"},
      // A partner's points stand on the card beside one's own.
      {"sale", "add", "S-0", "1000.00", "--receipt", "14", "--at", "2026-01-15T10:00"},
      {"sale", "add", "S-0", "700.00", "--receipt", "1", "--at", "2026-01-16T10:00", "--company", "kniga"},
      {"sale", "add", "S-0", "100.00", "--spend", "10", "--receipt", "15", "--at", "2026-01-17T10:00"},
      {"sale", "add", "C-8", "100.00", "--receipt", "16", "--at", "2026-01-18T10:00", "--shop", "corner"},
  };
  for (const auto& command : commands) {
    std::vector<std::string> words = command;
    if (std::find(words.begin(), words.end(), "--company") == words.end())
      words.insert(words.end(), {"--company", "zerno"});
    const bool needs_shop = words[0] != "company" && words[0] != "shop" && words[0] != "program" && words[1] != "issue";
    if (needs_shop && std::find(words.begin(), words.end(), "--shop") == words.end() &&
        std::find(words.begin(), words.end(), "kniga") == words.end())
      words.insert(words.end(), {"--shop", "zerno"});
    REQUIRE_MESSAGE(shop.run(words) == 0,
                    command[0] << " " << command[1] << " " << command[2] << ": " << shop.world.err.str());
  }
  REQUIRE_MESSAGE(shop.run({"doctor"}) == 0, shop.world.out.str());
}

}  // namespace

TEST_SUITE("export all") {
  TEST_CASE("a folder brought into an empty store by its own commands gives the same folder again") {
    ImportShop shop;
    live(shop);
    check_round_trip(shop, 10);
  }

  TEST_CASE("replaced, merged, withdrawn and blocked cards, debts, ended points, gift money and a club's come again") {
    ImportShop shop;
    live_through_much(shop);
    check_round_trip(shop, 24, {"--company", "zerno"});
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
