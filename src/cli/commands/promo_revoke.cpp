// SPDX-License-Identifier: MIT
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/campaigns.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string name, code, reason;
};

void promo_revoke(Session& session, const Options& options) {
  if (options.name.empty() && options.code.empty())
    throw Error(Fault::usage, tr("which campaign, or which code?"), "loyal promo revoke SPRING");
  if (options.code.empty() && !session.globals().dry_run) {
    const service::Context context = session.reading();
    const store::Campaign campaign = service::find_campaign(context, options.name);
    const service::CampaignState state = service::campaign_state(context, campaign);
    if (!campaign.is_revoked &&
        !session.confirm(trn("Revoke {} code of the campaign {}?", "Revoke {} codes of the campaign {}?", state.codes,
                             campaign.slug)))
      throw Error(Fault::unconfirmed, tr("nothing was revoked"));
  }
  Writing writing(session);
  const service::CampaignChanged changed =
      service::revoke_campaign(writing.context(), {options.name, options.code, options.reason});
  format::Record record;
  record.add("operation", changed.operation.value);
  record.add("campaign", changed.campaign.slug);
  record.add("code", changed.code.empty() ? format::Cell{} : format::Cell{changed.code});
  writing.answer(changed.code.empty() ? tr("campaign {} revoked", changed.campaign.slug)
                                      : tr("code {} of campaign {} revoked", changed.code, changed.campaign.slug),
                 std::move(record));
}

}  // namespace

void declare_promo_revoke(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Ends a campaign at once, or with --code one of its codes. What was used stays used; an undo takes the "
         "revocation back."));
  verb.operand(N_("NAME"), options.name, Value::campaign, N_("the campaign's name")).optional();
  verb.flag("--code", options.code, Value::text, N_("only this code"));
  verb.flag("--reason", options.reason, Value::text, N_("why, for the history"));
  verb.example("loyal promo revoke SPRING --reason \"ошибка в условиях\"");
  verb.example("loyal promo revoke --code SPRING-2K7M-9QXW");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused, Fault::unconfirmed});
  verb.writes();
  verb.runs([&options](Session& session) { promo_revoke(session, options); });
}

}  // namespace loyal::cli
