// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/card_options.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/history_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/clubs.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  CardOptions cards;
  HistoryOptions history;
};

void each_card(Session& session, const service::Context& context, const Options& options,
               const service::TakeCard& take) {
  const store::CardFilter filter = card_filter(context.store, options.cards);
  if (is_today(options.history)) return service::each_card(context, filter, take);
  service::each_card_at(context, filter, read_date(session, options.history.as_of), known_at(options.history), take);
}

void card_list(Session& session, const Options& options) {
  const service::Context context = session.reading();
  session.list(tr("Cards"),
               {{"number", tr("Card"), Kind::identifier},
                {"program", tr("Program"), Kind::identifier},
                {"holder", tr("Holder"), Kind::name},
                {"state", tr("State"), Kind::identifier},
                {"balance", tr("Balance"), Kind::points},
                {"pending", tr("Pending"), Kind::points},
                {"debt", tr("Owed"), Kind::points},
                {"scale", tr("Scale"), Kind::integer, Shown::to_programs},
                {"issued_date", tr("Issued"), Kind::date, Shown::wide_only},
                {"batch", tr("Batch"), Kind::integer, Shown::wide_only},
                {"state_reason", tr("Reason"), Kind::text, Shown::to_programs}},
               [&](format::Sink& sink) {
                 service::CustomerSight sight(context);
                 const service::ProgramSight programs(context);
                 each_card(session, context, options, [&](const store::CardListing& listing, const domain::Unit& unit) {
                   const store::Card& card = listing.card;
                   if (!programs.sees(card.program)) return;
                   sink.row(std::vector<Cell>{
                       card.number, listing.program_slug, text_or_absent(sight.name_of(card.customer, listing.holder)),
                       name_cell(card.state), points(listing.active, unit), points(listing.pending, unit),
                       points(listing.debt, unit), std::int64_t{unit.scale}, card.issued_date, card.operation.value,
                       text_or_absent(card.state_reason)});
                 });
               });
}

}  // namespace

void declare_card_list(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists the cards in the order in which they were issued, with what each holds today. Withdrawn cards are "
         "listed only when asked "
         "for. With --company, only cards of that company's programs and of its clubs."));
  declare_card_options(verb, options.cards);
  declare_history_options(verb, options.history);
  verb.example("loyal card list --program coffee --unassigned");
  verb.example("loyal card list --batch 7 -o cards.csv");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { card_list(session, options); });
}

}  // namespace loyal::cli
