// SPDX-License-Identifier: MIT
#include "loyal/service/sale_gifts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/give_back.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/card_history.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

void require_gift(const store::Card& card, const domain::Program& program) {
  if (program.kind != domain::Kind::gift)
    throw Error(Fault::refused, tr("card {} is no gift card", card.number), tr("pay with its points: --spend max"));
  if (card.state == "blocked")
    throw Error(Fault::refused, tr("gift card {} is blocked", card.number),
                fmt::format("loyal card unblock {}", card.number));
  if (card.state != "active")
    throw Error(Fault::refused, tr("gift card {} was withdrawn", card.number), "loyal card list");
}

/// Refuses a card that has nothing to pay with, and says why.
void require_money(const GiftInUse& gift, const domain::Balance& balance, Points reserved) {
  if (gift.tender.available.count > 0) return;
  const std::string hint = fmt::format("loyal card show {}", gift.card.number);
  const std::string& number = gift.card.number;
  if (reserved.count > 0 && balance.active.count > 0)
    throw Error(Fault::refused, tr("what gift card {} holds is reserved by a till", number), hint);
  std::optional<Date> last;
  for (const domain::Lot& lot : gift.lots)
    if (lot.is_expired(gift.on)) last = std::max(last.value_or(*lot.valid_through), *lot.valid_through);
  if (last) throw Error(Fault::refused, tr("gift card {} was usable through {}", number, to_string(*last)), hint);
  throw Error(Fault::refused, tr("gift card {} is empty", number), hint);
}

/// The day that a moment of the shop is where a gift card's program is.
Date date_in(const std::string& zone, const store::Shop& shop, LocalTime at) {
  return shop.zone == zone ? at.date : Zone(zone).local(Zone(shop.zone).instant(at)).date;
}

Points reserved_by_others(const Context& context, const SaleRequest& request, CardId card) {
  Points reserved = store::reserved_points(context.store, card, context.now);
  if (request.reservation) reserved -= store::held_points(context.store, request.reservation, card);
  return reserved;
}

/// What of a line's gift money each card has left there, in the order in which they paid.
struct PaidPart {
  CardId card;
  Money left;
};

/// The spends of a gift card for a sale that stand, newest first, with what returns have restored of them.
std::vector<domain::TouchedSpend> spends_of(store::Database& database, const domain::Program& program, CardId card,
                                            SaleId sale, Date on) {
  const auto entries = store::entries_of(database, card);
  std::set<EntryId> reversed;
  for (const store::Entry& entry : entries)
    if (entry.kind == domain::EntryKind::reverse) reversed.insert(entry.answers);
  std::vector<domain::TouchedSpend> result;
  for (const store::Entry& entry : entries) {
    if (entry.kind != domain::EntryKind::spend || entry.sale != sale || reversed.contains(entry.id)) continue;
    const auto opening = std::find_if(entries.begin(), entries.end(),
                                      [&entry](const store::Entry& other) { return other.id == entry.lot; });
    domain::TouchedSpend spend = touched_spend(database, program, entry, *opening, on);
    for (const store::Entry& other : entries)
      if (other.kind == domain::EntryKind::restore && other.answers == entry.id && !reversed.contains(other.id))
        spend.restored += other.points;
    result.push_back(spend);
  }
  std::reverse(result.begin(), result.end());
  return result;
}

GiftPart part_of(store::Database& database, Rules& rules, CardId id, Money amount) {
  const store::Card card = store::card(database, id).value();
  const domain::Program& program = rules.newest(card.program).program;
  Money left;
  for (const domain::Lot& lot : store::lots_of(database, id)) left += domain::worth_of(program.unit, lot.remainder);
  return {id, card.number, amount, left};
}

std::vector<GiftPart> parts_of(store::Database& database, Rules& rules, const std::vector<store::GiftPayment>& payments,
                               ReturnId sale_return) {
  std::vector<GiftPart> result;
  for (const store::GiftPayment& payment : payments) {
    if (payment.sale_return != sale_return) continue;
    const Money amount = sale_return ? -payment.amount : payment.amount;
    const auto same = [&payment](const GiftPart& part) { return part.card == payment.card; };
    if (const auto found = std::find_if(result.begin(), result.end(), same); found != result.end())
      found->amount += amount;
    else
      result.push_back(part_of(database, rules, payment.card, amount));
  }
  return result;
}

}  // namespace

std::vector<GiftInUse> gifts_of(const Context& context, Rules& rules, const SaleRequest& request,
                                const store::Card& loyalty, CompanyId company, const Moment& moment) {
  std::vector<GiftInUse> result;
  for (const GiftRequest& asked : request.gifts) {
    GiftInUse gift;
    gift.card = find_card(context.store, asked.card);
    const std::string& number = gift.card.number;
    if (gift.card.id == loyalty.id)
      throw Error(Fault::usage, tr("gift card {} pays, and cannot be the buyer's own card of the same sale", number));
    for (const GiftInUse& other : result)
      if (other.card.id == gift.card.id)
        throw Error(Fault::usage, tr("gift card {} is named twice", number), tr("name it once, with the whole sum"));
    const store::ProgramRow program = store::program(context.store, gift.card.program).value();
    const std::string& zone = rules.newest(program.id).program.zone;
    gift.on = date_in(zone, moment.shop, moment.at);
    gift.program = &rules.on(program.id, gift.on).program;
    require_gift(gift.card, *gift.program);
    if (program.company != company)
      throw Error(Fault::refused, tr("gift card {} is of another company", number), "loyal program list");
    if (asked.amount && asked.amount->count <= 0)
      throw Error(Fault::usage, tr("a gift card pays more than nothing; {} asked for", to_text(*asked.amount)));
    gift.lots =
        lots_on(context.store, *gift.program, gift.card.id, store::lots_of(context.store, gift.card.id), gift.on);
    const domain::Balance balance = domain::balance_on(gift.lots, gift.on);
    const Points reserved = reserved_by_others(context, request, gift.card.id);
    const Points available = std::max(Points{}, balance.active - balance.debt - reserved);
    gift.tender = {gift.card.id, domain::worth_of(gift.program->unit, available), asked.amount};
    require_money(gift, balance, reserved);
    result.push_back(std::move(gift));
  }
  return result;
}

void post_gifts(store::Journal& journal, Posting& posting, const std::vector<GiftInUse>& gifts,
                const domain::Assessment& assessment, const Origin& origin) {
  std::vector<Money> left = assessment.gifts;
  for (std::size_t line = 0, gift = 0; line < assessment.lines.size(); ++line) {
    Money due = assessment.lines[line].gift_money;
    for (; due.count > 0 && gift < gifts.size();) {
      const Money part = std::min(due, left[gift]);
      if (part.count > 0)
        store::add_gift_payment(journal,
                                {origin.sale, {}, static_cast<std::int64_t>(line) + 1, gifts[gift].card.id, part});
      due -= part;
      left[gift] -= part;
      if (left[gift].count == 0) ++gift;
    }
  }
  for (std::size_t i = 0; i < gifts.size(); ++i) {
    const GiftInUse& gift = gifts[i];
    const Points points = domain::points_for(gift.program->unit, assessment.gifts[i]);
    if (points.count == 0) continue;
    Origin own = origin;
    own.date = gift.on;
    own.rule.clear();
    posting.debit(gift.card.id, domain::EntryKind::spend,
                  domain::take(domain::in_spending_order(gift.lots, gift.on), points), own);
  }
}

std::vector<GiftPart> gifts_paid(store::Database& database, Rules& rules, SaleId sale) {
  return parts_of(database, rules, store::gift_payments(database, sale), {});
}

std::vector<GiftPart> gifts_returned(store::Database& database, Rules& rules, SaleId sale, ReturnId sale_return) {
  return parts_of(database, rules, store::gift_payments(database, sale), sale_return);
}

bool is_paid_alike(const Context& context, SaleId sale, const std::vector<GiftRequest>& gifts) {
  std::map<CardId, Money> paid;
  for (const store::GiftPayment& payment : store::gift_payments(context.store, sale))
    if (!payment.sale_return) paid[payment.card] += payment.amount;
  for (const GiftRequest& gift : gifts) {
    const auto found = paid.find(find_card(context.store, gift.card).id);
    if (found == paid.end()) {
      // A card that was to pay the rest paid nothing where nothing was left.
      if (gift.amount) return false;
      continue;
    }
    if (gift.amount && *gift.amount != found->second) return false;
    paid.erase(found);
  }
  return paid.empty();
}

void return_gifts(store::Journal& journal, Posting& posting, Rules& rules, const domain::ReturnAssessment& assessment,
                  const Origin& origin, LocalTime at) {
  if (assessment.gift_money.count == 0) return;
  store::Database& database = journal.database();
  std::map<std::int64_t, std::vector<PaidPart>> by_line;
  for (const store::GiftPayment& payment : store::gift_payments(database, origin.sale)) {
    std::vector<PaidPart>& parts = by_line[payment.line];
    if (!payment.sale_return) parts.push_back({payment.card, {}});
    for (PaidPart& part : parts)
      if (part.card == payment.card) part.left += payment.amount;
  }
  std::map<CardId, Money> back;
  for (const domain::LineReturn& line : assessment.lines) {
    Money due = line.gift_money;
    const auto number = static_cast<std::int64_t>(line.index) + 1;
    std::vector<PaidPart>& parts = by_line[number];
    for (auto part = parts.rbegin(); part != parts.rend() && due.count > 0; ++part) {
      const Money amount = std::min(due, part->left);
      if (amount.count == 0) continue;
      store::add_gift_payment(journal, {origin.sale, origin.sale_return, number, part->card, -amount});
      back[part->card] += amount;
      due -= amount;
    }
  }
  for (const auto& [id, amount] : back) {
    const domain::Program& program = rules.newest(store::card(database, id).value().program).program;
    const Date on = date_in(program.zone, store::shop(database, origin.shop).value(), at);
    const auto spends = spends_of(database, program, id, origin.sale, on);
    const CardId into = store::card_in_use(database, id);
    for (const domain::RestoredLot& lot :
         domain::restored_lots(program, spends, domain::points_for(program.unit, amount), on)) {
      Origin own = origin;
      own.date = on;
      own.issuer = lot.issuer;
      posting.credit(into, domain::EntryKind::restore, lot.points, own, {lot.usable_from, lot.valid_through},
                     lot.answers);
    }
  }
}

}  // namespace loyal::service
