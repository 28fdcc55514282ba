// SPDX-License-Identifier: MIT
#include "loyal/service/card_codes.hpp"

#include <doctest/doctest.h>

#include <set>

#include "loyal/base/error.hpp"
#include "loyal/domain/digit_series.hpp"
#include "loyal/domain/promo_pattern.hpp"
#include "loyal/domain/retail_number.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/number_source.hpp"
#include "loyal/service/replace_card.hpp"
#include "loyal/service/undo.hpp"
#include "loyal/store/operation.hpp"
#include "support/doctor.hpp"
#include "support/imports.hpp"
#include "support/sample_shop.hpp"

using namespace loyal;

namespace {

/// A shop with the cards CARD-0 to CARD-3 of `coffee`, of which CARD-1 has a holder.
class Shop {
 public:
  Shop() : database_(sample_.open(store::Access::write)) {}
  store::Database& store() { return database_; }
  service::Context context() { return sample_.context(database_); }
  std::string found(const std::string& code) { return service::find_card(database_, code).number; }

 private:
  test::SampleShop sample_;
  store::Database database_;
};

template <class Action>
Fault fault_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.fault();
  }
  FAIL("no error was thrown");
  return Fault::failed;
}

}  // namespace

TEST_CASE("a card is found by each of its codes, however they are typed") {
  Shop shop;
  service::add_code(shop.context(), {"CARD-0", "Tag-17", "code128"});
  service::add_code(shop.context(), {"CARD-0", "2 900000 123458"});
  service::add_code(shop.context(), {"CARD-0", "https://зерно.рф/к?7", "qr"});
  for (const char* typed : {"CARD-0", "tag 17", "TAG17", "2900000123458", "https://ЗЕРНО.рф/к?7"}) {
    CAPTURE(typed);
    CHECK(shop.found(typed) == "CARD-0");
  }
  const auto codes = store::codes_of(shop.store(), service::find_card(shop.store(), "CARD-0").id);
  REQUIRE(codes.size() == 3);
  CHECK(codes[0].symbology == "code128");
  CHECK(codes[1].symbology == "ean13");
  CHECK(codes[1].text == "2900000123458");
  CHECK(codes[2].symbology == "qr");
}

TEST_CASE("a code is of one card only, and what was taken off one never opens another") {
  Shop shop;
  service::add_code(shop.context(), {"CARD-0", "TAG-1"});
  CHECK(fault_of([&] { service::add_code(shop.context(), {"CARD-3", "tag-1"}); }) == Fault::conflict);
  CHECK(fault_of([&] { service::add_code(shop.context(), {"CARD-3", "CARD-0"}); }) == Fault::conflict);
  CHECK(fault_of([&] { service::add_code(shop.context(), {"CARD-3", "CARD-3"}); }) == Fault::conflict);
  service::remove_code(shop.context(), "TAG-1");
  CHECK(fault_of([&] { service::find_card(shop.store(), "TAG-1"); }) == Fault::not_found);
  CHECK(fault_of([&] { service::remove_code(shop.context(), "TAG-1"); }) == Fault::refused);
  CHECK(fault_of([&] { service::remove_code(shop.context(), "CARD-0"); }) == Fault::refused);
  CHECK(fault_of([&] { service::remove_code(shop.context(), "TAG-9"); }) == Fault::not_found);
  CHECK(fault_of([&] { service::add_code(shop.context(), {"CARD-3", "TAG-1"}); }) == Fault::conflict);
  service::IssueRequest taken{"coffee", 1, "TAG-1", "", "", true};
  CHECK(fault_of([&] { service::issue_cards(shop.context(), taken); }) == Fault::usage);
  service::add_code(shop.context(), {"CARD-0", "TAG-1"});
  CHECK(shop.found("TAG-1") == "CARD-0");
  CHECK_FALSE(test::doctors_finding(shop.store()));
}

TEST_CASE("giving and taking a code can be undone, newest first") {
  Shop shop;
  const auto given = service::add_code(shop.context(), {"CARD-0", "TAG-1"});
  const auto removed = service::remove_code(shop.context(), "TAG-1");
  CHECK(fault_of([&] { service::undo(shop.context(), given.operation); }) == Fault::refused);
  service::undo(shop.context(), removed.operation);
  CHECK(shop.found("TAG-1") == "CARD-0");
  service::undo(shop.context(), given.operation);
  CHECK(fault_of([&] { service::find_card(shop.store(), "TAG-1"); }) == Fault::not_found);
  // It was never given: another card may have it.
  service::add_code(shop.context(), {"CARD-3", "TAG-1"});
  CHECK(shop.found("TAG-1") == "CARD-3");
  CHECK_FALSE(test::doctors_finding(shop.store()));
}

TEST_CASE("the codes of a replaced card stay with it, unless they are taken along") {
  Shop shop;
  service::add_code(shop.context(), {"CARD-0", "TAG-1"});
  service::ReplaceRequest request{"CARD-0", "NEW-1", "lost"};
  SUBCASE("stay") {
    CHECK(service::replace_card(shop.context(), request).codes_left == 1);
    CHECK(service::find_card(shop.store(), "TAG-1").state == "withdrawn");
  }
  SUBCASE("taken along, and back by an undo") {
    request.with_codes = true;
    const auto receipt = service::replace_card(shop.context(), request);
    CHECK(receipt.codes_moved == 1);
    CHECK(shop.found("TAG-1") == "NEW-1");
    CHECK_FALSE(test::doctors_finding(shop.store()));
    service::undo(shop.context(), receipt.operation);
    CHECK(shop.found("TAG-1") == "CARD-0");
  }
  CHECK_FALSE(test::doctors_finding(shop.store()));
}

TEST_CASE("what no symbol, till or table can carry is no code") {
  struct Row {
    const char* why;
    const char* symbology;
    const char* text;
    Fault fault;
  };
  const Row rows[] = {
      {"nothing", "", "", Fault::usage},
      {"only dashes, which are not looked up", "code128", "---", Fault::usage},
      {"a blank that a scanner may drop", "code128", "A B", Fault::usage},
      {"a control character", "qr", "A\tB", Fault::usage},
      {"a formula", "qr", "=1+1", Fault::usage},
      {"letters in EAN", "ean13", "ABC", Fault::refused},
      {"a wrong check digit", "ean13", "2900000123457", Fault::refused},
      {"a symbology that there is not", "maxicode", "1", Fault::usage},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(fault_of([&] { service::checked_code(row.symbology, row.text); }) == row.fault);
  }
}

TEST_CASE("a list of codes in a cell is read as it was written") {
  const auto codes = service::parse_code_list("qr:https://a.ru/1  code128:KEY-1");
  REQUIRE(codes.size() == 2);
  CHECK(codes[0].text == "https://a.ru/1");
  CHECK(service::code_list(codes) == "qr:https://a.ru/1 code128:KEY-1");
  CHECK(service::parse_code_list("").empty());
  CHECK(fault_of([] { service::parse_code_list("KEY-1"); }) == Fault::usage);
}

TEST_CASE("numbers with a check digit are told from mistyped ones") {
  CHECK(domain::is_luhn("4111111111111111"));
  CHECK(domain::is_luhn("79927398713"));
  CHECK_FALSE(domain::is_luhn("79927398712"));
  CHECK_FALSE(domain::is_luhn("7992739871X"));
  CHECK(domain::is_upca("012345678905"));
  CHECK_FALSE(domain::is_upca("012345678904"));
  for (const char* text : {"01234565", "11234562", "00783491", "06543217"}) CHECK(domain::is_upce(text));
  for (const char* text : {"01234564", "21234565", "0123456", "0123456A"}) CHECK_FALSE(domain::is_upce(text));
  // One of each way in which zeros are left out.
  CHECK(domain::upca_of_upce("0123450") == "012000003455");
  CHECK(domain::upca_of_upce("0123453") == "012300000451");
  CHECK(domain::upca_of_upce("0123454") == "012340000053");
  CHECK(domain::upca_of_upce("0123455") == "012345000058");
}

TEST_CASE("a series makes numbers of its own beginning, each once") {
  using domain::DigitSeries;
  struct Row {
    DigitSeries::Kind kind;
    const char* prefix;
    std::size_t digits;
    std::uint64_t capacity;
    const char* first;
  };
  const Row rows[] = {
      {DigitSeries::Kind::ean13, "29", 0, 10'000'000'000, "2900000000001"},
      {DigitSeries::Kind::ean8, "29", 0, 100'000, "29000005"},
      {DigitSeries::Kind::luhn, "29", 16, 10'000'000'000'000, "2900000000000007"},
      {DigitSeries::Kind::luhn, "7", 6, 10'000, nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.prefix);
    const DigitSeries series(row.kind, row.prefix, row.digits);
    CHECK(series.capacity() == row.capacity);
    if (row.first != nullptr) CHECK(series.at(0) == row.first);
    CHECK(series.at(0).size() == series.digits());
    std::set<std::string> numbers;
    for (std::uint64_t serial = 0; serial < 1000; ++serial) numbers.insert(series.at(serial));
    CHECK(numbers.size() == 1000);
    CHECK(fault_of([&] { series.at(row.capacity); }) == Fault::usage);
    const auto chosen = series.choose([](std::uint32_t bound) { return bound - 1; });
    CHECK(chosen.starts_with(row.prefix));
    CHECK(chosen == series.at(row.capacity - 1));
  }
}

TEST_CASE("what begins as somebody's goods do is no number for a card") {
  using domain::DigitSeries;
  for (const char* own : {"2", "20", "29", "299", "02", "04"})
    CHECK_NOTHROW(DigitSeries(DigitSeries::Kind::ean13, own).require_in_house());
  for (const char* other : {"460", "1", "0", "01", "3"})
    CHECK(fault_of([&] { DigitSeries(DigitSeries::Kind::ean13, other).require_in_house(); }) == Fault::usage);
  for (const char* own : {"2", "0", "25"}) CHECK_NOTHROW(DigitSeries(DigitSeries::Kind::ean8, own).require_in_house());
  CHECK(fault_of([] { DigitSeries(DigitSeries::Kind::ean8, "46").require_in_house(); }) == Fault::usage);
}

TEST_CASE("cards take numbers by chance, by a list, and refuse a list that is wrong") {
  Shop shop;
  service::IssueRequest request{"coffee", 200, "ean8", "29", ""};
  request.random = true;
  const auto receipt = service::issue_cards(shop.context(), request);
  std::set<std::string> numbers;
  bool is_counted = true;
  for (const auto& card : store::cards_of_operation(shop.store(), receipt.operation)) {
    CHECK(domain::is_ean8(card.number));
    CHECK(card.number.starts_with("29"));
    if (!numbers.empty() && card.number < *numbers.rbegin()) is_counted = false;
    numbers.insert(card.number);
  }
  CHECK(numbers.size() == 200);
  CHECK_FALSE(is_counted);

  request = {"coffee", 2, "ean13", "29", ""};
  request.numbers = {"A-1", "B-2"};
  CHECK(service::issue_cards(shop.context(), request).last_number == "B-2");
  CHECK(fault_of([&] { service::issue_cards(shop.context(), request); }) == Fault::conflict);
  request.numbers = {"C-1", "c 1"};
  CHECK(fault_of([&] { service::issue_cards(shop.context(), request); }) == Fault::usage);
  request.numbers = {"D-1", "\xD0"};
  CHECK(fault_of([&] { service::issue_cards(shop.context(), request); }) == Fault::usage);
  CHECK(fault_of([&] { service::find_card(shop.store(), "C-1"); }) == Fault::not_found);
}

TEST_CASE("a card's pattern may end with a check symbol, by which a slip of the fingers is no card") {
  test::ImportShop shop;
  REQUIRE(shop.run({"card", "issue", "coffee", "--number", "CARD-####", "--check", "--count", "50"}) == 2);
  REQUIRE(shop.run({"card", "issue", "coffee", "--number", "CARD-****-****", "--check", "--count", "50"}) == 0);
  const std::string numbers = shop.text("select value from code");
  const loyal::domain::PromoPattern pattern("CARD-****-****");
  for (std::size_t start = 0; start < numbers.size(); start = numbers.find('\n', start) + 1)
    CHECK(pattern.match(numbers.substr(start, numbers.find('\n', start) - start)) ==
          loyal::domain::PromoPattern::Match::whole);
  CHECK(shop.run({"card", "issue", "coffee", "--check"}) == 2);
}
