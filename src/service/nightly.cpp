// SPDX-License-Identifier: MIT
#include "loyal/service/nightly.hpp"

#include <algorithm>
#include <map>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/service/grants.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/subscriptions.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/night.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {
namespace {

constexpr std::int64_t rows_between_reports = 20'000;

Origin origin_of(const domain::Lot& lot, ShopId shop) {
  return {lot.issuer, shop, {}, {}, {}, plus_days(*lot.valid_through, 1), {}};
}

/// Lots of programs that count inactivity have no end of their own: it is computed from the card's sales.
std::map<ProgramId, const domain::Program*> inactivity_programs(store::Database& database, Rules& rules) {
  std::map<ProgramId, const domain::Program*> result;
  for (const store::ProgramRow& row : store::programs(database)) {
    const domain::Program& program = rules.newest(row.id).program;
    if (program.expiry.mode == domain::Expiry::Mode::inactivity) result[row.id] = &program;
  }
  return result;
}

/// The day that has begun in every program's zone: a lot is usable until the end of its last day there.
Date today_everywhere(store::Database& database, Rules& rules, Instant now) {
  std::optional<Date> earliest;
  for (const store::ProgramRow& row : store::programs(database)) {
    const Date today = Zone(rules.newest(row.id).program.zone).local(now).date;
    earliest = std::min(earliest.value_or(today), today);
  }
  return earliest.value_or(Zone("UTC").local(now).date);
}

/// The unit of all programs that hold points, where it has one name and scale.
std::optional<domain::Unit> common_unit(store::Database& database, Rules& rules) {
  std::optional<domain::Unit> unit;
  for (const store::ProgramRow& row : store::programs(database)) {
    const domain::Program& program = rules.newest(row.id).program;
    if (program.kind == domain::Kind::discount) continue;
    if (unit && (unit->scale != program.unit.scale || unit->name != program.unit.name)) return std::nullopt;
    unit = program.unit;
  }
  return unit;
}

struct DueLot {
  CardId card;
  domain::Lot lot;
};

std::vector<DueLot> lots_lapsed(store::Database& database, Rules& rules, Date until) {
  std::vector<DueLot> result;
  const auto programs = inactivity_programs(database, rules);
  if (programs.empty()) return result;
  std::vector<std::pair<const domain::Program*, DueLot>> candidates;
  store::each_lot(database, [&](CardId card, ProgramId program, const domain::Lot& lot) {
    const auto found = programs.find(program);
    if (found != programs.end() && !lot.valid_through && !lot.is_debt())
      candidates.push_back({found->second, {card, lot}});
  });
  CardId card;
  std::vector<Date> activity;
  for (auto& [program, due] : candidates) {
    if (due.card != card) activity = store::activity_of(database, due.card, until);
    card = due.card;
    const domain::Lot lot = domain::with_inactivity(program->expiry, due.lot, activity);
    if (lot.is_expired(until)) result.push_back({card, lot});
  }
  return result;
}

}  // namespace

NightlyReport nightly(const Context& context, std::optional<Date> until, const Progress& progress) {
  Operation operation(context, "nightly");
  if (operation.replayed()) {
    NightlyReport report;
    report.until = until.value_or(Date{});
    report.operation = operation.replayed();
    return report;
  }
  store::Database& database = context.store;
  Rules rules(database);
  const auto shops = store::shops(database, {});
  const Date today = today_everywhere(database, rules, context.now);
  NightlyReport report;
  report.until = until.value_or(today);
  if (report.until > today && !context.dry_run)
    throw Error(Fault::usage, tr("{} has not come yet; today is {}", to_string(report.until), to_string(today)),
                tr("see what would expire: {}", "loyal nightly --until " + to_string(report.until) + " --dry-run"));

  std::map<CompanyId, ShopId> place;
  for (const store::Shop& shop : shops) place.try_emplace(shop.company, shop.id);
  const GrantsReport grants = post_grants(operation.journal(), rules, context.now, report.until,
                                          [&place](CompanyId company) { return place[company]; });
  report.grants = grants.grants;
  report.granted_cards = grants.cards;
  report.granted_points = grants.points;
  report.renewals = renewals_due(database, rules, report.until);
  Posting posting(operation.journal());
  CardId last;
  const auto count = [&](CardId card, Points points) {
    ++report.expired_lots;
    report.expired_points += points;
    if (card != last) ++report.expired_cards;
    last = card;
    if (progress && report.expired_lots % rows_between_reports == 0) progress(report.expired_lots, 0);
  };
  const auto earliest_end = store::earliest_end(database);
  const bool may_have_due = !earliest_end || *earliest_end < report.until;
  if (may_have_due)
    store::each_due_lot(database, report.until, [&](CardId card, const domain::Lot& lot) {
      posting.expire_unread(card, lot, origin_of(lot, place[lot.issuer]));
      count(card, lot.remainder);
    });
  if (may_have_due) {
    store::remove_due_lots(database, report.until);
    store::find_earliest_end(database);
  }
  for (const DueLot& due : lots_lapsed(database, rules, report.until)) {
    const domain::LotDebit debit{due.lot.id, due.lot.remainder, due.lot.issuer};
    posting.debit(due.card, domain::EntryKind::expire, {&debit, 1}, origin_of(due.lot, place[due.lot.issuer]));
    count(due.card, due.lot.remainder);
  }
  posting.flush();
  report.unit = common_unit(database, rules);
  if (report.expired_lots > 0 || report.grants > 0) report.operation = operation.id();
  operation.commit();
  // Once a night the file alone is whole: people copy it, whatever the manual says.
  if (!context.dry_run) database.checkpoint();
  return report;
}

}  // namespace loyal::service
