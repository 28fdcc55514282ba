// SPDX-License-Identifier: MIT
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/door.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, list, at;
  std::int64_t count = 1;
  bool any_day = false;
};

std::string words_of(const service::UseReceipt& receipt) {
  std::string words = receipt.list.empty()
                          ? tr("card {}: let in {}", receipt.card.number, receipt.count)
                          : tr("card {}: checked in on the list \"{}\"", receipt.card.number, visible(receipt.list));
  if (!receipt.holder.empty()) words += ", " + visible(receipt.holder);
  if (!receipt.takes_nothing) words += tr("; {} left", service::points_text(receipt.balance.active, receipt.unit));
  if (receipt.valid_through) words += tr(", usable through {}", date_words(*receipt.valid_through));
  return words;
}

void card_use(Session& session, const Options& options) {
  constexpr std::int64_t count_max = 1'000;
  if (options.count < 1 || options.count > count_max)
    throw Error(Fault::usage, tr("--count is 1 to {}; got {}", count_max, options.count));
  Writing writing(session);
  service::UseRequest request;
  request.card = chosen_card(session, writing.context().store, options.card);
  request.wish = {static_cast<int>(options.count), options.list, options.any_day};
  request.at = read_time(session, options.at);
  const service::UseReceipt receipt = service::use_card(writing.context(), request);
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("card", receipt.card.number);
  record.add("holder", text_or_absent(receipt.holder));
  record.add("program", receipt.program_slug);
  record.add("shop", receipt.shop_slug);
  record.add("at", receipt.at);
  record.add("count", receipt.count);
  record.add("list", text_or_absent(receipt.list));
  record.add("spent", points(receipt.spent, receipt.unit));
  record.add("valid_through", date_or_absent(receipt.valid_through));
  add_balance(record, receipt.balance, receipt.unit);
  writing.answer(words_of(receipt), std::move(record));
}

}  // namespace

void declare_card_use(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "Lets the holder of a pass or a ticket in: takes a visit off the card, or nothing where the pass is unlimited, "
      "or checks a ticket in, once on each list of the event. Says what is left and until when; says why where "
      "the card does not let in."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.flag("--count", options.count, Value::number, N_("how many come in together; 1 unless given"));
  verb.flag("--list", options.list, Value::text, N_("the check-in list; the first of the program's unless given"));
  verb.flag("--any-day", options.any_day, N_("also on another day than that of the event"));
  verb.flag("--at", options.at, Value::time, N_("when they came in; now unless given"));
  verb.example("loyal card use 2900000123458");
  verb.example("loyal card use 2900000123458 --count 2");
  verb.example("loyal card use 2900000123458 --list \"вход\"");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { card_use(session, options); });
}

}  // namespace loyal::cli
