// SPDX-License-Identifier: MIT
#include "loyal/service/companies.hpp"

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"

namespace loyal::cli {
namespace {

void company_add(Session& session, const service::CompanyRequest& request) {
  Writing writing(session);
  const store::Company company = service::add_company(writing.context(), request);
  writing.answer(tr("company {} registered as {}, {}", company.name, company.slug,
                    company.state == "pending" ? tr("not yet confirmed") : tr(company.state.c_str())),
                 company_record(company));
  writing.next("loyal company confirm " + company.slug);
  writing.next("loyal program add bonus --slug coffee --earn 5% --expire 12m");
}

}  // namespace

void declare_company_add(Verb& verb) {
  auto& request = verb.options<service::CompanyRequest>();
  verb.describes(
      N_("Registers a company with its tax numbers, each checked by its check digits, and opens one shop of the same "
         "name. A company is "
         "pending until it is confirmed; until then it can do everything but export documents under its name."));
  verb.flag("--name", request.name, Value::text, N_("what customers call it")).required();
  verb.flag("--inn", request.inn, Value::text, N_("INN: 10 digits, or 12 of an entrepreneur")).required();
  verb.flag("--ogrn", request.ogrn, Value::text, N_("OGRN of 13 digits, or OGRNIP of 15")).required();
  verb.flag("--kpp", request.kpp, Value::text, N_("KPP of a legal entity"));
  verb.flag("--email", request.email, Value::text, N_("e-mail address"));
  verb.flag("--phone", request.phone, Value::text, N_("telephone"));
  verb.flag("--address", request.address, Value::text, N_("address of the first shop"));
  verb.flag("--slug", request.slug, Value::text, N_("short name for commands; made from the name unless given"));
  verb.flag("--zone", request.zone, Value::text, N_("time zone; Europe/Moscow unless given"));
  verb.example("loyal company add --inn 7707083893 --ogrn 1027700132195 --email a@b.ru --name \"Зерно\"");
  verb.can_end_with({Fault::conflict});
  verb.writes();
  verb.runs([&request](Session& session) { company_add(session, request); });
}

}  // namespace loyal::cli
