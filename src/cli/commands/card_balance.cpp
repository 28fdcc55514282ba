// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/history_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/points.hpp"
#include "loyal/store/program.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card;
  HistoryOptions history;
};

void card_balance(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const service::CardState state =
      service::card_state(context, chosen_card(session, context.store, options.card),
                          read_date(session, options.history.as_of), known_at(options.history));
  format::Record record;
  record.add("card", state.card.number);
  record.add("holder", text_or_absent(state.holder));
  record.add("program", state.program_slug);
  record.add("state", name_cell(state.card.state));
  record.add("as_of", state.on);
  add_balance(record, state.balance, state.unit);
  record.add("reserved", points(state.reserved, state.unit));
  const bool holds_points = store::program(context.store, state.card.program).value().kind != "discount";
  const std::string words = holds_points
                                ? balance_words(state.balance, state.unit) + reserved_words(state.reserved, state.unit)
                                : tr("a discount card, which holds no points");
  const std::string on = is_today(options.history) ? std::string{} : tr(" on {}", to_string(state.on));
  const std::string blocked =
      state.card.state == "active" ? std::string{} : tr(" ({})", translate(state.card.state.c_str()));
  session.answer(tr("card {}{}{}: {}", state.card.number, blocked, on, words), record);
}

}  // namespace

void declare_card_balance(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Says in one line what a card holds: what can be spent, what waits, and what is owed."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  declare_history_options(verb, options.history);
  verb.example("loyal card balance 2900000000018");
  verb.example("loyal card balance \"8 916 123-45-67\" --as-of 2026-03-01");
  verb.example("loyal card balance 2900000000018 --known-at 17");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { card_balance(session, options); });
}

}  // namespace loyal::cli
