// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/companies.hpp"

namespace loyal::cli {
namespace {

void company_edit(Session& session, const service::CompanyEdit& edit) {
  if (!edit.name && !edit.slug && !edit.inn && !edit.ogrn && !edit.kpp && !edit.email && !edit.phone && !edit.address &&
      !edit.zone && !edit.logo && !edit.colour && !edit.background)
    throw Error(Fault::usage, tr("nothing was said to be changed"), "loyal company edit --help");
  Writing writing(session);
  const store::Company company = service::edit_company(writing.context(), edit);
  writing.answer(tr("company {} changed", company.slug), company_record(company));
  writing.next("loyal company show " + company.slug);
}

}  // namespace

void declare_company_edit(Verb& verb) {
  auto& edit = verb.options<service::CompanyEdit>();
  verb.describes(
      N_("Changes what is given and leaves the rest. An empty value takes away what a company can be without."));
  verb.operand("COMPANY", edit.company, Value::company, N_("slug or name"));
  verb.flag("--name", edit.name, Value::text, N_("what customers call it"));
  verb.flag("--slug", edit.slug, Value::text, N_("short name for commands"));
  verb.flag("--inn", edit.inn, Value::text, N_("INN: 10 digits, or 12 of an entrepreneur"));
  verb.flag("--ogrn", edit.ogrn, Value::text, N_("OGRN of 13 digits, or OGRNIP of 15"));
  verb.flag("--kpp", edit.kpp, Value::text, N_("KPP of a legal entity"));
  verb.flag("--email", edit.email, Value::text, N_("e-mail address"));
  verb.flag("--phone", edit.phone, Value::text, N_("telephone"));
  verb.flag("--address", edit.address, Value::text, N_("address"));
  verb.flag("--zone", edit.zone, Value::text, N_("time zone"));
  verb.flag("--logo", edit.logo, Value::text, N_("a PNG or JPEG file for what the company prints")).called("FILE");
  verb.flag("--color", edit.colour, Value::text, N_("of texts in print: #1a7f37, red, blue …"));
  verb.flag("--background", edit.background, Value::text, N_("of labels and cards in print"));
  verb.example("loyal company edit zerno --email shop@zerno.ru");
  verb.example("loyal company edit zerno --logo logo.png --background \"#1a3c34\"");
  verb.can_end_with({Fault::not_found, Fault::conflict});
  verb.writes();
  verb.runs([&edit](Session& session) { company_edit(session, edit); });
}

}  // namespace loyal::cli
