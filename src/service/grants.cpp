// SPDX-License-Identifier: MIT
#include "loyal/service/grants.hpp"

#include <algorithm>
#include <set>

#include "loyal/domain/granting.hpp"
#include "loyal/service/card_history.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/store/granting.hpp"

namespace loyal::service {
namespace {

using Event = domain::GrantRule::Event;

constexpr int days_between_years = 183;

/// The first day on which a version of the program had a rule of this name.
Date first_day_of(store::Database& database, Rules& rules, ProgramId program, const std::string& rule) {
  for (const store::VersionRow& row : store::versions(database, program))
    for (const domain::GrantRule& other : rules.version(row.id).program.grants)
      if (other.name == rule) return row.applies_from;
  return {};
}

std::vector<store::Anchored> candidates(store::Database& database, ProgramId program, const domain::GrantRule& rule,
                                        Date until) {
  const auto [from, through] = domain::anchors_due(rule, until);
  switch (rule.event) {
    case Event::welcome:
      return store::cards_issued(database, program, from, through);
    case Event::birthday:
      return store::cards_by_birthday(database, program, from, through);
    case Event::absence:
      return store::cards_last_seen(database, program, from, through);
    case Event::holiday:
      break;
  }
  // Nobody need be looked at on most days.
  const domain::Program any;
  return domain::due_grant(any, rule, until, {}, until) ? store::cards_active(database, program)
                                                        : std::vector<store::Anchored>{};
}

/// Whether the card has had these points: a welcome once, a birthday or holiday once a year, an absence once after a
/// purchase.
bool has_had(store::Database& database, CardId card, const domain::GrantRule& rule, const domain::DueGrant& due,
             Date anchor) {
  constexpr Date last_of_all{2'932'896};  // 9999-12-31
  switch (rule.event) {
    case Event::welcome:
      return store::has_grant(database, card, rule.name, Date{}, last_of_all);
    case Event::absence:
      return store::has_grant(database, card, rule.name, plus_days(anchor, 1), last_of_all);
    case Event::birthday:
    case Event::holiday:
      break;
  }
  return store::has_grant(database, card, rule.name, plus_days(due.day, -days_between_years),
                          plus_days(due.day, days_between_years));
}

bool has_tier(CardHistory& history, const domain::Program& program, const domain::GrantRule& rule, CardId card,
              Date on) {
  if (rule.tiers.empty()) return true;
  const auto level = history.tier(program, card, on).level;
  return level && std::find(rule.tiers.begin(), rule.tiers.end(), program.tiers.tiers[*level].name) != rule.tiers.end();
}

}  // namespace

GrantsReport post_grants(store::Journal& journal, Rules& rules, Instant now, Date until,
                         const std::function<ShopId(CompanyId)>& shop_of) {
  store::Database& database = journal.database();
  GrantsReport report;
  Posting posting(journal);
  CardHistory history(database, now);
  std::set<CardId> cards;
  for (const store::ProgramRow& row : store::programs(database)) {
    if (row.state != "active") continue;
    const domain::Program& program = rules.on(row.id, until).program;
    for (const domain::GrantRule& rule : program.grants) {
      const Date since = first_day_of(database, rules, row.id, rule.name);
      std::set<CustomerId> holders;
      for (const store::Anchored& card : candidates(database, row.id, rule, until)) {
        const auto due = domain::due_grant(program, rule, card.anchor, std::max(since, card.issued), until);
        if (!due || has_had(database, card.card, rule, *due, card.anchor)) continue;
        if (card.holder && holders.contains(card.holder)) continue;
        if (!has_tier(history, program, rule, card.card, due->date)) continue;
        const Origin origin{row.company, shop_of(row.company), {}, {}, rule.name, due->date, {}};
        posting.credit(card.card, domain::EntryKind::grant, rule.points, origin, {due->date, due->valid_through});
        if (card.holder) holders.insert(card.holder);
        ++report.grants;
        report.points += rule.points;
        cards.insert(card.card);
      }
    }
  }
  posting.flush();
  report.cards = static_cast<std::int64_t>(cards.size());
  return report;
}

}  // namespace loyal::service
