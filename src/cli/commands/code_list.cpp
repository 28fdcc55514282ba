// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/card_options.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/card_code.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string card;
  CardOptions cards;
};

void code_list(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const store::CardFilter filter = card_filter(context.store, options.cards);
  session.list(tr("Codes"),
               {{"number", tr("Card"), Kind::identifier},
                {"symbology", tr("Symbology"), Kind::identifier},
                {"code", tr("Code"), Kind::identifier},
                {"is_number", "", Kind::text, Shown::to_programs},
                {"operation", tr("Operation"), Kind::integer, Shown::wide_only}},
               [&](format::Sink& sink) {
                 const auto take = [&sink](const store::Card& card, const store::CardCode& code) {
                   sink.row(std::vector<Cell>{card.number, code.symbology, code.text, false, code.operation.value});
                 };
                 if (options.card.empty()) return store::each_card_code(context.store, filter, take);
                 const store::Card card =
                     service::find_card(context.store, chosen_card(session, context.store, options.card));
                 sink.row(std::vector<Cell>{card.number, Cell{}, card.number, true, card.operation.value});
                 for (const store::CardCode& code : store::codes_of(context.store, card.id)) take(card, code);
               });
}

}  // namespace

void declare_code_list(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Lists the codes of a card, its number first, or the codes that cards have beside their numbers."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name")).optional();
  declare_card_options(verb, options.cards);
  verb.example("loyal code list 2900000000018");
  verb.example("loyal code list --program coffee -o codes.csv");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { code_list(session, options); });
}

}  // namespace loyal::cli
