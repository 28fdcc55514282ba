// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "loyal/domain/promo_pattern.hpp"
#include "loyal/store/promo.hpp"
#include "support/imports.hpp"

using loyal::test::ImportShop;

namespace {

/// A shop with two cards, and a way to ask it in JSON.
struct PromoShop : ImportShop {
  PromoShop() { REQUIRE(run({"card", "issue", "coffee", "--count", "2", "--number", "CARD-#", "--sequential"}) == 0); }

  nlohmann::json ask(std::vector<std::string> words, int code = 0) {
    words.emplace_back("--json");
    const int got = run(words);
    REQUIRE_MESSAGE(got == code, words[0] << " " << words[1] << ": " << world.err.str());
    return world.out.str().empty() ? nlohmann::json() : nlohmann::json::parse(world.out.str());
  }
  void create(const std::string& name, std::vector<std::string> terms) {
    terms.insert(terms.begin(), {"promo", "create", name});
    REQUIRE_MESSAGE(run(terms) == 0, world.err.str());
  }
  nlohmann::json sell(const std::string& card, const std::string& amount, const std::string& promo,
                      const std::string& receipt, int code = 0) {
    return ask({"sale", "add", card, amount, "--promo", promo, "--receipt", receipt}, code);
  }
  void wait(std::int64_t seconds) { world.clock.set({world.clock.now().seconds + seconds}); }
  std::int64_t uses(const std::string& name) { return ask({"promo", "show", name}).at("uses"); }
};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_SUITE("promo codes in the store") {
  TEST_CASE("a million codes beside a million others are all different, and none spells what no shop prints") {
    PromoShop shop;
    shop.create("FIRST", {"--count", "1000000", "--discount", "10%", "--pattern", "SALE-*****-****"});
    shop.create("SECOND", {"--count", "1000000", "--discount", "10%", "--pattern", "SALE-*****-****"});
    CHECK(shop.number("select count(*) from promo_code") == 2'000'000);
    loyal::store::Database store(shop.store_path(), loyal::store::Access::read);
    loyal::store::Statement rows = store.prepare("select value from promo_code");
    std::int64_t wrong = 0;
    const loyal::domain::PromoPattern pattern("SALE-*****-****");
    for (rows.rewind(); rows.step();)
      wrong += !loyal::domain::is_decent(rows.text_view(0)) ||
               pattern.match(rows.text_view(0)) != loyal::domain::PromoPattern::Match::whole;
    CHECK(wrong == 0);
    REQUIRE_MESSAGE(shop.run({"doctor"}) == 0, shop.world.out.str());
  }

  TEST_CASE("nothing is written where codes could be guessed") {
    PromoShop shop;
    CHECK(shop.run({"promo", "create", "X", "--count", "500", "--off", "100", "--pattern", "X-*****"}) == 2);
    CHECK(shop.world.err.str().find("could be guessed") != std::string::npos);
    CHECK(shop.number("select count(*) from campaign") == 0);
    CHECK(shop.number("select count(*) from promo_code") == 0);
  }

  TEST_CASE("a file that an answer cannot go to makes no campaign, and a dry run hands out no codes") {
    PromoShop shop;
    CHECK(shop.run({"promo", "create", "X", "--discount", "10%", "-o", shop.scratch.file("x.xlsx")}) == 2);
    CHECK(shop.ask({"promo", "create", "X", "--discount", "10%", "--dry-run"}).at("made").empty());
    CHECK(shop.number("select count(*) from campaign") == 0);
  }

  TEST_CASE("a card number is no promo code, and a promo code no card number") {
    PromoShop shop;
    CHECK(shop.run({"promo", "create", "X", "--code", "CARD-0", "--off", "1"}) == 5);
    shop.create("Y", {"--code", "TAKEN-7", "--off", "1"});
    CHECK(shop.run({"card", "issue", "coffee", "--number", "TAKEN-7"}) != 0);
    shop.ask({"undo", "--last"});
    CHECK_MESSAGE(shop.run({"promo", "create", "Z", "--code", "TAKEN-7", "--off", "1"}) == 5,
                  "an undone code stays taken: somebody may have it on paper");
  }

  TEST_CASE("a secret password is in the store's file nowhere, and works") {
    PromoShop shop;
    const auto made = shop.ask({"promo", "create", "S", "--password", "en", "--secret", "--off", "50"});
    const std::string password = made.at("made").at(0).at("code");
    CHECK(shop.sell("CARD-0", "200", password, "1").at("discount") == 5000);
    for (const char* suffix : {"", "-wal"}) {
      const std::string bytes = bytes_of(shop.store_path() + suffix);
      CHECK(bytes.find(password) == std::string::npos);
      CHECK(bytes.find(loyal::domain::fold_code(password)) == std::string::npos);
    }
    const std::string kept = shop.text("select value from promo_code");
    CHECK_MESSAGE(shop.run({"sale", "quote", "CARD-0", "200", "--promo", kept.substr(0, kept.size() - 1)}) == 6,
                  "what the store keeps of it is not the code");
  }

  TEST_CASE("where an alphabet has only 0, O is typed for it") {
    PromoShop shop;
    const auto made =
        shop.ask({"promo", "create", "D", "--alphabet", "0123456789", "--pattern", "N-*******", "--discount", "5%"});
    std::string code = made.at("made").at(0).at("code");
    for (char& symbol : code)
      if (symbol == '0')
        symbol = 'o';
      else if (symbol == '1')
        symbol = 'l';
    CHECK(shop.ask({"promo", "check", code}).at("campaign") == "D");
  }

  TEST_CASE("a use stands through a part's return, and is free after a whole one, a void and an undo") {
    PromoShop shop;
    shop.create("ONE", {"--code", "ОДИН", "--off", "100", "--uses", "1"});
    shop.sell("CARD-0", "500", "ОДИН", "1");
    shop.ask({"sale", "return", "1", "--amount", "100"});
    CHECK(shop.uses("ONE") == 1);
    shop.sell("CARD-1", "500", "ОДИН", "2", 6);
    shop.ask({"sale", "return", "1"});
    CHECK(shop.uses("ONE") == 0);
    shop.sell("CARD-1", "500", "ОДИН", "2");
    CHECK_MESSAGE(shop.run({"undo", "4"}) != 0, "that return gave the code to somebody else");
    shop.ask({"sale", "void", "2"});
    CHECK(shop.uses("ONE") == 0);
    shop.sell("CARD-1", "500", "ОДИН", "3");
    shop.ask({"undo", "--last"});
    CHECK(shop.uses("ONE") == 0);
    REQUIRE_MESSAGE(shop.run({"doctor"}) == 0, shop.world.out.str());
  }

  TEST_CASE("points of a code are kept while what they were given for stays") {
    PromoShop shop;
    shop.create("TWICE", {"--code", "ВДВОЕ", "--multiply", "2"});
    shop.create("PLUS", {"--code", "ПЛЮС", "--points", "100", "--program", "coffee", "--min-amount", "600"});
    CHECK(shop.sell("CARD-0", "1000", "ВДВОЕ", "1").at("earned") == 100);
    shop.ask({"sale", "return", "1", "--amount", "500"});
    CHECK(shop.ask({"card", "balance", "CARD-0"}).at("balance") == 50);
    CHECK(shop.sell("CARD-1", "1000", "ПЛЮС", "2").at("earned") == 150);
    shop.ask({"sale", "return", "2", "--amount", "300"});
    CHECK(shop.ask({"card", "balance", "CARD-1"}).at("balance") == 135);
    shop.ask({"sale", "return", "2", "--amount", "300"});
    CHECK_MESSAGE(shop.ask({"card", "balance", "CARD-1"}).at("balance") == 20, "below what the code asked for");
  }

  TEST_CASE("what a reservation holds counts until its time is over") {
    PromoShop shop;
    shop.create("ONE", {"--code", "ОДИН", "--off", "100", "--uses", "1"});
    shop.ask({"sale", "reserve", "CARD-0", "500", "--promo", "ОДИН"});
    shop.sell("CARD-1", "500", "ОДИН", "2", 6);
    CHECK(shop.ask({"sale", "commit", "1"}).at("discount") == 10'000);
    CHECK(shop.uses("ONE") == 1);
    shop.create("TWO", {"--code", "ДВА", "--off", "100", "--uses", "1"});
    shop.ask({"sale", "reserve", "CARD-0", "500", "--promo", "ДВА"});
    shop.wait(16 * 60);
    CHECK(shop.sell("CARD-1", "500", "ДВА", "3").at("discount") == 10'000);
  }

  TEST_CASE("who tries codes has to wait, longer each time, and may then go on") {
    PromoShop shop;
    shop.create("ONE", {"--code", "ОДИН", "--off", "100"});
    for (int i = 0; i < 5; ++i) CHECK(shop.run({"promo", "check", "нет" + std::to_string(i)}) == 6);
    CHECK(shop.run({"promo", "check", "ОДИН"}) == 6);
    CHECK(shop.world.err.str().find("the next try is in") != std::string::npos);
    CHECK_MESSAGE(shop.run({"--till", "other", "promo", "check", "ОДИН"}) == 0, "another till is not slowed");
    shop.wait(60);
    CHECK(shop.run({"promo", "check", "ОДИН"}) == 0);
    CHECK(shop.ask({"promo", "attempts"}).size() == 5);
  }

  TEST_CASE("unknown, revoked and foreign codes are answered alike") {
    PromoShop shop;
    shop.create("REVOKED", {"--code", "ОТМЕНЁН", "--off", "1"});
    REQUIRE(shop.run({"promo", "revoke", "REVOKED", "--yes"}) == 0);
    REQUIRE(shop.run({"customer", "add", "--name", "Анна", "--phone", "89161234567"}) == 0);
    shop.create("FOREIGN", {"--code", "ЧУЖОЙ", "--off", "1", "--customer", "Анна"});
    std::set<std::string> answers;
    for (const char* code : {"НИКАКОЙ", "ОТМЕНЁН", "ЧУЖОЙ"}) {
      CHECK(shop.run({"sale", "quote", "CARD-0", "100", "--promo", code}) == 6);
      std::string answer = shop.world.err.str();
      answer.erase(answer.find(code), std::string(code).size());
      answers.insert(answer);
    }
    CHECK(answers.size() == 1);
    CHECK(shop.text("select outcome from promo_attempt order by id") == "unknown\nrevoked\nforeign\n");
  }

  TEST_CASE("a changed code is found by doctor") {
    PromoShop shop;
    shop.create("A", {"--count", "10", "--discount", "10%"});
    {
      loyal::store::Database store(shop.store_path(), loyal::store::Access::write);
      store.execute(
          "drop trigger promo_code_no_delete; delete from promo_code where value = (select min(value) from "
          "promo_code)");
    }
    CHECK(shop.run({"doctor"}) != 0);
    CHECK(shop.world.out.str().find("9 codes are there") != std::string::npos);
  }
}
