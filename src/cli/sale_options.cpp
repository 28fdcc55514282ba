// SPDX-License-Identifier: MIT
#include "loyal/cli/sale_options.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <istream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/scanning.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/format/json.hpp"
#include "loyal/service/pin.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

Money positive_money(const std::string& text) {
  const Money amount = parse_money(text);
  if (amount.count < 0)
    throw Error(Fault::usage, tr("\"{}\" is less than nothing", visible(text)),
                tr("goods that come back are a return: loyal sale return RECEIPT"));
  return amount;
}

bool has_time(const std::string& text) {
  return text.find(':') != std::string::npos;
}

domain::ReceiptLine made_line(const std::string& sku, const std::string& quantity, const std::string& price,
                              const std::string& category) {
  domain::ReceiptLine line;
  line.sku = sku;
  line.category = category;
  line.quantity = parse_amount(quantity);
  line.price = positive_money(price);
  if (line.quantity.count <= 0)
    throw Error(Fault::usage, tr("the quantity \"{}\" is not more than nothing", visible(quantity)),
                tr("goods that come back are a return: loyal sale return RECEIPT"));
  line.amount = {multiply_divide_half_up(line.price.count, line.quantity.count, 1000)};
  return line;
}

domain::ReceiptLine line_from_json(const format::JsonObject& object) {
  domain::ReceiptLine line = made_line(object.text("sku").value_or(""), object.decimal("quantity").value_or("1"),
                                       object.decimal("price").value_or("0"), object.text("category").value_or(""));
  line.name = object.text("name").value_or("");
  if (const auto amount = object.decimal("amount")) line.amount = positive_money(*amount);
  return line;
}

/// `CARD` or `CARD=AMOUNT`.
service::GiftRequest parse_gift(const std::string& text) {
  service::GiftRequest gift;
  const std::size_t equals = text.rfind('=');
  gift.card = text.substr(0, equals);
  if (equals != std::string::npos) gift.amount = positive_money(text.substr(equals + 1));
  if (gift.card.empty())
    throw Error(Fault::usage, tr("\"{}\" names no gift card", visible(text)), tr("write it as CARD or CARD=AMOUNT"));
  return gift;
}

/// The PINs of the gift cards that have one: a line each of the file, in their order, or typed.
void read_pins(Session& session, const std::string& file, std::vector<service::GiftRequest>& gifts) {
  std::ifstream opened;
  if (!file.empty() && file != "-") {
    opened.open(file);
    if (!opened) throw Error(Fault::failed, tr("cannot read {}", visible(file)));
  }
  const service::Context context = session.reading();
  for (service::GiftRequest& gift : gifts) {
    if (!service::has_pin(context, gift.card)) continue;
    if (file.empty())
      gift.pin = session.world().in_is_terminal ? session.secret(tr("PIN of gift card {}:", gift.card)) : std::string{};
    else
      std::getline(file == "-" ? session.world().in : opened, gift.pin);
    gift.pin = std::string(trim(gift.pin));
  }
}

service::GiftRequest gift_from_json(const format::JsonObject& object) {
  service::GiftRequest gift;
  gift.card = object.text("card").value_or("");
  if (gift.card.empty()) throw Error(Fault::usage, tr("a gift needs a \"card\""));
  if (const auto amount = object.decimal("amount")) gift.amount = positive_money(*amount);
  gift.pin = object.decimal("pin").value_or("");
  return gift;
}

void require_known(const format::JsonObject& object) {
  constexpr std::array<std::string_view, 13> known = {"card",    "amount", "lines",        "spend", "gifts",
                                                      "rewards", "promos", "receipt",      "till",  "at",
                                                      "key",     "quote",  "restart_daily"};
  for (const std::string& key : object.keys())
    if (std::find(known.begin(), known.end(), key) == known.end())
      throw Error(
          Fault::usage, tr("unknown key \"{}\" in a sale", visible(key)),
          tr("allowed: {}",
             "card, amount, lines, spend, gifts, rewards, promos, receipt, till, at, key, quote, restart_daily"));
}

/// The card as typed, or as a photograph shows it; what stands in its place is then the amount.
SaleOptions with_card(Session& session, SaleOptions options) {
  if (options.scan.empty()) {
    if (options.card.empty())
      throw Error(Fault::usage, tr("{} is missing", "CARD"), "loyal sale add 2900000123458 1250.00");
    return options;
  }
  if (!options.card.empty() && !options.amount.empty())
    throw Error(Fault::usage, tr("\"{}\" and --scan both name the card", visible(options.card)),
                tr("loyal sale add --scan {} {}", visible(options.scan), visible(options.amount)));
  if (options.amount.empty()) options.amount = options.card;
  options.card = scanned_card(session, options.scan);
  return options;
}

}  // namespace

void declare_sale_options(Verb& verb, SaleOptions& options) {
  verb.operand("CARD", options.card, Value::card,
               N_("card number, phone, or part of the holder's name; left out with --scan"))
      .optional();
  verb.operand(N_("AMOUNT"), options.amount, Value::money, N_("what the goods cost; may be left out with --line"))
      .optional();
  verb.flag("--spend", options.spend, Value::points, N_("pay with points: a number (exactly), max, or up-to:200"));
  verb.flag("--line", options.lines, Value::text, N_("a line of the receipt: SKU:quantity:price[:category]"))
      .called(N_("LINE"));
  verb.flag("--gift", options.gifts, Value::card, N_("pay with a gift card: as much as it can, or CARD=AMOUNT"))
      .called("CARD[=AMOUNT]");
  verb.flag("--promo", options.promos, Value::text, N_("a promo code or password of the buyer; may be repeated"))
      .called(N_("CODE"));
  verb.flag("--gift-pin-file", options.gift_pin_file, Value::file,
            N_("the PINs of the gift cards that have one, a line each; - is stdin"));
  verb.flag("--reward", options.rewards, Value::text,
            N_("a reward that the buyer takes, and the line it is given on: NAME, or NAME:LINE"))
      .called(N_("REWARD"));
  verb.flag("--scan", options.scan, Value::file,
            N_("a photograph of the card's code, in the place of CARD; - is stdin"));
  verb.flag("--receipt", options.receipt, Value::receipt,
            N_("receipt number: the same receipt is never counted twice"));
  verb.flag("--at", options.at, Value::time, N_("when it was bought; now unless given"));
}

domain::ReceiptLine parse_line(const std::string& text) {
  // The SKU may hold colons itself, as an address of a label does; a category may not.
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t colon = text.find(':'); colon != std::string::npos; colon = text.find(':', start)) {
    parts.push_back(text.substr(start, colon - start));
    start = colon + 1;
  }
  parts.push_back(text.substr(start));
  if (parts.size() != 3 && parts.size() != 4)
    throw Error(Fault::usage, tr("\"{}\" is not a line of a receipt", visible(text)),
                tr("write it as SKU:quantity:price or SKU:quantity:price:category"));
  return made_line(parts[0], parts[1], parts[2], parts.size() == 4 ? parts[3] : std::string{});
}

service::RewardRequest parse_reward(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const std::string digits = colon == std::string::npos ? std::string() : text.substr(colon + 1);
  constexpr std::size_t digits_max = 6;
  const bool has_line =
      !digits.empty() && digits.size() <= digits_max && digits.find_first_not_of("0123456789") == std::string::npos;
  service::RewardRequest request{std::string(trim(has_line ? text.substr(0, colon) : text)), 0};
  if (has_line) request.line = std::stoll(digits);
  if (request.reward.empty() || (has_line && request.line == 0))
    throw Error(Fault::usage, tr("\"{}\" is not a reward", visible(text)),
                tr("write it as NAME, or NAME:LINE with the line counted from 1"));
  return request;
}

service::SaleRequest sale_request(Session& session, const SaleOptions& typed) {
  const SaleOptions options = with_card(session, typed);
  service::SaleRequest request;
  request.card = options.card;
  if (!options.amount.empty()) request.amount = positive_money(options.amount);
  for (const std::string& line : options.lines) request.lines.push_back(parse_line(line));
  if (!request.amount && request.lines.empty())
    throw Error(Fault::usage, tr("a sale needs an amount or lines"),
                tr("loyal sale add {} 1250", visible(options.card)));
  request.spend_text = options.spend;
  for (const std::string& gift : options.gifts) request.gifts.push_back(parse_gift(gift));
  if (!request.gifts.empty()) read_pins(session, options.gift_pin_file, request.gifts);
  for (const std::string& reward : options.rewards) request.rewards.push_back(parse_reward(reward));
  request.promos = options.promos;
  request.receipt = options.receipt;
  request.at = read_time(session, options.at);
  request.at_has_time = has_time(options.at);
  request.receipts_restart_daily = options.restart_daily;
  request.quote = options.quote;
  return request;
}

service::SaleRequest sale_request_from_json(Session& session, const std::string& text, std::string& key) {
  const format::JsonObject object = format::read_json_object(text);
  require_known(object);
  service::SaleRequest request;
  request.card = object.text("card").value_or("");
  if (request.card.empty()) throw Error(Fault::usage, tr("a sale needs a \"card\""));
  if (const auto amount = object.decimal("amount")) request.amount = positive_money(*amount);
  for (const format::JsonObject& line : object.objects("lines").value_or(std::vector<format::JsonObject>{}))
    request.lines.push_back(line_from_json(line));
  if (!request.amount && request.lines.empty())
    throw Error(Fault::usage, tr("a sale needs an \"amount\" or \"lines\""));
  request.spend_text = object.decimal("spend").value_or("");
  for (const format::JsonObject& gift : object.objects("gifts").value_or(std::vector<format::JsonObject>{}))
    request.gifts.push_back(gift_from_json(gift));
  request.promos = object.texts("promos").value_or(std::vector<std::string>{});
  for (const std::string& reward : object.texts("rewards").value_or(std::vector<std::string>{}))
    request.rewards.push_back(parse_reward(reward));
  request.receipt = object.text("receipt").value_or("");
  request.till = object.text("till").value_or("");
  const std::string at = object.text("at").value_or("");
  request.at = read_time(session, at);
  request.at_has_time = has_time(at);
  request.receipts_restart_daily = object.boolean("restart_daily").value_or(false);
  request.quote = object.text("quote").value_or("");
  key = object.text("key").value_or("");
  return request;
}

void tell_left_out(Session& session, const service::SaleReceipt& receipt) {
  for (const std::string& code : receipt.promos_left_out)
    session.note(
        receipt.promos.empty()
            ? tr("the code {} was not applied and can be used again: the card alone is better", code)
            : tr("the code {} was not applied and can be used again: {} is better", code, receipt.promos.front().code));
}

std::string sale_words(const service::SaleReceipt& receipt) {
  const store::Sale& sale = receipt.sale;
  Money gifts;
  for (const service::GiftPart& gift : receipt.gifts) gifts += gift.amount;
  std::string words = tr("card {}: to pay {}", receipt.card_number, to_text(sale.paid - gifts));
  for (const service::GiftPart& gift : receipt.gifts)
    words += tr(", {} by gift card {} ({} left)", to_text(gift.amount), gift.card_number, to_text(gift.left));
  if (receipt.is_unpaid)
    words += receipt.paid_through
                 ? tr(" at full price, as it was paid through {} only", to_string(*receipt.paid_through))
                 : tr(" at full price, as nothing has been paid for");
  if (sale.discount.count > 0) words += tr(", discount {}", to_text(sale.discount));
  for (const service::PromoPart& promo : receipt.promos) {
    words += tr(", code {}", promo.code);
    if (promo.discount.count > 0) words += " −" + to_text(promo.discount);
    if (promo.points.count > 0) words += " +" + service::points_text(promo.points, receipt.unit);
  }
  const bool is_recorded = bool{sale.operation};
  for (const store::RewardUse& use : receipt.rewards)
    words += is_recorded ? tr(", given: {}", use.reward) : tr(", to give: {}", use.reward);
  if (!receipt.offer.empty()) words += tr(" for {}", receipt.offer);
  if (sale.spent.count > 0) {
    const std::string spent = service::points_text(sale.spent, receipt.unit);
    words += is_recorded ? tr(", {} spent", spent) : tr(", {} to spend", spent);
  }
  if (receipt.donation) {
    const std::string given = to_text(receipt.donation->amount);
    return words + (is_recorded ? tr(", {} given away", given) : tr(", {} to give away", given));
  }
  if (sale.earned.count > 0) {
    const std::string earned = service::points_text(sale.earned, receipt.unit);
    if (!receipt.offer.empty())
      words += tr(", {} for the card", earned);
    else
      words += is_recorded ? tr(", {} earned", earned) : tr(", {} to earn", earned);
  }
  return words;
}

}  // namespace loyal::cli
