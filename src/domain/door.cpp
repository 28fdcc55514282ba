// SPDX-License-Identifier: MIT
#include "loyal/domain/door.hpp"

#include <algorithm>

namespace loyal::domain {
namespace {

using Reason = DoorRefusal::Reason;

/// What to say of a card that holds nothing to enter with.
DoorRefusal nothing_held(const DoorFacts& card, Date on) {
  if (card.frozen_through) return {Reason::frozen, 0, *card.frozen_through};
  std::optional<Date> first;
  std::optional<Date> last = card.ended_last;
  for (const Lot& lot : card.lots) {
    if (lot.is_pending(on) && (!first || lot.usable_from < *first)) first = lot.usable_from;
    if (lot.is_expired(on) && (!last || *lot.valid_through > *last)) last = lot.valid_through;
  }
  if (first) return {Reason::not_yet, 0, *first};
  if (last) return {Reason::ended, 0, *last};
  return {card.was_bought ? Reason::used_up : Reason::never_bought, 0, {}};
}

std::optional<DoorRefusal> check_rules(const Program& program, const DoorWish& wish, Date on, const DoorFacts& card) {
  if (!program.use) return DoorRefusal{};
  const UseRules& rules = *program.use;
  if (!wish.list.empty() && std::find(rules.lists.begin(), rules.lists.end(), wish.list) == rules.lists.end())
    return DoorRefusal{Reason::unknown_list, 0, {}};
  if (program.event && program.event->date != on && !wish.on_any_day)
    return DoorRefusal{Reason::other_day, 0, program.event->date};
  if (rules.per_day && card.entries_today + wish.count > *rules.per_day)
    return DoorRefusal{Reason::day_limit, std::max(0, *rules.per_day - card.entries_today), on};
  return std::nullopt;
}

}  // namespace

std::string list_of(const Program& program, const DoorWish& wish) {
  if (!wish.list.empty() || !program.use || program.use->lists.empty()) return wish.list;
  return program.use->lists.front();
}

std::variant<Entrance, DoorRefusal> enter(const Program& program, const DoorWish& wish, Date on,
                                          const DoorFacts& card) {
  if (const auto refusal = check_rules(program, wish, on, card)) return *refusal;
  const std::vector<Lot> ordered = in_spending_order(card.lots, on);
  const Balance balance = balance_on(card.lots, on);
  const std::int64_t held =
      std::max<std::int64_t>(0, (balance.active - balance.debt).count) / minor_units(program.unit);
  if (ordered.empty() || held == 0) return nothing_held(card, on);

  Entrance result;
  if (program.use->unlimited) {
    result.used = {ordered.front()};
    return result;
  }
  if (!program.use->lists.empty()) {
    const std::int64_t left = held - card.entries_on_list;
    if (wish.count > left)
      return DoorRefusal{Reason::entered_already, static_cast<int>(std::max<std::int64_t>(0, left)), on};
    // Whoever came first came in by the first ticket.
    std::int64_t passed = card.entries_on_list;
    for (const Lot& lot : ordered) {
      const std::int64_t tickets = lot.remainder.count / minor_units(program.unit);
      if (passed < tickets && static_cast<int>(result.used.size()) < wish.count) result.used.push_back(lot);
      passed = std::max<std::int64_t>(0, passed - tickets);
    }
    return result;
  }
  if (wish.count > held) return DoorRefusal{Reason::used_up, static_cast<int>(held), on};
  result.debits = take(ordered, {wish.count * minor_units(program.unit)});
  for (const LotDebit& debit : result.debits)
    result.used.push_back(
        *std::find_if(ordered.begin(), ordered.end(), [&debit](const Lot& lot) { return lot.id == debit.lot; }));
  return result;
}

std::optional<FreezeRefusal> check_freeze(const Program& program, std::span<const FrozenSpan> before,
                                          const FrozenSpan& wish) {
  using Why = FreezeRefusal::Reason;
  if (!program.freeze) return FreezeRefusal{};
  const FreezeRules& rules = *program.freeze;
  int days = 0;
  for (const FrozenSpan& span : before) {
    days += span.days();
    if (span.holds(wish.from) || span.holds(wish.through) || wish.holds(span.from))
      return FreezeRefusal{Why::frozen_already, 0, span.through};
  }
  if (rules.times_max && static_cast<int>(before.size()) >= *rules.times_max)
    return FreezeRefusal{Why::too_often, *rules.times_max, {}};
  if (days + wish.days() > rules.days_max) return FreezeRefusal{Why::too_long, std::max(0, rules.days_max - days), {}};
  if (wish.days() < rules.days_min) return FreezeRefusal{Why::too_short, rules.days_min, {}};
  return std::nullopt;
}

}  // namespace loyal::domain
