// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/program_text.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/tier_words.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/tiers.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

struct Options {
  std::string program, on, rules;
};

void tier_preview(Session& session, const Options& options) {
  if (options.on.empty() && options.rules.empty())
    throw Error(Fault::usage, tr("what is to be looked ahead to? a day, changed rules, or both"),
                "loyal tier preview --on 2026-12-31");
  const service::Context context = session.reading();
  std::optional<domain::Program> rules;
  if (!options.rules.empty())
    rules = format::read_program(program_text(session, options.rules), program_text_name(options.rules));
  const service::PreviewQuery query{options.program, read_date(session, options.on), rules ? &*rules : nullptr};
  session.list(
      tr("Tiers that would change"),
      {{"number", tr("Card"), Kind::identifier},
       {"holder", tr("Holder"), Kind::name},
       {"tier", tr("Tier today")},
       {"then", tr("Tier then")},
       {"metric", tr("Counts"), Kind::money},
       {"to_keep", tr("To keep the tier"), Kind::money},
       {"on", tr("Day"), Kind::date}},
      [&](format::Sink& sink) {
        service::CustomerSight sight(context);
        const service::ProgramSight programs(context);
        service::each_tier_move(context, query, [&](const service::TierMove& move) {
          const store::Card& card = move.now.card;
          if (!programs.sees(card.program)) return;
          sink.row(std::vector<Cell>{card.number, text_or_absent(sight.name_of(card.customer, move.now.holder)),
                                     text_or_absent(move.now.tier), text_or_absent(move.then.tier),
                                     metric_cell(move.then, move.then.standing.metric),
                                     metric_cell(move.now, move.now.standing.to_keep), move.then.on});
        });
      });
}

}  // namespace

void declare_tier_preview(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists whose tier would be another on a day to come if nothing more were bought, or under changed rules. "
         "Nothing is written."));
  verb.flag("--program", options.program, Value::program, N_("slug or title; the only one with tiers unless given"));
  verb.flag("--on", options.on, Value::date, N_("the day that is looked ahead to; today unless given"));
  verb.flag("--rules", options.rules, Value::file, N_("a changed text of the program; - is stdin"));
  verb.example("loyal tier preview --program coffee --on 2026-12-31");
  verb.example("loyal tier preview --program coffee --rules coffee-new.toml");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { tier_preview(session, options); });
}

}  // namespace loyal::cli
