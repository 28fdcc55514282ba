// SPDX-License-Identifier: MIT
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/campaigns.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string name, until, reason;
  std::optional<std::int64_t> uses;
};

void promo_extend(Session& session, const Options& options) {
  const auto until = read_date(session, options.until);
  if (!until && !options.uses)
    throw Error(Fault::usage, tr("say --until or --uses"), "loyal promo extend SPRING --until 2026-12-31");
  Writing writing(session);
  const service::CampaignChanged changed =
      service::extend_campaign(writing.context(), {options.name, until, options.uses, options.reason});
  format::Record record;
  record.add("operation", changed.operation.value);
  record.add("campaign", changed.campaign.slug);
  record.add("until", date_or_absent(changed.campaign.until));
  record.add("uses_max", changed.campaign.uses ? format::Cell{*changed.campaign.uses} : format::Cell{});
  writing.answer(until ? tr("campaign {} runs through {}", changed.campaign.slug, date_words(*until))
                       : tr("campaign {} allows {} uses", changed.campaign.slug, *options.uses),
                 std::move(record));
}

}  // namespace

void declare_promo_extend(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Gives a campaign more time, or more uses. To end it sooner, `promo revoke`."));
  verb.operand(N_("NAME"), options.name, Value::campaign, N_("the campaign's name"));
  verb.flag("--until", options.until, Value::date, N_("the new last day"));
  verb.flag("--uses", options.uses, Value::number, N_("the new most uses of all codes together"));
  verb.flag("--reason", options.reason, Value::text, N_("why, for the history"));
  verb.example("loyal promo extend SPRING --until 2026-12-31");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { promo_extend(session, options); });
}

}  // namespace loyal::cli
