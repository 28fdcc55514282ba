// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/rewards.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, reward, at;
};

void reward_redeem(Session& session, const Options& options) {
  Writing writing(session);
  const service::RedeemReceipt receipt = service::redeem_reward(
      writing.context(),
      {chosen_card(session, writing.context().store, options.card), options.reward, read_time(session, options.at)});
  std::string words = tr("card {}: given: {}", receipt.card.number, receipt.reward);
  if (receipt.points.count > 0) words += tr(", {} spent", service::points_text(receipt.points, receipt.unit));
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("card", receipt.card.number);
  record.add("reward", receipt.reward);
  record.add("points", points(receipt.points, receipt.unit));
  add_balance(record, receipt.balance, receipt.unit);
  writing.answer(words + "; " + balance_words(receipt.balance, receipt.unit), std::move(record));
}

}  // namespace

void declare_reward_redeem(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Gives a reward without a purchase: takes its price in points from the card and a piece from the stock. With "
         "a purchase use sale add --reward. loyal undo takes it back."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.operand(N_("REWARD"), options.reward, Value::text, N_("the reward's name"));
  verb.flag("--at", options.at, Value::time, N_("when it was given; now unless given"));
  verb.example("loyal reward redeem 2900000123458 \"Кружка\"");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { reward_redeem(session, options); });
}

}  // namespace loyal::cli
