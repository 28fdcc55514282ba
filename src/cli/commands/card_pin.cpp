// SPDX-License-Identifier: MIT
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/pin.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card;
  bool clear = false;
};

void card_pin(Session& session, const Options& options) {
  Writing writing(session);
  std::optional<std::string> pin;
  if (!options.clear) {
    const store::Card card = service::find_card(writing.context().store, options.card);
    pin = session.secret(tr("New PIN of card {}:", card.number));
    if (session.world().in_is_terminal && session.secret(tr("Once more:")) != *pin)
      throw Error(Fault::usage, tr("the two differ; nothing was changed"));
  }
  const store::Card card = service::set_pin(writing.context(), options.card, pin);
  format::Record record = card_record(writing.context().store, card);
  record.add("pin", pin.has_value());
  writing.answer(pin ? tr("card {} is paid with by PIN", card.number) : tr("card {} has no PIN", card.number),
                 std::move(record));
}

}  // namespace

void declare_card_pin(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Sets the PIN without which a gift card pays nothing: it is typed unseen, or read from stdin, and only a hash "
         "of it is kept. After five wrong tries in a row the card is locked for a minute, and with each further one "
         "for twice as long; a new PIN unlocks it."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.flag("--clear", options.clear, N_("pay without a PIN again"));
  verb.example("loyal card pin 2900000000018");
  verb.example("loyal card pin 2900000000018 < pin.txt");
  verb.example("loyal card pin 2900000000018 --clear");
  verb.can_end_with({Fault::not_found, Fault::refused, Fault::unconfirmed});
  verb.writes();
  verb.runs([&options](Session& session) { card_pin(session, options); });
}

}  // namespace loyal::cli
