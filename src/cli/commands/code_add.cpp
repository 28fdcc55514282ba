// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/code_records.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/format/symbology.hpp"

namespace loyal::cli {
namespace {

void code_add(Session& session, service::CodeRequest request) {
  Writing writing(session);
  request.card = chosen_card(session, writing.context().store, request.card);
  const service::CodeReceipt receipt = service::add_code(writing.context(), request);
  writing.answer(tr("card {} has the code {} ({})", receipt.card.number, receipt.code.text, receipt.code.symbology),
                 code_record(receipt));
  writing.next(fmt::format("loyal code show {}", receipt.card.number));
}

}  // namespace

void declare_code_add(Verb& verb) {
  auto& request = verb.options<service::CodeRequest>();
  verb.describes(
      N_("Gives a card one more code beside its number, as its own symbol: a tag for the keys, the card of a partner, "
         "a link. The card is found by any of its codes; a code is of one card only."));
  verb.operand("CARD", request.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.operand("CODE", request.code, Value::text, N_("what the symbol says"));
  verb.flag("--symbology", request.symbology, Value::choice, N_("ean13 for such a number, else qr, unless given"))
      .one_of(format::symbology_names());
  verb.example("loyal code add 2900000000018 KEY-4711 --symbology code128");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&request](Session& session) { code_add(session, request); });
}

}  // namespace loyal::cli
