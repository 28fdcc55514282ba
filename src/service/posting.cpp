// SPDX-License-Identifier: MIT
#include "loyal/service/posting.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "loyal/store/ledger.hpp"
#include "loyal/store/night.hpp"

namespace loyal::service {
namespace {

constexpr std::int32_t no_date = std::numeric_limits<std::int32_t>::min();

std::int32_t packed(std::optional<Date> date) {
  return date ? date->day_number : no_date;
}
bool has_debt(const std::vector<domain::Lot>& lots) {
  return std::any_of(lots.begin(), lots.end(), [](const domain::Lot& lot) { return lot.is_debt(); });
}

std::optional<Date> unpacked(std::int32_t day) {
  return day == no_date ? std::nullopt : std::optional(Date{day});
}

}  // namespace

Posting::Posting(store::Journal& journal) : journal_(journal), base_(journal.next_id(store::History::entry)) {}

Posting::CardLots& Posting::entered(CardId card) {
  const auto [place, is_first] = cards_.try_emplace(card.value);
  if (is_first) place->second.may_have_debt = store::has_debt(journal_.database(), card);
  return place->second;
}

Posting::CardLots& Posting::held(CardId card) {
  CardLots& lots = entered(card);
  if (lots.is_whole) return lots;
  const auto stored = store::lots_of(journal_.database(), card);
  lots.lots.insert(lots.lots.begin(), stored.begin(), stored.end());
  lots.is_changed.insert(lots.is_changed.begin(), stored.size(), 0);
  lots.is_whole = true;
  return lots;
}

const std::vector<domain::Lot>& Posting::lots(CardId card) {
  return held(card).lots;
}

std::uint32_t Posting::text_number(const std::string& text) {
  const auto found = text_numbers_.find(text);
  if (found != text_numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(text);
  text_numbers_.emplace(text, number);
  return number;
}

EntryId Posting::append(CardId card, domain::EntryKind kind, Points points, EntryId lot, const Origin& origin,
                        CompanyId issuer, EntryId answers, const domain::Validity* validity) {
  const EntryId id{base_ + static_cast<std::int64_t>(pending_.size())};
  Pending entry{};
  entry.card = card.value;
  entry.lot = lot ? lot.value : id.value;
  entry.points = points.count;
  entry.sale = origin.sale.value;
  entry.sale_return = origin.sale_return.value;
  entry.answers = answers.value;
  entry.date = origin.date.day_number;
  entry.usable_from = validity == nullptr ? no_date : validity->usable_from.day_number;
  entry.valid_through = validity == nullptr ? no_date : packed(validity->valid_through);
  entry.issuer = static_cast<std::uint32_t>(issuer.value);
  entry.shop = static_cast<std::uint32_t>(origin.shop.value);
  entry.rule = text_number(origin.rule);
  entry.reason = text_number(origin.reason);
  entry.kind = kind;
  pending_.push_back(entry);
  return id;
}

void Posting::change_lot(CardLots& card, EntryId lot, Points points) {
  // The lot touched is mostly one of the newest.
  for (std::size_t i = card.lots.size(); i-- > 0;) {
    if (card.lots[i].id != lot) continue;
    card.lots[i].remainder += points;
    card.is_changed[i] = 1;
    card.may_have_debt = card.may_have_debt || card.lots[i].is_debt();
    return;
  }
  throw std::logic_error("a debit of a lot that holds nothing");
}

EntryId Posting::credit(CardId card, domain::EntryKind kind, Points points, const Origin& origin,
                        const domain::Validity& validity, EntryId answers) {
  CardLots& lots = entered(card);
  if (lots.may_have_debt) held(card);
  const EntryId id = append(card, kind, points, {}, origin, origin.issuer, answers, &validity);
  lots.lots.push_back({id, points, origin.issuer, origin.date, validity.usable_from, validity.valid_through});
  lots.is_changed.push_back(1);
  repay_debt(card, lots, id, origin);
  return id;
}

void Posting::repay_debt(CardId card, CardLots& held_lots, EntryId from, const Origin& origin) {
  if (!held_lots.may_have_debt) return;
  Origin repayment = origin;
  repayment.rule.clear();
  Points left = held_lots.lots.back().remainder;
  for (std::size_t i = 0; i < held_lots.lots.size() && left.count > 0; ++i) {
    const domain::Lot debt = held_lots.lots[i];
    if (!debt.is_debt()) continue;
    const Points part = std::min(left, -debt.remainder);
    const EntryId taken = append(card, domain::EntryKind::repay, -part, from, repayment, origin.issuer, {}, nullptr);
    append(card, domain::EntryKind::repay, part, debt.id, repayment, debt.issuer, taken, nullptr);
    change_lot(held_lots, from, -part);
    change_lot(held_lots, debt.id, part);
    left -= part;
  }
  held_lots.may_have_debt = has_debt(held_lots.lots);
}

void Posting::debit(CardId card, domain::EntryKind kind, std::span<const domain::LotDebit> debits,
                    const Origin& origin) {
  CardLots& lots = held(card);
  for (const domain::LotDebit& debit : debits) {
    append(card, kind, -debit.points, debit.lot, origin, debit.issuer, {}, nullptr);
    change_lot(lots, debit.lot, -debit.points);
  }
}

void Posting::expire_unread(CardId card, const domain::Lot& lot, const Origin& origin) {
  append(card, domain::EntryKind::expire, -lot.remainder, lot.id, origin, lot.issuer, {}, nullptr);
}

void Posting::incur_debt(CardId card, Points points, const Origin& origin, domain::EntryKind kind, EntryId answers) {
  CardLots& lots = held(card);
  const EntryId id = append(card, kind, -points, {}, origin, origin.issuer, answers, nullptr);
  lots.lots.push_back({id, -points, origin.issuer, origin.date, origin.date, std::nullopt});
  lots.may_have_debt = true;
  lots.is_changed.push_back(1);
}

EntryId Posting::move(CardId card, domain::EntryKind kind, Points points, const domain::Lot& lot, const Origin& origin,
                      EntryId answers) {
  CardLots& lots = held(card);
  const EntryId id = append(card, kind, points, lot.id, origin, lot.issuer, answers, nullptr);
  const auto is_it = [&lot](const domain::Lot& other) { return other.id == lot.id; };
  if (std::none_of(lots.lots.begin(), lots.lots.end(), is_it)) {
    lots.lots.push_back(lot);
    lots.lots.back().remainder = {};
    lots.is_changed.push_back(1);
  }
  change_lot(lots, lot.id, points);
  return id;
}

std::vector<std::int64_t> Posting::in_card_order() {
  std::vector<std::int64_t> order(pending_.size());
  std::iota(order.begin(), order.end(), std::int64_t{0});
  const auto by_card = [this](std::int64_t a, std::int64_t b) {
    return pending_[static_cast<std::size_t>(a)].card < pending_[static_cast<std::size_t>(b)].card;
  };
  if (std::is_sorted(order.begin(), order.end(), by_card)) return {};
  std::stable_sort(order.begin(), order.end(), by_card);
  return order;
}

EntryId Posting::final_id(std::int64_t id, const std::vector<std::int64_t>& place) const {
  if (id < base_ || place.empty()) return {id};
  return {base_ + place[static_cast<std::size_t>(id - base_)]};
}

void Posting::write_entries(const std::vector<std::int64_t>& order, const std::vector<std::int64_t>& place) {
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const Pending& pending = pending_[order.empty() ? i : static_cast<std::size_t>(order[i])];
    store::add_entry(journal_, {{},
                                {},
                                {pending.card},
                                final_id(pending.lot, place),
                                pending.kind,
                                {pending.points},
                                {pending.issuer},
                                {pending.shop},
                                {pending.sale},
                                {pending.sale_return},
                                texts_[pending.rule],
                                final_id(pending.answers, place),
                                {pending.date},
                                unpacked(pending.usable_from),
                                unpacked(pending.valid_through),
                                texts_[pending.reason]});
  }
}

void Posting::write_lots(const std::vector<std::int64_t>& place) {
  std::vector<std::int64_t> cards;
  cards.reserve(cards_.size());
  for (const auto& [card, lots] : cards_) cards.push_back(card);
  std::sort(cards.begin(), cards.end());
  std::optional<Date> earliest_end;
  for (const std::int64_t card : cards) {
    CardLots& lots = cards_.at(card);
    for (std::size_t i = 0; i < lots.lots.size(); ++i) {
      domain::Lot& lot = lots.lots[i];
      const bool was_never_stored = lot.id.value >= base_;
      lot.id = final_id(lot.id.value, place);
      if (lots.is_changed[i] == 0 || (was_never_stored && lot.remainder.count == 0)) continue;
      store::put_lot(journal_.database(), {card}, lot);
      if (lot.valid_through && lot.remainder.count > 0)
        earliest_end = std::min(earliest_end.value_or(*lot.valid_through), *lot.valid_through);
    }
  }
  if (earliest_end) store::note_end(journal_.database(), *earliest_end);
}

void Posting::extend(CardId card, EntryId lot, std::optional<Date> valid_through, const Origin& origin,
                     EntryId answers) {
  CardLots& lots = held(card);
  append(card, domain::EntryKind::extend, {}, lot, origin, origin.issuer, answers, nullptr);
  pending_.back().valid_through = packed(valid_through);
  for (std::size_t i = 0; i < lots.lots.size(); ++i) {
    if (lots.lots[i].id != lot) continue;
    lots.lots[i].valid_through = valid_through;
    lots.is_changed[i] = 1;
  }
}

void Posting::flush() {
  const std::vector<std::int64_t> order = in_card_order();
  std::vector<std::int64_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    place[static_cast<std::size_t>(order[i])] = static_cast<std::int64_t>(i);
  write_entries(order, place);
  write_lots(place);
  pending_.clear();
  cards_.clear();
  base_ = journal_.next_id(store::History::entry);
}

}  // namespace loyal::service
