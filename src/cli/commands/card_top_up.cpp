// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/sale_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/sell.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, offer, receipt, at;
  std::int64_t count = 1;
  bool restart_daily = false;
};

void card_top_up(Session& session, const Options& options) {
  const service::Context context = session.writing();
  service::SaleRequest request;
  request.card = chosen_card(session, context.store, options.card);
  request.offer = {options.offer, options.count};
  request.receipt = options.receipt;
  request.at = read_time(session, options.at);
  request.at_has_time = options.at.find(':') != std::string::npos;
  request.receipts_restart_daily = options.restart_daily;
  const service::SaleReceipt receipt = service::sell(context, request);
  if (receipt.is_replayed) session.note(tr("receipt {} was recorded already; nothing changed", receipt.sale.receipt));
  std::string words = sale_words(receipt);
  if (receipt.usable_from && *receipt.usable_from > receipt.sale.points_date)
    words += tr(", usable from {}", date_words(*receipt.usable_from));
  if (receipt.valid_through) words += tr(", usable through {}", date_words(*receipt.valid_through));
  session.answer(words + "; " + balance_words(receipt.balance, receipt.unit), sale_record(receipt));
}

}  // namespace

void declare_card_top_up(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Sells what the program offers onto a card: visits of a pass, a ticket, paid time of a subscription, money of "
         "a gift card. It is a purchase like others, in lists and exports; sale return takes back what is unused."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.operand(N_("OFFER"), options.offer, Value::text,
               N_("what is sold: its name or the beginning of it, or a sum of money; the only offer unless given"))
      .optional();
  verb.flag("--count", options.count, Value::number, N_("how many; 1 unless given"));
  verb.flag("--receipt", options.receipt, Value::receipt,
            N_("receipt number: the same receipt is never counted twice"));
  verb.flag("--receipts-restart-daily", options.restart_daily, N_("receipt numbers begin anew each day"));
  verb.flag("--at", options.at, Value::time, N_("when it was bought; now unless given"));
  verb.example("loyal card top-up 2900000123458 \"8 посещений\" --receipt 000123 --till till1");
  verb.example("loyal card top-up 2900000123458 3000");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { card_top_up(session, options); });
}

}  // namespace loyal::cli
