// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/history_options.hpp"
#include "loyal/cli/report_table.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string program, from, to;
  std::string table = "movement";
  HistoryOptions history;
};

void report_liability(Session& session, const Options& options) {
  if (!options.to.empty() && !options.history.as_of.empty())
    throw Error(Fault::usage, tr("--to and --as-of mean the same day: give one of them"));
  const auto as_of = read_date(session, options.history.as_of);
  const service::LiabilityReport report = service::liability(
      session.reading(), {options.program, read_date(session, options.from),
                          as_of ? as_of : read_date(session, options.to), known_at(options.history)});
  const ReportTable table = liability_table(options.table, report);
  session.list(table.title, table.columns, [&table](format::Sink& sink) {
    for (const auto& row : table.rows) sink.row(row);
  });
  if (session.for_programs()) return;
  session.note(tr("from {} to {}", date_words(report.from), date_words(report.to)));
  if (!table.method.empty()) session.note(table.method);
}

}  // namespace

void declare_report_liability(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Says what the company owes to those who hold its cards: points at the start, issued, spent, expired and "
         "corrected, at the end, and their worth in money, by program and by the company whose points they are. Points "
         "past their last day count as expired, whether or not a night has booked them."));
  verb.describes(
      N_("--table months shows what stands at the end by the month of its last day; breakage, which share of points "
         "expired by months left, in lots that have run their course in three years (the run-off method); ifrs15, the "
         "contract liability to post; provision, the provision by Russian rules (Dt 44 Ct 96)."));
  verb.flag("--program", options.program, Value::program, N_("slug or title of one program"));
  verb.flag("--from", options.from, Value::date, N_("first day; 1 January of the last day's year unless given"));
  verb.flag("--to", options.to, Value::date, N_("last day; today unless given"));
  verb.flag("--table", options.table, Value::choice, N_("which table"))
      .one_of({"movement", "months", "breakage", "ifrs15", "provision"});
  declare_history_options(verb, options.history);
  verb.example("loyal report liability --from 2026-01-01 --to 2026-03-31");
  verb.example("loyal report liability --as-of 2026-03-31 --table months -o liability.xlsx");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { report_liability(session, options); });
}

}  // namespace loyal::cli
