// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/company_look.hpp"

namespace loyal::cli {
namespace {

void company_show(Session& session, const std::string& text) {
  const service::Context context = session.reading();
  const store::Company company = service::find_company(context.store, text.empty() ? context.company : text);
  format::Record record = company_record(company);
  const store::CompanyLook look = store::company_look(context.store, company.id);
  record.add("has_logo", tr("Logo"), !look.logo.empty());
  record.add("color", tr("Colour"), text_or_absent(look.colour));
  record.add("background", tr("Background"), text_or_absent(look.background));
  format::Record::List shops;
  for (const store::Shop& shop : store::shops(context.store, company.id))
    shops.push_back(shop_record(shop, company.slug));
  record.list("shops", tr("Shops"), std::move(shops));
  session.show(record);
}

}  // namespace

void declare_company_show(Verb& verb) {
  auto& company = verb.options<std::string>();
  verb.describes(N_("Shows a company with its tax numbers, its contacts and its shops."));
  verb.operand("COMPANY", company, Value::company, N_("slug or name; the only one unless given")).optional();
  verb.example("loyal company show zerno");
  verb.can_end_with({Fault::not_found});
  verb.runs([&company](Session& session) { company_show(session, company); });
}

}  // namespace loyal::cli
