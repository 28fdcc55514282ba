// SPDX-License-Identifier: MIT
#include "loyal/service/convert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "loyal/base/apportion.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/service/card_lots.hpp"
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

constexpr std::int64_t rate_max = 1'000'000;

/// So many whole points here become so many there.
struct ConversionRate {
  std::int64_t here = 1, there = 1;
};

ConversionRate parse_rate(const std::string& text) {
  ConversionRate rate;
  const char* const end = text.data() + text.size();
  const auto here = std::from_chars(text.data(), end, rate.here);
  const bool is_parted = here.ec == std::errc{} && here.ptr != end && (*here.ptr == ':' || *here.ptr == '/');
  const auto there = is_parted ? std::from_chars(here.ptr + 1, end, rate.there) : here;
  if (!is_parted || there.ec != std::errc{} || there.ptr != end || rate.here < 1 || rate.there < 1 ||
      rate.here > rate_max || rate.there > rate_max)
    throw Error(Fault::usage, tr("\"{}\" is not a rate", visible(text)),
                tr("write {}: two points here become one there", "--rate 2:1"));
  return rate;
}

domain::Balance balance_of(const Context& context, const domain::Program& program, CardId card, Date on) {
  return domain::balance_on(lots_on(context.store, program, card, store::lots_of(context.store, card), on), on);
}

void require_holds_points(const store::Card& card, const domain::Program& program) {
  if (program.kind == domain::Kind::bonus || program.kind == domain::Kind::club) return;
  throw Error(
      Fault::refused,
      tr("card {} is of a {} program: only points are changed into others", card.number, domain::name(program.kind)),
      fmt::format("loyal card show {}", card.number));
}

/// Both sides, with the rules and the day of each.
struct Sides {
  store::Card from, into;
  store::ProgramRow from_row, into_row;
  const domain::Program* from_rules = nullptr;
  const domain::Program* into_rules = nullptr;
};

Sides find_sides(const Context& context, Rules& rules, const ConvertRequest& request) {
  Sides sides;
  sides.from = find_card(context.store, request.from);
  sides.into = find_card(context.store, request.into);
  sides.from_row = store::program(context.store, sides.from.program).value();
  sides.into_row = store::program(context.store, sides.into.program).value();
  sides.from_rules = &rules.newest(sides.from.program).program;
  sides.into_rules = &rules.newest(sides.into.program).program;
  return sides;
}

void require_pair(const Context& context, const Sides& sides) {
  if (sides.from.program == sides.into.program)
    throw Error(Fault::refused,
                tr("both cards are of the program {}: points move there as they are", sides.from_row.slug),
                fmt::format("loyal points transfer {} {} all --reason \"…\"", sides.from.number, sides.into.number));
  require_active(context.store, sides.from, "loyal card show {}");
  require_active(context.store, sides.into, "loyal card show {}");
  require_holds_points(sides.from, *sides.from_rules);
  require_holds_points(sides.into, *sides.into_rules);
  const auto here = companies_of(context.store, sides.from_row, *sides.from_rules);
  const auto there = companies_of(context.store, sides.into_row, *sides.into_rules);
  if (std::find_first_of(here.begin(), here.end(), there.begin(), there.end()) == here.end())
    throw Error(Fault::refused,
                tr("the programs {} and {} have no company in common", sides.from_row.slug, sides.into_row.slug),
                "loyal program list");
}

Points checked_points(const Context& context, const ConvertRequest& request, const Sides& sides,
                      const domain::Balance& balance) {
  const domain::Unit& unit = sides.from_rules->unit;
  const Points reserved = store::reserved_points(context.store, sides.from.id, context.now);
  const Points spendable = std::max(Points{}, balance.active - balance.debt - reserved);
  const Points points = request.points == "all" ? spendable : parse_points(request.points, unit.scale);
  if (points.count <= 0 && request.points != "all")
    throw Error(Fault::refused, tr("\"{}\" is not more than nothing", visible(request.points)));
  if (points > spendable)
    throw Error(Fault::refused,
                tr("card {} has {}; {} asked for", sides.from.number, points_text(spendable, unit),
                   to_text(points.count, unit.scale)),
                fmt::format("loyal points convert {} {} all --rate {}", sides.from.number, sides.into.number,
                            shell_word(request.rate)),
                {{"available", std::to_string(spendable.count)}});
  return points;
}

/// What arrives for so many points, and the least that has to go for it.
struct Exchange {
  Points taken, arrived;
};

Exchange exchange(const Sides& sides, ConversionRate rate, Points points) {
  const std::int64_t here = rate.here * domain::minor_units(sides.from_rules->unit);
  const std::int64_t there = rate.there * domain::minor_units(sides.into_rules->unit);
  Exchange result;
  result.arrived = {multiply_divide_floor(points.count, there, here)};
  result.taken = {-multiply_divide_floor(-result.arrived.count, here, there)};
  return result;
}

void require_room(const Sides& sides, const domain::Balance& held, Points arrived) {
  const domain::Unit& unit = sides.into_rules->unit;
  if (!sides.into_rules->limits.balance) return;
  const Points room = std::max(Points{}, *sides.into_rules->limits.balance - (held.active + held.pending - held.debt));
  if (arrived > room)
    throw Error(Fault::refused,
                tr("card {} has room for {} up to the program's limit of {}; {} would arrive", sides.into.number,
                   points_text(room, unit), to_text(sides.into_rules->limits.balance->count, unit.scale),
                   to_text(arrived.count, unit.scale)),
                {}, {{"room", std::to_string(room.count)}});
}

/// Opens a lot for each issuer whose points went, by largest remainder.
void credit_by_issuer(Posting& posting, CardId into, Points arrived, const std::vector<domain::LotDebit>& debits,
                      Origin origin, const domain::Validity& validity, EntryId first_taken) {
  std::vector<CompanyId> issuers;
  std::vector<std::int64_t> weights;
  for (const domain::LotDebit& debit : debits) {
    const auto known = std::find(issuers.begin(), issuers.end(), debit.issuer);
    if (known == issuers.end()) {
      issuers.push_back(debit.issuer);
      weights.push_back(debit.points.count);
    } else {
      weights[static_cast<std::size_t>(known - issuers.begin())] += debit.points.count;
    }
  }
  const auto parts = apportion(arrived.count, weights);
  for (std::size_t i = 0; i < issuers.size(); ++i) {
    if (parts[i] == 0) continue;
    origin.issuer = issuers[i];
    posting.credit(into, domain::EntryKind::transfer, {parts[i]}, origin, validity, first_taken);
  }
}

ConvertReceipt receipt_for(const Context& context, const Sides& sides, Date on) {
  ConvertReceipt receipt;
  receipt.from = sides.from;
  receipt.into = sides.into;
  receipt.from_unit = sides.from_rules->unit;
  receipt.into_unit = sides.into_rules->unit;
  receipt.from_balance = balance_of(context, *sides.from_rules, sides.from.id, on);
  receipt.into_balance = balance_of(context, *sides.into_rules, sides.into.id, on);
  return receipt;
}

ConvertReceipt replay(const Context& context, Rules& rules, const ConvertRequest& request, OperationId operation) {
  const auto entries = store::entries_of_operation(context.store, operation);
  ConvertReceipt receipt = receipt_for(context, find_sides(context, rules, request), entries.front().date);
  for (const store::Entry& entry : entries) {
    if (entry.kind != domain::EntryKind::transfer) continue;
    (entry.points.count < 0 ? receipt.taken : receipt.arrived) += entry.points.count < 0 ? -entry.points : entry.points;
    if (entry.points.count > 0) receipt.valid_through = entry.valid_through;
  }
  receipt.operation = operation;
  return receipt;
}

}  // namespace

ConvertReceipt convert_points(const Context& context, const ConvertRequest& request) {
  Operation operation(
      context, "points convert",
      InputDigest(context).add(request.from, request.into, request.points, request.rate, request.reason).finish());
  Rules rules(context.store);
  if (operation.replayed()) return replay(context, rules, request, operation.replayed());
  const ConversionRate rate = parse_rate(request.rate);
  const Sides sides = find_sides(context, rules, request);
  require_pair(context, sides);
  const store::Company company = store::company(context.store, sides.from_row.company).value();
  Context at_home = context;
  if (at_home.shop.empty()) at_home.shop = store::shops(context.store, company.id).front().slug;
  const Moment moment = moment_of(at_home, company.id, std::nullopt, sides.from_rules->zone);
  const Date on = moment.points_time.date;
  const ConvertReceipt before = receipt_for(context, sides, on);
  const Points asked = checked_points(context, request, sides, before.from_balance);
  const Exchange changed = exchange(sides, rate, asked);
  if (changed.arrived.count == 0)
    throw Error(Fault::refused,
                tr("no whole point comes of {} at the rate of {}", points_text(asked, sides.from_rules->unit),
                   visible(request.rate)),
                fmt::format("loyal card show {}", sides.from.number));
  require_room(sides, before.into_balance, changed.arrived);

  Posting posting(operation.journal());
  const Origin origin{company.id, moment.shop.id, {}, {}, {}, on, request.reason};
  const EntryId first_taken{operation.journal().next_id(store::History::entry)};
  const auto lots = lots_on(context.store, *sides.from_rules, sides.from.id, posting.lots(sides.from.id), on);
  const auto debits = domain::take(domain::in_spending_order(lots, on), changed.taken);
  posting.debit(sides.from.id, domain::EntryKind::transfer, debits, origin);
  const domain::Validity validity{on, domain::last_day(sides.into_rules->expiry, on)};
  credit_by_issuer(posting, sides.into.id, changed.arrived, debits, origin, validity, first_taken);
  posting.flush();
  ConvertReceipt receipt = receipt_for(context, sides, on);
  receipt.taken = changed.taken;
  receipt.arrived = changed.arrived;
  receipt.left_over = asked - changed.taken;
  receipt.valid_through = validity.valid_through;
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
