// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

void answer(Session& session, const service::PointsReceipt& receipt) {
  const bool is_given = receipt.points.count > 0;
  const std::string amount = service::points_text(is_given ? receipt.points : -receipt.points, receipt.unit);
  std::string words = is_given ? tr("card {}: {} given", receipt.card.number, amount)
                               : tr("card {}: {} taken", receipt.card.number, amount);
  if (receipt.valid_through) words += tr(", usable through {}", to_string(*receipt.valid_through));
  if (receipt.is_replayed) session.note(tr("this was recorded already; nothing changed"));
  session.answer(words + "; " + balance_words(receipt.balance, receipt.unit), points_record(receipt));
}

void declare_common(Verb& verb, service::PointsRequest& request) {
  verb.operand("CARD", request.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.operand("POINTS", request.points, Value::points, N_("how many"));
  verb.flag("--reason", request.reason, Value::text, N_("why, for the history")).required();
  verb.flag("--expire", request.expires, Value::text,
            N_("30d, 12m, never, or the last day; as the program's own unless given"));
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
}

}  // namespace

void declare_points_grant(Verb& verb) {
  auto& request = verb.options<service::PointsRequest>();
  verb.describes(N_("Gives points as a present, with a reason and a last day of their own."));
  declare_common(verb, request);
  verb.example("loyal points grant 2900000123458 100 --reason \"за отзыв\" --expire 30d");
  verb.runs([&request](Session& session) { answer(session, service::grant_points(session.writing(), request)); });
}

void declare_points_adjust(Verb& verb) {
  auto& request = verb.options<service::PointsRequest>();
  verb.describes(
      N_("Corrects a balance: up opens new points, down takes those that would end first. A balance never goes below "
         "zero by a correction."));
  declare_common(verb, request);
  verb.example("loyal points adjust 2900000123458 -50 --reason \"начислено по ошибке\"");
  verb.runs([&request](Session& session) { answer(session, service::adjust_points(session.writing(), request)); });
}

}  // namespace loyal::cli
