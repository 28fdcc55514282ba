// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/report_table.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string from, to;
};

void report_discounts(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const Date to = read_date(session, options.to).value_or(today(session));
  const Date from = read_date(session, options.from).value_or(start_of(Period::year, to));
  if (to < from) throw Error(Fault::usage, tr("{} is before {}", to_string(to), to_string(from)));
  const ReportTable table =
      discount_table(context.store, {service::find_company(context.store, context.company).id, from, to});
  session.list(table.title, table.columns, [&table](format::Sink& sink) {
    for (const auto& row : table.rows) sink.row(row);
  });
  if (!session.for_programs()) session.note(tr("from {} to {}", date_words(from), date_words(to)));
}

}  // namespace

void declare_report_discounts(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Says by month, program and shop what was sold, what was given away in discounts and paid with points, and "
         "what was left to pay. What came back is taken off in the month in which it came back."));
  verb.describes(N_("Gift cards that were sold are advances and are left out: what they pay is sold when they pay."));
  verb.flag("--from", options.from, Value::date, N_("first day; 1 January of the last day's year unless given"));
  verb.flag("--to", options.to, Value::date, N_("last day; today unless given"));
  verb.example("loyal report discounts --from 2026-01-01 --to 2026-03-31");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { report_discounts(session, options); });
}

}  // namespace loyal::cli
