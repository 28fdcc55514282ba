// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "support/imports.hpp"
#include "support/shared.hpp"

using loyal::test::ImportShop;

namespace {

/// A shop with two customers and a program.
struct Peopled : ImportShop {
  Peopled() {
    const auto path = write("people.csv", "name,phone,email\nАнна Орлова,+79161234567,\nСемён Ёлкин,,s@e.ru\n");
    import("customers", path, 0);
  }
  nlohmann::json table(const char* what, std::string_view text, int code, std::vector<std::string> more = {}) {
    return import(what, write(std::string(what) + ".csv", text), code, std::move(more));
  }
};

}  // namespace

TEST_SUITE("import of cards") {
  constexpr const char* cards =
      "number,program,customer,issued,state\nC1,coffee,8 (916) 123-45-67,2026-01-15,active\nC2,,семен елкин,13.02.2026,"
      "заблокирована\nC3,,,,\n";

  TEST_CASE("cards are made with holder, day and state, once") {
    Peopled shop;
    const auto got = shop.table("cards", cards, 0);
    CHECK(got["created"] == 3);
    CHECK(shop.text("select number || ' ' || coalesce(customer_id, 0) || ' ' || issued_date || ' ' || state from card "
                    "order by id") == "C1 1 2026-01-15 active\nC2 2 2026-02-13 blocked\nC3 0 2026-03-01 active\n");
    const auto operations = shop.number("select count(*) from operation");
    CHECK(shop.table("cards", cards, 0)["known"] == 3);
    CHECK(shop.number("select count(*) from operation") == operations);
    SUBCASE("an undo withdraws them, and the same file takes them into use again") {
      REQUIRE(shop.run({"undo", "--last"}) == 0);
      CHECK(shop.number("select count(*) from card where state = 'withdrawn'") == 3);
      const auto again = shop.table("cards", cards, 0);
      CHECK(again["changed"] == 3);
      CHECK(again["taken_again"] == 2);
      CHECK(shop.text("select coalesce(customer_id, 0) || ' ' || state from card order by id") ==
            "1 active\n2 blocked\n0 active\n");
    }
    SUBCASE("a row that says more changes its card, and an undo changes it back") {
      const char* more = "number,customer,state\nC3,s@e.ru,\nC2,,active\nC1,,\n";
      const auto got_more = shop.table("cards", more, 0);
      CHECK(got_more["changed"] == 2);
      CHECK(got_more["known"] == 1);
      CHECK(shop.text("select coalesce(customer_id, 0) || ' ' || state from card order by id") ==
            "1 active\n2 active\n2 active\n");
      REQUIRE(shop.run({"undo", "--last"}) == 0);
      CHECK(shop.text("select coalesce(customer_id, 0) || ' ' || state from card order by id") ==
            "1 active\n2 blocked\n0 active\n");
    }
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("cards that cannot be taken are rejected with column and reason") {
    struct Row {
      const char* row;
      const char* column;
      const char* reason;
      bool is_conflict;
    };
    const Row rows[] = {
        {",,,,", "number", "no card", false},
        {"=1+1,,,,", "number", "\"=1+1\" is no card number: a spreadsheet would take it for a formula", false},
        {"X1,tea,,,", "program", "there is no program \"tea\"", false},
        {"X1,,Никто,,", "customer", "there is no customer Никто", false},
        {"X1,,#99,,", "customer", "there is no customer #99", false},
        {"X1,,,2026-02-30,", "issued", "\"2026-02-30\" is not a date: 2026-02 has 28 days", false},
        {"X1,,,2026-03-02,", "issued", "2026-03-02 has not come yet", false},
        {"X1,,,,gone", "state", "\"gone\" is no state of a card: active, blocked and withdrawn are", false},
        {"C1,,#2,,", "customer", "card C1 belongs to another customer", true},
    };
    Peopled shop;
    shop.table("cards", cards, 0);
    for (const Row& row : rows) {
      CAPTURE(row.row);
      const auto got = shop.table("cards", std::string("number,program,customer,issued,state\n") + row.row + "\n", 3);
      CHECK(got["rejected"] == 1);
      CHECK(got["conflicts"] == (row.is_conflict ? 1 : 0));
      CHECK(got["examples"][0]["column"] == row.column);
      CHECK(got["examples"][0]["reason"] == row.reason);
    }
    CHECK(shop.number("select count(*) from card") == 3);
  }

  TEST_CASE("a card that another replaced hands over all that it holds, on its day, once") {
    ImportShop shop;
    REQUIRE(shop.run({"card", "issue", "coffee", "--number", "C-#", "--sequential", "--count", "4"}) == 0);
    REQUIRE(shop.run({"points", "grant", "C-0", "70", "--reason", "hello", "--now", "2026-01-05T09:00:00Z"}) == 0);
    const std::string file = shop.write("replaced.csv",
                                        "number,replaced_by,replaced_on\n"
                                        "C-0,C-1,2026-02-01\n"
                                        "C-1,C-0,\n"
                                        "C-2,C-2,\n"
                                        "C-2,C-9,\n"
                                        "C-9,C-2,\n"
                                        "C-3,C-2,2026-04-01\n");
    const auto got = shop.import("cards", file, 3);
    CHECK(got["changed"] == 1);
    CHECK(got["rejected"] == 5);
    CHECK(shop.text("select number || ' ' || state || ' ' || points from card_balance order by number") ==
          "C-0 withdrawn 0\nC-1 active 70\nC-2 active 0\nC-3 active 0\n");
    CHECK(shop.text("select date from card_link") == "2026-02-01\n");
    CHECK(shop.text("select date from entry where kind = 'transfer'") == "2026-02-01\n2026-02-01\n");
    CHECK(shop.import("cards", file, 3)["changed"] == 0);
    REQUIRE(shop.run({"doctor"}) == 0);
    REQUIRE(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.number("select points from card_balance where number = 'C-0'") == 70);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("a history of balances has debts, points past their day and withdrawn cards, and is told whole") {
    ImportShop shop;
    REQUIRE(shop.run({"card", "issue", "coffee", "--number", "C-#", "--sequential", "--count", "2"}) == 0);
    shop.import("cards", shop.write("state.csv", "number,state\nC-1,withdrawn\n"), 0);
    const std::string text =
        "card,points,date,usable_from,valid_through\n"
        "C-0,-30,2026-02-01,,\nC-0,20,2026-01-10,2026-01-01,2026-02-10\nC-1,50,2026-01-10,2026-05-01,never\n";
    const std::string file = shop.write("points.csv", text);
    CHECK(shop.import("points", file, 3, {"--set"})["rejected"] == 3);
    CHECK(shop.import("points", file, 0, {"--set", "--as-history"})["rejected"] == 0);
    const char* const lots =
        "select card_id || ' ' || remainder || ' ' || date || ' ' || coalesce(valid_through, '-') from lot order by "
        "card_id, remainder";
    CHECK(shop.text(lots) == "1 -30 2026-02-01 -\n1 20 2026-01-10 2026-02-10\n2 50 2026-01-10 -\n");
    CHECK(shop.text("select state from card where id = 2") == "withdrawn\n");
    CHECK(shop.import("points", file, 0, {"--set", "--as-history"})["known"] == 3);
    // The debt is less, the ended points are booked, what waits is cancelled.
    const std::string after = shop.write("after.csv", "card,points,date\nC-0,-10,2026-02-01\nC-1,0,\n");
    CHECK(shop.import("points", after, 0, {"--set", "--as-history"})["rejected"] == 0);
    CHECK(shop.text(lots) == "1 -10 2026-02-01 -\n");
    CHECK(shop.text("select date from entry where kind = 'expire'") == "2026-02-11\n");
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("a plan counts and writes nothing, and tells the first of each") {
    Peopled shop;
    shop.table("cards", cards, 0);
    const auto operations = shop.number("select count(*) from operation");
    const auto plan = shop.table("cards", "number,state\nC9,\nC1,blocked\nC2,\nC8,gone\n", 3, {"--plan"});
    CHECK(plan["plan"][0]["count"] == 1);
    CHECK(plan["plan"][0]["first"][0]["line"] == 2);
    CHECK(plan["plan"][0]["first"][0]["text"] == "C9");
    CHECK(plan["plan"][1]["first"][0]["text"] == "C1");
    CHECK(plan["plan"][2]["first"][0]["text"] == "C2");
    CHECK(plan["plan"][3]["count"] == 1);
    CHECK(shop.number("select count(*) from operation") == operations);
    CHECK_FALSE(std::filesystem::exists(shop.scratch.file("cards.csv.rejects.csv")));
    CHECK(shop.run({"import", "cards", shop.scratch.file("cards.csv"), "--strict"}) == 6);
    CHECK(shop.number("select count(*) from card") == 3);
  }
}

TEST_SUITE("import of points") {
  constexpr const char* balances =
      "card,points,usable_from,valid_through\nP1,100,2025-12-01,2026-06-30\nP1,100,2025-12-01,2026-06-30\nP1,30,,\nP2,"
      "7,"
      "2026-04-01,never\nP2,0,,\n";

  TEST_CASE("each row is a lot with its dates, opened once") {
    Peopled shop;
    const auto got = shop.table("points", balances, 0, {"--create-cards"});
    CHECK(got["created"] == 4);
    CHECK(got["given"] == 237);
    CHECK(got["cards_made"] == 2);
    CHECK(shop.text(
              "select remainder || ' ' || date || ' ' || usable_from || ' ' || coalesce(valid_through, '-') from lot "
              "order by card_id, id") ==
          "100 2025-12-01 2025-12-01 2026-06-30\n100 2025-12-01 2025-12-01 2026-06-30\n30 2026-03-01 2026-03-01 "
          "2027-03-01\n"
          "7 2026-03-01 2026-04-01 -\n");
    CHECK(shop.text("select distinct kind from entry") == "opening\n");
    const auto again = shop.table("points", balances, 0, {"--create-cards"});
    CHECK(again["created"] == 0);
    CHECK(again["known"] == 5);
    CHECK(shop.table("points", balances, 0, {"--create-cards", "--now", "2026-03-15T09:00:00Z"})["created"] == 0);
    REQUIRE(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.number("select count(*) from lot") == 0);
    CHECK(shop.table("points", balances, 0, {"--create-cards"})["given"] == 237);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("with --set a card is brought to what the table says") {
    Peopled shop;
    shop.table("points", balances, 0, {"--create-cards"});
    const char* truth = "card,points,valid_through\nP1,150,2026-06-30\nP1,5,2026-12-31\n";
    const auto got = shop.table("points", truth, 0, {"--set"});
    CHECK(got["given"] == 5);
    CHECK(got["taken"] == 80);
    CHECK(
        shop.text("select sum(remainder) || ' ' || valid_through from lot where card_id = 1 group by valid_through") ==
        "150 2026-06-30\n5 2026-12-31\n");
    const auto again = shop.table("points", truth, 0, {"--set"});
    CHECK(again["given"] == 0);
    CHECK(again["taken"] == 0);
    CHECK(again["operation"].is_null());
    const auto pending = shop.table("points", "card,points\nP2,1\n", 3, {"--set"});
    CHECK(pending["rejected"] == 1);
    CHECK(shop.table("points", "card,points\nP1,0\n", 0, {"--set"})["taken"] == 155);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("balances that cannot be taken are rejected with column and reason") {
    struct Row {
      const char* row;
      const char* column;
      const char* reason;
    };
    const Row rows[] = {
        {",5,,,", "card", "no card"},
        {"N1,5,,,", "card", "there is no card N1; --create-cards makes it"},
        {"P1,x,,,", "points", "\"x\" is not a number"},
        {"P1,1.5,,,", "points", "\"1.5\" is not a whole number"},
        {"P1,-5,,,", "points", "\"-5\" is less than nothing: a debt is no opening balance"},
        {"P1,5,2026-03-02,,", "date", "2026-03-02 has not come yet"},
        {"P1,5,2026-02-01,2026-01-01,", "usable_from",
         "usable from 2026-01-01, before the points were given on 2026-02-01"},
        {"P1,5,,,2026-02-28", "valid_through", "the last day 2026-02-28 lies before the first, 2026-03-01"},
        {"P1,5,2026-01-01,,2026-02-28", "valid_through", "the points ended on 2026-02-28 already"},
        {"P1,5,,,soon", "valid_through", "\"soon\" is not a date"},
    };
    Peopled shop;
    shop.table("points", balances, 0, {"--create-cards"});
    const auto entries = shop.number("select count(*) from entry");
    for (const Row& row : rows) {
      CAPTURE(row.row);
      const auto got =
          shop.table("points", std::string("card,points,date,usable_from,valid_through\n") + row.row + "\n", 3);
      CHECK(got["rejected"] == 1);
      CHECK(got["examples"][0]["column"] == row.column);
      CHECK(got["examples"][0]["reason"] == row.reason);
    }
    CHECK(shop.number("select count(*) from entry") == entries);
  }

  TEST_CASE("cards that hold no points open no balance") {
    ImportShop shop;
    REQUIRE(shop.run({"program", "add", "discount", "--slug", "five", "--discount", "5%"}) == 0);
    const auto path = shop.write("p.csv", "card,points\nD1,5\n");
    CHECK(shop.run({"import", "points", path, "--program", "five", "--create-cards"}) == 6);
  }
}

TEST_SUITE("import of consents") {
  constexpr const char* consents =
      "customer,kind,given,at,place\n+79161234567,data,yes,2026-01-10,зал\n+79161234567,advertising:sms,да,2026-01-10 "
      "12:30,\n+79161234567,реклама,нет,,\ns@e.ru,data,,,\n";

  TEST_CASE("consents are recorded with their time, once, and an undo takes them back") {
    Peopled shop;
    const auto got = shop.table("consents", consents, 0);
    CHECK(got["created"] == 4);
    CHECK(shop.text(
              "select customer_id || ' ' || kind || ' ' || channel || ' ' || given || ' ' || at || ' ' || place from "
              "consent order by id") ==
          "1 data  1 2026-01-09T21:00:00Z зал\n1 advertising sms 1 2026-01-10T09:30:00Z \n1 advertising  0 "
          "2026-03-01T12:00:00Z \n2 data  1 2026-03-01T12:00:00Z \n");
    CHECK(shop.table("consents", consents, 0)["known"] == 4);
    const auto changed = shop.table("consents", "customer,kind,given\ns@e.ru,data,нет\n", 0);
    CHECK(changed["changed"] == 1);
    REQUIRE(shop.run({"undo", "--last"}) == 0);
    REQUIRE(shop.run({"customer", "show", "#2", "--json"}) == 0);
    const auto standing = nlohmann::json::parse(shop.world.out.str())["consents"];
    REQUIRE(standing.size() == 1);
    CHECK(standing[0]["given"] == true);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("consents that cannot be taken are rejected with column and reason") {
    struct Row {
      const char* row;
      const char* column;
      const char* reason;
    };
    const Row rows[] = {
        {",data,,", "customer", "no customer"},
        {"+79990000000,data,,", "customer", "there is no customer +79990000000"},
        {"#1,everything,,", "kind", "\"everything\" is no kind of consent: data, advertising and sharing are"},
        {"#1,data:sms,,", "kind", "only a consent to advertising has a channel; \"sms\" is one"},
        {"#1,data,maybe,", "given", "\"maybe\" is neither yes nor no"},
        {"#1,data,,2026-03-05", "at", "2026-03-04T21:00:00Z has not come yet"},
        {"#1,data,,once", "at", "\"once\" is not a date"},
    };
    Peopled shop;
    for (const Row& row : rows) {
      CAPTURE(row.row);
      const auto got = shop.table("consents", std::string("customer,kind,given,at\n") + row.row + "\n", 3);
      CHECK(got["examples"][0]["column"] == row.column);
      CHECK(got["examples"][0]["reason"] == row.reason);
    }
    CHECK(shop.number("select count(*) from consent") == 0);
  }
}

TEST_SUITE("import of returns") {
  constexpr const char* sales =
      "card,receipt,till,at,sku,quantity,amount\n1a,1,t1,2026-02-01T10:00,A,2,200\n1a,1,t1,2026-02-01T10:00,B,1,"
      "100\n1a,1,t2,"
      "2026-02-02,A,1,100\n";

  TEST_CASE("returns are posted once, by line, by goods, or whole") {
    ImportShop shop;
    shop.import_text(sales, 0);
    const auto path =
        shop.write("back.csv",
                   "receipt,till,at,sale_line,sku,quantity,return_reason\n1,t1,2026-02-03,1,,1,broken\n1,t1,"
                   "2026-02-03,,B,1,broken\n1,t2,2026-02-02,,,,\n");
    const auto got = shop.import("returns", path, 0);
    CHECK(got["posted"] == 2);
    CHECK(got["amount"] == 30000);
    CHECK(shop.text("select amount || ' ' || clawed_back || ' ' || reason from sale_return order by id") ==
          "10000 5 \n20000 10 broken\n");
    CHECK(shop.import("returns", path, 0)["known"] == 3);
    CHECK(shop.run({"doctor"}) == 0);
    REQUIRE(shop.run({"undo", "--last"}) == 0);
    CHECK(shop.number("select count(*) from live_return") == 0);
    CHECK(shop.import("returns", path, 0)["posted"] == 2);
    CHECK(shop.run({"doctor"}) == 0);
  }

  TEST_CASE("a part of a purchase comes back once, though its sums are rounded") {
    ImportShop shop;
    REQUIRE(shop.run({"card", "issue", "coffee", "--number", "C-#", "--sequential"}) == 0);
    REQUIRE(shop.run({"points", "grant", "C-0", "7", "--reason", "hello", "--now", "2026-01-01T09:00:00Z"}) == 0);
    REQUIRE(shop.run({"sale", "add", "C-0", "333.33", "--spend", "7", "--receipt", "1", "--at", "2026-01-10"}) == 0);
    const std::string file = shop.write("back.csv", "receipt,at,amount\n1,2026-01-15T10:00,10.00\n");
    CHECK(shop.import("returns", file, 0)["posted"] == 1);
    CHECK(shop.number("select amount from sale_return") == 9'99);
    CHECK(shop.import("returns", file, 0)["posted"] == 0);
    CHECK(shop.number("select count(*) from sale_return") == 1);
  }

  TEST_CASE("an imported return is what the counter's is") {
    ImportShop shop, other;
    shop.import_text(sales, 0);
    other.import_text(sales, 0);
    const auto path = shop.write("back.csv", "receipt,till,at,sale_line,quantity\n1,t1,2026-02-03 12:00,1,1\n");
    shop.import("returns", path, 0);
    REQUIRE(other.run({"sale", "return", "1", "--till", "t1", "--line", "1", "--quantity", "1", "--at",
                       "2026-02-03T12:00"}) == 0);
    for (const char* query :
         {"select amount || ' ' || paid || ' ' || clawed_back || ' ' || document_time from sale_return",
          "select kind || ' ' || points || ' ' || lot_id || ' ' || date from entry order by id"})
      CHECK(shop.text(query) == other.text(query));
  }

  TEST_CASE("returns that cannot be taken are rejected with column and reason") {
    struct Row {
      const char* row;
      const char* column;
      const char* reason;
    };
    const Row rows[] = {
        {",t1,2026-02-03,,,,", "receipt", "no receipt"},
        {"9,t1,2026-02-03,,,,", "receipt", "there is no receipt 9"},
        {"1,t1,2026-01-31,,,,", "receipt", "there is no receipt 1"},
        {"1,t1,2026-02-03,7,,1,", "sale_line", "the receipt has no line 7; it has 2"},
        {"1,t1,2026-02-03,,Z,1,", "sku", "the receipt has no Z"},
        {"1,t1,2026-02-03,1,,3,", "", "line 1 of receipt 1 has 2 left; 3 cannot be returned"},
        {"1,t1,2026-02-03,1,,x,", "quantity", "\"x\" is not a number"},
        {"1,t1,never,1,,1,", "at", "\"never\" is not a date"},
    };
    ImportShop shop;
    shop.import_text(sales, 0);
    for (const Row& row : rows) {
      CAPTURE(row.row);
      const auto path =
          shop.write("back.csv", std::string("receipt,till,at,sale_line,sku,quantity,amount\n") + row.row + "\n");
      const auto got = shop.import("returns", path, 3);
      CHECK(got["rejected"] == 1);
      CHECK(got["examples"][0]["column"] == (*row.column == '\0' ? nlohmann::json() : nlohmann::json(row.column)));
      CHECK(got["examples"][0]["reason"] == row.reason);
    }
    const auto path = shop.write("two.csv", "receipt,at\n1,2026-02-03\n");
    CHECK(shop.import("returns", path, 3)["examples"][0]["reason"] ==
          "receipt 1 is there 2 times: say which by till or sale_date");
    CHECK(shop.number("select count(*) from sale_return") == 0);
  }
}

TEST_SUITE("reconciliation") {
  constexpr const char* sales =
      "card,receipt,at,amount\n1a,1,2026-02-01,100\n1a,2,2026-02-02,200\n2b,3,2026-02-03,300\n";

  nlohmann::json reconciled(ImportShop & shop, std::string_view text, int code, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"reconcile", shop.write("till.csv", text), "--json"};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE_MESSAGE(shop.run(words) == code, shop.world.err.str());
    return nlohmann::json::parse(shop.world.out.str());
  }

  TEST_CASE("a file that says what the store says agrees") {
    ImportShop shop;
    shop.import_text(sales, 0);
    const auto got = reconciled(shop, sales, 0);
    CHECK(got["agrees"] == true);
    CHECK(got["sums"][0]["count"] == 3);
    CHECK(got["sums"][0]["here"] == 60000);
    CHECK(got["differences"].empty());
  }

  TEST_CASE("what is missing on either side, or different, is told with sums") {
    ImportShop shop;
    shop.import_text(sales, 0);
    const auto operations = shop.number("select count(*) from operation");
    const auto got =
        reconciled(shop, "card,receipt,at,amount\n1a,1,2026-02-01,100\n2b,2,2026-02-02,210\n2b,4,2026-02-03,50\n", 3);
    CHECK(got["sums"][0]["count"] == 1);
    CHECK(got["sums"][1]["count"] == 1);
    CHECK(got["sums"][1]["there"] == 5000);
    CHECK(got["sums"][2]["count"] == 1);
    CHECK(got["sums"][2]["here"] == 30000);
    CHECK(got["sums"][3]["count"] == 1);
    CHECK(got["sums"][3]["here"] == 20000);
    CHECK(got["sums"][3]["there"] == 21000);
    CHECK(got["differences"][0]["what"] == "the amount, the card (1a here)");
    CHECK(got["differences"][1]["difference"] == "missing_here");
    CHECK(got["differences"][1]["line"] == 4);
    CHECK(got["differences"][2]["difference"] == "missing_there");
    CHECK(got["differences"][2]["receipt"] == "3");
    CHECK(shop.number("select count(*) from operation") == operations);
  }

  TEST_CASE("days outside the period are left out on both sides") {
    ImportShop shop;
    shop.import_text(sales, 0);
    CHECK(reconciled(shop, "card,receipt,at,amount\n1a,2,2026-02-02,200\n", 0)["agrees"] == true);
    CHECK(reconciled(shop, "card,receipt,at,amount\n1a,2,2026-02-02,200\n2b,9,2026-02-09,1\n", 0,
                     {"--from", "2026-02-02", "--to", "2026-02-02"})["agrees"] == true);
    CHECK(reconciled(shop, "card,receipt,at,amount\n1a,2,2026-02-02,200\n", 3,
                     {"--to", "2026-02-03"})["sums"][2]["count"] == 1);
  }

  TEST_CASE("receipts of several tills are told apart, or found in any till where the file names none") {
    ImportShop shop;
    shop.import_text("card,receipt,till,at,amount\n1a,1,a,2026-02-01,100\n1a,1,b,2026-02-01,200\n", 0);
    CHECK(reconciled(shop, "card,receipt,till,at,amount\n1a,1,b,2026-02-01,200\n", 0)["agrees"] == true);
    CHECK(reconciled(shop, "card,receipt,at,amount\n1a,1,2026-02-01,100\n1a,1,2026-02-01,200\n", 0)["agrees"] == true);
  }

  TEST_CASE("without receipts purchases are matched by card, day and amount") {
    ImportShop shop;
    shop.import_text("card,receipt,at,amount\n1a,1,2026-02-01,100\n1a,2,2026-02-01,100\n", 0);
    CHECK(reconciled(shop, "card,at,amount\n1a,2026-02-01,100\n1a,2026-02-01,100\n", 0)["agrees"] == true);
    const auto got = reconciled(shop, "card,at,amount\n1a,2026-02-01,100\n1a,2026-02-01,101\n", 3);
    CHECK(got["sums"][1]["count"] == 1);
    CHECK(got["sums"][2]["count"] == 1);
  }

  TEST_CASE("lines of a receipt are added up, and a list of all differences goes to a file") {
    ImportShop shop;
    shop.import_text(sales, 0);
    CHECK(reconciled(shop, "card,receipt,at,sku,amount\n1a,2,2026-02-02,A,150\n1a,2,2026-02-02,B,50\n", 0)["agrees"] ==
          true);
    const auto path = shop.write("till.csv", "card,receipt,at,amount\n1a,1,2026-02-01,1\n");
    const auto list = shop.scratch.file("differences.csv");
    CHECK(shop.run({"reconcile", path, "-o", list}) == 3);
    CHECK(
        loyal::test::contents_of(list) ==
        "difference,line,receipt,till,card,date,here,there,what\ndifferent,2,1,,1a,2026-02-01,10000,100,the amount\n");
  }

  TEST_CASE("rows that cannot be read do not agree") {
    ImportShop shop;
    shop.import_text(sales, 0);
    const auto got = reconciled(shop, "card,receipt,at,amount\n1a,1,2026-02-01,100\n1a,2,2026-02-01,x\n", 3);
    CHECK(got["unreadable"] == 1);
    CHECK(got["agrees"] == false);
  }

  TEST_CASE("a row of a return that says less than the receipt never brings all of it back") {
    struct Row {
      const char* file;
      int code;
      std::int64_t amount;
      const char* reason;
    };
    for (const Row& row : {
             Row{"receipt,at,amount\n1,2026-01-15,100\n", 0, 100'00, "one line: as many pieces as the amount pays"},
             Row{"receipt,at,amount\n1,2026-01-15,110\n", 3, 0, "the price of no number of pieces"},
             Row{"receipt,at,quantity\n1,2026-01-15,1\n", 0, 100'00, "one line: its pieces"},
             Row{"receipt,at,sku,amount\n1,2026-01-15,milk,200\n", 0, 200'00, "goods and an amount"},
             Row{"receipt,at\n1,2026-01-15\n", 0, 500'00, "a receipt and nothing else is all of it"},
             Row{"receipt,at,amount\n2,2026-01-15,100\n", 3, 0, "several lines: which one?"},
             Row{"receipt,at,amount\n2,2026-01-15,300\n", 0, 300'00, "several lines, the whole amount"},
             Row{"receipt,at,sku,quantity\n1,2026-01-15,milk,1\n1,2026-01-15,milk,1\n", 0, 200'00,
                 "rows of one line add up"},
             Row{"receipt,at,sku,quantity\n1,2026-01-15,milk,1\n1,2026-01-15,milk,2\n", 0, 300'00,
                 "and need not be equal"},
         }) {
      CAPTURE(row.reason);
      ImportShop shop;
      REQUIRE(shop.run({"card", "issue", "coffee", "--number", "C-#", "--sequential"}) == 0);
      REQUIRE(shop.run({"sale", "add", "C-0", "--line", "milk:5:100.00", "--receipt", "1", "--at", "2026-01-10"}) == 0);
      REQUIRE(shop.run({"sale", "add", "C-0", "--line", "milk:2:100.00", "--line", "bread:1:100.00", "--receipt", "2",
                        "--at", "2026-01-10"}) == 0);
      const std::string file = shop.write("back.csv", row.file);
      shop.import("returns", file, row.code);
      CHECK(shop.number("select coalesce(sum(amount), 0) from sale_return") == row.amount);
      if (row.code != 0) continue;
      CHECK(shop.import("returns", file, 0)["posted"] == 0);
      CHECK(shop.number("select coalesce(sum(amount), 0) from sale_return") == row.amount);
    }
  }
}
