// SPDX-License-Identifier: MIT
#include "loyal/service/subscriptions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "loyal/store/card_history.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/night.hpp"

namespace loyal::service {
namespace {

struct Span {
  Date from, through;
};

/// The times that stand on a card, by the day on which they begin: what was taken back is none, what expired is.
std::vector<Span> paid_spans(store::Database& database, CardId card) {
  struct Period {
    Span span;
    bool has_end = false;
    Points points;
  };
  std::map<EntryId, Period> periods;
  std::set<EntryId> expiries;
  for (const store::Entry& entry : store::entries_of(database, card)) {
    if (entry.id == entry.lot) {
      if (entry.points.count < 0 || !entry.valid_through) continue;
      periods[entry.id] = {{entry.usable_from.value_or(entry.date), *entry.valid_through}, true, entry.points};
      continue;
    }
    const auto period = periods.find(entry.lot);
    if (period == periods.end()) continue;
    if (entry.kind == domain::EntryKind::extend && entry.valid_through)
      period->second.span.through = *entry.valid_through;
    if (entry.kind == domain::EntryKind::expire) expiries.insert(entry.id);
    const bool undoes_expiry = entry.kind == domain::EntryKind::reverse && expiries.contains(entry.answers);
    if (entry.kind != domain::EntryKind::expire && !undoes_expiry) period->second.points += entry.points;
  }
  std::vector<Span> result;
  for (const auto& [id, period] : periods)
    if (period.points.count > 0) result.push_back(period.span);
  std::sort(result.begin(), result.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  return result;
}

void add_wanted(const domain::Filter& filter, std::set<std::string>& wanted) {
  if (!filter.subscription.empty()) wanted.insert(filter.subscription);
}

/// The subscriptions that rules name.
std::set<std::string> wanted_by(const domain::Program& program) {
  std::set<std::string> wanted;
  for (const domain::EarnRule& rule : program.earn) add_wanted(rule.filter, wanted);
  for (const domain::DiscountRule& rule : program.discount) add_wanted(rule.filter, wanted);
  for (const domain::Reward& reward : program.rewards) add_wanted(reward.filter, wanted);
  for (const domain::Member& member : program.members)
    for (const domain::EarnRule& rule : member.earn) add_wanted(rule.filter, wanted);
  return wanted;
}

bool is_paid_by(store::Database& database, Rules& rules, const std::string& slug, CustomerId holder, Date on) {
  const auto program = rules.find(slug);
  if (!program || !holder) return false;
  const auto& subscription = rules.on(*program, on).program.subscription;
  if (!subscription) return false;
  for (const store::Card& card : store::cards_of_customer(database, holder))
    if (card.program == *program && card.state == "active" && paid_time(database, *subscription, card.id, on).is_paid)
      return true;
  return false;
}

}  // namespace

PaidTime paid_time(store::Database& database, const domain::SubscriptionRules& rules, CardId card, Date on) {
  PaidTime result;
  for (const Span& span : paid_spans(database, card)) {
    if (span.from > on && !(result.through && *result.through >= plus_days(span.from, -1))) break;
    result.through = std::max(result.through.value_or(span.through), span.through);
    if (span.from <= on && on <= plus_days(span.through, rules.grace_days)) result.is_paid = true;
  }
  return result;
}

bool asks_subscriptions(const domain::Program& program) {
  return program.subscription || !wanted_by(program).empty();
}

std::vector<std::string> paid_subscriptions(store::Database& database, Rules& rules, const domain::Program& program,
                                            CardId card, Date on) {
  std::vector<std::string> result;
  if (program.subscription && paid_time(database, *program.subscription, card, on).is_paid)
    result.push_back(program.slug);
  const auto wanted = wanted_by(program);
  if (wanted.empty()) return result;
  const CustomerId holder = store::card(database, card).value().customer;
  for (const std::string& slug : wanted)
    if (is_paid_by(database, rules, slug, holder, on)) result.push_back(slug);
  return result;
}

std::vector<Renewal> renewals_due(store::Database& database, Rules& rules, Date on) {
  std::vector<Renewal> result;
  for (const store::ProgramRow& row : store::programs(database)) {
    const auto& subscription = rules.newest(row.id).program.subscription;
    if (!subscription || subscription->notice_days == 0 || row.state != "active") continue;
    const Date last = plus_days(on, subscription->notice_days);
    if (const auto earliest = store::earliest_end(database); earliest && *earliest > last) continue;
    std::set<CardId> seen;
    store::each_expiring(database, on, last, [&](const store::ExpiringLot& lot) {
      if (lot.program != row.id || !seen.insert(lot.card).second) return;
      const PaidTime paid = paid_time(database, *subscription, lot.card, on);
      if (!paid.through || *paid.through > last || store::card(database, lot.card).value().state != "active") return;
      result.push_back({lot.card_number, lot.holder, lot.phone, row.slug, *paid.through});
    });
  }
  std::sort(result.begin(), result.end(), [](const Renewal& a, const Renewal& b) {
    return std::tie(a.paid_through, a.card_number) < std::tie(b.paid_through, b.card_number);
  });
  return result;
}

}  // namespace loyal::service
