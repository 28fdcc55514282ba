// SPDX-License-Identifier: MIT
#include "loyal/service/points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/card_history.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

store::Blob digest_of(const Context& context, const PointsRequest& request) {
  return InputDigest(context).add(request.card, request.points, request.reason, request.expires).finish();
}

/// Reads when points given by hand end: 30d, 12m, never, or a day.
std::optional<Date> end_of_grant(const std::string& text, const domain::Program& program, Date on) {
  if (text.empty()) return domain::last_day(program.expiry, on);
  if (text == "never") return std::nullopt;
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc{} && end == text.data() + text.size() - 1 && count > 0 && (*end == 'd' || *end == 'm'))
    return *end == 'd' ? plus_days(on, count) : plus_months(on, count);
  const Date date = parse_date(text, on);
  if (date < on)
    throw Error(Fault::usage, tr("the points would have ended on {} already", to_string(date)),
                tr("use 30d, 12m, never, or a day to come"));
  return date;
}

void require_sane(Points points) {
  if (points > domain::points_by_hand_max || -points > domain::points_by_hand_max)
    throw Error(Fault::usage, tr("that is more points than are moved by hand at once"),
                tr("is it a card number? the card stands first"));
}

/// With `known_at`, the balance as that operation left it.
PointsReceipt receipt_for(const Context& context, const store::Card& card, const domain::Program& program,
                          OperationId operation, Date on, OperationId known_at = {}) {
  PointsReceipt receipt{card, {}, program.unit, {}, {}, operation, false};
  receipt.balance = domain::balance_on(rebuilt_lots(context.store, program, card.id, known_at, std::nullopt, on), on);
  return receipt;
}

PointsReceipt replay(const Context& context, OperationId operation) {
  const auto entries = store::entries_of_operation(context.store, operation);
  const store::Card card = store::card(context.store, entries.front().card).value();
  Rules rules(context.store, operation);
  PointsReceipt receipt =
      receipt_for(context, card, rules.newest(card.program).program, operation, entries.front().date, operation);
  for (const store::Entry& entry : entries)
    if (entry.kind == domain::EntryKind::grant || entry.kind == domain::EntryKind::adjust) {
      receipt.points += entry.points;
      receipt.valid_through = entry.valid_through;
    }
  receipt.is_replayed = true;
  return receipt;
}

/// What both ways of moving points by hand begin with.
struct Target {
  store::Card card;
  const domain::Program* program = nullptr;
  Moment moment;
  CompanyId company;
};

Target resolve(const Context& context, Rules& rules, const std::string& text) {
  Target target;
  target.card = find_card(context.store, text);
  if (target.card.state == "withdrawn") refuse_withdrawn(context.store, target.card);
  target.program = &rules.newest(target.card.program).program;
  if (target.program->kind == domain::Kind::discount)
    throw Error(Fault::refused, tr("card {} is a discount card: it holds no points", target.card.number),
                fmt::format("loyal card show {}", target.card.number));
  if (target.program->kind == domain::Kind::charity)
    throw Error(Fault::refused,
                tr("card {} is of a charity program: it shows what was given, and nothing is added by hand",
                   target.card.number),
                fmt::format("loyal card present {}", target.card.number));
  const store::ProgramRow program = store::program(context.store, target.card.program).value();
  // Points of a club are somebody's: the company's that is named, else those of the company that runs it.
  target.company = context.company.empty() ? program.company : selling_company(context, program, *target.program).id;
  target.moment = moment_of(context, target.company, std::nullopt, target.program->zone);
  return target;
}

}  // namespace

PointsReceipt grant_points(const Context& context, const PointsRequest& request) {
  Operation operation(context, "points grant", digest_of(context, request));
  if (operation.replayed()) return replay(context, operation.replayed());
  Rules rules(context.store);
  const Target target = resolve(context, rules, request.card);
  const Points points = parse_points(request.points, target.program->unit.scale);
  require_sane(points);
  if (points.count <= 0)
    throw Error(Fault::usage, tr("a grant is of more than nothing; \"{}\" is not", visible(request.points)),
                fmt::format("loyal points adjust {} {} --reason \"…\"", target.card.number, visible(request.points)));
  const Date on = target.moment.points_time.date;
  const auto valid_through = end_of_grant(request.expires, *target.program, on);
  Posting posting(operation.journal());
  posting.credit(target.card.id, domain::EntryKind::grant, points,
                 {target.company, target.moment.shop.id, {}, {}, {}, on, request.reason}, {on, valid_through});
  posting.flush();
  PointsReceipt receipt = receipt_for(context, target.card, *target.program, operation.id(), on);
  receipt.points = points;
  receipt.valid_through = valid_through;
  operation.commit();
  return receipt;
}

PointsReceipt adjust_points(const Context& context, const PointsRequest& request) {
  Operation operation(context, "points adjust", digest_of(context, request));
  if (operation.replayed()) return replay(context, operation.replayed());
  Rules rules(context.store);
  const Target target = resolve(context, rules, request.card);
  const Points points = parse_points(request.points, target.program->unit.scale);
  require_sane(points);
  if (points.count == 0) throw Error(Fault::usage, tr("a correction is of more than nothing"));
  const Date on = target.moment.points_time.date;
  const Origin origin{target.company, target.moment.shop.id, {}, {}, {}, on, request.reason};
  Posting posting(operation.journal());
  std::optional<Date> valid_through;
  if (points.count > 0) {
    valid_through = end_of_grant(request.expires, *target.program, on);
    posting.credit(target.card.id, domain::EntryKind::adjust, points, origin, {on, valid_through});
  } else {
    const auto lots = lots_on(context.store, *target.program, target.card.id, posting.lots(target.card.id), on);
    const Points reserved = store::reserved_points(context.store, target.card.id, context.now);
    const Points active = std::max(Points{}, domain::balance_on(lots, on).active - reserved);
    if (-points > active && reserved.count > 0)
      throw Error(Fault::refused,
                  tr("card {} has {}, and a till has reserved {}; {} cannot be taken", target.card.number,
                     points_text(active, target.program->unit), points_text(reserved, target.program->unit),
                     to_text(-points.count, target.program->unit.scale)),
                  tr("wait until the sale is made or released"));
    if (-points > active)
      throw Error(Fault::refused,
                  tr("card {} has {}; {} cannot be taken", target.card.number,
                     points_text(active, target.program->unit), to_text(-points.count, target.program->unit.scale)),
                  fmt::format("loyal points adjust {} -{} --reason \"…\"", target.card.number,
                              to_decimal(active.count, target.program->unit.scale)),
                  {{"available", std::to_string(active.count)}});
    posting.debit(target.card.id, domain::EntryKind::adjust, domain::take(domain::in_spending_order(lots, on), -points),
                  origin);
  }
  posting.flush();
  PointsReceipt receipt = receipt_for(context, target.card, *target.program, operation.id(), on);
  receipt.points = points;
  receipt.valid_through = valid_through;
  operation.commit();
  return receipt;
}

CardReading read_card(const Context& context, const std::string& text, std::optional<Date> as_of,
                      OperationId known_at) {
  const Instant now = instant_known(context, known_at);
  CardReading reading;
  CardState& state = reading.state;
  state.card = card_known(context, find_card(context.store, text), known_at);
  const store::ProgramRow program = store::program(context.store, state.card.program).value();
  state.program_slug = program.slug;
  if (const auto holder = store::customer(context.store, state.card.customer))
    state.holder = CustomerSight(context).name_of(holder->id, holder->name);
  Rules rules(context.store, known_at);
  const domain::Program& rule = rules.newest(state.card.program).program;
  state.unit = rule.unit;
  // No sale is made here: which shop is meant does not matter.
  state.on = as_of.value_or(Zone(rule.zone).local(now).date);
  reading.entries = counted(store::entries_of(context.store, state.card.id, known_at));
  const auto lots = lots_of_entries(reading.entries, state.on);
  state.lots = lots_on(context.store, rule, state.card.id, lots, state.on, known_at);
  state.balance = domain::balance_on(state.lots, state.on);
  if (!as_of && !known_at) state.reserved = store::reserved_points(context.store, state.card.id, context.now);
  return reading;
}

CardState card_state(const Context& context, const std::string& card, std::optional<Date> as_of, OperationId known_at) {
  return read_card(context, card, as_of, known_at).state;
}

}  // namespace loyal::service
