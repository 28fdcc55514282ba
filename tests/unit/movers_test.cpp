// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <string>

#include "loyal/base/error.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/companies.hpp"
#include "loyal/service/customers.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/import_sales.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/merge_customers.hpp"
#include "loyal/service/nightly.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/service/replace_card.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/service/transfer.hpp"
#include "loyal/service/undo.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"
#include "support/doctor.hpp"
#include "support/scratch.hpp"

using namespace loyal;

namespace {

domain::Program ten_percent(const std::string& slug) {
  domain::Program program;
  program.slug = slug;
  program.title = slug;
  program.zone = "Europe/Moscow";
  program.unit.name = {"point", "points", "points"};
  program.earn.push_back({"10%", domain::EarnRule::Basis::rate, {1, 10}, {}, {}, {}});
  return program;
}

/// A company with a program "one" of four cards, CARD-0 to CARD-3, and "other" of one, OTHER-0.
class Shop {
 public:
  explicit Shop(domain::Program program = ten_percent("one"))
      : database_(store::Database::in_memory(noon("2026-01-01"))) {
    const service::Context context = at("2026-01-01");
    service::CompanyRequest company;
    company.name = "First";
    company.inn = "7707083893";
    company.ogrn = "1027700132195";
    company.email = "shop@example.ru";
    service::add_company(context, company);
    service::add_program(context, program);
    service::add_program(context, ten_percent("other"));
    service::issue_cards(context, {"one", 4, "CARD-#", "", "", true});
    service::issue_cards(context, {"other", 1, "OTHER-#", "", "", true});
  }

  static Instant noon(const std::string& day) { return Zone("Europe/Moscow").instant({*date_from_iso(day), 43'200}); }
  service::Context at(const std::string& day, const std::string& key = {}) {
    return {database_, noon(day), noon(day), key, {}, "till1", {}, {}, false};
  }
  service::SaleReceipt sell(const std::string& day, const std::string& card, std::int64_t rubles,
                            const std::string& receipt, const std::string& spend = {}) {
    service::SaleRequest request;
    request.card = card;
    request.amount = Money{rubles * 100};
    request.receipt = receipt;
    request.spend_text = spend;
    return service::sell(at(day), request);
  }
  service::ReturnReceipt give_back(const std::string& day, const std::string& receipt) {
    service::ReturnRequest request;
    request.receipt = receipt;
    return service::give_back(at(day), request);
  }
  service::TransferReceipt transfer(const std::string& day, const std::string& from, const std::string& into,
                                    const std::string& points) {
    return service::transfer_points(at(day), {from, into, points, "a present"});
  }
  service::CardState card(const std::string& day, const std::string& number) {
    return service::card_state(at(day), number, std::nullopt);
  }
  std::int64_t active(const std::string& day, const std::string& number) {
    return card(day, number).balance.active.count;
  }
  OperationId last_operation() { return store::last_operation(database_)->id; }
  store::Database& database() { return database_; }

  std::string doctor() { return test::doctors_finding(database_).value_or(""); }

 private:
  store::Database database_;
};

struct Refusal {
  std::optional<Fault> fault;
  std::string message, hint;
};

Refusal refusal_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    return {error.fault(), error.what(), error.hint()};
  }
  return {};
}

/// Two people with a card of "one" each, the first with one of "other" too: CARD-0, OTHER-0 and CARD-1.
struct Couple {
  store::Customer first, second;
};

Couple couple_in(Shop& shop) {
  service::CustomerRequest person;
  person.name = "Anna";
  person.phone = "+79161234567";
  person.birthday = "1990-05-17";
  person.consents = {"advertising:sms"};
  Couple couple;
  couple.first = service::add_customer(shop.at("2026-01-02"), person);
  person = {};
  person.name = "Anna Orlova";
  person.email = "anna@example.ru";
  person.consents = {"data"};
  couple.second = service::add_customer(shop.at("2026-01-03"), person);
  service::assign_card(shop.at("2026-01-03"), "CARD-0", "#1");
  service::assign_card(shop.at("2026-01-03"), "OTHER-0", "#1");
  service::assign_card(shop.at("2026-01-03"), "CARD-1", "#2");
  return couple;
}

}  // namespace

TEST_SUITE("movers") {
  TEST_CASE("points move with their last day, their beginning and their issuer, those first that end first") {
    Shop shop;
    service::grant_points(shop.at("2026-01-10"), {"CARD-0", "100", "late", "2026-12-31"});
    service::grant_points(shop.at("2026-01-11"), {"CARD-0", "50", "soon", "2026-03-31"});
    const auto receipt = shop.transfer("2026-02-01", "CARD-0", "CARD-1", "70");
    CHECK(receipt.points.count == 70);
    CHECK(receipt.lots == 2);
    CHECK(receipt.from_balance.active.count == 80);
    const auto state = shop.card("2026-02-01", "CARD-1");
    REQUIRE(state.lots.size() == 2);
    CHECK(state.lots[0].remainder.count == 50);
    CHECK(state.lots[0].valid_through == Date::of(2026, 3, 31));
    CHECK(state.lots[0].usable_from == Date::of(2026, 1, 11));
    CHECK(state.lots[1].remainder.count == 20);
    CHECK(state.lots[1].valid_through == Date::of(2026, 12, 31));
    for (const store::Entry& entry : store::entries_of(shop.database(), state.card.id)) {
      const auto answered = store::entry(shop.database(), entry.answers);
      REQUIRE(answered);
      CHECK(answered->points == -entry.points);
      CHECK(answered->issuer == entry.issuer);
    }
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("a transfer that the rules do not allow is refused and writes nothing") {
    struct Row {
      const char *from, *into, *points;
      const char* message;
    };
    const Row rows[] = {
        {"CARD-0", "CARD-0", "10", "on both sides"},
        {"CARD-0", "CARD-2", "10", "is blocked"},
        {"CARD-2", "CARD-0", "10", "is blocked"},
        {"CARD-0", "OTHER-0", "10", "within one program"},
        {"CARD-0", "CARD-1", "101", "has 100 points; 101 cannot be moved"},
        {"CARD-0", "CARD-1", "-10", "more than nothing"},
        {"CARD-0", "CARD-1", "0", "more than nothing"},
        {"CARD-1", "CARD-0", "all", "no points that can be moved"},
        {"CARD-3", "CARD-0", "all", "was replaced by"},
        {"CARD-0", "CARD-3", "10", "was replaced by"},
    };
    Shop shop;
    service::grant_points(shop.at("2026-01-10"), {"CARD-0", "100", "a present", "never"});
    service::block_card(shop.at("2026-01-10"), "CARD-2", "stolen");
    service::replace_card(shop.at("2026-01-10"), {"CARD-3", "", "lost"});
    const OperationId before = shop.last_operation();
    for (const Row& row : rows) {
      INFO(row.from << " to " << row.into << ": " << row.points);
      const Refusal refusal = refusal_of([&] { shop.transfer("2026-02-01", row.from, row.into, row.points); });
      CHECK(refusal.fault == Fault::refused);
      CHECK(refusal.message.find(row.message) != std::string::npos);
      CHECK_FALSE(refusal.hint.empty());
    }
    CHECK(shop.last_operation() == before);
  }

  TEST_CASE("points that come to a card repay what it owes, and a card that owes cannot give that away") {
    Shop shop;
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    shop.sell("2026-01-11", "CARD-0", 200, "2", "100");
    shop.give_back("2026-01-12", "1");
    REQUIRE(shop.card("2026-01-12", "CARD-0").balance.debt.count == 90);
    service::grant_points(shop.at("2026-01-12"), {"CARD-1", "100", "a present", "never"});
    const auto receipt = shop.transfer("2026-01-13", "CARD-1", "CARD-0", "all");
    CHECK(receipt.repaid.count == 90);
    CHECK(receipt.into_balance.active.count == 10);
    CHECK(receipt.into_balance.debt.count == 0);
    CHECK(shop.doctor().empty());
    service::undo(shop.at("2026-01-13"), {});
    CHECK(shop.card("2026-01-13", "CARD-0").balance.debt.count == 90);
    CHECK(shop.active("2026-01-13", "CARD-1") == 100);
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("a transfer fills a card up to the program's limit and not beyond") {
    domain::Program program = ten_percent("one");
    program.limits.balance = Points{120};
    Shop shop(program);
    service::grant_points(shop.at("2026-01-10"), {"CARD-0", "100", "a present", "never"});
    service::grant_points(shop.at("2026-01-10"), {"CARD-1", "60", "a present", "never"});
    const Refusal refusal = refusal_of([&] { shop.transfer("2026-02-01", "CARD-0", "CARD-1", "all"); });
    CHECK(refusal.fault == Fault::refused);
    CHECK(refusal.message.find("60") != std::string::npos);
    CHECK(shop.transfer("2026-02-01", "CARD-0", "CARD-1", "60").into_balance.active.count == 120);
  }

  TEST_CASE("points that idleness ends do not live longer by going to another card, nor end before their time") {
    domain::Program program = ten_percent("one");
    program.expiry.mode = domain::Expiry::Mode::inactivity;
    program.expiry.count = 60;
    Shop shop(program);
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    shop.sell("2026-02-20", "CARD-0", 100, "2");
    shop.sell("2026-03-20", "CARD-1", 100, "3");
    shop.transfer("2026-04-01", "CARD-0", "CARD-1", "all");
    // The giver's last purchase was on 20 February: 60 days on is 21 April, were it not for the other card's purchases.
    CHECK(shop.active("2026-04-21", "CARD-1") == 120);
    CHECK(shop.active("2026-05-20", "CARD-1") == 0);
    shop.sell("2026-04-15", "CARD-1", 100, "4");
    CHECK(shop.active("2026-06-14", "CARD-1") == 130);
    CHECK(shop.active("2026-06-15", "CARD-1") == 0);
  }

  TEST_CASE("the same transfer under the same key is done once") {
    Shop shop;
    service::grant_points(shop.at("2026-01-10"), {"CARD-0", "100", "a present", "never"});
    const service::TransferRequest request{"CARD-0", "CARD-1", "60", "a present"};
    const auto first = service::transfer_points(shop.at("2026-02-01", "k"), request);
    const auto again = service::transfer_points(shop.at("2026-02-02", "k"), request);
    CHECK(again.operation == first.operation);
    CHECK(again.points == first.points);
    CHECK(again.lots == first.lots);
    CHECK(again.from.number == "CARD-0");
    CHECK(shop.active("2026-02-02", "CARD-1") == 60);
    service::TransferRequest other = request;
    other.points = "50";
    CHECK(refusal_of([&] { service::transfer_points(shop.at("2026-02-02", "k"), other); }).fault == Fault::conflict);
  }

  TEST_CASE("a replaced card gives all it held to the other, pending and owed points included, and answers with it") {
    domain::Program program = ten_percent("one");
    program.pending_days = 5;
    Shop shop(program);
    shop.sell("2026-01-01", "CARD-0", 1000, "1");
    shop.sell("2026-01-10", "CARD-0", 100, "2", "90");
    shop.give_back("2026-01-11", "1");
    shop.sell("2026-01-12", "CARD-0", 5000, "3");
    const domain::Balance before = shop.card("2026-01-13", "CARD-0").balance;
    REQUIRE(before.pending.count > 0);
    const auto receipt = service::replace_card(shop.at("2026-01-13"), {"CARD-0", "CARD-1", "lost"});
    const domain::Balance after = shop.card("2026-01-13", "CARD-1").balance;
    CHECK(after.active == before.active);
    CHECK(after.pending == before.pending);
    CHECK(after.debt == before.debt);
    CHECK(receipt.moved.pending == before.pending);
    CHECK(receipt.old_card.state == "withdrawn");
    CHECK(shop.card("2026-01-13", "CARD-0").lots.empty());
    const Refusal refusal = refusal_of([&] { shop.sell("2026-01-14", "CARD-0", 100, "4"); });
    CHECK(refusal.fault == Fault::refused);
    CHECK(refusal.message == "card CARD-0 was replaced by CARD-1");
    CHECK(refusal.hint == "loyal sale add CARD-1 AMOUNT");
    CHECK(shop.doctor().empty());
    service::undo(shop.at("2026-01-14"), {});
    CHECK(shop.card("2026-01-14", "CARD-0").balance.pending == before.pending);
    CHECK(shop.card("2026-01-14", "CARD-0").balance.debt == before.debt);
    CHECK_FALSE(refusal_of([&] { shop.sell("2026-01-14", "CARD-0", 100, "4"); }).fault);
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("a debt goes along to the card that takes another's place") {
    Shop shop;
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    shop.sell("2026-01-11", "CARD-0", 200, "2", "100");
    shop.give_back("2026-01-12", "1");
    const auto receipt = service::replace_card(shop.at("2026-01-13"), {"CARD-0", "CARD-1", ""});
    CHECK(receipt.moved.debt.count == 90);
    CHECK(shop.card("2026-01-13", "CARD-1").balance.debt.count == 90);
    CHECK(shop.card("2026-01-13", "CARD-0").balance.debt.count == 0);
    CHECK(shop.doctor().empty());
    service::grant_points(shop.at("2026-01-14"), {"CARD-1", "100", "a present", "never"});
    CHECK(shop.active("2026-01-14", "CARD-1") == 10);
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("purchases of the old card count for the new card's limits and for its activity") {
    domain::Program program = ten_percent("one");
    program.limits.period = {{std::nullopt, 1, std::nullopt}};
    program.expiry.mode = domain::Expiry::Mode::inactivity;
    program.expiry.count = 30;
    Shop shop(program);
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    shop.sell("2026-02-05", "CARD-0", 1000, "2");
    service::replace_card(shop.at("2026-02-05"), {"CARD-0", "CARD-1", ""});
    CHECK(shop.sell("2026-02-05", "CARD-1", 1000, "3").sale.earned.count == 0);
    CHECK(shop.active("2026-03-07", "CARD-1") == 200);
    CHECK(shop.active("2026-03-08", "CARD-1") == 0);
    CHECK(shop.sell("2026-02-06", "CARD-1", 1000, "4").sale.earned.count == 100);
  }

  TEST_CASE("a card does not wake what idleness ended on the card whose place it takes") {
    domain::Program program = ten_percent("one");
    program.expiry.mode = domain::Expiry::Mode::inactivity;
    program.expiry.count = 30;
    Shop shop(program);
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    service::replace_card(shop.at("2026-03-01"), {"CARD-0", "CARD-1", ""});
    CHECK(shop.active("2026-03-01", "CARD-1") == 0);
    shop.sell("2026-03-02", "CARD-1", 100, "2");
    CHECK(shop.active("2026-03-02", "CARD-1") == 10);
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("goods bought with a card that was replaced come back to the one that took its place") {
    Shop shop;
    service::grant_points(shop.at("2026-01-09"), {"CARD-2", "40", "a present", "never"});
    shop.sell("2026-01-10", "CARD-2", 1000, "1", "40");
    REQUIRE(shop.active("2026-01-10", "CARD-2") == 96);
    // The new card has the lower number in the ledger: its entries stand before those that they answer.
    service::replace_card(shop.at("2026-01-11"), {"CARD-2", "CARD-0", ""});
    const auto receipt = shop.give_back("2026-01-12", "1");
    CHECK(receipt.card_number == "CARD-0");
    CHECK(receipt.sale_return.restored.count == 40);
    CHECK(receipt.sale_return.clawed_back.count == 96);
    CHECK(receipt.debt.count == 0);
    CHECK(receipt.balance.active.count == 40);
    CHECK(shop.card("2026-01-12", "CARD-2").lots.empty());
    CHECK(shop.doctor().empty());
    service::ReturnRequest last;
    last.card = "CARD-0";
    CHECK(refusal_of([&] { service::give_back(shop.at("2026-01-12"), last); }).message.find("receipt 1") !=
          std::string::npos);
  }

  TEST_CASE("points of a returned purchase that expired on the card's successor are not asked for again") {
    domain::Program program = ten_percent("one");
    program.expiry.mode = domain::Expiry::Mode::days;
    program.expiry.count = 10;
    Shop shop(program);
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    service::replace_card(shop.at("2026-01-11"), {"CARD-0", "CARD-1", ""});
    service::nightly(shop.at("2026-02-01"), std::nullopt, {});
    const auto receipt = shop.give_back("2026-02-02", "1");
    CHECK(receipt.sale_return.clawed_back.count == 0);
    CHECK(receipt.debt.count == 0);
  }

  TEST_CASE("only a card from the stack or a new number takes another's place") {
    struct Row {
      const char* number;
      Fault fault;
    };
    const Row rows[] = {{"CARD-0", Fault::refused},
                        {"CARD-1", Fault::conflict},
                        {"OTHER-0", Fault::refused},
                        {"a\x01"
                         "b",
                         Fault::usage},
                        {"-", Fault::usage}};
    Shop shop;
    shop.sell("2026-01-10", "CARD-1", 100, "1");
    for (const Row& row : rows) {
      INFO(row.number);
      CHECK(refusal_of([&] {
              service::replace_card(shop.at("2026-01-11"), {"CARD-0", row.number, ""});
            }).fault == row.fault);
    }
    CHECK(service::replace_card(shop.at("2026-01-11"), {"CARD-0", "VIP-7", ""}).new_card.number == "VIP-7");
    const auto next = service::replace_card(shop.at("2026-01-12"), {"VIP-7", "", ""}).new_card.number;
    const Refusal refusal = refusal_of([&] { service::replace_card(shop.at("2026-01-12"), {"CARD-0", "", ""}); });
    CHECK(refusal.message == "card CARD-0 was replaced by " + next);
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("an import undone after its points were spent: refused, with all that used it, or but for what was used") {
    const test::ScratchDirectory directory;
    const std::string file = directory.file("sales.csv");
    std::ofstream(file) << "card,receipt,date,amount\nCARD-0,i1,2026-01-10,1000.00\nCARD-1,i2,2026-01-10,500.00\n";
    struct Row {
      service::UndoMode mode;
      std::int64_t first, second, left, before;
      const char* reason;
    };
    const Row rows[] = {
        {service::UndoMode::cascade, 0, 0, 0, 1, "the purchase goes with the points that paid for it"},
        {service::UndoMode::except_used, 14, 0, 60, 0, "what was spent stays spent, the purchase and its points stand"},
    };
    for (const Row& row : rows) {
      INFO(row.reason);
      Shop shop;
      service::SalesImport request;
      request.file.path = file;
      request.program = "one";
      service::import_sales(shop.at("2026-01-10"), request, [](const std::string&) {}, {});
      const OperationId import = shop.last_operation();
      shop.sell("2026-01-11", "CARD-0", 200, "1", "60");
      CHECK(shop.active("2026-01-11", "CARD-0") == 54);
      CHECK(refusal_of([&] { service::undo(shop.at("2026-01-12"), import); }).fault == Fault::refused);
      CHECK(shop.active("2026-01-11", "CARD-0") == 54);
      service::Context rehearsal = shop.at("2026-01-12");
      rehearsal.dry_run = true;
      const OperationId last = shop.last_operation();
      CHECK(static_cast<std::int64_t>(service::undo(rehearsal, import, row.mode).before.size()) == row.before);
      CHECK(shop.last_operation() == last);
      const auto report = service::undo(shop.at("2026-01-12"), import, row.mode);
      CHECK(static_cast<std::int64_t>(report.before.size()) == row.before);
      CHECK(report.left.count == row.left);
      CHECK(shop.active("2026-01-12", "CARD-0") == row.first);
      CHECK(shop.active("2026-01-12", "CARD-1") == row.second);
      CHECK(shop.doctor().empty());
      CHECK(refusal_of([&] { service::undo(shop.at("2026-01-12"), report.operation, row.mode); }).fault ==
            Fault::refused);
      // The documents are free again.
      CHECK_FALSE(refusal_of([&] {
                    service::import_sales(shop.at("2026-01-12"), request, [](const std::string&) {}, {});
                  }).fault);
      CHECK(shop.doctor().empty());
    }
  }

  TEST_CASE("a cascade takes a chain back, newest first, each by an operation of its own, under one key") {
    Shop shop;
    service::grant_points(shop.at("2026-01-10"), {"CARD-0", "100", "a present", "never"});
    const OperationId grant = shop.last_operation();
    shop.transfer("2026-01-11", "CARD-0", "CARD-1", "80");
    shop.transfer("2026-01-12", "CARD-1", "CARD-2", "50");
    shop.sell("2026-01-13", "CARD-2", 100, "1", "30");
    shop.sell("2026-01-14", "CARD-3", 100, "2");
    const auto report = service::undo(shop.at("2026-01-15", "u"), grant, service::UndoMode::cascade);
    REQUIRE(report.before.size() == 3);
    CHECK(report.before[0].undone.verb == "sale add");
    CHECK(report.before[2].undone.id.value == grant.value + 1);
    for (const char* card : {"CARD-0", "CARD-1", "CARD-2"}) CHECK(shop.card("2026-01-15", card).lots.empty());
    CHECK(shop.active("2026-01-15", "CARD-3") == 10);
    CHECK(shop.doctor().empty());
    const auto again = service::undo(shop.at("2026-01-16", "u"), grant, service::UndoMode::cascade);
    CHECK(again.operation == report.operation);
    CHECK(again.undone.id == grant);
  }

  TEST_CASE("a transfer undone but for what was used gives back only what the other card still has") {
    Shop shop;
    service::grant_points(shop.at("2026-01-10"), {"CARD-0", "100", "a present", "never"});
    shop.transfer("2026-01-11", "CARD-0", "CARD-1", "80");
    const OperationId transfer = shop.last_operation();
    shop.sell("2026-01-13", "CARD-1", 31, "1", "30");
    REQUIRE(shop.active("2026-01-13", "CARD-1") == 50);
    const auto report = service::undo(shop.at("2026-01-15"), transfer, service::UndoMode::except_used);
    CHECK(report.left.count == 30);
    CHECK(shop.active("2026-01-15", "CARD-0") == 70);
    CHECK(shop.active("2026-01-15", "CARD-1") == 0);
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("two records of a person become one: cards, points, consents, and what the second lacked") {
    Shop shop;
    const Couple couple = couple_in(shop);
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    shop.sell("2026-01-10", "CARD-1", 500, "2");
    const auto receipt = service::merge_customers(shop.at("2026-01-11"), "#1", "#2");
    CHECK(receipt.taken == std::vector<std::string>{"phone", "birthday"});
    CHECK(receipt.consents == 1);
    REQUIRE(receipt.cards.size() == 2);
    CHECK(shop.active("2026-01-11", "CARD-1") == 150);
    CHECK(shop.card("2026-01-11", "CARD-0").card.state == "withdrawn");
    CHECK(shop.card("2026-01-11", "OTHER-0").card.customer == couple.second.id);
    for (const char* text : {"#1", "#2", "89161234567", "anna@example.ru", "Anna Orlova"})
      CHECK(service::find_customer(shop.database(), text).id == couple.second.id);
    CHECK(store::consents(shop.database(), couple.second.id).size() == 2);
    const Refusal refusal = refusal_of([&] { shop.sell("2026-01-12", "CARD-0", 100, "3"); });
    CHECK(refusal.message == "card CARD-0 was merged into CARD-1");
    CHECK(shop.doctor().empty());

    service::undo(shop.at("2026-01-12"), {});
    CHECK(shop.active("2026-01-12", "CARD-0") == 100);
    CHECK(shop.active("2026-01-12", "CARD-1") == 50);
    CHECK(shop.card("2026-01-12", "CARD-0").card.state == "active");
    CHECK(shop.card("2026-01-12", "OTHER-0").card.customer == couple.first.id);
    const store::Customer first = service::find_customer(shop.database(), "89161234567");
    CHECK(first.id == couple.first.id);
    const store::Customer second = service::find_customer(shop.database(), "#2");
    CHECK(second.phone.empty());
    CHECK_FALSE(second.birthday);
    CHECK(second.email == "anna@example.ru");
    CHECK(store::consents(shop.database(), couple.first.id).size() == 1);
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("purchases of both cards of a merged person count for the limit of the day") {
    domain::Program program = ten_percent("one");
    program.limits.period = {{std::nullopt, 1, std::nullopt}};
    Shop shop(program);
    couple_in(shop);
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    service::merge_customers(shop.at("2026-01-10"), "#1", "#2");
    CHECK(shop.sell("2026-01-10", "CARD-1", 1000, "2").sale.earned.count == 0);
    CHECK(shop.sell("2026-01-11", "CARD-1", 1000, "3").sale.earned.count == 100);
  }

  TEST_CASE("a consent that was withdrawn later stays withdrawn, whichever record it was kept in") {
    Shop shop;
    couple_in(shop);
    service::CustomerRequest third;
    third.name = "Old record";
    third.consents = {"advertising:sms"};
    service::add_customer(shop.at("2026-01-01"), third);
    service::merge_customers(shop.at("2026-01-11"), "#1", "#3");
    const auto consents = store::consents(shop.database(), CustomerId{3});
    REQUIRE(consents.size() == 2);
    CHECK(consents.back().at > consents.front().at);
  }

  TEST_CASE("customers that cannot be one are refused, and a merge whose points were spent is not undone alone") {
    Shop shop;
    couple_in(shop);
    shop.sell("2026-01-10", "CARD-0", 1000, "1");
    service::CompanyRequest company;
    company.name = "Second";
    company.inn = "7736207543";
    company.ogrn = "1027700229193";
    company.email = "second@example.ru";
    service::add_company(shop.at("2026-01-10"), company);
    service::Context there = shop.at("2026-01-10");
    there.company = "second";
    service::CustomerRequest stranger;
    stranger.name = "Stranger";
    service::add_customer(there, stranger);
    const auto merge = [&](const char* from, const char* into) {
      service::Context context = shop.at("2026-01-11");
      context.company = "first";
      return refusal_of([&] { service::merge_customers(context, from, into); }).fault;
    };
    CHECK(merge("#1", "#1") == Fault::refused);
    CHECK(merge("#1", "#3") == Fault::refused);
    CHECK(merge("#1", "#9") == Fault::not_found);
    CHECK_FALSE(merge("#1", "#2"));
    CHECK(merge("#1", "#2") == Fault::refused);
    const OperationId merged = shop.last_operation();
    shop.sell("2026-01-12", "CARD-1", 200, "2", "80");
    CHECK(refusal_of([&] { service::undo(shop.at("2026-01-13"), merged); }).fault == Fault::refused);
    CHECK(refusal_of([&] { service::undo(shop.at("2026-01-13"), merged, service::UndoMode::except_used); }).fault ==
          Fault::refused);
    CHECK(service::undo(shop.at("2026-01-13"), merged, service::UndoMode::cascade).before.size() == 1);
    CHECK(shop.active("2026-01-13", "CARD-0") == 100);
    CHECK(shop.doctor().empty());
  }
}
