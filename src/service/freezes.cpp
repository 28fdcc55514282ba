// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "door_refusal.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/service/door.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

/// What both ways of the verb begin with.
struct Target {
  store::Card card;
  const domain::Program* program = nullptr;
  Origin origin;
  std::vector<store::CardFreeze> freezes;
};

Target resolve(const Context& context, Rules& rules, const std::string& text) {
  Target target;
  target.card = find_card(context.store, text);
  const store::ProgramRow row = store::program(context.store, target.card.program).value();
  const store::Company company = store::company(context.store, row.company).value();
  require_usable(context.store, target.card, row, company);
  const Moment moment = moment_of(context, company.id, std::nullopt, rules.newest(row.id).program.zone);
  const Date on = moment.points_time.date;
  target.program = &rules.on(row.id, on).program;
  if (!target.program->freeze) refuse_freeze({}, target.card, *target.program);
  target.origin = {company.id, moment.shop.id, {}, {}, {}, on, {}};
  target.freezes = store::freezes_of(context.store, target.card.id);
  return target;
}

std::vector<domain::FrozenSpan> spans_of(const Target& target, EntryId lot) {
  std::vector<domain::FrozenSpan> result;
  for (const LotFreeze& freeze : freezes_of_lot(target.freezes, lot)) result.push_back(freeze.span);
  return result;
}

/// The day from which the card is put aside: a day on which it was used is not given back.
Date first_day(const Context& context, const Target& target) {
  const Date on = target.origin.date;
  for (const store::Visit& visit : store::visits_of(context.store, target.card.id))
    if (visit.at.date == on && visit.kind != store::VisitKind::present) return plus_days(on, 1);
  return on;
}

domain::FrozenSpan wished_span(const FreezeRequest& request, Date from, const std::string& number) {
  constexpr std::int64_t days_max = 36'500;
  const std::string hint = fmt::format("loyal card freeze {} --days 7", number);
  if (request.days.has_value() == request.until.has_value())
    throw Error(Fault::usage, tr("for how long? --days or --until"), hint);
  if (request.until) {
    if (*request.until < from)
      throw Error(Fault::usage,
                  tr("{} is before the first day of the freeze, {}", to_string(*request.until), to_string(from)), hint);
    return {from, *request.until};
  }
  if (*request.days < 1 || *request.days > days_max)
    throw Error(Fault::usage, tr("--days is 1 to {}; got {}", days_max, *request.days), hint);
  return {from, plus_days(from, static_cast<int>(*request.days) - 1)};
}

void set_last_day(Posting& posting, const Target& target, const domain::Lot& lot, Date last) {
  Origin origin = target.origin;
  origin.issuer = lot.issuer;
  posting.extend(target.card.id, lot.id, last, origin);
}

void put_aside(Operation& operation, Posting& posting, const Target& target, const domain::FrozenSpan& span,
               FreezeReceipt& receipt) {
  const std::vector<domain::Lot> lots = posting.lots(target.card.id);
  for (const domain::Lot& lot : lots) {
    if (!lot.is_active(target.origin.date) || !lot.valid_through) continue;
    const auto before = spans_of(target, lot.id);
    if (const auto refusal = domain::check_freeze(*target.program, before, span))
      refuse_freeze(*refusal, target.card, *target.program);
    store::add_card_freeze(operation.journal(),
                           {0, operation.id(), target.card.id, lot.id, 0, span.from, span.through});
    const Date last = plus_days(*lot.valid_through, span.days());
    set_last_day(posting, target, lot, last);
    receipt.valid_through = std::max(receipt.valid_through.value_or(last), last);
    int left = target.program->freeze->days_max - span.days();
    for (const domain::FrozenSpan& other : before) left -= other.days();
    receipt.days_left = std::min(receipt.days_left.value_or(left), left);
    if (target.program->freeze->times_max) {
      const int times = *target.program->freeze->times_max - static_cast<int>(before.size()) - 1;
      receipt.times_left = std::min(receipt.times_left.value_or(times), times);
    }
  }
  if (receipt.valid_through) return;
  const domain::Balance balance = domain::balance_on(lots, target.origin.date);
  throw Error(Fault::refused,
              balance.active.count > 0
                  ? tr("the term of card {} has not begun: there is nothing to freeze", target.card.number)
                  : tr("card {} holds nothing that can be frozen", target.card.number),
              fmt::format("loyal card show {}", target.card.number));
}

void take_up(Operation& operation, Posting& posting, const Target& target, FreezeReceipt& receipt) {
  const Date on = target.origin.date;
  const std::vector<domain::Lot> lots = posting.lots(target.card.id);
  for (const domain::Lot& lot : lots) {
    if (!lot.valid_through) continue;
    int used = 0;
    const auto freezes = freezes_of_lot(target.freezes, lot.id);
    for (const LotFreeze& freeze : freezes) {
      used += freeze.span.days();
      if (freeze.span.through < on) continue;
      const domain::FrozenSpan back{std::max(on, freeze.span.from), freeze.span.through};
      store::add_card_freeze(operation.journal(),
                             {0, operation.id(), target.card.id, lot.id, freeze.id, back.from, back.through});
      const Date last = plus_days(*lot.valid_through, -back.days());
      set_last_day(posting, target, lot, last);
      used -= back.days();
      receipt.from = back.from;
      receipt.through = back.through;
      receipt.days = back.days();
      receipt.valid_through = std::max(receipt.valid_through.value_or(last), last);
      receipt.days_left = target.program->freeze->days_max - used;
    }
  }
  if (!receipt.valid_through)
    throw Error(Fault::refused, tr("card {} is not frozen", target.card.number),
                fmt::format("loyal card freeze {} --days 7", target.card.number));
}

FreezeReceipt replayed(const Context& context, OperationId operation) {
  const auto rows = store::freezes_of_operation(context.store, operation);
  FreezeReceipt receipt;
  receipt.card = store::card(context.store, rows.front().card).value();
  const domain::FrozenSpan span{rows.front().from, rows.front().through};
  receipt.from = span.from;
  receipt.through = span.through;
  receipt.days = span.days();
  receipt.is_end = rows.front().ends > 0;
  receipt.operation = operation;
  for (const store::Entry& entry : store::entries_of_operation(context.store, operation))
    receipt.valid_through = std::max(receipt.valid_through, entry.valid_through);
  return receipt;
}

}  // namespace

std::vector<LotFreeze> freezes_of_lot(const std::vector<store::CardFreeze>& rows, EntryId lot) {
  std::vector<LotFreeze> result;
  for (const store::CardFreeze& row : rows) {
    if (row.lot != lot) continue;
    if (row.ends == 0) {
      result.push_back({row.id, {row.from, row.through}});
      continue;
    }
    for (LotFreeze& freeze : result)
      if (freeze.id == row.ends) freeze.span.through = plus_days(row.from, -1);
  }
  // A freeze that ended on its first day never was.
  std::erase_if(result, [](const LotFreeze& freeze) { return freeze.span.days() <= 0; });
  return result;
}

FreezeReceipt freeze_card(const Context& context, const FreezeRequest& request) {
  if (request.end && (request.days || request.until))
    throw Error(Fault::usage, tr("--end takes no length of time: leave --days and --until out"));
  Operation operation(context, "card freeze",
                      InputDigest(context).add(request.card, request.days, request.until, request.end).finish());
  if (operation.replayed()) return replayed(context, operation.replayed());
  Rules rules(context.store);
  const Target target = resolve(context, rules, request.card);
  FreezeReceipt receipt;
  receipt.card = target.card;
  receipt.is_end = request.end;
  receipt.operation = operation.id();
  Posting posting(operation.journal());
  if (request.end) {
    take_up(operation, posting, target, receipt);
  } else {
    const domain::FrozenSpan span = wished_span(request, first_day(context, target), target.card.number);
    receipt.from = span.from;
    receipt.through = span.through;
    receipt.days = span.days();
    put_aside(operation, posting, target, span, receipt);
  }
  posting.flush();
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
