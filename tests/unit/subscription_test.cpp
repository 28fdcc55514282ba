// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "loyal/domain/assessment.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/format/program_file.hpp"

using loyal::Date;
using loyal::EntryId;
using loyal::Money;
using loyal::Points;
using namespace loyal::domain;

namespace {

constexpr Date march_5 = {20'517};

Program club() {
  return loyal::format::read_program(R"(slug = "club"
title = "club"
kind = "subscription"
zone = "Europe/Moscow"
[[offer]]
name = "month"
price = "299.00"
valid = "1m"
[[discount]]
rate = "10%"
)",
                                     "club.toml");
}

Receipt receipt_of(std::int64_t kopecks, std::string offer = {}) {
  Receipt receipt;
  receipt.at = {march_5, 12 * 3600};
  receipt.lines.resize(1);
  receipt.lines[0].amount = receipt.lines[0].price = Money{kopecks};
  receipt.offer = std::move(offer);
  return receipt;
}

/// "first day..last day" of what a purchase of paid time brings.
std::string bought(std::int64_t kopecks, const CardFacts& card) {
  const Validity validity = validity_of_sale(club(), receipt_of(kopecks, "month"), card);
  return to_string(validity.usable_from) + ".." + to_string(*validity.valid_through);
}

Lot paid(Date from, Date through) {
  return {EntryId{1}, Points{1}, {}, from, from, through};
}

}  // namespace

TEST_SUITE("subscription") {
  TEST_CASE("a subscription takes its discount off only while it is paid for") {
    CardFacts card;
    const auto unpaid = assess(club(), receipt_of(100'000), {}, card);
    REQUIRE(std::holds_alternative<Assessment>(unpaid));
    CHECK(std::get<Assessment>(unpaid).paid == Money{100'000});
    card.buyer.subscriptions = {"another"};
    CHECK(std::get<Assessment>(assess(club(), receipt_of(100'000), {}, card)).paid == Money{100'000});
    card.buyer.subscriptions = {"club"};
    CHECK(std::get<Assessment>(assess(club(), receipt_of(100'000), {}, card)).paid == Money{90'000});
  }

  TEST_CASE("paid time follows paid time without a gap, and several fees pay for as many months") {
    REQUIRE(to_string(march_5) == "2026-03-05");
    CardFacts card;
    CHECK(bought(29'900, card) == "2026-03-05..2026-04-04");
    CHECK(bought(3 * 29'900, card) == "2026-03-05..2026-06-04");
    card.lots = {paid(march_5, Date::of(2026, 4, 4))};
    CHECK(bought(29'900, card) == "2026-04-05..2026-05-04");
    card.lots.push_back(paid(Date::of(2026, 4, 5), Date::of(2026, 5, 4)));
    CHECK(bought(29'900, card) == "2026-05-05..2026-06-04");
    card.lots = {paid(Date::of(2026, 1, 1), Date::of(2026, 3, 4))};
    CHECK(bought(29'900, card) == "2026-03-05..2026-04-04");
  }
}
