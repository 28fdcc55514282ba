// SPDX-License-Identifier: MIT
#include "loyal/service/reserve.hpp"

#include <fmt/format.h>

#include <sstream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/format/json.hpp"
#include "loyal/format/record.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/pin.hpp"
#include "loyal/service/promo_codes.hpp"

namespace loyal::service {
namespace {

std::string hex(const store::Blob& bytes) {
  std::string result;
  for (const unsigned char byte : bytes) result += fmt::format("{:02x}", byte);
  return result;
}

format::Record line_record(const domain::ReceiptLine& line) {
  format::Record record;
  record.add("sku", line.sku).add("name", line.name).add("category", line.category);
  record.add("quantity", line.quantity.count).add("price", line.price.count).add("amount", line.amount.count);
  return record;
}

/// The sale as it was priced, so that the commit posts just that: its time, its till, and how much each means pays.
std::string frozen(const Context& context, const SaleRequest& request, const SaleReceipt& sale) {
  format::Record record;
  record.add("typed", hex(sale_digest(context, request)));
  record.add("card", sale.card_number);
  if (request.amount) record.add("amount", request.amount->count);
  format::Record::List lines;
  for (const domain::ReceiptLine& line : request.lines) lines.push_back(line_record(line));
  record.list("lines", {}, std::move(lines));
  // Rewards take theirs by themselves.
  Points paying = sale.sale.spent;
  for (const store::RewardUse& reward : sale.rewards) paying -= reward.points;
  if (paying.count > 0) record.add("spend", to_decimal(paying.count, sale.unit.scale));
  format::Record::List gifts;
  for (const GiftPart& gift : sale.gifts) {
    if (gift.amount.count == 0) continue;
    format::Record part;
    part.add("card", gift.card_number).add("amount", gift.amount.count);
    gifts.push_back(std::move(part));
  }
  record.list("gifts", {}, std::move(gifts));
  format::Record::List rewards;
  for (const RewardRequest& reward : request.rewards) {
    format::Record part;
    part.add("reward", reward.reward).add("line", reward.line);
    rewards.push_back(std::move(part));
  }
  record.list("rewards", {}, std::move(rewards));
  format::Record::List promos;
  for (const std::string& promo : request.promos) {
    const auto found = look_up_promo(context.store, promo);
    format::Record part;
    // What was typed of a secret code must not stay.
    part.add("value", found.value().code.value);
    promos.push_back(std::move(part));
  }
  record.list("promos", {}, std::move(promos));
  record.add("receipt", sale.sale.receipt).add("till", sale.sale.till).add("shop", sale.shop_slug);
  record.add("at", to_string(sale.sale.at)).add("restart_daily", request.receipts_restart_daily);
  record.add("paid", sale.sale.paid.count);
  std::ostringstream text;
  format::FormOptions form;
  form.form = format::Form::jsonl;
  format::write_record(text, record, form);
  return std::string(trim(text.str()));
}

struct Frozen {
  SaleRequest request;
  std::string typed, shop;
};

Frozen thawed(const std::string& text) {
  const format::JsonObject object = format::read_json_object(text);
  Frozen result;
  SaleRequest& request = result.request;
  result.typed = object.text("typed").value_or("");
  result.shop = object.text("shop").value_or("");
  request.card = object.text("card").value_or("");
  if (const auto amount = object.integer("amount")) request.amount = Money{*amount};
  for (const format::JsonObject& line : object.objects("lines").value_or(std::vector<format::JsonObject>{}))
    request.lines.push_back({line.text("sku").value_or(""),
                             line.text("name").value_or(""),
                             line.text("category").value_or(""),
                             {line.integer("quantity").value_or(0)},
                             {line.integer("price").value_or(0)},
                             {line.integer("amount").value_or(0)}});
  for (const format::JsonObject& gift : object.objects("gifts").value_or(std::vector<format::JsonObject>{}))
    request.gifts.push_back({gift.text("card").value_or(""), Money{gift.integer("amount").value_or(0)}, {}});
  for (const format::JsonObject& promo : object.objects("promos").value_or(std::vector<format::JsonObject>{}))
    request.promos.push_back(promo.text("value").value_or(""));
  for (const format::JsonObject& reward : object.objects("rewards").value_or(std::vector<format::JsonObject>{}))
    request.rewards.push_back({reward.text("reward").value_or(""), reward.integer("line").value_or(0)});
  request.spend_text = object.text("spend").value_or("");
  request.receipt = object.text("receipt").value_or("");
  request.till = object.text("till").value_or("");
  request.at = local_time_from_iso(object.text("at").value_or(""));
  request.receipts_restart_daily = object.boolean("restart_daily").value_or(false);
  request.must_cost = Money{object.integer("paid").value_or(0)};
  return result;
}

/// What a reservation says, priced as the card stands now.
Reserved reserved_as_it_stands(const Context& context, const store::Reservation& row) {
  const Frozen frozen_sale = thawed(row.request);
  Context at_shop = context;
  at_shop.shop = frozen_sale.shop;
  Reserved result;
  result.id = row.id;
  result.operation = row.operation;
  SaleRequest request = frozen_sale.request;
  request.reservation = row.id;
  result.sale = assess_sale(at_shop, request);
  const store::Shop shop = store::shop(context.store, result.sale.sale.shop).value();
  result.until = Zone(shop.zone).local(row.until);
  return result;
}

/// A reservation that this till has already made for the receipt.
std::optional<store::Reservation> same_receipt(const Context& context, const SaleRequest& request) {
  const std::string receipt(trim(request.receipt));
  if (receipt.empty()) return std::nullopt;
  const std::string till(trim(request.till.empty() ? context.till : request.till));
  const CardId card = find_card(context.store, request.card).id;
  for (const store::Reservation& open : store::open_reservations(context.store, card, context.now)) {
    const Frozen other = thawed(open.request);
    if (other.request.receipt != receipt || other.request.till != till) continue;
    if (other.typed == hex(sale_digest(context, request))) return open;
    throw Error(
        Fault::conflict,
        tr("receipt {} is reserved already with other content, as reservation {}", visible(receipt), open.id.value),
        fmt::format("loyal sale release {}", open.id.value));
  }
  return std::nullopt;
}

store::Reservation require_there(const Context& context, ReservationId id) {
  if (const auto row = store::reservation(context.store, id)) return *row;
  throw Error(Fault::not_found, tr("there is no reservation {}", id.value));
}

}  // namespace

store::Reservation require_open(const Context& context, ReservationId id) {
  store::Reservation row = require_there(context, id);
  const auto end = store::end_of(context.store, id);
  if (end && end->kind == "release")
    throw Error(Fault::refused, tr("reservation {} was released", id.value), tr("reserve the sale again"));
  if (end) throw Error(Fault::refused, tr("reservation {} was committed", id.value), "loyal sale list");
  if (row.until <= context.now)
    throw Error(
        Fault::refused,
        tr("the time of reservation {} was over at {}; what it held is free again", id.value, to_string(row.until)),
        tr("reserve the sale again"));
  return row;
}

namespace {

Reserved reserved(const Context& context, const SaleRequest& request) {
  check_pins(context, request.gifts);
  Operation operation(context, "sale reserve", sale_digest(context, request));
  if (operation.replayed()) {
    const ReservationId id = store::reservation_of_operation(context.store, operation.replayed());
    Reserved result = reserved_as_it_stands(context, require_open(context, id));
    result.is_replayed = result.sale.is_replayed = true;
    return result;
  }
  Reserved result;
  // What the first attempt holds must not stand in the way of the second.
  if (const auto open = same_receipt(context, request)) {
    result = reserved_as_it_stands(context, *open);
    result.is_replayed = result.sale.is_replayed = true;
    return result;
  }
  if (const auto posted = posted_before(context, request))
    throw Error(Fault::conflict, tr("receipt {} was recorded already", visible(request.receipt)),
                command_on("loyal sale show", posted->sale));
  result.sale = assess_sale(context, request);

  store::Reservation row;
  row.card = result.sale.sale.card;
  row.points = result.sale.sale.spent;
  row.until = {context.now.seconds + reservation_seconds};
  row.request = frozen(context, request, result.sale);
  row.id = result.id = store::add_reservation(operation.journal(), row);
  for (const GiftPart& gift : result.sale.gifts)
    if (gift.amount.count > 0)
      store::add_reservation(operation.journal(),
                             {{}, {}, row.id, gift.card, Points{gift.amount.count}, row.until, {}});
  for (const PromoPart& promo : result.sale.promos)
    store::add_promo_use(operation.journal(), {0,
                                               {},
                                               promo.campaign,
                                               promo.value,
                                               row.card,
                                               store::card(context.store, row.card).value().customer,
                                               {},
                                               row.id,
                                               promo.discount,
                                               promo.points,
                                               result.sale.sale.points_date});
  result.operation = operation.id();
  result.until = Zone(store::shop(context.store, result.sale.sale.shop).value().zone).local(row.until);
  operation.commit();
  return result;
}

}  // namespace

Reserved reserve_sale(const Context& context, const SaleRequest& request) {
  if (request.promos.empty()) return reserved(context, request);
  return with_attempts(context, till_of(context, request), [&] { return reserved(context, request); });
}

SaleReceipt commit_sale(const Context& context, ReservationId id, const std::string& receipt) {
  const store::Reservation row = require_there(context, id);
  if (const auto end = store::end_of(context.store, id); end && end->sale) {
    Rules rules(context.store);
    const store::Sale sale = store::sale(context.store, end->sale).value();
    SaleReceipt answer = receipt_of(context.store, rules, sale, sale.operation, sale.points_date);
    answer.is_replayed = true;
    return answer;
  }
  Frozen frozen_sale = thawed(row.request);
  frozen_sale.request.reservation = id;
  if (!receipt.empty()) frozen_sale.request.receipt = receipt;
  Context at_shop = context;
  at_shop.shop = frozen_sale.shop;
  return sell(at_shop, frozen_sale.request);
}

Released release_sale(const Context& context, ReservationId id) {
  Operation operation(context, "sale release", InputDigest(context).add(id.value).finish());
  const store::Reservation row = require_there(context, id);
  Rules rules(context.store);
  Released result;
  result.id = id;
  result.card = store::card(context.store, row.card).value();
  result.unit = rules.newest(result.card.program).program.unit;
  result.points = row.points;
  const auto end = store::end_of(context.store, id);
  if (operation.replayed() || (end && end->kind == "release")) {
    result.operation = end ? end->operation : operation.replayed();
    result.is_replayed = true;
    return result;
  }
  // One whose time is over may be released as well: a till that was late need not know.
  if (end)
    throw Error(
        Fault::refused, tr("reservation {} was committed", id.value),
        tr("take the sale back: {}", command_on("loyal sale void", store::sale(context.store, end->sale).value())));
  store::end_reservation(operation.journal(), row, {"release", {}, {}});
  result.operation = operation.id();
  operation.commit();
  return result;
}

}  // namespace loyal::service
