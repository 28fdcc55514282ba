// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <array>
#include <map>
#include <random>
#include <set>
#include <string>

#include "loyal/base/error.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/companies.hpp"
#include "loyal/service/convert.hpp"
#include "loyal/service/customers.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/programs.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/service/settlement.hpp"
#include "loyal/service/transfer.hpp"
#include "loyal/service/undo.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"
#include "support/doctor.hpp"

using namespace loyal;

namespace {

const std::array<std::string, 3> members = {"zerno", "kniga", "cvety"};

/// Terms that differ by company; the second ones are dearer.
std::string club_text(const char* zerno_clearing) {
  return fmt::format(
      "slug = \"street\"\ntitle = \"Улица\"\nkind = \"club\"\n[[earn]]\nrate = \"10%\"\n"
      "[[member]]\ncompany = \"zerno\"\nclearing = \"{}\"\n"
      "[[member]]\ncompany = \"kniga\"\nfee = \"3%\"\nrate = \"20%\"\n"
      "[[member]]\ncompany = \"cvety\"\nclearing = \"33.3%\"\n",
      zerno_clearing);
}

/// Three companies with a club "street" of four cards, C-0 to C-3.
class Street {
 public:
  Street() : database_(store::Database::in_memory(noon(first))) {
    constexpr std::array<std::array<const char*, 2>, 3> numbers = {
        {{"7707083893", "1027700132195"}, {"7736207543", "1027700229193"}, {"7728168971", "1027700067328"}}};
    for (std::size_t i = 0; i < members.size(); ++i) {
      service::CompanyRequest company;
      company.name = members[i];
      company.inn = numbers[i][0];
      company.ogrn = numbers[i][1];
      company.email = "shop@example.ru";
      service::add_company(at(first), company);
    }
    service::apply_program(at(first, "zerno"), club_text("90%"), "street.toml", std::nullopt);
    service::issue_cards(at(first), {"street", 4, "C-#", "", "", true});
  }

  static constexpr Date first = {20'514};  // 2026-03-02
  static Instant noon(Date day) { return Zone("Europe/Moscow").instant({day, 43'200}); }
  service::Context at(Date day, const std::string& company = {}) {
    return {database_, noon(day), noon(day), {}, {}, "till1", {}, company, false};
  }
  service::SaleReceipt sell(Date day, const std::string& company, const std::string& card, std::int64_t kopecks,
                            const std::string& receipt, const std::string& spend = {}) {
    service::SaleRequest request;
    request.card = card;
    request.amount = Money{kopecks};
    request.receipt = receipt;
    request.spend_text = spend;
    return service::sell(at(day, company), request);
  }
  service::SettlementReport settle(Date day, service::SettlementQuery query = {}) {
    return service::settlement(at(day), query);
  }
  store::Database& database() { return database_; }
  std::string doctor() { return test::doctors_finding(database_).value_or(""); }

 private:
  store::Database database_;
};

/// What was spent at other companies than the points' own, by walking the entries one by one.
Points foreign_points(store::Database& database) {
  Points sum;
  for (std::int64_t id = 1; id <= store::last_entry(database).value; ++id) {
    const store::Entry entry = store::entry(database, {id}).value();
    std::optional<store::Entry> spend = entry;
    while (spend && spend->kind != domain::EntryKind::spend &&
           (spend->kind == domain::EntryKind::restore || spend->kind == domain::EntryKind::reverse))
      spend = spend->answers ? store::entry(database, spend->answers) : std::nullopt;
    if (!spend || spend->kind != domain::EntryKind::spend) continue;
    if (store::shop(database, spend->shop)->company != spend->issuer) sum -= entry.points;
  }
  return sum;
}

Points points_of(const service::SettlementReport& report) {
  Points sum;
  for (const service::SettlementRow& row : report.rows) sum += row.points;
  return sum;
}

void expect_fault(Fault fault, const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    CHECK_MESSAGE(error.fault() == fault, error.what());
    return;
  }
  FAIL_CHECK("nothing was refused");
}

}  // namespace

TEST_SUITE("clubs") {
  TEST_CASE("what is settled over all periods is what was spent of foreign points, whatever was returned and undone") {
    std::mt19937 random(20'260'301);
    const auto below = [&random](std::uint32_t most) { return static_cast<std::size_t>(random() % most); };
    for (int history = 0; history < 12; ++history) {
      CAPTURE(history);
      Street street;
      Date day = Street::first;
      int receipts = 0;
      int periods = 0;
      std::map<std::string, std::string> sold;  // receipt: company
      for (int step = 0; step < 60; ++step) {
        day = {day.day_number + static_cast<std::int32_t>(below(2))};
        const std::string& company = members[below(3)];
        const std::string card = fmt::format("C-{}", below(4));
        const std::size_t what = below(12);
        try {
          if (what < 8) {
            const std::string receipt = fmt::format("R{}", ++receipts);
            street.sell(day, company, card, static_cast<std::int64_t>(100 + below(200'000)), receipt,
                        what < 5 ? fmt::format("up-to:{}", 1 + below(90)) : std::string());
            sold[receipt] = company;
          } else if (what < 10 && !sold.empty()) {
            service::ReturnRequest back;
            const auto sale =
                std::next(sold.begin(), static_cast<std::ptrdiff_t>(below(static_cast<std::uint32_t>(sold.size()))));
            back.receipt = sale->first;
            if (what == 8) back.amount = Money{static_cast<std::int64_t>(1 + below(5'000))};
            service::give_back(street.at(day, sale->second), back);
          } else if (what == 10) {
            service::undo(street.at(day), {}, service::UndoMode::refuse);
          } else if (below(3) == 0) {
            service::close_settlement(street.at(day), "street");
          } else if (below(3) == 0) {
            service::apply_program(street.at(day, "zerno"), club_text(below(2) == 0 ? "77.7%" : "12.5%"), "x",
                                   std::nullopt);
          }
        } catch (const Error&) {
          // A refusal changes nothing.
        }
      }
      periods = static_cast<int>(street.settle(day).period) - 1;
      Points settled = points_of(street.settle(day));
      for (int period = 1; period <= periods; ++period)
        settled += points_of(street.settle(day, {"street", period, {}, {}}));
      CHECK(settled == foreign_points(street.database()));
      const auto whole = street.settle(day, {"street", {}, Date{0}, {}});
      CHECK(points_of(whole) == settled);
      for (const service::SettlementRow& row : whole.rows) {
        CHECK(row.to_pay == row.amount - row.fee);
        for (const service::SettlementRow& other : whole.rows)
          if (other.issuer == row.place && other.place == row.issuer) CHECK(row.net == -other.net);
      }
      CHECK(street.doctor() == "");
    }
  }

  TEST_CASE("a spend is settled by the terms under which it was made, though they change afterwards") {
    Street street;
    street.sell(Street::first, "zerno", "C-0", 100'000, "1");
    street.sell(Street::first, "kniga", "C-0", 50'000, "1", "33");
    service::apply_program(street.at(Street::first, "zerno"), club_text("50%"), "x", std::nullopt);
    street.sell(Street::first, "kniga", "C-0", 50'000, "2", "20");
    const auto report = street.settle(Street::first);
    REQUIRE(report.rows.size() == 1);
    const service::SettlementRow& row = report.rows.front();
    CHECK(row.points.count == 53);
    CHECK(row.amount.count == 2970 + 1000);  // 33 × 0.90, then 20 × 0.50
    CHECK(row.fee.count == 89 + 30);         // 3% of each, half up
    CHECK(row.to_pay.count == 3970 - 119);
  }

  TEST_CASE("each company earns by its own rule and gives points of its own; a return takes its own back first") {
    Street street;
    CHECK(street.sell(Street::first, "zerno", "C-0", 100'000, "1").sale.earned.count == 100);
    CHECK(street.sell(Street::first, "kniga", "C-0", 100'000, "1").sale.earned.count == 200);
    service::ReturnRequest back;
    back.receipt = "1";
    service::give_back(street.at(Street::first, "zerno"), back);
    const auto lots = service::card_state(street.at(Street::first), "C-0", std::nullopt).lots;
    REQUIRE(lots.size() == 1);
    CHECK(store::company(street.database(), lots.front().issuer)->slug == "kniga");
  }

  TEST_CASE("points move at a partner's till, and stay whose they were") {
    Street street;
    const Date day = Street::first;
    street.sell(day, "zerno", "C-0", 100'000, "1");
    service::Context till = street.at(day, "kniga");
    till.shop = "kniga";
    CHECK(service::transfer_points(till, {"C-0", "C-1", "60", "a present"}).points.count == 60);
    street.sell(day, "kniga", "C-1", 100'000, "2", "60");
    const auto rows = street.settle(day).rows;
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().issuer == "zerno");
    CHECK(rows.front().place == "kniga");
    CHECK(rows.front().points.count == 60);
    CHECK(street.doctor() == "");
  }

  TEST_CASE("who is no member sells nothing and returns nothing") {
    Street street;
    street.sell(Street::first, "zerno", "C-0", 100'000, "1");
    expect_fault(Fault::usage, [&] { street.sell(Street::first, "", "C-0", 100, "2"); });
    expect_fault(Fault::not_found, [&] { street.sell(Street::first, "nobody", "C-0", 100, "2"); });
    service::ReturnRequest back;
    back.receipt = "1";
    expect_fault(Fault::not_found, [&] { service::give_back(street.at(Street::first, "kniga"), back); });
    service::apply_program(street.at(Street::first, "zerno"),
                           "slug = \"street\"\ntitle = \"Улица\"\nkind = \"club\"\n[[earn]]\nrate = \"1%\"\n"
                           "[[member]]\ncompany = \"zerno\"\n[[member]]\ncompany = \"kniga\"\nfrom = 2026-03-04\n"
                           "until = 2026-03-05\n",
                           "x", std::nullopt);
    const struct {
      int day;
      bool sells;
      const char* reason;
    } rows[] = {{1, false, "the day before it joins"},
                {2, true, "its first day"},
                {3, true, "its last day"},
                {4, false, "the day after it left"}};
    for (const auto& row : rows) {
      CAPTURE(row.reason);
      const Date day{Street::first.day_number + row.day};
      const auto sell = [&] { street.sell(day, "kniga", "C-1", 100, fmt::format("K{}", row.day)); };
      if (row.sells)
        CHECK_NOTHROW(sell());
      else
        expect_fault(Fault::refused, sell);
    }
    expect_fault(Fault::refused, [&] { street.sell(Street::first, "cvety", "C-1", 100, "V"); });
  }

  TEST_CASE("a conversion takes no more than what arrives needs, keeps issuers, and is undone whole") {
    Street street;
    domain::Program tea;
    tea.slug = tea.title = "tea";
    tea.unit.scale = 1;
    tea.earn.push_back({"5%", domain::EarnRule::Basis::rate, {1, 20}, {}, {}, {}});
    service::add_program(street.at(Street::first, "kniga"), tea);
    service::issue_cards(street.at(Street::first), {"tea", 1, "T-#", "", "", true});
    street.sell(Street::first, "zerno", "C-0", 70'000, "1");  // 70
    street.sell(Street::first, "kniga", "C-0", 15'000, "1");  // 30
    const auto converted = service::convert_points(street.at(Street::first), {"C-0", "T-0", "100", "7:2", ""});
    CHECK(converted.arrived.count == 285);  // 100 × 2 ÷ 7 = 28.57…
    CHECK(converted.taken.count == 100);    // 28.5 need 99.75
    CHECK(converted.left_over.count == 0);
    Points zerno, kniga;
    for (const domain::Lot& lot : service::card_state(street.at(Street::first), "T-0", std::nullopt).lots)
      (store::company(street.database(), lot.issuer)->slug == "zerno" ? zerno : kniga) += lot.remainder;
    CHECK(zerno.count == 200);  // 199.5, by largest remainder, the earlier
    CHECK(kniga.count == 85);
    service::undo(street.at(Street::first), {}, service::UndoMode::refuse);
    CHECK(service::card_state(street.at(Street::first), "C-0", std::nullopt).balance.active.count == 100);
    CHECK(service::card_state(street.at(Street::first), "T-0", std::nullopt).balance.active.count == 0);
    CHECK(street.doctor() == "");
  }

  TEST_CASE("a partner sees another's customer only by consent") {
    Street street;
    service::CustomerRequest request;
    request.name = "Анна";
    request.consents = {"data"};
    const store::Customer silent = service::add_customer(street.at(Street::first, "zerno"), request);
    request.name = "Борис";
    request.consents = {"data", "sharing"};
    const store::Customer open = service::add_customer(street.at(Street::first, "zerno"), request);
    const struct {
      const char* company;
      const store::Customer* customer;
      bool sees;
      const char* reason;
    } rows[] = {{"", &silent, true, "the office, which is no partner"},
                {"zerno", &silent, true, "its own customer"},
                {"kniga", &silent, false, "no consent"},
                {"kniga", &open, true, "consent to sharing"}};
    for (const auto& row : rows) {
      CAPTURE(row.reason);
      CHECK(service::CustomerSight(street.at(Street::first, row.company)).sees(*row.customer) == row.sees);
    }
  }
}
