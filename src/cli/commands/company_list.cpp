// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/store/company.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

void company_list(Session& session) {
  session.list(tr("Companies"),
               {{"slug", tr("Company"), Kind::identifier},
                {"name", tr("Name")},
                {"state", tr("State"), Kind::identifier},
                {"inn", tr("INN"), Kind::identifier},
                {"ogrn", tr("OGRN"), Kind::identifier},
                {"kpp", tr("KPP"), Kind::identifier, Shown::wide_only},
                {"email", tr("E-mail"), Kind::text, Shown::wide_only},
                {"phone", tr("Phone"), Kind::identifier, Shown::wide_only},
                {"address", tr("Address"), Kind::text, Shown::wide_only},
                {"zone", tr("Time zone"), Kind::text, Shown::wide_only},
                {"currency", tr("Currency"), Kind::text, Shown::to_programs}},
               [&session](format::Sink& sink) {
                 for (const store::Company& company : store::companies(session.store_for_reading()))
                   sink.row(std::vector<Cell>{company.slug, company.name, name_cell(company.state), company.inn,
                                              text_or_absent(company.ogrn), text_or_absent(company.kpp),
                                              text_or_absent(company.email), text_or_absent(company.phone),
                                              text_or_absent(company.address), company.zone, company.currency});
               });
}

}  // namespace

void declare_company_list(Verb& verb) {
  verb.describes(
      N_("Lists the companies of the store with their tax numbers and their state: pending, active or closed."));
  verb.example("loyal company list");
  verb.example("loyal company list -o companies.csv");
  verb.runs(company_list);
}

}  // namespace loyal::cli
