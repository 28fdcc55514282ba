// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/companies.hpp"

namespace loyal::cli {
namespace {

void company_confirm(Session& session, const std::string& text) {
  Writing writing(session);
  const store::Company company =
      service::confirm_company(writing.context(), text.empty() ? writing.context().company : text);
  writing.answer(tr("company {} is confirmed", company.slug), company_record(company));
}

}  // namespace

void declare_company_confirm(Verb& verb) {
  auto& company = verb.options<std::string>();
  verb.describes(
      N_("Says that the registration of a company has been checked, so that documents can be exported under its name. "
         "A company that is confirmed stays so."));
  verb.operand("COMPANY", company, Value::company, N_("slug or name; the only one unless given")).optional();
  verb.example("loyal company confirm zerno");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&company](Session& session) { company_confirm(session, company); });
}

}  // namespace loyal::cli
