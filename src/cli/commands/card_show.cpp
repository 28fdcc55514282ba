// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/history_options.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/tier_words.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/points.hpp"
#include "loyal/service/subscriptions.hpp"
#include "loyal/store/card_code.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card;
  HistoryOptions history;
};

format::Record lot_row(const domain::Lot& lot, const service::CardState& state) {
  format::Record record;
  record.add("lot", lot.id.value);
  record.add("points", tr("Points"), points(lot.remainder, state.unit));
  record.add("date", tr("Date"), lot.date);
  record.add("usable_from", tr("Usable from"), lot.is_debt() ? format::Cell{} : format::Cell{lot.usable_from});
  record.add("valid_through", tr("Usable through"), date_or_absent(lot.valid_through));
  record.add("state", tr("State"),
             name_cell(lot.is_debt()              ? "debt"
                       : lot.is_pending(state.on) ? "pending"
                       : lot.is_expired(state.on) ? "expired"
                                                  : "active"));
  return record;
}

/// Until when a subscription is paid for.
void add_paid_time(format::Record& record, store::Database& database, const service::CardState& state) {
  service::Rules rules(database);
  const auto& subscription = rules.newest(state.card.program).program.subscription;
  const service::PaidTime paid =
      subscription ? service::paid_time(database, *subscription, state.card.id, state.on) : service::PaidTime{};
  record.add("paid_through", subscription ? tr("Paid through") : std::string{}, date_or_absent(paid.through));
}

/// What the card is found by beside its number.
void add_codes(format::Record& record, const std::vector<store::CardCode>& codes) {
  format::Record::List rows;
  for (const store::CardCode& code : codes) {
    format::Record row;
    row.add("symbology", tr("Symbology"), code.symbology);
    row.add("code", tr("Code"), code.text);
    rows.push_back(std::move(row));
  }
  const std::string heading = rows.empty() ? std::string{} : tr("Codes");
  record.list("codes", heading, std::move(rows));
}

void card_show(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const service::CardState state =
      service::card_state(context, chosen_card(session, context.store, options.card),
                          read_date(session, options.history.as_of), known_at(options.history));
  format::Record record =
      card_record(context.store, state.card, service::CustomerSight(context).sees(state.card.customer));
  record.add("as_of", tr("As of"), state.on);
  record.add("balance", tr("Balance"), points(state.balance.active, state.unit));
  record.add("pending", tr("Pending"), points(state.balance.pending, state.unit));
  record.add("debt", tr("Owed"), points(state.balance.debt, state.unit));
  record.add("reserved", state.reserved.count > 0 ? tr("Held by tills") : std::string{},
             points(state.reserved, state.unit));
  record.add("scale", std::int64_t{state.unit.scale});
  add_paid_time(record, context.store, state);
  if (const auto tier = service::tier_of(context, state.card, state.on, known_at(options.history)))
    add_tier(record, *tier);
  add_codes(record, store::codes_of(context.store, state.card.id));
  format::Record::List lots;
  for (const domain::Lot& lot : domain::in_spending_order(state.lots, state.on)) lots.push_back(lot_row(lot, state));
  for (const domain::Lot& lot : state.lots)
    if (!lot.is_active(state.on)) lots.push_back(lot_row(lot, state));
  const std::string heading = lots.empty() ? std::string{} : tr("Points, in the order in which they are spent");
  record.list("lots", heading, std::move(lots));
  session.show(record);
}

}  // namespace

void declare_card_show(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Shows a card with its holder, its balance, and its points by the day on which they end."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  declare_history_options(verb, options.history);
  verb.example("loyal card show 2900000000018");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { card_show(session, options); });
}

}  // namespace loyal::cli
