// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/transfer.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

format::Record side(const store::Card& card, const domain::Balance& balance, const domain::Unit& unit) {
  format::Record record;
  record.add("card", tr("Card"), card.number);
  record.add("balance", tr("Balance"), points(balance.active, unit));
  record.add("pending", tr("Pending"), points(balance.pending, unit));
  record.add("debt", tr("Owed"), points(balance.debt, unit));
  return record;
}

format::Record transfer_record(const service::TransferReceipt& receipt) {
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("points", points(receipt.points, receipt.unit));
  record.add("repaid", points(receipt.repaid, receipt.unit));
  record.add("scale", std::int64_t{receipt.unit.scale});
  record.add("lots", receipt.lots);
  record.list("from", {}, {side(receipt.from, receipt.from_balance, receipt.unit)});
  record.list("to", {}, {side(receipt.into, receipt.into_balance, receipt.unit)});
  return record;
}

void points_transfer(Session& session, service::TransferRequest request) {
  Writing writing(session);
  store::Database& database = writing.context().store;
  request.from = chosen_card(session, database, request.from);
  request.into = chosen_card(session, database, request.into);
  const service::TransferReceipt receipt = service::transfer_points(writing.context(), request);
  if (receipt.repaid.count > 0)
    session.note(tr("of them, {} repaid what card {} owed", service::points_text(receipt.repaid, receipt.unit),
                    receipt.into.number));
  if (receipt.from_balance.pending.count > 0)
    session.note(tr("card {} keeps {} pending: they move once they can be spent", receipt.from.number,
                    service::points_text(receipt.from_balance.pending, receipt.unit)));
  writing.answer(tr("{} moved from card {} to {}, with their last days; {}: {}; {}: {}",
                    service::points_text(receipt.points, receipt.unit), receipt.from.number, receipt.into.number,
                    receipt.from.number, balance_words(receipt.from_balance, receipt.unit), receipt.into.number,
                    balance_words(receipt.into_balance, receipt.unit)),
                 transfer_record(receipt));
}

}  // namespace

void declare_points_transfer(Verb& verb) {
  auto& request = verb.options<service::TransferRequest>();
  verb.describes(
      N_("Moves points to another card of the same program, those first that end first. They keep their last day and "
         "the company that gave them; what the other card owes is repaid from them first. Pending points stay where "
         "they are."));
  verb.operand("FROM", request.from, Value::card, N_("the card that gives"));
  verb.operand("TO", request.into, Value::card, N_("the card that gets"));
  verb.operand("POINTS", request.points, Value::points, N_("how many, or all that can be spent"))
      .called(N_("POINTS|all"));
  verb.flag("--reason", request.reason, Value::text, N_("why, for the history")).required();
  verb.example("loyal points transfer 2900000000018 2900000000025 200 --reason \"подарок сестре\"");
  verb.example("loyal points transfer 2900000000018 2900000000025 all --reason \"по просьбе владельца\"");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&request](Session& session) { points_transfer(session, request); });
}

}  // namespace loyal::cli
