// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/companies.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/pin.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/service/reserve.hpp"
#include "loyal/service/undo.hpp"
#include "loyal/store/gift.hpp"
#include "support/doctor.hpp"
#include "support/scratch.hpp"

using namespace loyal;

namespace {

domain::Program program_of(const std::string& text) {
  return format::read_program(text, "program.toml");
}

constexpr const char* bonus = R"(slug = "bonus"
title = "bonus"
kind = "bonus"
zone = "Europe/Moscow"
[[earn]]
rate = "10%"
)";
constexpr const char* bonus_with_reward = R"(slug = "rewards"
title = "rewards"
kind = "bonus"
zone = "Europe/Moscow"
[[earn]]
rate = "10%"
[[reward]]
name = "Tea"
cost = 50
)";
constexpr const char* gift = R"(slug = "gift"
title = "gift"
kind = "gift"
zone = "Europe/Moscow"
)";

/// A company with a bonus card CARD-0 of 100 points and gift cards GIFT-0 and GIFT-1 of 500.00 each.
class Shop {
 public:
  explicit Shop(store::Database& database) : database_(database) {
    const service::Context context = at(0);
    service::CompanyRequest company;
    company.name = "First";
    company.inn = "7707083893";
    company.ogrn = "1027700132195";
    company.email = "shop@example.ru";
    service::add_company(context, company);
    service::add_program(context, program_of(bonus));
    service::add_program(context, program_of(gift));
    service::issue_cards(context, {"bonus", 1, "CARD-#", "", "", true});
    service::issue_cards(context, {"gift", 2, "GIFT-#", "", "", true});
    service::grant_points(context, {"CARD-0", "100", "start", {}});
    service::grant_points(context, {"GIFT-0", "500", "start", {}});
    service::grant_points(context, {"GIFT-1", "500", "start", {}});
  }

  /// So many seconds after noon of 1 March 2026.
  service::Context at(std::int64_t seconds) { return at(database_, seconds); }
  static service::Context at(store::Database& database, std::int64_t seconds) {
    const Instant now{Zone("Europe/Moscow").instant({*date_from_iso("2026-03-01"), 43'200}).seconds + seconds};
    return {database, now, now, {}, {}, {}, {}, {}, false};
  }

  std::int64_t active(const std::string& card) {
    return service::card_state(at(0), card, std::nullopt).balance.active.count;
  }
  std::string doctor() { return test::doctors_finding(database_).value_or(""); }

 private:
  store::Database& database_;
};

service::SaleRequest purchase(std::int64_t rubles, const std::string& spend,
                              std::vector<service::GiftRequest> gifts = {}, const std::string& receipt = {}) {
  service::SaleRequest request;
  request.card = "CARD-0";
  request.amount = Money{rubles * 100};
  request.spend_text = spend;
  request.gifts = std::move(gifts);
  request.receipt = receipt;
  return request;
}

std::optional<Fault> fault_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    return error.fault();
  }
  return std::nullopt;
}

}  // namespace

TEST_SUITE("tills") {
  TEST_CASE("of tills that reserve the same points at once, one gets them") {
    const test::ScratchDirectory scratch;
    const std::string path = scratch.file("loyal.db");
    store::Database database = store::Database::create(path, {});
    Shop shop(database);
    std::atomic<int> held = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> tills;
    for (int till = 0; till < 4; ++till)
      tills.emplace_back([&] {
        store::Database own(path, store::Access::write);
        try {
          service::reserve_sale(Shop::at(own, 1), purchase(1000, "100"));
          ++held;
        } catch (const Error& error) {
          if (error.fault() == Fault::refused) ++refused;
        }
      });
    for (std::thread& till : tills) till.join();
    CHECK(held == 1);
    CHECK(refused == 3);
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("what is reserved is held until it is committed, released, or its time is over") {
    store::Database database = store::Database::in_memory({});
    Shop shop(database);
    const service::Reserved reserved = service::reserve_sale(shop.at(0), purchase(1000, "60"));
    CHECK(fault_of([&] { service::sell(shop.at(1), purchase(1000, "41")); }) == Fault::refused);
    CHECK_FALSE(fault_of([&] { service::quote(shop.at(1), purchase(1000, "40")); }));

    SUBCASE("committed, it is the sale that was priced, and the same sale again") {
      const service::SaleReceipt sale = service::commit_sale(shop.at(2), reserved.id, "17");
      CHECK(sale.sale.spent == Points{60});
      CHECK(sale.sale.receipt == "17");
      CHECK(service::commit_sale(shop.at(3), reserved.id, {}).is_replayed);
      CHECK(fault_of([&] { service::release_sale(shop.at(4), reserved.id); }) == Fault::refused);
      service::undo(shop.at(5), sale.sale.operation);
      CHECK(shop.active("CARD-0") == 100);
    }
    SUBCASE("released, it can be spent and not be committed") {
      service::release_sale(shop.at(2), reserved.id);
      CHECK(fault_of([&] { service::commit_sale(shop.at(3), reserved.id, {}); }) == Fault::refused);
      CHECK_FALSE(fault_of([&] { service::sell(shop.at(3), purchase(1000, "100")); }));
    }
    SUBCASE("after fifteen minutes it is free") {
      CHECK(fault_of([&] { service::sell(shop.at(899), purchase(1000, "100")); }) == Fault::refused);
      CHECK(fault_of([&] { service::commit_sale(shop.at(900), reserved.id, {}); }) == Fault::refused);
      CHECK_FALSE(fault_of([&] { service::sell(shop.at(900), purchase(1000, "100")); }));
    }
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("a reservation is committed as it was priced, whatever paid") {
    store::Database database = store::Database::in_memory({});
    Shop shop(database);
    SUBCASE("with a reward, and points on top") {
      service::add_program(shop.at(0), program_of(bonus_with_reward));
      service::issue_cards(shop.at(0), {"rewards", 1, "R-#", "", "", true});
      service::grant_points(shop.at(0), {"R-0", "100", "start", {}});
      service::SaleRequest request = purchase(0, "30");
      request.card = "R-0";
      request.amount.reset();
      request.lines = {{"tea", "", "", {1000}, {20'000}, {20'000}}, {"jam", "", "", {1000}, {30'000}, {30'000}}};
      request.rewards = {{"Tea", 1}};
      const service::Reserved reserved = service::reserve_sale(shop.at(1), request);
      CHECK(reserved.sale.sale.spent == Points{80});
      const service::SaleReceipt sale = service::commit_sale(shop.at(2), reserved.id, {});
      CHECK(sale.sale.spent == Points{80});
      CHECK(sale.sale.paid == Money{27'000});
    }
    SUBCASE("with a second gift card for which nothing was left to pay") {
      const service::Reserved reserved =
          service::reserve_sale(shop.at(1), purchase(400, {}, {{"GIFT-0", {}, {}}, {"GIFT-1", {}, {}}}));
      service::commit_sale(shop.at(2), reserved.id, {});
      CHECK(shop.active("GIFT-0") == 10'000);
      CHECK(shop.active("GIFT-1") == 50'000);
    }
    CHECK(shop.doctor().empty());
  }

  TEST_CASE("money of two gift cards goes back to them, the last used first, however the goods come back") {
    const std::vector<std::vector<std::int64_t>> ways = {{1000}, {1, 999}, {333, 333, 334}, {999, 1}};
    for (const auto& parts : ways) {
      store::Database database = store::Database::in_memory({});
      Shop shop(database);
      service::sell(shop.at(1), purchase(1000, {}, {{"GIFT-0", Money{10'001}, {}}, {"GIFT-1", std::nullopt, {}}}, "5"));
      CHECK(shop.active("GIFT-0") == 39'999);
      CHECK(shop.active("GIFT-1") == 0);
      std::int64_t back = 0;
      std::int64_t cash = 0;
      for (const std::int64_t part : parts) {
        service::ReturnRequest request;
        request.receipt = "5";
        request.amount = Money{part * 100};
        const service::ReturnReceipt receipt = service::give_back(shop.at(2), request);
        cash += receipt.sale_return.paid.count;
        for (const service::GiftPart& gift : receipt.gifts) {
          back += gift.amount.count;
          cash -= gift.amount.count;
        }
      }
      CHECK(back == 60'001);
      CHECK(cash == 39'999);
      CHECK(shop.active("GIFT-0") == 50'000);
      CHECK(shop.active("GIFT-1") == 50'000);
      CHECK(shop.doctor().empty());
    }
  }

  TEST_CASE("a wrong PIN is counted though the sale is refused, and five lock the card for a growing time") {
    store::Database database = store::Database::in_memory({});
    Shop shop(database);
    service::set_pin(shop.at(0), "GIFT-0", "4711");
    const auto pay = [&](std::int64_t seconds, const std::string& pin) {
      return fault_of([&] { service::sell(shop.at(seconds), purchase(10, {}, {{"GIFT-0", Money{100}, pin}})); });
    };
    CHECK(pay(0, {}) == Fault::refused);
    for (int attempt = 1; attempt <= 4; ++attempt) CHECK(pay(attempt, "1111") == Fault::refused);
    CHECK_FALSE(pay(5, "4711"));
    for (int attempt = 1; attempt <= 5; ++attempt) CHECK(pay(10, "1111") == Fault::refused);
    CHECK(pay(69, "4711") == Fault::refused);
    CHECK(pay(70, "1111") == Fault::refused);
    CHECK(pay(189, "4711") == Fault::refused);
    CHECK_FALSE(pay(190, "4711"));
  }
}
