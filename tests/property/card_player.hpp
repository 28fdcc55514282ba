// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/service/donations.hpp"
#include "loyal/service/door.hpp"
#include "loyal/service/funds.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/rewards.hpp"
#include "loyal/service/tiers.hpp"
#include "loyal/service/transfer.hpp"
#include "property/player_base.hpp"

namespace loyal::test {

/// Plays what is done with a card without a purchase.
class CardPlayer : public PlayerBase {
 protected:
  using PlayerBase::PlayerBase;

  std::optional<Date> granted_through(const Step& step) const {
    const Date today = today_.of(step.card);
    if (step.expires == "30d") return plus_days(today, 30);
    if (step.expires == "1m") return plus_months(today, 1);
    if (step.expires == "never") return std::nullopt;
    // What is given by hand can be used at once, so its term begins at once.
    return oracle_.last_day(step.card, today);
  }

  service::PointsRequest points_request(const Step& step) const {
    return {number_of(step.card), to_decimal(step.points.count, rules_of(step.card).unit.scale), "by hand",
            step.expires};
  }

  void take_grant(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    oracle_.grant(step.number, step.card, step.points.count, today_.of(step.card), granted_through(step),
                  company_of(step));
    service::PointsReceipt receipt;
    agree(false, [&] { receipt = service::grant_points(context, points_request(step)); });
    same("the balance after a grant", value_of(receipt.balance), oracle_.balance(step.card, today_.of(step.card)));
    repeat(step, [&] { same("replayed", service::grant_points(context, points_request(step)).is_replayed, true); });
  }

  void take_adjustment(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    service::PointsRequest request = points_request(step);
    bool is_refused = false;
    if (step.points.count < 0) {
      request.expires.clear();
      is_refused = !oracle_.take_away(step.number, step.card, -step.points.count, today_.of(step.card));
    } else {
      oracle_.grant(step.number, step.card, step.points.count, today_.of(step.card), granted_through(step),
                    company_of(step));
    }
    if (!agree(is_refused, [&] { service::adjust_points(context, request); })) return;
    repeat(step, [&] { same("replayed", service::adjust_points(context, request).is_replayed, true); });
  }

  void take_transfer(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const int scale = script_.program.unit.scale;
    const service::TransferRequest request{number_of(step.card), number_of(step.into),
                                           step.is_all ? "all" : to_decimal(step.points.count, scale), "by hand"};
    const auto expected = oracle_.transfer(step.number, step.card, step.into,
                                           step.is_all ? std::nullopt : std::optional(step.points.count), today_.cards);
    service::TransferReceipt receipt;
    if (!agree(!expected, [&] { receipt = service::transfer_points(context, request); })) return;
    same("points moved", receipt.points.count, *expected);
    same("the balance of the giver", value_of(receipt.from_balance), oracle_.balance(step.card, today_.of(step.card)));
    same("the balance of the other", value_of(receipt.into_balance), oracle_.balance(step.into, today_.cards));
    repeat(step, [&] {
      const auto again = service::transfer_points(context, request);
      same("points moved, replayed", again.points.count, receipt.points.count);
      same("points repaid, replayed", again.repaid.count, receipt.repaid.count);
    });
  }

  bool is_pass() const { return script_.program.kind == domain::Kind::pass; }

  void take_use(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    service::UseRequest request;
    request.card = number_of(step.card);
    const bool is_refused = !oracle_.let_in(step.number, step.card, today_.cards);
    service::UseReceipt receipt;
    if (!agree(is_refused, [&] { receipt = service::use_card(context, request); })) return;
    same("points of an entry", receipt.spent.count, std::int64_t{1});
    same("the balance after an entry", value_of(receipt.balance), oracle_.balance(step.card, today_.of(step.card)));
    repeat(step, [&] { service::use_card(context, request); });
  }

  void take_top_up(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    oracle_.top_up_account(step.number, step.points.count, today_.cards);
    const Money amount{step.points.count};
    service::FundReceipt receipt;
    agree(false, [&] { receipt = service::top_up_account(context, "history", amount, "by hand"); });
    same("what the company can give", receipt.account.count, oracle_.held(company_account));
    repeat(step, [&] { service::top_up_account(context, "history", amount, "by hand"); });
  }

  void take_payout(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const Money amount{step.points.count};
    service::FundReceipt receipt;
    const bool is_refused = !oracle_.pay_fund(step.number, amount.count);
    if (!agree(is_refused, [&] { receipt = service::pay_fund(context, "fund", amount, "history", "by hand"); })) return;
    same("what is left with the fund", receipt.left.count, oracle_.held(fund_account));
    repeat(step, [&] { service::pay_fund(context, "fund", amount, "history", "by hand"); });
  }

  void take_presentation(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const auto expected = oracle_.present(step.number, step.card, today_.cards);
    service::PresentReceipt receipt;
    if (!agree(!expected, [&] { receipt = service::present_card(context, number_of(step.card)); })) return;
    same("what a presentation gives", receipt.donation.amount.count, *expected);
    same("what the company can give still", receipt.account.count, oracle_.held(company_account));
    same("what the card has given", receipt.given_by_card.count, oracle_.held(step.card));
    repeat(step, [&] { service::present_card(context, number_of(step.card)); });
  }

  std::string reward_of(const Step& step) const {
    return script_.program.rewards[static_cast<std::size_t>(step.rewards.front().first)].name;
  }

  void take_stock(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const service::StockRequest request{reward_of(step), "history", step.count, "by hand"};
    const auto reward = static_cast<std::size_t>(step.rewards.front().first);
    const bool is_refused = !oracle_.stock(step.number, reward, step.count);
    if (!agree(is_refused, [&] { service::stock_reward(context, request); })) return;
    repeat(step, [&] { service::stock_reward(context, request); });
  }

  void take_redemption(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    service::RedeemRequest request{number_of(step.card), reward_of(step), {}};
    if (step.late_seconds > 0) request.at = document_time(step);
    const LocalTime at = points_time(step);
    const auto reward = static_cast<std::size_t>(step.rewards.front().first);
    const bool is_refused = !oracle_.redeem(step.number, step.card, reward, at, company_of(step));
    service::RedeemReceipt receipt;
    if (!agree(is_refused, [&] { receipt = service::redeem_reward(context, request); })) return;
    same("points of a reward", receipt.points.count, script_.program.rewards[reward].cost.count);
    same("the balance after a reward", value_of(receipt.balance), oracle_.balance(step.card, at.date));
    repeat(step, [&] { service::redeem_reward(context, request); });
  }

  void take_pin(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const Date until = plus_days(today_.cards, step.pin_days);
    const service::PinRequest request{number_of(step.card), step.ends ? "" : step.tier, until, "by hand", step.ends};
    const bool is_refused =
        !oracle_.pin({step.number, step.card, step.ends ? "" : step.tier, step.ends, today_.cards, until});
    if (!agree(is_refused, [&] { service::pin_tier(context, request); })) return;
    repeat(step, [&] { same("replayed", service::pin_tier(context, request).is_replayed, true); });
  }
};

}  // namespace loyal::test
