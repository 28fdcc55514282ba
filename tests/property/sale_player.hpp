// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/service/give_back.hpp"
#include "loyal/service/reserve.hpp"
#include "loyal/service/sell.hpp"
#include "property/card_player.hpp"

namespace loyal::test {

/// Plays what happens at the till.
class SalePlayer : public CardPlayer {
 protected:
  using CardPlayer::CardPlayer;

  bool is_offer(const Step& step) const { return is_gift(step.card) || is_pass(); }

  service::OfferRequest offer_of(const Step& step) const {
    const domain::Offer& offer = rules_of(step.card).offers.front();
    if (offer.price) return {offer.name, step.count};
    return {to_decimal(step.lines.front().amount.count, 2), 1};
  }

  service::SaleRequest request_of(const Step& step) const {
    service::SaleRequest request;
    request.card = number_of(step.card);
    if (is_offer(step))
      request.offer = offer_of(step);
    else if (step.has_lines)
      request.lines = step.lines;
    else
      request.amount = step.lines.front().amount;
    request.spend_text = step.spend;
    for (const auto& [reward, line] : step.rewards)
      request.rewards.push_back({script_.program.rewards[static_cast<std::size_t>(reward)].name, line});
    for (const auto& [card, amount] : step.gifts)
      request.gifts.push_back({number_of(card), amount == 0 ? std::nullopt : std::optional(Money{amount}), {}});
    request.receipt = receipt_of(step.number);
    if (step.late_seconds > 0) request.at = document_time(step);
    return request;
  }

  Purchase purchase_of(const Step& step) const {
    Purchase purchase;
    purchase.card = step.card;
    purchase.company = company_of(step);
    purchase.at = points_time(step);
    purchase.lines = step.lines;
    purchase.has_lines = step.has_lines;
    if (!step.spend.empty()) purchase.spend = service::parse_spend(step.spend, script_.program.unit.scale);
    for (const auto& [reward, line] : step.rewards)
      purchase.rewards.push_back({static_cast<std::size_t>(reward), static_cast<std::size_t>(line)});
    for (const auto& [card, amount] : step.gifts)
      purchase.gifts.push_back({card, amount == 0 ? std::nullopt : std::optional<Whole>(amount)});
    purchase.gifts_on = points_time(step, first_gift_card).date;
    return purchase;
  }

  /// Money for what is sold onto a card.
  static Whole offer_amount(const Step& step, const domain::Offer& offer) {
    return offer.price ? offer.price->count * step.count : step.lines.front().amount.count;
  }

  static Figures total_of(const std::vector<Figures>& lines) {
    Figures total;
    for (const Figures& line : lines) {
      total.amount += line.amount;
      total.discount += line.discount;
      total.points_money += line.points_money;
      total.paid += line.paid;
    }
    return total;
  }

  void compare_sale(const service::SaleReceipt& receipt, const SaleAnswer& expected) {
    same("points earned", receipt.sale.earned.count, expected.earned);
    same("points spent", receipt.sale.spent.count, expected.spent);
    same("the sale",
         Figures{receipt.sale.total.count, receipt.sale.discount.count, receipt.sale.points_money.count,
                 receipt.sale.paid.count, 0, 0},
         total_of(expected.lines));
    for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
      const store::SaleLine& line = receipt.lines[i];
      same("a line",
           Figures{line.amount.count, line.discount.count, line.points_money.count, line.paid.count, line.spent.count,
                   line.earned.count},
           expected.lines[i]);
    }
    Whole gift_money = 0, expected_gift_money = 0;
    for (const service::GiftPart& gift : receipt.gifts) gift_money += gift.amount.count;
    for (const Whole part : expected.gifts) expected_gift_money += part;
    same("what gift cards pay", gift_money, expected_gift_money);
  }

  void compare_refusal(const SaleAnswer& expected) {
    for (const auto& [key, value] : last_error_)
      if (key == "allowed" && expected.allowed) same("allowed points", Whole{std::stoll(value)}, *expected.allowed);
  }

  void take_sale(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const service::SaleRequest request = request_of(step);
    const LocalTime at = points_time(step);
    const SaleAnswer expected = is_offer(step)
                                    ? oracle_.sell_offer(step.number, step.card, step.number, at,
                                                         offer_amount(step, rules_of(step.card).offers.front()))
                                    : oracle_.sell(step.number, step.number, purchase_of(step));
    service::SaleReceipt receipt;
    if (!agree(expected.is_refused, [&] { receipt = service::sell(context, request); }))
      return compare_refusal(expected);
    compare_sale(receipt, expected);
    same("the balance on the receipt", value_of(receipt.balance), oracle_.balance(step.card, at.date));
    repeat(step, [&] {
      const auto again = service::sell(context, request);
      same("replayed", again.is_replayed, true);
      same("the replayed balance", value_of(again.balance), value_of(receipt.balance));
      service::SaleRequest other = request;
      other.rewards.clear();
      other.gifts.clear();
      other.offer.reset();
      other.lines.clear();
      other.amount = receipt.sale.total + Money{1};
      check_conflict([&] { service::sell(context, other); });
      service::Context without_key = context;
      without_key.key.clear();
      check_conflict([&] { service::sell(without_key, other); });
    });
  }

  void take_reservation(const Step& step) {
    const service::Context context = context_of(step.now, &step);
    const service::SaleRequest request = request_of(step);
    const SaleAnswer expected = oracle_.reserve(step.number, purchase_of(step));
    service::Reserved reserved;
    if (!agree(expected.is_refused, [&] { reserved = service::reserve_sale(context, request); }))
      return compare_refusal(expected);
    compare_sale(reserved.sale, expected);
    reservations_[step.number] = reserved.id;
    repeat(step, [&] {
      const auto again = service::reserve_sale(context, request);
      same("replayed", again.is_replayed, true);
      same("the reservation again", again.id.value, reserved.id.value);
    });
  }

  bool may_end(const Step& step) const { return reservations_.contains(step.target) && !undone_.contains(step.target); }

  void take_commit(const Step& step) {
    if (!may_end(step) || oracle_.is_committed(step.target)) return skip();
    const ReservationId id = reservations_.at(step.target);
    const service::Context context = context_of(step.now, &step_of(step.target));
    const SaleAnswer expected = oracle_.commit(step.number, step.number, step.target);
    service::SaleReceipt receipt;
    service::Context unkeyed = context;
    unkeyed.key.clear();
    if (!agree(
            expected.is_refused || expected.has_changed, [&] { receipt = service::commit_sale(unkeyed, id, {}); },
            expected.has_changed ? Fault::conflict : Fault::refused))
      return;
    compare_sale(receipt, expected);
    repeat(step, [&] { same("replayed", service::commit_sale(unkeyed, id, {}).is_replayed, true); });
  }

  void take_release(const Step& step) {
    if (!may_end(step) || oracle_.is_released(step.target)) return skip();
    const service::Context context = context_of(step.now, &step);
    const bool is_refused = !oracle_.release(step.number, step.target);
    const ReservationId id = reservations_.at(step.target);
    if (!agree(is_refused, [&] { service::release_sale(context, id); })) return;
    repeat(step, [&] { same("replayed", service::release_sale(context, id).is_replayed, true); });
  }

  template <class Run>
  void check_conflict(const Run& run) {
    try {
      run();
    } catch (const Error& error) {
      if (error.fault() == Fault::conflict) return;
      throw Difference{fmt::format("other content is answered by \"{}\"", error.what())};
    }
    throw Difference{"other content under the same key is taken"};
  }

  /// The step that said what was sold, of a sale that stands.
  const Step* sold_step(int number) const {
    using enum Step::Action;
    for (const Step& step : script_.steps) {
      if (step.number != number || !oracle_.is_live(number)) continue;
      if (step.action == commit) return &step_of(step.target);
      if (step.action == sell || step.action == sell_gift) return &step;
    }
    return nullptr;
  }

  void take_return(const Step& step) {
    const Step* sold = sold_step(step.target);
    if (sold == nullptr) return skip();
    std::vector<Whole> quantities = oracle_.left_of(step.target);
    service::ReturnRequest request;
    request.receipt = receipt_of(step.target);
    Whole all = 0;
    for (std::size_t i = 0; i < quantities.size() && !step.parts.empty(); ++i) {
      quantities[i] = quantities[i] * step.parts[i % step.parts.size()] / 1'000;
      if (sold->has_lines && step.parts[i % step.parts.size()] != 333) quantities[i] -= quantities[i] % 1'000;
      if (sold->has_lines && quantities[i] > 0)
        request.parts.push_back({static_cast<std::int64_t>(i) + 1, Amount{quantities[i]}});
    }
    for (const Whole quantity : quantities) all += quantity;
    if (all == 0) return skip();
    if (!sold->has_lines && !step.parts.empty()) request.amount = Money{all};
    give_back(step, *sold, request, quantities);
  }

  void take_void_of(const Step& step) {
    const Step* sold = sold_step(step.target);
    if (sold == nullptr || oracle_.has_live_return(step.target)) return skip();
    if (document_time(*sold).date != local(step.now, shop_places[sold->shop].hours).date) return skip();
    service::ReturnRequest request;
    request.receipt = receipt_of(step.target);
    request.is_void = true;
    give_back(step, *sold, request, oracle_.left_of(step.target));
  }

  void give_back(const Step& step, const Step& sold, service::ReturnRequest& request,
                 const std::vector<Whole>& quantities) {
    Step here = step;
    here.shop = sold.shop;
    // A return cannot be older than its sale.
    here.late_seconds = std::min(step.late_seconds, step.now.seconds - (sold.now.seconds - sold.late_seconds));
    if (request.is_void) here.late_seconds = 0;
    if (here.late_seconds > 0) request.at = document_time(here);
    const service::Context context = context_of(step.now, &here);
    const ReturnAnswer expected =
        oracle_.give_back(step.number, step.target, quantities, points_time(here, sold.card).date,
                          points_time(here, first_gift_card).date, request.amount.has_value() || request.is_void);
    service::ReturnReceipt receipt;
    if (!agree(expected.is_refused, [&] { receipt = service::give_back(context, request); })) return;
    const Figures total = total_of(expected.lines);
    const store::SaleReturn& back = receipt.sale_return;
    same("the return", Figures{back.amount.count, back.discount.count, back.points_money.count, back.paid.count, 0, 0},
         total);
    same("points restored", back.restored.count, expected.restored);
    same("points clawed back", back.clawed_back.count + back.forgiven.count, expected.clawed_back);
    same("points forgiven", back.forgiven.count, expected.forgiven);
    same("debt opened", receipt.debt.count, expected.debt);
    same("is full", receipt.is_full, expected.is_full);
    same("the balance on the return", value_of(receipt.balance),
         oracle_.balance(sold.card, points_time(here, sold.card).date));
    std::map<int, Whole> gifts;
    for (const service::GiftPart& gift : receipt.gifts)
      for (const int card : all_cards())
        if (number_of(card) == gift.card_number) gifts[card] += gift.amount.count;
    same("gift cards that get money back", gifts.size(), expected.gifts.size());
    for (const auto& [card, amount] : expected.gifts) same("what goes back to a gift card", gifts[card], amount);
    outcome_.money_back.resize(5);
    const Whole parts[] = {total.paid, total.discount, total.points_money, expected.restored, expected.clawed_back};
    for (std::size_t i = 0; i < 5; ++i) outcome_.money_back[i] += parts[i];
    repeat(step, [&] { same("replayed", service::give_back(context, request).is_replayed, true); });
  }

  std::map<int, ReservationId> reservations_;
};

}  // namespace loyal::test
