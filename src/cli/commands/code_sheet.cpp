// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "loyal/base/message.hpp"
#include "loyal/cli/card_options.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/sheet_options.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/card_code.hpp"

namespace loyal::cli {
namespace {

struct Options {
  CardOptions cards;
  SheetFlags sheet;
};

SheetBatch batch_of(Session& session, const CardOptions& options) {
  const service::Context context = session.reading();
  std::map<ProgramId, store::ProgramRow> programs;
  for (const store::ProgramRow& program : store::programs(context.store)) programs[program.id] = program;
  store::CardFilter filter = card_filter(context.store, options);
  // Nobody wants labels for cards that do not work, unless they say so.
  if (filter.state.empty()) filter.state = "active";
  SheetBatch found;
  Date newest;
  std::set<CompanyId> companies;
  // Balances are not printed: any day will do for them.
  store::each_card(context.store, filter, Date{}, [&](const store::CardListing& listing) {
    const store::ProgramRow& program = programs[listing.card.program];
    newest = std::max(newest, listing.card.issued_date);
    companies.insert(program.company);
    found.labels.push_back({listing.card.number, {}, program.title, listing.holder});
    // What the number cannot be drawn as, another code of the card may be.
    for (const store::CardCode& code : store::codes_of(context.store, listing.card.id))
      found.labels.back().further_codes.push_back(code.text);
  });
  if (found.labels.empty()) throw Error(Fault::not_found, tr("no card is as was asked for"), "loyal card list");
  constexpr std::int64_t day_seconds = 24 * 60 * 60;
  found.created = {newest.day_number * day_seconds};
  if (companies.size() == 1) found.company = *companies.begin();
  return found;
}

void code_sheet(Session& session, const Options& options) {
  const std::string path = taken_sheet_path(session, "loyal code sheet -o cards.pdf");
  write_sheet(session, options.sheet, path, batch_of(session, options.cards));
}

}  // namespace

void declare_code_sheet(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "Writes a PDF with a label for each active card that matches: the symbol, the number, the program's title, "
      "and the holder's name where there is one. SVG and PNG are a file for each page. Each symbol is read back from "
      "its place on the page before the file is put in its place. A manifest beside it, cards.manifest.csv, lists "
      "what stands where. The same cards give the same bytes."));
  verb.describes(
      N_("What was spoiled in print is printed again: --pages names the pages, --from and --to the numbers."));
  declare_card_options(verb, options.cards);
  verb.flag("--from", options.cards.from, Value::card, N_("only the cards issued from this one on"));
  verb.flag("--to", options.cards.to, Value::card, N_("only the cards issued up to this one"));
  declare_sheet_flags(verb, options.sheet);
  verb.example("loyal code sheet --program coffee -o cards.pdf");
  verb.example("loyal code sheet --batch 7 --symbology qr,ean13 --layout L7160 -o cards.pdf");
  verb.example("loyal code sheet --batch 7 --layout cr80 --logo logo.png --background \"#1a3c34\" -o cards.pdf");
  verb.example("loyal code sheet --batch 7 --pages 2-3 -o again.pdf");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { code_sheet(session, options); });
}

}  // namespace loyal::cli
