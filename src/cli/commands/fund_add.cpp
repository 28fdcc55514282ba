// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/funds.hpp"

namespace loyal::cli {
namespace {

void fund_add(Session& session, const service::FundRequest& request) {
  Writing writing(session);
  const store::Fund fund = service::add_fund(writing.context(), request);
  format::Record record;
  record.add("slug", tr("Fund"), fund.slug);
  record.add("name", tr("Name"), fund.name);
  record.add("inn", tr("INN"), text_or_absent(fund.inn));
  writing.answer(tr("fund {} added: {}", fund.slug, fund.name), record);
}

}  // namespace

void declare_fund_add(Verb& verb) {
  auto& request = verb.options<service::FundRequest>();
  verb.describes(
      N_("Adds a fund that a charity program can give to. A program that names a fund which is not there makes it by "
         "itself; here it gets its INN."));
  verb.flag("--name", request.name, Value::text, N_("its name")).required();
  verb.flag("--slug", request.slug, Value::text, N_("short name for commands; made from the name unless given"));
  verb.flag("--inn", request.inn, Value::text, N_("10 or 12 digits"));
  verb.example("loyal fund add --name \"Подари жизнь\" --inn 7714320009");
  verb.can_end_with({Fault::not_found, Fault::conflict});
  verb.writes();
  verb.runs([&request](Session& session) { fund_add(session, request); });
}

}  // namespace loyal::cli
