// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/history_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::cli {
namespace {

using format::Kind;
using format::Shown;

struct Options {
  std::string card, from, to, kind;
  HistoryOptions history;
};

/// With --card, that card and its holder stand in every row alike.
std::vector<format::Column> columns(bool of_one_card) {
  return {{"entry", tr("Entry"), Kind::integer},
          {"date", tr("Date"), Kind::date},
          {"card", tr("Card"), Kind::identifier, of_one_card ? Shown::wide_only : Shown::always},
          {"holder", tr("Holder"), Kind::name, of_one_card ? Shown::wide_only : Shown::if_room},
          {"program", tr("Program"), Kind::text, Shown::wide_only},
          {"kind", tr("Kind"), Kind::identifier},
          {"points", tr("Points"), Kind::points},
          {"scale", "", Kind::integer, Shown::to_programs},
          {"usable_from", tr("Usable from"), Kind::date, Shown::wide_only},
          {"valid_through", tr("Usable through"), Kind::date},
          {"receipt", tr("Receipt"), Kind::identifier},
          {"rule", tr("Rule"), Kind::text, Shown::wide_only},
          {"reason", tr("Reason"), Kind::text, Shown::if_room},
          {"lot", tr("Lot"), Kind::integer, Shown::to_programs},
          {"answers", tr("Answers"), Kind::integer, Shown::to_programs},
          {"operation", tr("Operation"), Kind::integer, Shown::wide_only}};
}

void points_list(Session& session, const Options& options) {
  const service::Context context = session.reading();
  store::EntryFilter filter{
      read_date(session, options.from), read_date(session, options.to), {}, options.kind, known_at(options.history)};
  if (filter.through) service::instant_known(context, filter.through);
  if (!options.card.empty()) filter.card = service::find_card(context.store, options.card).id;
  service::Rules rules(context.store);
  service::CustomerSight sight(context);
  const service::ProgramSight programs(context);
  session.list(tr("Points"), columns(!options.card.empty()), [&](format::Sink& sink) {
    store::each_entry(context.store, filter, [&](const store::EntryListing& row) {
      if (!programs.sees(row.program)) return;
      const store::Entry& entry = row.entry;
      const domain::Unit& unit = rules.newest(row.program).program.unit;
      const format::Cell cells[] = {entry.id.value,
                                    entry.date,
                                    row.card_number,
                                    text_or_absent(sight.holder_of(entry.card, row.holder)),
                                    row.program_slug,
                                    name_cell(domain::name(entry.kind)),
                                    points(entry.points, unit),
                                    std::int64_t{unit.scale},
                                    date_or_absent(entry.usable_from),
                                    date_or_absent(entry.valid_through),
                                    text_or_absent(row.receipt),
                                    text_or_absent(entry.rule),
                                    text_or_absent(entry.reason),
                                    entry.lot.value,
                                    entry.answers ? format::Cell{entry.answers.value} : format::Cell{},
                                    entry.operation.value};
      sink.row(cells);
    });
  });
}

}  // namespace

void declare_points_list(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Lists the entries of the ledger: every change of every card, in order."));
  verb.flag("--card", options.card, Value::card, N_("of this card only"));
  verb.flag("--from", options.from, Value::date, N_("first day"));
  verb.flag("--to", options.to, Value::date, N_("last day"));
  verb.flag("--kind", options.kind, Value::choice, N_("entries of one kind"))
      .one_of({"earn", "grant", "opening", "restore", "adjust", "spend", "clawback", "expire", "repay", "write_off",
               "reverse"});
  declare_known_at(verb, options.history);
  verb.example("loyal points list --card 2900000123458");
  verb.example("loyal points list --kind expire --from 2026-01-01 -o expired.csv");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { points_list(session, options); });
}

}  // namespace loyal::cli
