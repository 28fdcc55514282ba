// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/promo_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/sale_promos.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string code, card;
};

void promo_check(Session& session, const Options& options) {
  // A wrong code is written down, so that nobody learns codes by asking.
  const service::Context context = session.writing();
  service::Rules rules(context.store);
  const service::PromoInUse promo = service::with_attempts(context, context.till, [&] {
    service::PromoInUse found = service::find_promo(context, rules, options.code);
    if (options.card.empty()) return found;
    const store::Card card = service::find_card(context.store, options.card);
    return service::promos_of(context, rules, {options.code}, card, found.campaign.company, today(session), {}).front();
  });
  const service::CampaignState state = service::campaign_state(context, promo.campaign);
  format::Record record;
  record.add("code", tr("Code"), promo.code.code);
  const format::Record campaign = campaign_record(state);
  for (const auto& field : campaign.fields())
    if (const auto* cell = std::get_if<format::Cell>(&field.value)) record.add(field.key, field.heading, *cell);
  session.show(record);
}

}  // namespace

void declare_promo_check(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Says what a promo code gives and when, however it is typed; with --card, whether this card may use it. "
         "Whether it fits a purchase, `sale quote --promo` says."));
  verb.operand(N_("CODE"), options.code, Value::text, N_("the code"));
  verb.flag("--card", options.card, Value::card, N_("number, phone, or part of the holder's name"));
  verb.example("loyal promo check SPRING-2K7M-9QXW");
  verb.example("loyal promo check spring2k7m9qxw --card 2900000123458");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { promo_check(session, options); });
}

}  // namespace loyal::cli
