// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/settlement.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string program, from, to;
  std::optional<std::int64_t> period;
  bool close = false;
};

/// Who pays whom after set-off, one line for a pair; more may have come back than was spent.
std::vector<std::string> payments(const service::SettlementReport& report) {
  std::vector<std::string> result;
  for (const service::SettlementRow& row : report.rows) {
    const auto is_reverse = [&row](const service::SettlementRow& other) {
      return other.issuer == row.place && other.place == row.issuer;
    };
    if (row.net.count > 0)
      result.push_back(tr("{} pays {} {}", row.issuer, row.place, to_text(row.net)));
    else if (row.net.count < 0 && std::none_of(report.rows.begin(), report.rows.end(), is_reverse))
      result.push_back(tr("{} pays {} {}", row.place, row.issuer, to_text(-row.net)));
  }
  return result;
}

void show_rows(Session& session, const service::SettlementReport& report) {
  session.list(tr("Settlement"),
               {{"period", tr("Period"), Kind::integer, Shown::wide_only},
                {"issuer", tr("Owes"), Kind::identifier},
                {"place", tr("To whom"), Kind::identifier},
                {"points", tr("Points spent"), Kind::points},
                {"scale", "", Kind::integer, Shown::to_programs},
                {"worth", tr("Worth"), Kind::money, Shown::wide_only},
                {"amount", tr("By clearing price"), Kind::money},
                {"fee", tr("Fee of the club"), Kind::money},
                {"to_pay", tr("To pay"), Kind::money},
                {"net", tr("After set-off"), Kind::money},
                {"currency", "", Kind::text, Shown::to_programs},
                {"closed", "", Kind::boolean, Shown::to_programs},
                {"closed_on", "", Kind::date, Shown::to_programs}},
               [&](format::Sink& sink) {
                 for (const service::SettlementRow& row : report.rows)
                   sink.row(std::vector<Cell>{report.period, row.issuer, row.place, points(row.points, report.unit),
                                              std::int64_t{report.unit.scale}, money(row.worth), money(row.amount),
                                              money(row.fee), money(row.to_pay), money(row.net), std::string("RUB"),
                                              report.is_closed, report.is_closed ? Cell{report.closed_on} : Cell{}});
               });
  if (session.for_programs() || !session.globals().output_path.empty()) return;
  for (const std::string& payment : payments(report)) session.say(payment);
}

format::Record row_record(const service::SettlementRow& row, const domain::Unit& unit) {
  format::Record record;
  record.add("issuer", tr("Owes"), row.issuer);
  record.add("place", tr("To whom"), row.place);
  record.add("points", tr("Points spent"), points(row.points, unit));
  record.add("worth", tr("Worth"), money(row.worth));
  record.add("amount", tr("By clearing price"), money(row.amount));
  record.add("fee", tr("Fee of the club"), money(row.fee));
  record.add("to_pay", tr("To pay"), money(row.to_pay));
  record.add("net", tr("After set-off"), money(row.net));
  return record;
}

void close(Session& session, const std::string& program) {
  Writing writing(session);
  const service::SettlementReport report = service::close_settlement(writing.context(), program);
  format::Record record;
  record.add("operation", report.operation.value);
  record.add("program", report.program.slug);
  record.add("period", report.period);
  record.add("scale", std::int64_t{report.unit.scale});
  record.add("currency", std::string("RUB"));
  format::Record::List rows;
  for (const service::SettlementRow& row : report.rows) rows.push_back(row_record(row, report.unit));
  record.list("rows", {}, std::move(rows));
  std::string words = tr("period {} of {} closed", report.period, report.program.slug);
  for (const std::string& payment : payments(report)) words += "; " + payment;
  writing.answer(words, record);
  writing.next(fmt::format("loyal report settlement --program {} --period {}", report.program.slug, report.period));
}

void report_settlement(Session& session, const Options& options) {
  if (options.close) {
    if (options.period || !options.from.empty() || !options.to.empty())
      throw Error(Fault::usage, tr("--close closes all that is open: it takes neither a period nor days"));
    return close(session, options.program);
  }
  show_rows(session,
            service::settlement(session.reading(), {options.program, options.period, read_date(session, options.from),
                                                    read_date(session, options.to)}));
}

}  // namespace

void declare_report_settlement(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Says for each pair of a club's companies who owes whom: points that one gave and that were spent at the "
         "other, less what returns brought back. A point costs the clearing price of the company that gave it, by the "
         "rules under which it was spent; of that the club keeps the fee of the company that is paid. Amounts are "
         "rounded half up to the kopeck, once for each pair and version of the rules."));
  verb.describes(
      N_("Without days it is about what was recorded since the last period was closed. --close closes the period: what "
         "is recorded later, returns of its purchases too, belongs to the next. The last closed period can be opened "
         "again by undo."));
  verb.flag("--program", options.program, Value::program, N_("slug or title; the only club unless given"));
  verb.flag("--from", options.from, Value::date, N_("first day"));
  verb.flag("--to", options.to, Value::date, N_("last day"));
  verb.flag("--period", options.period, Value::number, N_("a period that was closed, from 1"));
  verb.flag("--close", options.close, N_("close the period"));
  verb.example("loyal report settlement --program street");
  verb.example("loyal report settlement --program street --close");
  verb.example("loyal report settlement --program street --period 1 -o march.xlsx");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { report_settlement(session, options); });
}

}  // namespace loyal::cli
