// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/cards.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, reason;
};

void card_block(Session& session, const Options& options) {
  Writing writing(session);
  store::Database& database = writing.context().store;
  const store::Card card =
      service::block_card(writing.context(), chosen_card(session, database, options.card), options.reason);
  writing.answer(tr("card {} is blocked", card.number), card_record(database, card));
  writing.next("loyal card unblock " + card.number);
}

}  // namespace

void declare_card_block(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Blocks a card that was lost or misused: it keeps its points, and neither earns nor spends until it is "
         "unblocked."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.flag("--reason", options.reason, Value::text, N_("why; shown with the card"));
  verb.example("loyal card block 2900000000018 --reason \"утеряна\"");
  verb.can_end_with({Fault::not_found, Fault::conflict});
  verb.writes();
  verb.runs([&options](Session& session) { card_block(session, options); });
}

}  // namespace loyal::cli
