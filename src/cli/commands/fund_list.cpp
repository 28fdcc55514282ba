// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/funds.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

void fund_list(Session& session) {
  const service::Context context = session.reading();
  session.list(
      tr("Funds"),
      {{"slug", tr("Fund"), Kind::identifier},
       {"name", tr("Name"), Kind::name},
       {"inn", tr("INN"), Kind::identifier, Shown::wide_only},
       {"company", tr("Company"), Kind::identifier, Shown::wide_only},
       {"program", tr("Program"), Kind::identifier},
       {"donated", tr("Given"), Kind::money},
       {"paid_out", tr("Paid out"), Kind::money},
       {"left", tr("To pay out"), Kind::money},
       {"account", tr("Account"), Kind::money},
       {"currency", "", Kind::text, Shown::to_programs}},
      [&](format::Sink& sink) {
        service::each_fund(context, [&sink](const service::FundListing& row) {
          sink.row(std::vector<Cell>{row.fund.slug, row.fund.name, text_or_absent(row.fund.inn), row.company_slug,
                                     text_or_absent(row.program_slug), money(row.donated), money(row.paid_out),
                                     money(row.left), money(row.account), std::string("RUB")});
        });
      });
}

}  // namespace

void declare_fund_list(Verb& verb) {
  verb.describes(
      N_("Lists the funds with what each program has given them, what was paid out, what is still to be paid, and what "
         "the company's account of the program holds for later."));
  verb.example("loyal fund list");
  verb.runs([](Session& session) { fund_list(session); });
}

}  // namespace loyal::cli
