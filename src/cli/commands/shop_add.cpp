// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/companies.hpp"

namespace loyal::cli {
namespace {

void shop_add(Session& session, const service::ShopRequest& request) {
  Writing writing(session);
  const store::Shop shop = service::add_shop(writing.context(), request);
  const std::string company = store::company(writing.context().store, shop.company).value().slug;
  writing.answer(tr("shop {} of {} opened as {}", shop.name, company, shop.slug), shop_record(shop, company));
  writing.next("loyal shop list");
}

}  // namespace

void declare_shop_add(Verb& verb) {
  auto& request = verb.options<service::ShopRequest>();
  verb.describes(
      N_("Opens one more shop of a company. Every sale belongs to a shop; where there are several, sales name theirs "
         "with --shop, or "
         "LOYAL_SHOP says it once for a till."));
  verb.flag("--name", request.name, Value::text, N_("what customers call it")).required();
  verb.flag("--slug", request.slug, Value::text, N_("short name for commands; made from the name unless given"));
  verb.flag("--address", request.address, Value::text, N_("address"));
  verb.flag("--zone", request.zone, Value::text, N_("time zone; the company's unless given"));
  verb.example("loyal shop add --name \"Зерно на Мира\" --address \"проспект Мира, 10\"");
  verb.can_end_with({Fault::not_found, Fault::conflict});
  verb.writes();
  verb.runs([&request](Session& session) { shop_add(session, request); });
}

}  // namespace loyal::cli
