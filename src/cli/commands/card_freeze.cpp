// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/door.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, until;
  std::optional<std::int64_t> days;
  bool end = false;
};

std::string words_of(const service::FreezeReceipt& receipt) {
  std::string words = receipt.is_end
                          ? trn("card {1}: the freeze is over, {0} day given back",
                                "card {1}: the freeze is over, {0} days given back", receipt.days, receipt.card.number)
                          : tr("card {} is frozen from {} through {}", receipt.card.number, date_words(receipt.from),
                               date_words(receipt.through));
  if (receipt.valid_through) words += tr(", usable through {}", date_words(*receipt.valid_through));
  if (receipt.days_left)
    words += trn("; it can be frozen for {} day more", "; it can be frozen for {} days more", *receipt.days_left);
  return words;
}

format::Cell number_or_absent(std::optional<int> number) {
  return number ? format::Cell{std::int64_t{*number}} : format::Cell{};
}

void card_freeze(Session& session, const Options& options) {
  Writing writing(session);
  service::FreezeRequest request;
  request.card = chosen_card(session, writing.context().store, options.card);
  request.days = options.days;
  request.until = read_date(session, options.until);
  request.end = options.end;
  const service::FreezeReceipt receipt = service::freeze_card(writing.context(), request);
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("card", receipt.card.number);
  record.add("ended", receipt.is_end);
  record.add("from", receipt.from);
  record.add("through", receipt.through);
  record.add("days", std::int64_t{receipt.days});
  record.add("valid_through", date_or_absent(receipt.valid_through));
  record.add("days_left", number_or_absent(receipt.days_left));
  record.add("times_left", number_or_absent(receipt.times_left));
  writing.answer(words_of(receipt), std::move(record));
  if (!receipt.is_end) writing.next("loyal card freeze " + receipt.card.number + " --end");
}

}  // namespace

void declare_card_freeze(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Puts a pass aside for some days, by which it then lasts longer; meanwhile it lets nobody in. With --end the "
         "holder is back early, and the days that were not needed count no more. How long and how often is in the "
         "program's text."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.flag("--days", options.days, Value::number, N_("for how many days, from today on"));
  verb.flag("--until", options.until, Value::date, N_("or the last day of it"));
  verb.flag("--end", options.end, N_("end it today"));
  verb.example("loyal card freeze 2900000123458 --days 7");
  verb.example("loyal card freeze 2900000123458 --until 2026-03-31");
  verb.example("loyal card freeze 2900000123458 --end");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { card_freeze(session, options); });
}

}  // namespace loyal::cli
