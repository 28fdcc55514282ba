// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/promo_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

using format::Kind;
using format::Shown;

void promo_list(Session& session) {
  const auto states = service::campaign_states(session.reading());
  session.list(tr("Campaigns"),
               {{"campaign", tr("Campaign"), Kind::identifier},
                {"title", tr("Title"), Kind::text, Shown::if_room},
                {"program", tr("Program"), Kind::identifier, Shown::if_room},
                {"state", tr("State"), Kind::identifier},
                {"gives", tr("Gives"), Kind::text},
                {"conditions", tr("For"), Kind::text, Shown::if_room},
                {"from", tr("From"), Kind::date, Shown::wide_only},
                {"until", tr("Through"), Kind::date},
                {"codes", tr("Codes"), Kind::integer},
                {"uses", tr("Used"), Kind::integer},
                {"discount", tr("Taken off"), Kind::money}},
               [&states](format::Sink& sink) {
                 for (const service::CampaignState& state : states)
                   sink.row(std::vector<format::Cell>{
                       state.campaign.slug, state.terms.title, text_or_absent(state.program_slug),
                       name_cell(phase_name(state.phase)), effect_words(state.terms, state.unit),
                       text_or_absent(condition_words(state.terms)), date_or_absent(state.terms.filter.from),
                       date_or_absent(state.terms.filter.until), state.codes, state.uses, money(state.discount)});
               });
}

}  // namespace

void declare_promo_list(Verb& verb) {
  verb.describes(N_("Lists the promo campaigns: what their codes give, until when, and how often they were used."));
  verb.example("loyal promo list");
  verb.example("loyal promo list -o campaigns.xlsx");
  verb.runs([](Session& session) { promo_list(session); });
}

}  // namespace loyal::cli
