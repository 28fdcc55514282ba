// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "loyal/base/error.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/companies.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/service/rewards.hpp"
#include "loyal/service/undo.hpp"

using namespace loyal;

namespace {

constexpr Instant now = {1'768'035'600};  // 2026-01-10T09:00:00Z

/// A card C-0 of 100 points, and mugs at 10 points each that are counted.
class Shop {
 public:
  Shop() : database_(store::Database::in_memory(now)) {
    service::CompanyRequest company;
    company.name = "First";
    company.inn = "7707083893";
    company.ogrn = "1027700132195";
    company.email = "shop@example.ru";
    service::add_company(context(), company);
    service::add_program(context(), format::read_program("slug = \"mugs\"\ntitle = \"mugs\"\nkind = \"bonus\"\n"
                                                         "zone = \"Europe/Moscow\"\n[[earn]]\nrate = \"1%\"\n"
                                                         "[[reward]]\nname = \"Mug\"\ncost = 10\nstock = true\n",
                                                         "mugs.toml"));
    service::issue_cards(context(), {"mugs", 1, "C-#", "", "", true});
    service::grant_points(context(), {"C-0", "100", "a present", {}});
  }
  service::Context context() { return {database_, now, now, {}, {}, {}, {}, {}, false}; }
  OperationId stock(std::int64_t pieces) {
    return service::stock_reward(context(), {"Mug", "mugs", pieces, "counted"}).operation;
  }
  void sell_mug() {
    service::SaleRequest request;
    request.card = "C-0";
    request.receipt = "1";
    request.lines = {{"mug", "", "", {1000}, {50'000}, {50'000}}};
    request.rewards = {{"Mug", 1}};
    service::sell(context(), request);
  }
  OperationId give_back(std::int64_t thousandths) {
    service::ReturnRequest request;
    request.receipt = "1";
    request.parts = {{1, Amount{thousandths}}};
    return service::give_back(context(), request).sale_return.operation;
  }
  std::int64_t left() {
    const store::RewardCount count = service::rewards(context(), "mugs", {}).rewards.front().count;
    return count.left();
  }
  bool can_undo(OperationId operation) {
    try {
      service::undo(context(), operation);
      return true;
    } catch (const Error& error) {
      CHECK(error.fault() == Fault::refused);
      return false;
    }
  }

 private:
  store::Database database_;
};

}  // namespace

TEST_SUITE("reward stock") {
  TEST_CASE("what was put in is not undone while later somebody was given it, or took it out") {
    Shop shop;
    const OperationId put_in = shop.stock(1);
    SUBCASE("nobody did") {
      CHECK(shop.can_undo(put_in));
    }
    SUBCASE("it was given") {
      shop.sell_mug();
      CHECK_FALSE(shop.can_undo(put_in));
    }
    SUBCASE("it was taken out") {
      const OperationId taken = shop.stock(-1);
      CHECK_FALSE(shop.can_undo(put_in));
      CHECK(shop.can_undo(taken));
      CHECK(shop.can_undo(put_in));
    }
    CHECK(shop.left() >= 0);
  }

  TEST_CASE("the undo of a return takes a piece out again only where the return had brought one back") {
    Shop shop;
    shop.stock(1);
    shop.sell_mug();
    SUBCASE("half a mug is none: nothing is missing") {
      const OperationId half = shop.give_back(500);
      CHECK(shop.left() == 0);
      CHECK(shop.can_undo(half));
    }
    SUBCASE("the mug came back and was given again") {
      const OperationId whole = shop.give_back(1000);
      CHECK(shop.left() == 1);
      service::redeem_reward(shop.context(), {"C-0", "Mug", {}});
      CHECK_FALSE(shop.can_undo(whole));
    }
    CHECK(shop.left() == 0);
  }
}
