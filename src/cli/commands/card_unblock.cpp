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

void card_unblock(Session& session, const std::string& text) {
  Writing writing(session);
  store::Database& database = writing.context().store;
  const store::Card card = service::unblock_card(writing.context(), chosen_card(session, database, text, "blocked"));
  writing.answer(tr("card {} is active", card.number), card_record(database, card));
}

}  // namespace

void declare_card_unblock(Verb& verb) {
  auto& card = verb.options<std::string>();
  verb.describes(N_("Lets a blocked card earn and spend again."));
  verb.operand("CARD", card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.example("loyal card unblock 2900000000018");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&card](Session& session) { card_unblock(session, card); });
}

}  // namespace loyal::cli
