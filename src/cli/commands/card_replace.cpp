// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/replace_card.hpp"

namespace loyal::cli {
namespace {

format::Record replace_record(const service::ReplaceReceipt& receipt) {
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("old_card", receipt.old_card.number);
  record.add("new_card", receipt.new_card.number);
  record.add("holder", text_or_absent(receipt.holder));
  record.add("reason", text_or_absent(receipt.old_card.state_reason));
  add_moved(record, receipt.moved, receipt.unit);
  record.add("codes_moved", receipt.codes_moved);
  return record;
}

void card_replace(Session& session, service::ReplaceRequest request) {
  Writing writing(session);
  request.card = chosen_card(session, writing.context().store, request.card);
  const service::ReplaceReceipt receipt = service::replace_card(writing.context(), request);
  std::string words =
      receipt.holder.empty()
          ? tr("card {} replaced by {}", receipt.old_card.number, receipt.new_card.number)
          : tr("card {} of {} replaced by {}", receipt.old_card.number, receipt.holder, receipt.new_card.number);
  const std::string moved = moved_words(receipt.moved, receipt.unit);
  if (!moved.empty()) words += "; " + tr("moved: {}", moved);
  if (receipt.codes_moved > 0) words += trn("; {} code taken along", "; {} codes taken along", receipt.codes_moved);
  writing.answer(words, replace_record(receipt));
  if (receipt.codes_left > 0)
    session.note(trn("{} code stays with the withdrawn card; --with-codes takes it along",
                     "{} codes stay with the withdrawn card; --with-codes takes them along", receipt.codes_left));
  writing.next("loyal code show " + receipt.new_card.number);
}

}  // namespace

void declare_card_replace(Verb& verb) {
  auto& request = verb.options<service::ReplaceRequest>();
  verb.describes(
      N_("Gives the holder of a lost or worn card another one of the program: all that the card holds goes on with its "
         "dates, what is pending and what is owed included, and its purchases count for the limits of the new one. The "
         "old card is withdrawn, and its number answers with the new one."));
  verb.operand("CARD", request.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.operand("NEW-NUMBER", request.number, Value::text,
               N_("a card that nobody holds, or a new number; the next one unless given"))
      .optional();
  verb.flag("--reason", request.reason, Value::text, N_("why; shown with the old card"));
  verb.flag("--with-codes", request.with_codes, N_("the codes that it has beside its number open the new card"));
  verb.example("loyal card replace 2900000000018 --reason \"утеряна\"");
  verb.example("loyal card replace \"Анна Орлова\" 2900000000117");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&request](Session& session) { card_replace(session, request); });
}

}  // namespace loyal::cli
