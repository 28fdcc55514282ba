// SPDX-License-Identifier: MIT
#include "loyal/service/explain.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "loyal/base/text.hpp"
#include "loyal/cli/explain_words.hpp"
#include "loyal/service/card_lots.hpp"
#include "support/played_shop.hpp"

using namespace loyal;
using namespace loyal::test;

namespace {

Date day(const char* text) {
  return date_from_iso(text).value();
}

domain::Program five_percent(domain::Expiry expiry = {}) {
  domain::Program program;
  program.title = "Бонусы";
  program.zone = "Europe/Moscow";
  domain::EarnRule rule;
  rule.name = "5%";
  rule.rate = {1, 20};
  program.earn = {rule};
  program.expiry = expiry;
  return program;
}

domain::ReceiptLine line(const char* name, std::int64_t kopecks) {
  domain::ReceiptLine result;
  result.name = name;
  result.amount = Money{kopecks};
  result.price = Money{kopecks};
  return result;
}

/// A year of a card: a receipt of two lines, a payment with points, a return, a present and what ended of it.
PlayedShop& played_year(PlayedShop& shop) {
  shop.sell_lines("2026-03-01", "000123", {line("Кофе", 42000), line("Пирог", 28000)});
  shop.sell("2026-03-05", "000124", 10000, "20");
  shop.grant("2026-03-06", "100", "30d");
  shop.give_back("2026-03-10", "000123", {{2, {}}});
  shop.nightly("2026-04-20");
  return shop;
}

service::CardStory story_of(PlayedShop& shop, const char* today, service::ExplainRequest request = {}) {
  request.card = "CARD-0";
  return service::explain(shop.at(today), request);
}

service::ExplainRequest known_at(OperationId operation) {
  service::ExplainRequest request;
  request.known_at = operation;
  return request;
}

service::ExplainRequest as_of(const char* asked, OperationId operation = {}) {
  service::ExplainRequest request = known_at(operation);
  request.as_of = day(asked);
  return request;
}

service::ExplainRequest of_receipt(const char* receipt) {
  service::ExplainRequest request;
  request.receipt = receipt;
  return request;
}

service::ExplainRequest of_operation(OperationId operation) {
  service::ExplainRequest request;
  request.sale_operation = operation;
  return request;
}

std::int64_t held(const domain::Balance& balance) {
  return (balance.active + balance.pending + balance.expired_unswept - balance.debt).count;
}

}  // namespace

TEST_SUITE("explain") {
  TEST_CASE("a receipt's points are told by its lines, the rule and the version of the program") {
    PlayedShop shop(five_percent());
    played_year(shop);
    const auto story = story_of(shop, "2026-04-21");
    REQUIRE_FALSE(story.entries.empty());
    const service::StoryEntry& earned = story.entries.front();
    CHECK(earned.receipt == "000123");
    CHECK(earned.version == 1);
    CHECK(earned.entry.rule == "5%");
    REQUIRE(earned.lines.size() == 2);
    CHECK(earned.lines[0].name == "Кофе");
    CHECK(earned.lines[0].points.count == 21);
    CHECK(earned.lines[1].points.count == 14);
    CHECK(earned.balance.count == 35);
  }

  TEST_CASE("the sum of a card's story is what the card holds, on every day and after every operation") {
    PlayedShop shop(five_percent());
    played_year(shop);
    for (const char* asked : {"2026-02-28", "2026-03-01", "2026-03-05", "2026-03-09", "2026-04-04", "2026-04-05",
                              "2026-04-06", "2027-01-01"}) {
      CAPTURE(asked);
      const auto story = story_of(shop, "2026-04-21", as_of(asked));
      CHECK(story.sum.count == held(story.state.balance));
      CHECK((story.entries.empty() ? 0 : story.entries.back().balance.count) == story.sum.count);
    }
    for (std::int64_t operation = 3; operation <= shop.operations(); ++operation) {
      CAPTURE(operation);
      const auto story = story_of(shop, "2026-04-21", known_at({operation}));
      CHECK(story.sum.count == held(story.state.balance));
    }
  }

  TEST_CASE("what was undone did not happen as of a day, and had happened by what an earlier operation knew") {
    PlayedShop shop(five_percent());
    shop.grant("2026-03-01", "100");
    const OperationId granted{shop.operations()};
    shop.undo_last("2026-03-10");
    CHECK(held(story_of(shop, "2026-03-20", as_of("2026-03-05")).state.balance) == 0);
    const auto known = story_of(shop, "2026-03-20", known_at(granted));
    CHECK(held(known.state.balance) == 100);
    CHECK(known.state.on == day("2026-03-01"));
    CHECK(known.entries.size() == 1);
    CHECK_FALSE(known.entries.front().undone_by);
    const auto now = story_of(shop, "2026-03-20");
    REQUIRE(now.entries.size() == 2);
    CHECK(now.entries.front().undone_by.value == granted.value + 1);
  }

  TEST_CASE("a debt that is repaid by a purchase of an earlier day leaves that day whole") {
    PlayedShop shop(five_percent());
    shop.sell("2026-03-01", "1", 200000);
    shop.sell("2026-03-02", "2", 100000, "100");
    shop.give_back("2026-03-10", "1");
    service::SaleRequest late;
    late.card = "CARD-0";
    late.receipt = "3";
    late.amount = Money{400000};
    late.at = local_time_from_iso("2026-03-05T12:00").value();
    service::sell(shop.at("2026-03-12"), late);
    for (const char* asked : {"2026-03-04", "2026-03-05", "2026-03-09", "2026-03-10", "2026-03-12"}) {
      CAPTURE(asked);
      const auto story = story_of(shop, "2026-03-12", as_of(asked));
      CHECK(story.sum.count == held(story.state.balance));
    }
    CHECK(story_of(shop, "2026-03-12", as_of("2026-03-09")).state.balance.active.count == 245);
  }

  TEST_CASE("what an operation knew does not see the purchases by which inactivity was counted later") {
    domain::Expiry expiry;
    expiry.mode = domain::Expiry::Mode::inactivity;
    expiry.count = 30;
    PlayedShop shop(five_percent(expiry));
    shop.sell("2026-03-01", "1", 200000);
    const OperationId first{shop.operations()};
    shop.sell("2026-03-20", "2", 100000);
    const auto known = story_of(shop, "2026-03-21", as_of("2026-04-10", first));
    CHECK(known.state.balance.active.count == 0);
    CHECK(known.state.balance.expired_unswept.count == 100);
    CHECK(story_of(shop, "2026-03-21", as_of("2026-04-10")).state.balance.active.count == 150);
  }

  TEST_CASE("one receipt is told with what became of its points") {
    PlayedShop shop(five_percent());
    played_year(shop);
    const auto story = story_of(shop, "2026-04-21", of_receipt("000123"));
    CHECK_FALSE(story.is_whole);
    std::string kinds;
    for (const auto& row : story.entries) kinds += std::string(domain::name(row.entry.kind)) + " ";
    CHECK(kinds == "earn spend clawback ");
    CHECK(story.sum.count == 1);
    CHECK(story_of(shop, "2026-04-21", of_operation({4})).entries.size() == 3);
  }

  TEST_CASE("a payment from several lots is one event, and its lines are laid to the lots in order") {
    PlayedShop shop(five_percent());
    shop.grant("2026-03-01", "10", "30d");
    shop.grant("2026-03-01", "50");
    shop.sell_lines("2026-03-02", "1", {line("Кофе", 15000), line("Пирог", 15000)}, "30");
    const auto story = story_of(shop, "2026-03-02");
    const auto events = service::events_of(story);
    REQUIRE(events.size() == 4);
    const service::StoryEvent& paid = events[2];
    REQUIRE(paid.entries.size() == 2);
    CHECK(paid.points.count == -30);
    CHECK(paid.entries[0]->lines.size() == 1);
    CHECK(paid.entries[0]->lines[0].points.count == -10);
    REQUIRE(paid.entries[1]->lines.size() == 2);
    CHECK(paid.entries[1]->lines[0].points.count == -5);
    CHECK(paid.entries[1]->lines[1].points.count == -15);
  }

  TEST_CASE("of many lots the first to be spent are named, and the rest is one sum") {
    PlayedShop shop(five_percent());
    for (int count = 1; count <= 15; ++count) shop.grant("2026-03-01", std::to_string(count));
    const auto left = cli::lots_left(story_of(shop, "2026-03-02"));
    REQUIRE(left.size() == 13);
    CHECK(left.front().points == Points{1});
    CHECK(left.back().points == Points{13 + 14 + 15});
  }

  TEST_CASE("no line of a slip is wider than its paper, whatever the goods are called") {
    PlayedShop shop(five_percent());
    shop.sell_lines("2026-03-01", "000123",
                    {line("Рентгеноэлектрокардиографический-превысокомногорассмотрительствующий", 42000),
                     line("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字", 28000)});
    shop.sell("2026-03-05", "ОЧЕНЬ-ДЛИННЫЙ-НОМЕР-ЧЕКА-ИЗ-ОДНОГО-СЛОВА-00000000001", 10000, "20");
    for (const std::size_t width : {std::size_t{32}, std::size_t{48}}) {
      std::istringstream slip(cli::explain_slip(story_of(shop, "2026-03-06"), width));
      std::size_t widest = 0;
      for (std::string text; std::getline(slip, text);) widest = std::max(widest, display_width(text));
      CHECK(widest == width);
    }
  }
}
