// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/convert.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

format::Record side(const store::Card& card, Points amount, const domain::Balance& balance, const domain::Unit& unit) {
  format::Record record;
  record.add("card", tr("Card"), card.number);
  record.add("points", tr("Points"), points(amount, unit));
  record.add("balance", tr("Balance"), points(balance.active, unit));
  record.add("pending", tr("Pending"), points(balance.pending, unit));
  record.add("debt", tr("Owed"), points(balance.debt, unit));
  record.add("scale", std::int64_t{unit.scale});
  return record;
}

void points_convert(Session& session, service::ConvertRequest request) {
  Writing writing(session);
  store::Database& database = writing.context().store;
  request.from = chosen_card(session, database, request.from);
  request.into = chosen_card(session, database, request.into);
  const service::ConvertReceipt receipt = service::convert_points(writing.context(), request);
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("left_over", points(receipt.left_over, receipt.from_unit));
  record.add("valid_through", date_or_absent(receipt.valid_through));
  record.list("from", {}, {side(receipt.from, receipt.taken, receipt.from_balance, receipt.from_unit)});
  record.list("to", {}, {side(receipt.into, receipt.arrived, receipt.into_balance, receipt.into_unit)});
  if (receipt.left_over.count > 0)
    session.note(tr("no whole point comes of {} there: left on card {}",
                    service::points_text(receipt.left_over, receipt.from_unit), receipt.from.number));
  std::string words =
      tr("{} of card {} became {} on card {}", service::points_text(receipt.taken, receipt.from_unit),
         receipt.from.number, service::points_text(receipt.arrived, receipt.into_unit), receipt.into.number);
  if (receipt.valid_through) words += tr(", usable through {}", date_words(*receipt.valid_through));
  writing.answer(
      tr("{}; {}: {}; {}: {}", words, receipt.from.number, balance_words(receipt.from_balance, receipt.from_unit),
         receipt.into.number, balance_words(receipt.into_balance, receipt.into_unit)),
      record);
}

}  // namespace

void declare_points_convert(Verb& verb) {
  auto& request = verb.options<service::ConvertRequest>();
  verb.describes(
      N_("Changes points into points of another program of the same company or club, at an exact rate, rounded down: "
         "what makes no whole point stays on the first card. They live from today as the other program says, and keep "
         "the company that gave them."));
  verb.operand("FROM", request.from, Value::card, N_("the card that gives"));
  verb.operand("TO", request.into, Value::card, N_("the card that gets"));
  verb.operand("POINTS", request.points, Value::points, N_("how many, or all that can be spent"))
      .called(N_("POINTS|all"));
  verb.flag("--rate", request.rate, Value::text, N_("how many here become how many there: 2:1"))
      .called("A:B")
      .required();
  verb.flag("--reason", request.reason, Value::text, N_("why, for the history"));
  verb.example("loyal points convert 2900000000018 2900000000025 200 --rate 2:1");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&request](Session& session) { points_convert(session, request); });
}

}  // namespace loyal::cli
