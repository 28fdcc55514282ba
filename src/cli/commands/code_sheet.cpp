// SPDX-License-Identifier: MIT
#include <map>

#include "loyal/base/message.hpp"
#include "loyal/cli/card_options.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/format/sheet.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

struct Options {
  CardOptions cards;
  std::string symbology = "qr";
  std::string layout;
  bool no_verify = false;
};

std::vector<format::SheetLabel> labels_of(Session& session, const CardOptions& options) {
  const service::Context context = session.reading();
  std::map<ProgramId, std::string> titles;
  for (const store::ProgramRow& program : store::programs(context.store)) titles[program.id] = program.title;
  store::CardFilter filter = card_filter(context.store, options);
  // Nobody wants labels for cards that do not work, unless they say so.
  if (filter.state.empty()) filter.state = "active";
  std::vector<format::SheetLabel> labels;
  // Balances are not printed: any day will do for them.
  store::each_card(context.store, filter, Date{}, [&](const store::CardListing& listing) {
    labels.push_back({listing.card.number, {}, titles[listing.card.program], listing.holder});
  });
  if (labels.empty()) throw Error(Fault::not_found, tr("no card is as was asked for"), "loyal card list");
  return labels;
}

std::string taken_output_path(Session& session) {
  const std::string example = "loyal code sheet -o cards.pdf";
  std::string path = session.take_output_path(tr("the file for the sheet is missing"), example);
  if (!path.ends_with(".pdf") && path.find("/dev/") != 0)
    throw Error(Fault::usage, tr("a sheet is a PDF; \"{}\" does not end in .pdf", path), example);
  return path;
}

void code_sheet(Session& session, const Options& options) {
  const std::string path = taken_output_path(session);
  const std::vector<format::SheetLabel> labels = labels_of(session, options.cards);
  const auto total = static_cast<std::int64_t>(labels.size());
  format::SheetOptions sheet;
  sheet.symbology = format::symbology_named(options.symbology);
  if (!options.layout.empty()) sheet.layout = format::sheet_layout_named(options.layout);
  sheet.created = session.now();
  sheet.title = labels.front().title;
  sheet.read_back = !options.no_verify;
  std::size_t place = 0;
  const format::SheetReceipt receipt = format::write_sheet(path, sheet, [&](format::SheetLabel& label) {
    if (place == labels.size()) return false;
    session.progress(tr("labels"), static_cast<std::int64_t>(place), total);
    label = labels[place++];
    return true;
  });
  format::Record record;
  record.add("file", path).add("labels", receipt.labels).add("pages", receipt.pages);
  record.add("symbology", options.symbology)
      .add("layout", std::string(sheet.layout.name))
      .add("verified", sheet.read_back);
  session.answer(tr("{} written: {}, {}", path, trn("{} label", "{} labels", receipt.labels),
                    trn("{} page", "{} pages", receipt.pages)),
                 record);
}

std::vector<std::string> layout_names() {
  std::vector<std::string> names;
  for (const format::SheetLayout& layout : format::sheet_layouts()) names.emplace_back(layout.name);
  return names;
}

}  // namespace

void declare_code_sheet(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Writes a PDF with a label for each active card that matches: the symbol, the number, the program's title, "
         "and the "
         "holder's name where "
         "there is one. Each symbol is read back before the file is put in its place."));
  declare_card_options(verb, options.cards);
  verb.flag("--symbology", options.symbology, Value::choice,
            N_("qr unless given; loyal code symbologies tells what each can carry"))
      .one_of(format::symbology_names());
  verb.flag("--layout", options.layout, Value::choice, N_("columns and rows of labels on a page; 3x8 unless given"))
      .one_of(layout_names());
  verb.flag("--no-verify", options.no_verify, N_("do not read the symbols back"));
  verb.example("loyal code sheet --program coffee -o cards.pdf");
  verb.example("loyal code sheet --batch 7 --symbology ean13 -o cards.pdf");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { code_sheet(session, options); });
}

}  // namespace loyal::cli
