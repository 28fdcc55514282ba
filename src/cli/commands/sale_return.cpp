// SPDX-License-Identifier: MIT

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string receipt, card, at, reason;
  std::vector<std::int64_t> lines;
  std::optional<Amount> quantity;
  std::optional<Money> amount;
  bool last = false;
};

std::string words(const service::ReturnReceipt& receipt) {
  const store::SaleReturn& back = receipt.sale_return;
  Money gifts;
  for (const service::GiftPart& gift : receipt.gifts) gifts += gift.amount;
  std::string text = tr("receipt {}: give back {}", receipt.sale.receipt, to_text(back.paid - gifts));
  for (const service::GiftPart& gift : receipt.gifts)
    text += tr(", {} to gift card {}", to_text(gift.amount), gift.card_number);
  if (back.restored.count > 0) text += tr(", {} restored", service::points_text(back.restored, receipt.unit));
  if (back.clawed_back.count > 0) text += tr(", {} taken back", service::points_text(back.clawed_back, receipt.unit));
  if (back.forgiven.count > 0) text += tr(", {} forgiven", service::points_text(back.forgiven, receipt.unit));
  return text + "; " + balance_words(receipt.balance, receipt.unit);
}

service::ReturnRequest request_of(Session& session, const Options& options) {
  if (options.receipt.empty() && !options.last)
    throw Error(Fault::usage, tr("which sale? give its receipt, or a card with --last"), "loyal sale list");
  if (!options.receipt.empty() && options.last)
    throw Error(Fault::usage, tr("a receipt or --last, not both"), tr("leave one of them out"));
  if (options.last && options.card.empty()) throw Error(Fault::usage, tr("--last is of a card: name it with --card"));
  service::ReturnRequest request;
  request.receipt = options.receipt;
  request.card = options.card;
  request.amount = options.amount;
  request.reason = options.reason;
  request.at = read_time(session, options.at);
  if (options.quantity && options.lines.size() != 1)
    throw Error(Fault::usage, tr("--quantity is of one line: name it with --line"));
  for (const std::int64_t line : options.lines) request.parts.push_back({line, options.quantity});
  return request;
}

void answer(Session& session, const service::ReturnReceipt& receipt) {
  if (receipt.is_replayed) session.note(tr("this return was recorded already; nothing changed"));
  session.answer(words(receipt), return_record(receipt));
}

void declare_common(Verb& verb, Options& options) {
  verb.operand("RECEIPT", options.receipt, Value::receipt, N_("the receipt of the sale")).optional();
  verb.flag("--card", options.card, Value::card, N_("the card, with --last"));
  verb.flag("--last", options.last, N_("the last sale of the card"));
  verb.flag("--reason", options.reason, Value::text, N_("why, for the history"));
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
}

}  // namespace

void declare_sale_return(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Takes goods back: money, discount and points go back in proportion; points spent on them are restored, "
         "points earned by them are "
         "taken back. Without --line or --amount all that is left of the sale comes back."));
  declare_common(verb, options);
  verb.flag("--line", options.lines, Value::number, N_("a line of the receipt, counted from 1"));
  verb.flag("--quantity", options.quantity, Value::amount, N_("how much of the line"));
  verb.flag("--amount", options.amount, Value::money, N_("goods of this price, of a sale without lines"));
  verb.flag("--at", options.at, Value::time, N_("when it came back; now unless given"));
  verb.example("loyal sale return 000123");
  verb.example("loyal sale return 000123 --till till1 --line 2 --quantity 1 --reason \"не подошло\"");
  verb.example("loyal sale return --card 2900000123458 --last --amount 300");
  verb.runs([&options](Session& session) {
    answer(session, service::give_back(session.writing(), request_of(session, options)));
  });
}

void declare_sale_void(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Takes a sale of today back whole, as a mistake at the till."));
  declare_common(verb, options);
  verb.example("loyal sale void 000123");
  verb.runs([&options](Session& session) {
    service::ReturnRequest request = request_of(session, options);
    request.is_void = true;
    answer(session, service::give_back(session.writing(), request));
  });
}

}  // namespace loyal::cli
