// SPDX-License-Identifier: MIT
#include "loyal/service/door.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "door_refusal.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/card_history.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

/// The last day of each lot that was ever opened on the card, as the entries left it.
using LotEnds = std::map<EntryId, std::optional<Date>>;

LotEnds ends_of(const std::vector<store::Entry>& entries) {
  LotEnds result;
  for (const store::Entry& entry : entries)
    if (entry.lot == entry.id || entry.kind == domain::EntryKind::extend) result[entry.lot] = entry.valid_through;
  return result;
}

domain::DoorFacts facts_of(store::Database& database, const domain::Program& program, const store::Card& card,
                           const domain::DoorWish& wish, Date on) {
  domain::DoorFacts facts;
  const auto freezes = store::freezes_of(database, card.id);
  for (const domain::Lot& lot : lots_on(database, program, card.id, store::lots_of(database, card.id), on)) {
    const auto spans = freezes_of_lot(freezes, lot.id);
    const auto frozen =
        std::find_if(spans.begin(), spans.end(), [on](const LotFreeze& each) { return each.span.holds(on); });
    if (frozen == spans.end())
      facts.lots.push_back(lot);
    else
      facts.frozen_through = std::max(facts.frozen_through.value_or(frozen->span.through), frozen->span.through);
  }
  const std::string list = domain::list_of(program, wish);
  for (const store::Visit& visit : store::visits_of(database, card.id)) {
    if (visit.kind == store::VisitKind::present) continue;
    if (visit.at.date == on) ++facts.entries_today;
    if (visit.kind == store::VisitKind::check_in && visit.list == list) ++facts.entries_on_list;
  }
  const auto entries = store::entries_of(database, card.id);
  const LotEnds ends = ends_of(entries);
  facts.was_bought =
      std::any_of(entries.begin(), entries.end(), [](const store::Entry& entry) { return entry.points.count > 0; });
  for (const store::Entry& entry : entries)
    if (entry.kind == domain::EntryKind::expire)
      facts.ended_last = std::max(facts.ended_last.value_or(Date{}), ends.at(entry.lot).value_or(entry.date));
  return facts;
}

/// What begins with its first use begins now.
void begin_terms(Posting& posting, Rules& rules, store::Database& database, const store::Card& card,
                 const std::vector<domain::Lot>& used, const Origin& origin) {
  for (const domain::Lot& lot : used) {
    const store::Entry opening = store::entry(database, lot.id).value();
    const auto sale = store::sale(database, opening.sale);
    const domain::Program& program =
        sale ? rules.version(sale->version).program : rules.on(card.program, origin.date).program;
    if (!program.expiry.from_first_use || lot.valid_through) continue;
    const auto last =
        domain::last_day_from_use(program, store::sale_context(database, opening.sale).offer, origin.date);
    if (!last) continue;
    Origin of_lot = origin;
    of_lot.issuer = lot.issuer;
    of_lot.sale = {};
    posting.extend(card.id, lot.id, last, of_lot);
  }
}

UseReceipt receipt_of(const Context& context, const domain::Program& program, OperationId operation,
                      const std::vector<store::Visit>& visits) {
  UseReceipt receipt;
  const store::Visit& visit = visits.front();
  receipt.card = store::card(context.store, visit.card).value();
  if (const auto holder = store::customer(context.store, receipt.card.customer)) receipt.holder = holder->name;
  receipt.program_slug = program.slug;
  receipt.shop_slug = store::shop(context.store, visit.shop).value().slug;
  receipt.unit = program.unit;
  receipt.count = static_cast<std::int64_t>(visits.size());
  receipt.list = visit.list;
  receipt.at = visit.at;
  receipt.operation = operation;
  const auto entries = store::entries_of(context.store, receipt.card.id, operation);
  const LotEnds ends = ends_of(entries);
  for (const store::Entry& entry : entries) {
    const bool is_spend = entry.operation == operation && entry.kind == domain::EntryKind::spend;
    if (is_spend) receipt.spent -= entry.points;
    const bool is_bought = entry.lot == entry.id && entry.sale && entry.sale == visits.back().sale;
    if (is_spend || is_bought) receipt.valid_through = ends.at(entry.lot);
  }
  receipt.takes_nothing = receipt.spent.count == 0;
  const auto lots = rebuilt_lots(context.store, program, receipt.card.id, operation, std::nullopt, visit.at.date);
  receipt.balance = domain::balance_on(lots, visit.at.date);
  return receipt;
}

}  // namespace

UseReceipt use_card(const Context& context, const UseRequest& request) {
  Operation operation(context, "card use",
                      InputDigest(context)
                          .add(request.card, request.wish.count, request.wish.list, request.wish.on_any_day, request.at)
                          .finish());
  store::Database& database = context.store;
  Rules rules(database);
  if (operation.replayed()) {
    const auto visits = store::visits_of_operation(database, operation.replayed());
    const ProgramId program = store::card(database, visits.front().card).value().program;
    return receipt_of(context, rules.on(program, visits.front().at.date).program, operation.replayed(), visits);
  }
  const store::Card card = find_card(database, request.card);
  const store::ProgramRow row = store::program(database, card.program).value();
  const store::Company company = store::company(database, row.company).value();
  require_usable(database, card, row, company);
  const Moment moment = moment_of(context, company.id, request.at, rules.newest(row.id).program.zone);
  const Date on = moment.points_time.date;
  const domain::Program& program = rules.on(row.id, on).program;
  const auto outcome = domain::enter(program, request.wish, on, facts_of(database, program, card, request.wish, on));
  if (const auto* refusal = std::get_if<domain::DoorRefusal>(&outcome))
    refuse_entry(context, *refusal, card, program, request.wish);
  const auto& entrance = std::get<domain::Entrance>(outcome);

  Posting posting(operation.journal());
  const Origin origin{company.id, moment.shop.id, {}, {}, {}, on, {}};
  begin_terms(posting, rules, database, card, entrance.used, origin);
  posting.debit(card.id, domain::EntryKind::spend, entrance.debits, origin);
  posting.flush();
  const std::string list = domain::list_of(program, request.wish);
  std::vector<store::Visit> visits;
  for (int i = 0; i < request.wish.count; ++i) {
    // One lot may let in several, several lots one each.
    const domain::Lot& lot = entrance.used[std::min(static_cast<std::size_t>(i), entrance.used.size() - 1)];
    visits.push_back({operation.id(), card.id, moment.shop.id,
                      list.empty() ? store::VisitKind::use : store::VisitKind::check_in, list, moment.points_time,
                      store::entry(database, lot.id).value().sale});
    store::add_visit(operation.journal(), visits.back());
  }
  UseReceipt receipt = receipt_of(context, program, operation.id(), visits);
  operation.commit();
  return receipt;
}

DoorList door_list(const Context& context, const std::string& program_text, const std::string& list) {
  const store::ProgramRow row = find_program(context.store, program_text);
  Rules rules(context.store);
  const domain::Program& program = rules.newest(row.id).program;
  domain::DoorWish wish;
  wish.list = list;
  if (!program.use)
    throw Error(Fault::refused, tr("cards of the program {} are not used at a door", program.slug),
                fmt::format("loyal program show {}", program.slug));
  if (!list.empty() &&
      std::find(program.use->lists.begin(), program.use->lists.end(), list) == program.use->lists.end())
    throw Error(Fault::not_found, tr("the program {} has no check-in list \"{}\"", program.slug, visible(list)),
                fmt::format("loyal program show {}", program.slug));
  DoorList result{row.slug, domain::list_of(program, wish), program.event, {}};
  const Date on = program.event ? program.event->date : Zone(program.zone).local(context.now).date;
  store::CardFilter filter;
  filter.program = row.id;
  store::each_card(context.store, filter, on, [&](const store::CardListing& listing) {
    DoorRow door{listing.card, listing.holder, 0, 0, {}, listing.card.state == "blocked"};
    door.tickets = listing.active.count / domain::minor_units(program.unit);
    result.rows.push_back(std::move(door));
  });
  for (DoorRow& door : result.rows)
    for (const store::Visit& visit : store::visits_of(context.store, door.card.id)) {
      const bool counts = result.list.empty()
                              ? visit.kind == store::VisitKind::use && (program.event || visit.at.date == on)
                              : visit.kind == store::VisitKind::check_in && visit.list == result.list;
      if (!counts) continue;
      ++door.entered;
      door.entered_at = visit.at;
    }
  std::erase_if(result.rows, [](const DoorRow& door) { return door.tickets == 0 && door.entered == 0; });
  return result;
}

}  // namespace loyal::service
