// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/settlement.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string program, from, to;
};

void report_partners(Session& session, const Options& options) {
  const service::PartnerReport report = service::partners(
      session.reading(), options.program, read_date(session, options.from), read_date(session, options.to));
  session.list(tr("Partners"),
               {{"company", tr("Company"), Kind::identifier},
                {"sales", tr("Purchases"), Kind::integer},
                {"cards", tr("Cards"), Kind::integer},
                {"paid", tr("Paid"), Kind::money},
                {"issued", tr("Points given"), Kind::points},
                {"own_here", tr("Own points spent here"), Kind::points, Shown::if_room},
                {"foreign_here", tr("Others' points spent here"), Kind::points},
                {"own_elsewhere", tr("Own points spent elsewhere"), Kind::points},
                {"scale", "", Kind::integer, Shown::to_programs},
                {"currency", "", Kind::text, Shown::to_programs}},
               [&](format::Sink& sink) {
                 for (const service::PartnerRow& row : report.rows)
                   sink.row(std::vector<Cell>{
                       row.company, row.sales, row.cards, money(row.paid), points(row.issued, report.unit),
                       points(row.own_here, report.unit), points(row.foreign_here, report.unit),
                       points(row.own_elsewhere, report.unit), std::int64_t{report.unit.scale}, std::string("RUB")});
               });
}

}  // namespace

void declare_report_partners(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Says what each company of a club does in it: purchases with the club's cards, how many cards bought there, "
         "points that it gave, and points spent there and at the others."));
  verb.flag("--program", options.program, Value::program, N_("slug or title; the only club unless given"));
  verb.flag("--from", options.from, Value::date, N_("first day"));
  verb.flag("--to", options.to, Value::date, N_("last day"));
  verb.example("loyal report partners --program street --from 2026-01-01");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { report_partners(session, options); });
}

}  // namespace loyal::cli
