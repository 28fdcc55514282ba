// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "loyal/base/error.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/companies.hpp"
#include "loyal/service/explain.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/nightly.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/service/undo.hpp"
#include "support/doctor.hpp"
#include "support/scratch.hpp"

using namespace loyal;

namespace {

constexpr const char* bonus = R"(slug = "bonus"
title = "bonus"
kind = "bonus"
zone = "Europe/Moscow"
[[earn]]
rate = "10%"
[spend]
min_to_pay = "0"
[expiry]
inactivity = "30d"
[returns]
grace_days = )";
constexpr const char* gift = R"(slug = "gift"
title = "gift"
kind = "gift"
zone = "Europe/Kaliningrad"
[expiry]
inactivity = "30d"
)";

/// A card CARD-0 whose points, and a gift card GIFT-0 whose money, end after 30 idle days.
class Shop {
 public:
  explicit Shop(int grace_days = 30) : database_(store::Database::in_memory(noon("2026-01-01"))) {
    const service::Context context = at("2026-01-01");
    service::CompanyRequest company;
    company.name = "First";
    company.inn = "7707083893";
    company.ogrn = "1027700132195";
    company.email = "shop@example.ru";
    service::add_company(context, company);
    service::add_program(context, format::read_program(bonus + std::to_string(grace_days) + "\n", "bonus.toml"));
    service::add_program(context, format::read_program(gift, "gift.toml"));
    service::issue_cards(context, {"bonus", 1, "CARD-#", "", "", true});
    service::issue_cards(context, {"gift", 1, "GIFT-#", "", "", true});
  }

  static Instant noon(const std::string& day) { return Zone("Europe/Moscow").instant({*date_from_iso(day), 43'200}); }
  service::Context at(const std::string& day) { return at(noon(day)); }
  service::Context at(Instant now) { return {database_, now, now, {}, {}, {}, {}, {}, false}; }
  service::SaleReceipt sell(const service::Context& context, std::int64_t rubles, const std::string& receipt,
                            const std::string& spend = {}, std::vector<service::GiftRequest> gifts = {}) {
    service::SaleRequest request;
    request.card = "CARD-0";
    request.amount = Money{rubles * 100};
    request.receipt = receipt;
    request.spend_text = spend;
    request.gifts = std::move(gifts);
    return service::sell(context, request);
  }
  service::ReturnReceipt give_back(const service::Context& context, const std::string& receipt) {
    service::ReturnRequest request;
    request.receipt = receipt;
    return service::give_back(context, request);
  }
  domain::Balance balance(const std::string& day, const std::string& card) {
    return service::card_state(at(day), card, std::nullopt).balance;
  }
  std::string doctor() { return test::doctors_finding(database_).value_or(""); }

 private:
  store::Database database_;
};

}  // namespace

TEST_SUITE("idleness") {
  TEST_CASE("a return does not ask again for points that idleness ended, whether or not a night has booked it") {
    for (const bool is_booked : {false, true}) {
      CAPTURE(is_booked);
      Shop shop;
      shop.sell(shop.at("2026-01-10"), 1000, "1");
      if (is_booked) service::nightly(shop.at("2026-02-20"), std::nullopt, {});
      const auto receipt = shop.give_back(shop.at("2026-03-01"), "1");
      CHECK(receipt.sale_return.clawed_back.count == 0);
      CHECK(receipt.debt.count == 0);
      CHECK(shop.doctor() == "");
    }
  }

  TEST_CASE("a return is no purchase: points that come back end when they would have, or with the grace") {
    const struct {
      int grace_days;
      const char* last_day;
      const char* next_day;
      const char* reason;
    } rows[] = {{0, "2026-02-19", "2026-02-20", "30 days after the purchase of 20 January"},
                {15, "2026-02-25", "2026-02-26", "15 days of grace after the return"},
                {60, "2026-03-12", "2026-03-13", "no point lives longer idle than 30 days"}};
    for (const auto& row : rows) {
      CAPTURE(row.reason);
      Shop shop(row.grace_days);
      shop.sell(shop.at("2026-01-10"), 1000, "1");
      shop.sell(shop.at("2026-01-20"), 500, "2", "100");
      CHECK(shop.give_back(shop.at("2026-02-10"), "2").sale_return.restored.count == 100);
      CHECK(shop.balance(row.last_day, "CARD-0").active.count == 100);
      CHECK(shop.balance(row.next_day, "CARD-0").active.count == 0);
      CHECK(shop.doctor() == "");
    }
  }

  TEST_CASE("an undone purchase kept nothing alive: what it spent and had ended without it expires with the undo") {
    Shop shop;
    shop.sell(shop.at("2026-01-10"), 1000, "1");
    const auto sale = shop.sell(shop.at("2026-02-05"), 500, "2", "40");
    CHECK(service::undo(shop.at("2026-02-20"), sale.sale.operation).expired.count == 100);
    const domain::Balance balance = shop.balance("2026-02-20", "CARD-0");
    CHECK(balance.active.count == 0);
    CHECK(balance.expired_unswept.count == 0);
    CHECK(shop.doctor() == "");
  }

  TEST_CASE("paying with a gift card keeps it alive, and one that idleness ended pays nothing") {
    Shop shop;
    service::grant_points(shop.at("2026-01-10"), {"GIFT-0", "500", "a present", {}});
    shop.sell(shop.at("2026-02-01"), 1000, "1", {}, {{"GIFT-0", Money{10'000}, {}}});
    CHECK(shop.balance("2026-03-03", "GIFT-0").active.count == 40'000);
    CHECK(shop.balance("2026-03-04", "GIFT-0").active.count == 0);
    CHECK_THROWS_AS(shop.sell(shop.at("2026-03-04"), 1000, "2", {}, {{"GIFT-0", std::nullopt, {}}}), Error);
    CHECK(shop.doctor() == "");
  }

  TEST_CASE("gift money comes back on the day that it is where its program is") {
    Shop shop;
    service::grant_points(shop.at("2026-01-10"), {"GIFT-0", "500", "a present", {}});
    shop.sell(shop.at("2026-02-01"), 500, "1", {}, {{"GIFT-0", std::nullopt, {}}});
    // Half past midnight in Moscow is half past eleven of the day before in Kaliningrad.
    const Instant night = Zone("Europe/Moscow").instant({*date_from_iso("2026-02-10"), 1'800});
    shop.give_back(shop.at(night), "1");
    const auto state = service::card_state(shop.at(night), "GIFT-0", std::nullopt);
    CHECK(state.balance.active.count == 50'000);
    CHECK(state.balance.pending.count == 0);
  }

  TEST_CASE("the story of a gift card tells what it paid of each line, and not what the buyer's points did") {
    Shop shop;
    service::grant_points(shop.at("2026-01-10"), {"CARD-0", "30", "a present", {}});
    service::grant_points(shop.at("2026-01-10"), {"GIFT-0", "500", "a present", {}});
    service::SaleRequest request;
    request.card = "CARD-0";
    request.receipt = "1";
    request.spend_text = "30";
    request.lines = {{"tea", "", "", {1000}, {60'000}, {60'000}}, {"jam", "", "", {1000}, {40'000}, {40'000}}};
    request.gifts = {{"GIFT-0", Money{48'500}, {}}};
    service::sell(shop.at("2026-01-20"), request);
    shop.give_back(shop.at("2026-01-21"), "1");
    std::vector<std::vector<std::int64_t>> lines;
    for (const service::StoryEntry& row : service::explain(shop.at("2026-01-21"), {"GIFT-0", {}, {}, {}, {}}).entries) {
      lines.emplace_back();
      for (const service::LineShare& share : row.lines) lines.back().push_back(share.points.count);
    }
    // 970.00 stays after points, 582.00 and 388.00; half of it is paid by the gift card.
    CHECK(lines == std::vector<std::vector<std::int64_t>>{{}, {-29'100, -19'400}, {29'100, 19'400}});
  }
}
