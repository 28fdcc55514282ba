// SPDX-License-Identifier: MIT
#include "loyal/service/transfer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/assessment.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/moving.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/card_history.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

domain::Balance balance_of(const Context& context, const domain::Program& program, CardId card, Date on) {
  return domain::balance_on(lots_on(context.store, program, card, store::lots_of(context.store, card), on), on);
}

TransferReceipt receipt_for(const Context& context, const store::Card& from, const store::Card& into,
                            const domain::Program& program, Date on) {
  TransferReceipt receipt;
  receipt.from = from;
  receipt.into = into;
  receipt.unit = program.unit;
  receipt.from_balance = balance_of(context, program, from.id, on);
  receipt.into_balance = balance_of(context, program, into.id, on);
  return receipt;
}

void count_entries(TransferReceipt& receipt, const std::vector<store::Entry>& entries) {
  for (const store::Entry& entry : entries) {
    if (entry.points.count <= 0) continue;
    if (entry.kind == domain::EntryKind::repay) receipt.repaid += entry.points;
    if (entry.kind != domain::EntryKind::transfer) continue;
    receipt.points += entry.points;
    ++receipt.lots;
  }
}

TransferReceipt replay(const Context& context, OperationId operation) {
  const auto entries = store::entries_of_operation(context.store, operation);
  CardId from, into;
  for (const store::Entry& entry : entries)
    if (entry.kind == domain::EntryKind::transfer) (entry.points.count < 0 ? from : into) = entry.card;
  const store::Card giver = store::card(context.store, from).value();
  Rules rules(context.store);
  TransferReceipt receipt = receipt_for(context, giver, store::card(context.store, into).value(),
                                        rules.newest(giver.program).program, entries.front().date);
  count_entries(receipt, entries);
  receipt.operation = operation;
  return receipt;
}

void require_pair(const Context& context, const store::Card& from, const store::Card& into,
                  const domain::Program& program) {
  if (from.id == into.id) throw Error(Fault::refused, tr("card {} is on both sides", from.number), "loyal card list");
  require_active(context.store, from, "loyal card show {}");
  require_active(context.store, into, fmt::format("loyal points transfer {} {{}} all --reason \"…\"", from.number));
  if (from.program != into.program)
    throw Error(Fault::refused,
                tr("card {} is of the program {}, card {} of {}: points move within one program", from.number,
                   store::program(context.store, from.program).value().slug, into.number,
                   store::program(context.store, into.program).value().slug),
                "loyal card list");
  if (program.kind == domain::Kind::discount)
    throw Error(Fault::refused, tr("card {} is a discount card: it holds no points", from.number),
                fmt::format("loyal card show {}", from.number));
}

/// How many are to be moved: as typed, or all that can be spent; not more than that, nor than the other card takes.
Points checked_points(const Context& context, const TransferRequest& request, const TransferReceipt& cards,
                      const domain::Program& program) {
  const int scale = program.unit.scale;
  const Points reserved = store::reserved_points(context.store, cards.from.id, context.now);
  const Points spendable = std::max(Points{}, cards.from_balance.active - cards.from_balance.debt - reserved);
  const Points points = request.points == "all" ? spendable : parse_points(request.points, scale);
  const auto command = [&](Points amount) {
    return fmt::format("loyal points transfer {} {} {} --reason \"…\"", cards.from.number, cards.into.number,
                       to_decimal(amount.count, scale));
  };
  if (points.count <= 0 && request.points != "all")
    throw Error(Fault::refused, tr("a transfer is of more than nothing; \"{}\" is not", visible(request.points)),
                spendable.count > 0 ? command(spendable) : fmt::format("loyal card show {}", cards.from.number));
  if (spendable.count == 0)
    throw Error(Fault::refused, tr("card {} has no points that can be moved", cards.from.number),
                fmt::format("loyal card show {}", cards.from.number), {{"available", "0"}});
  if (points > spendable)
    throw Error(Fault::refused,
                tr("card {} has {}; {} cannot be moved", cards.from.number, points_text(spendable, program.unit),
                   to_text(points.count, scale)),
                command(spendable), {{"available", std::to_string(spendable.count)}});
  if (program.limits.balance) {
    const domain::Balance& held = cards.into_balance;
    const Points room = std::max(Points{}, *program.limits.balance - (held.active + held.pending - held.debt));
    if (points > room)
      throw Error(Fault::refused,
                  tr("card {} has room for {} up to the program's limit of {}; {} cannot be moved", cards.into.number,
                     points_text(room, program.unit), to_text(program.limits.balance->count, scale),
                     to_text(points.count, scale)),
                  room.count > 0 ? command(room) : fmt::format("loyal card show {}", cards.into.number),
                  {{"room", std::to_string(room.count)}});
  }
  return points;
}

}  // namespace

TransferReceipt transfer_points(const Context& context, const TransferRequest& request) {
  Operation operation(context, "points transfer",
                      InputDigest(context).add(request.from, request.into, request.points, request.reason).finish());
  if (operation.replayed()) return replay(context, operation.replayed());
  const store::Card from = find_card(context.store, request.from);
  const store::Card into = find_card(context.store, request.into);
  Rules rules(context.store);
  const domain::Program& program = rules.newest(from.program).program;
  require_pair(context, from, into, program);
  const store::ProgramRow row = store::program(context.store, from.program).value();
  // In a club the till may be a partner's.
  const CompanyId company = context.company.empty() ? row.company : selling_company(context, row, program).id;
  const Moment moment = moment_of(context, company, std::nullopt, program.zone);
  const Date on = moment.points_time.date;
  TransferReceipt receipt = receipt_for(context, from, into, program, on);
  const Points points = checked_points(context, request, receipt, program);

  Posting posting(operation.journal());
  std::int64_t lots = 0;
  const Origin origin{company, moment.shop.id, {}, {}, {}, on, request.reason};
  const std::vector<domain::Lot> held = posting.lots(from.id);
  const std::vector<domain::Lot> seen = lots_on(context.store, program, from.id, held, on);
  for (const domain::LotDebit& debit : domain::take(domain::in_spending_order(seen, on), points)) {
    const auto has_id = [&debit](const domain::Lot& lot) { return lot.id == debit.lot; };
    domain::Lot lot = *std::find_if(held.begin(), held.end(), has_id);
    // Where idleness ends points, their clock goes along as it stands: the other card's purchases count from here on.
    if (program.expiry.mode == domain::Expiry::Mode::inactivity && !lot.valid_through)
      lot.usable_from =
          plus_days(*std::find_if(seen.begin(), seen.end(), has_id)->valid_through, -program.expiry.count);
    move_part(posting, from.id, into.id, lot, debit.points, origin);
    ++lots;
  }
  posting.flush();
  const Points owed = receipt.into_balance.debt;
  receipt = receipt_for(context, from, into, program, on);
  receipt.points = points;
  receipt.lots = lots;
  receipt.repaid = owed - receipt.into_balance.debt;
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
