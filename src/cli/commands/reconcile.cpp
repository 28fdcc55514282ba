// SPDX-License-Identifier: MIT
#include "loyal/service/reconcile.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/import_rows.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

constexpr int exit_differs = 3;
// More than people read, and than a program that wants them all should ask of one JSON object: lists stream.
constexpr std::size_t shown_to_people_max = 20;
constexpr std::size_t shown_to_programs_max = 10'000;

struct Options {
  ImportFileOptions file;
  service::ReconcileRequest request;
  std::string from, to, restart;
};

Cell money_or_absent(std::optional<Money> amount) {
  return amount ? money(*amount) : Cell{};
}

std::vector<Cell> cells_of(const service::Difference& one) {
  return {name_cell(service::name(one.kind)),
          one.line == 0 ? Cell{} : Cell{static_cast<std::int64_t>(one.line)},
          text_or_absent(one.receipt),
          text_or_absent(one.till),
          one.card,
          one.date,
          money_or_absent(one.here),
          money_or_absent(one.there),
          text_or_absent(one.what)};
}

std::vector<format::Column> difference_columns() {
  return {{"difference", tr("Difference"), Kind::text}, {"line", tr("Line"), Kind::integer},
          {"receipt", tr("Receipt"), Kind::identifier}, {"till", tr("Till"), Kind::text},
          {"card", tr("Card"), Kind::identifier},       {"date", tr("Date"), Kind::date},
          {"here", tr("In the store"), Kind::money},    {"there", tr("In the file"), Kind::money},
          {"what", tr("What differs"), Kind::text}};
}

format::Record difference_record(const service::Difference& one) {
  format::Record record;
  const std::vector<Cell> cells = cells_of(one);
  const std::vector<format::Column> columns = difference_columns();
  for (std::size_t i = 0; i < cells.size(); ++i) record.add(columns[i].key, columns[i].heading, cells[i]);
  return record;
}

format::Record::List sum_rows(const service::ReconcileReport& report) {
  format::Record::List rows;
  const auto add = [&rows](const char* what, const service::ReconcileSum& sum) {
    format::Record row;
    row.add("what", tr("Purchases"), name_cell(what)).add("count", tr("Number"), sum.count);
    row.add("here", tr("In the store"), money(sum.here)).add("there", tr("In the file"), money(sum.there));
    rows.push_back(std::move(row));
  };
  add(N_("matched"), report.matched);
  add(N_("missing_here"), report.missing_here);
  add(N_("missing_there"), report.missing_there);
  add(N_("different"), report.different);
  return rows;
}

format::Record record_of(const service::ReconcileReport& report, format::Record::List differences) {
  format::Record record;
  record.add("rows", tr("Rows read"), report.rows).add("from", tr("From"), report.from).add("to", tr("To"), report.to);
  record.add("agrees", report.agrees());
  record.add("unreadable", tr("Rows that cannot be read"), report.unreadable);
  record.add("currency", std::string("RUB"));
  record.list("sums", tr("Sums"), sum_rows(report));
  if (!differences.empty() || report.agrees()) record.list("differences", tr("Differences"), std::move(differences));
  return record;
}

void tell(Session& session, const std::string& file, const service::ReconcileReport& report) {
  if (report.returns > 0) session.note(trn("{} return was passed over", "{} returns were passed over", report.returns));
  tell_rejected(session, file, report.unreadable, report.examples, {});
  if (!report.agrees()) session.ends_with(exit_differs);
}

void reconcile(Session& session, const Options& options) {
  service::ReconcileRequest request = options.request;
  request.file = import_file(session, options.file);
  request.from = read_date(session, options.from);
  request.to = read_date(session, options.to);
  if (request.from && request.to && *request.to < *request.from)
    throw Error(Fault::usage, tr("{} is before {}", to_string(*request.to), to_string(*request.from)));
  request.receipts_restart_daily = options.restart == "daily";
  const service::Context context = session.reading();
  const auto run = [&](const std::function<void(const service::Difference&)>& take) {
    return service::reconcile(context, request, import_note(session), import_progress(session), take);
  };
  const format::Form form = session.globals().form;
  if (form != format::Form::table && form != format::Form::json) {
    service::ReconcileReport report;
    session.list(tr("Differences"), difference_columns(), [&](format::Sink& sink) {
      report = run([&sink](const service::Difference& one) { sink.row(cells_of(one)); });
    });
    return tell(session, request.file.path, report);
  }
  format::Record::List differences;
  const std::size_t shown_max = session.for_programs() ? shown_to_programs_max : shown_to_people_max;
  std::int64_t more = 0;
  const auto report = run([&](const service::Difference& one) {
    if (differences.size() < shown_max)
      differences.push_back(difference_record(one));
    else
      ++more;
  });
  session.show(record_of(report, std::move(differences)));
  if (more > 0)
    session.note(trn("and {} difference more: -o differences.csv has all",
                     "and {} differences more: -o differences.csv has all", more));
  tell(session, request.file.path, report);
}

}  // namespace

void declare_reconcile(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Compares the purchases of a file, a till's or an accountant's, with the store's of the same days: what "
         "matches, what "
         "is missing here, what is missing there, what differs, with sums. Purchases are matched by receipt (and till, "
         "where the file names it), without receipts by card, day and amount. Nothing is written."));
  verb.describes(N_("Ends with 3 where the file and the store differ. -o differences.csv writes every difference."));
  describe_headings(verb, service::sale_fields());
  declare_import_file(verb, options.file, N_("which column is which: card, at, amount, time, receipt, till, type …"));
  verb.flag("--from", options.from, Value::date, N_("first day; the file's first unless given"));
  verb.flag("--to", options.to, Value::date, N_("last day; the file's last unless given"));
  verb.flag("--paid", options.request.is_paid, N_("the file's amounts are what was paid, after discounts and points"));
  verb.flag("--receipts-restart", options.restart, Value::text, N_("receipts are numbered anew each day"))
      .one_of({"daily"});
  verb.example("loyal reconcile till.csv --map card=Карта,receipt=Чек,at=Дата,amount=Сумма");
  verb.example("loyal reconcile march.csv --from 2026-03-01 --to 2026-03-31 -o differences.csv");
  verb.can_end_with({Fault::not_found});
  verb.can_be_partial();
  verb.runs([&options](Session& session) { reconcile(session, options); });
}

}  // namespace loyal::cli
