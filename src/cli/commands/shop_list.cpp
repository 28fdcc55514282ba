// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

void shop_list(Session& session) {
  const service::Context context = session.reading();
  const CompanyId only =
      context.company.empty() ? CompanyId{} : service::find_company(context.store, context.company).id;
  session.list(tr("Shops"),
               {{"slug", tr("Shop"), Kind::identifier},
                {"name", tr("Name")},
                {"company", tr("Company"), Kind::identifier},
                {"address", tr("Address")},
                {"zone", tr("Time zone"), Kind::text, format::Shown::wide_only},
                {"state", tr("State"), Kind::identifier}},
               [&context, only](format::Sink& sink) {
                 for (const store::Company& company : store::companies(context.store)) {
                   if (only && company.id != only) continue;
                   for (const store::Shop& shop : store::shops(context.store, company.id))
                     sink.row(std::vector<Cell>{shop.slug, shop.name, company.slug, text_or_absent(shop.address),
                                                shop.zone, name_cell(shop.state)});
                 }
               });
}

}  // namespace

void declare_shop_list(Verb& verb) {
  verb.describes(N_("Lists the shops of all companies, or of the one that --company names."));
  verb.example("loyal shop list");
  verb.runs(shop_list);
}

}  // namespace loyal::cli
