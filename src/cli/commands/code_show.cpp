// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/format/terminal_symbol.hpp"
#include "loyal/format/wallet_link.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/card_code.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, symbology;
  bool invert = false;
  bool catima = false;
};

/// One symbol to be drawn.
struct Drawn {
  format::Symbology symbology;
  std::string code;
};

std::vector<Drawn> wanted_codes(store::Database& database, const Options& options, const store::Card& card) {
  const auto codes = store::codes_of(database, card.id);
  std::vector<Drawn> wanted;
  const auto take = [&](const store::CardCode& code) {
    wanted.push_back({format::symbology_named(code.symbology), code.text});
  };
  // Who names one of the codes means that one.
  const auto named = store::card_code(database, service::code_of(options.card));
  for (const auto& code : codes)
    if (named && named->id == code.id && (options.symbology.empty() || options.symbology == code.symbology)) take(code);
  if (!wanted.empty()) return wanted;
  if (options.symbology.empty()) {
    wanted.push_back({format::Symbology::qr, card.number});
    std::ranges::for_each(codes, take);
    return wanted;
  }
  for (const auto& code : codes)
    if (code.symbology == options.symbology) take(code);
  if (wanted.empty()) wanted.push_back({format::symbology_named(options.symbology), card.number});
  return wanted;
}

/// Error{refused} with a symbology that would be narrow enough, if there is one.
[[noreturn]] void refuse_narrow(const Drawn& drawn, int columns, int there_are) {
  const format::SymbologyTraits* narrowest = nullptr;
  int least = there_are + 1;
  for (const auto& known : format::symbologies()) {
    if (!known.why_not(drawn.code).empty()) continue;
    const int needed = format::terminal_columns(format::encode(known.symbology, drawn.code));
    if (needed >= least) continue;
    least = needed;
    narrowest = &known;
  }
  throw Error(Fault::refused, tr("the symbol needs {} columns; the terminal has {}", columns, there_are),
              narrowest != nullptr ? fmt::format("--symbology {}", narrowest->name)
                                   : std::string("loyal code sheet -o cards.pdf"));
}

/// Black on white by the terminal's own colours, whatever its background is.
std::string coloured(const std::string& lines) {
  std::string result;
  for (std::size_t at = 0; at < lines.size();) {
    const auto end = lines.find('\n', at);
    result += "\x1b[30;47m" + lines.substr(at, end - at) + "\x1b[0m\n";
    at = end + 1;
  }
  return result;
}

void draw(Session& session, const std::vector<Drawn>& wanted, bool invert) {
  const World& world = session.world();
  const auto background = invert ? format::Background::dark : format::Background::light;
  std::string text;
  for (const Drawn& drawn : wanted) {
    const auto symbol = format::encode(drawn.symbology, drawn.code);
    const int columns = format::terminal_columns(symbol);
    if (world.out_is_terminal && columns > world.terminal_columns)
      refuse_narrow(drawn, columns, world.terminal_columns);
    if (!text.empty()) text += '\n';
    const auto lines = format::terminal_symbol(symbol, format::readable_line(drawn.symbology, drawn.code), background);
    text += session.globals().colour && !invert ? coloured(lines) : lines;
  }
  world.out << text;
}

format::WalletCard wallet_card(store::Database& database, const store::Card& card, const Drawn& drawn) {
  const auto program = store::program(database, card.program).value();
  const auto company = store::company(database, program.company).value();
  return {company.name, program.title == company.name ? std::string{} : program.title, card.number, drawn.code,
          drawn.symbology};
}

void code_show(Session& session, const Options& options) {
  store::Database& database = session.store_for_reading();
  const store::Card card = service::find_card(database, chosen_card(session, database, options.card));
  auto wanted = wanted_codes(database, options, card);
  std::string link;
  if (options.catima) {
    link = format::catima_link(wallet_card(database, card, wanted.front()));
    wanted = {{format::Symbology::qr, link}};
  }
  // What can't be drawn is refused in every form of the answer.
  for (const Drawn& drawn : wanted) format::encode(drawn.symbology, drawn.code);
  if (!session.for_programs() && session.globals().output_path.empty()) {
    draw(session, wanted, options.invert);
    return;
  }
  format::Record record;
  record.add("card", tr("Card"), card.number);
  record.add("symbology", tr("Symbology"), std::string(format::traits(wanted.front().symbology).name));
  record.add("code", tr("Code"), wanted.front().code);
  format::Record::List others;
  for (const Drawn& drawn : wanted) {
    format::Record other;
    other.add("symbology", tr("Symbology"), std::string(format::traits(drawn.symbology).name));
    other.add("code", tr("Code"), drawn.code);
    others.push_back(std::move(other));
  }
  record.list("codes", others.size() > 1 ? tr("Codes") : std::string{}, std::move(others));
  session.show(record);
}

}  // namespace

void declare_code_show(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Shows the codes of a card as symbols on the terminal, to be scanned from the screen: its number as QR, and "
         "what it was given beside it. Where the terminal has colours the symbols are black on white."));
  verb.operand("CARD", options.card, Value::card,
               N_("card number or one of its codes, phone, or part of the holder's name"));
  verb.flag("--symbology", options.symbology, Value::choice,
            N_("only the codes of this kind, else the number so; loyal code symbologies tells what each can carry"))
      .one_of(format::symbology_names());
  verb.flag("--invert", options.invert, N_("for a terminal with a dark background and without colours"));
  verb.flag("--catima", options.catima,
            N_("a link that takes the card into the app Catima, as QR and in print; all data is in the link itself"));
  verb.example("loyal code show 2900000000018 --invert");
  verb.example("loyal code show 2900000000018 --catima --json");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { code_show(session, options); });
}

}  // namespace loyal::cli
