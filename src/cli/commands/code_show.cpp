// SPDX-License-Identifier: MIT
#include <ostream>

#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/format/terminal_symbol.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card;
  std::string symbology = "qr";
  bool invert = false;
};

void code_show(Session& session, const Options& options) {
  store::Database& database = session.store_for_reading();
  const store::Card card = service::find_card(database, chosen_card(session, database, options.card));
  const format::Symbol symbol = format::encode(format::symbology_named(options.symbology), card.number);
  if (session.for_programs() || !session.globals().output_path.empty()) {
    format::Record record;
    record.add("card", tr("Card"), card.number);
    record.add("symbology", tr("Symbology"), options.symbology);
    record.add("code", tr("Code"), card.number);
    return session.show(record);
  }
  const World& world = session.world();
  const int columns = format::terminal_columns(symbol);
  if (world.out_is_terminal && columns > world.terminal_columns)
    throw Error(Fault::refused, tr("the symbol needs {} columns; the terminal has {}", columns, world.terminal_columns),
                "--symbology qr");
  session.world().out << format::terminal_symbol(symbol, format::readable_line(symbol.symbology, card.number),
                                                 options.invert ? format::Background::dark : format::Background::light);
}

}  // namespace

void declare_code_show(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Shows a card's number as a symbol on the terminal, to be scanned from the screen."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.flag("--symbology", options.symbology, Value::choice,
            N_("qr unless given; loyal code symbologies tells what each can carry"))
      .one_of(format::symbology_names());
  verb.flag("--invert", options.invert, N_("for a terminal with a dark background"));
  verb.example("loyal code show 2900000000018 --invert");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { code_show(session, options); });
}

}  // namespace loyal::cli
