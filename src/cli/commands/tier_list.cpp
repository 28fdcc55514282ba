// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/history_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/tier_words.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/tiers.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string program, tier;
  HistoryOptions history;
};

void tier_list(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const service::TierQuery query{options.program, options.tier, read_date(session, options.history.as_of),
                                 known_at(options.history)};
  session.list(
      tr("Tiers"),
      {{"number", tr("Card"), Kind::identifier},
       {"holder", tr("Holder"), Kind::name},
       {"program", tr("Program"), Kind::identifier, Shown::wide_only},
       {"tier", tr("Tier")},
       {"since", tr("Since"), Kind::date, Shown::wide_only},
       {"held_through", tr("Held through"), Kind::date},
       {"pinned_until", tr("Pinned until"), Kind::date, Shown::wide_only},
       {"metric", tr("Counts"), Kind::money},
       {"next_tier", tr("Next tier")},
       {"to_next", tr("To the next tier"), Kind::money},
       {"to_keep", tr("To keep the tier"), Kind::money, Shown::wide_only},
       {"metric_kind", tr("What counts"), Kind::text, Shown::to_programs}},
      [&](format::Sink& sink) {
        service::CustomerSight sight(context);
        const service::ProgramSight programs(context);
        service::each_tier(context, query, [&](const service::CardTier& tier) {
          if (!programs.sees(tier.card.program)) return;
          const domain::TierStanding& standing = tier.standing;
          sink.row(std::vector<Cell>{
              tier.card.number, text_or_absent(sight.name_of(tier.card.customer, tier.holder)), tier.program_slug,
              text_or_absent(tier.tier), tier.tier.empty() ? Cell{} : date_or_absent(standing.since),
              date_or_absent(standing.held_through), date_or_absent(standing.pinned_until),
              metric_cell(tier, standing.metric), text_or_absent(tier.next), metric_cell(tier, standing.to_next),
              metric_cell(tier, standing.to_keep), std::string(domain::name(tier.metric))});
        });
      });
}

}  // namespace

void declare_tier_list(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "Lists the cards of a program with the tier of each, how long it is held, what has counted so far, and what is "
      "missing to the next. The tier is computed from the purchases, for any day."));
  verb.flag("--program", options.program, Value::program, N_("slug or title; the only one with tiers unless given"));
  verb.flag("--tier", options.tier, Value::text, N_("only cards of this tier"));
  declare_history_options(verb, options.history);
  verb.example("loyal tier list --program coffee");
  verb.example("loyal tier list --program coffee --tier Серебро --as-of 2026-12-31");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { tier_list(session, options); });
}

}  // namespace loyal::cli
