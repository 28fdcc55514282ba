// SPDX-License-Identifier: MIT
#include "loyal/service/card_history.hpp"

#include <algorithm>

#include "loyal/domain/expiry.hpp"
#include "loyal/domain/filter.hpp"
#include "loyal/service/donations.hpp"
#include "loyal/service/subscriptions.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {
namespace {

constexpr Date last_of_all{2'932'896};  // 9999-12-31

bool is_before(const store::PastSale& sale, Date date) {
  return sale.date < date;
}

/// Of goods that cost nothing, money does not tell what is left.
bool is_returned_whole(const store::PastSale& sale, const std::vector<store::PastReturn>& returns, Date on) {
  Amount left = {1};
  Amount back;
  for (const store::PastReturn& each : returns) {
    if (each.sale != sale.id || each.date > on) continue;
    back += each.quantity;
    left = each.sold_quantity - back;
  }
  return left.count <= 0;
}

bool asks_first(const domain::Program& program) {
  const auto asks = [](const auto& rule) { return rule.filter.first_purchase; };
  return program.referral || std::any_of(program.earn.begin(), program.earn.end(), asks) ||
         std::any_of(program.discount.begin(), program.discount.end(), asks);
}

}  // namespace

const CardHistory::Needs& CardHistory::needs_of(const domain::Program& program) {
  if (needs_.program == &program) return needs_;
  const bool first = asks_first(program);
  const bool sales = first || !program.tiers.is_empty() || !program.limits.period.empty() ||
                     !program.spend.period.empty() || program.expiry.mode == domain::Expiry::Mode::inactivity;
  needs_ = {&program, sales, first,
            std::any_of(program.discount.begin(), program.discount.end(),
                        [](const domain::DiscountRule& rule) {
                          return rule.basis == domain::DiscountRule::Basis::every && !rule.counts_receipts_apart;
                        }),
            asks_subscriptions(program)};
  return needs_;
}

void CardHistory::is_new(const domain::Program& program, CardId card) {
  if (!needs_of(program).sales) return;
  Remembered& memory = cards_[card.value];
  memory.has_sales = memory.has_activity = memory.has_pins = true;
}

CardHistory::Remembered& CardHistory::with_sales(CardId card) {
  Remembered& memory = cards_[card.value];
  if (!memory.has_sales) {
    memory.sales = store::past_sales(database_, card, known_at_);
    memory.returns = store::past_returns(database_, card, known_at_);
    memory.has_sales = true;
  }
  return memory;
}

CardHistory::Remembered& CardHistory::with_activity(CardId card) {
  Remembered& memory = cards_[card.value];
  if (!memory.has_activity) {
    memory.activity = store::activity_of(database_, card, last_of_all);
    memory.has_activity = true;
  }
  return memory;
}

std::int64_t CardHistory::metric_of(const domain::TierRules& rules, const Remembered& card, const store::PastSale& sale,
                                    Date on) {
  Money paid = sale.paid;
  Points earned = sale.earned;
  for (const store::PastReturn& each : card.returns) {
    if (each.sale != sale.id || each.date > on) continue;
    paid -= each.paid;
    earned -= each.clawed_back;
  }
  switch (rules.metric) {
    case domain::TierRules::Metric::net_spend:
      return paid.count;
    case domain::TierRules::Metric::points_earned:
      return earned.count;
    case domain::TierRules::Metric::visits:
      return is_returned_whole(sale, card.returns, on) ? 0 : 1;
  }
  return 0;
}

domain::TierStanding CardHistory::tier(const domain::Program& program, CardId card, Date on) {
  Remembered& memory = with_sales(card);
  if (!memory.has_pins) {
    memory.pins = store::tier_pins(database_, card, known_at_);
    memory.has_pins = true;
  }
  // Returns count from their own day: where there are some, the fold is made for the day that is asked about.
  if (!memory.track || (!memory.returns.empty() && memory.track_date != on)) {
    memory.track.emplace(program.tiers);
    memory.track_date = on;
    for (const store::PastSale& sale : memory.sales)
      memory.track->add({sale.date, metric_of(program.tiers, memory, sale, on)});
  }
  return domain::with_pins(program.tiers, memory.track->on(on), memory.pins, on);
}

std::vector<domain::PeriodUse> CardHistory::use_of(const std::vector<domain::PeriodLimit>& limits,
                                                   const Remembered& card, Date on, bool is_spending) {
  std::vector<domain::PeriodUse> result;
  for (const domain::PeriodLimit& limit : limits) {
    domain::PeriodUse use;
    const Date last = limit.period ? end_of(*limit.period, on) : on;
    for (auto sale = std::lower_bound(card.sales.begin(), card.sales.end(), domain::first_day_of(limit, on), is_before);
         sale != card.sales.end() && sale->date <= last; ++sale) {
      const Points points = is_spending ? sale->spent : sale->earned;
      if (points.count == 0) continue;
      ++use.sales;
      use.points += points;
    }
    result.push_back(use);
  }
  return result;
}

domain::CardFacts CardHistory::facts(const domain::Program& program, CardId card, Date on) {
  const Needs& needs = needs_of(program);
  domain::CardFacts facts;
  if (!program.tiers.is_empty())
    if (const auto level = tier(program, card, on).level) facts.buyer.tier = program.tiers.tiers[*level].name;
  if (!program.limits.period.empty()) facts.earned = use_of(program.limits.period, with_sales(card), on, false);
  if (!program.spend.period.empty()) facts.spent = use_of(program.spend.period, with_sales(card), on, true);
  if (needs.first_purchase) {
    const Remembered& memory = with_sales(card);
    facts.buyer.is_first_purchase = std::all_of(
        memory.sales.begin(), memory.sales.end(),
        [&memory](const store::PastSale& sale) { return is_returned_whole(sale, memory.returns, last_of_all); });
  }
  if (needs.subscriptions) facts.buyer.subscriptions = paid_subscriptions(database_, rules_, program, card, on);
  if (program.choice) facts.buyer.chosen_categories = store::chosen_categories(database_, card, on);
  if (needs.pieces) facts.pieces_before = pieces_before(program, store::past_lines(database_, card), facts.buyer);
  if (asks_reservations_ && (program.spend.allowed || !program.rewards.empty()))
    facts.reserved = store::reserved_points(database_, card, now_);
  if (program.donation) add_giving(program, card, on, facts);
  return facts;
}

void CardHistory::add_giving(const domain::Program& program, CardId card, Date on, domain::CardFacts& facts) {
  if (giving_.slug != program.slug) {
    giving_ = {program.slug, store::card(database_, card).value().program, {}, {}};
    giving_.account = account_left(database_, giving_.id);
  }
  facts.donation_account = giving_.account;
  if (!program.donation->per_month) return;
  const Date first = domain::first_day_of({Period::month, {}, {}}, on);
  const auto [month, is_first] = giving_.by_month.try_emplace(first);
  if (is_first) month->second = store::donated(database_, giving_.id, first, end_of(Period::month, on));
  facts.donated_this_month = month->second;
}

void CardHistory::add_donation(Date on, Money amount) {
  giving_.account -= amount;
  const auto month = giving_.by_month.find(domain::first_day_of({Period::month, {}, {}}, on));
  if (month != giving_.by_month.end()) month->second += amount;
}

std::vector<domain::Lot> CardHistory::lots_on(const domain::Program& program, CardId card,
                                              const std::vector<domain::Lot>& lots, Date on) {
  if (program.expiry.mode != domain::Expiry::Mode::inactivity) return lots;
  const std::vector<Date>& all = with_activity(card).activity;
  const std::span<const Date> until(all.begin(), std::upper_bound(all.begin(), all.end(), on));
  std::vector<domain::Lot> result;
  result.reserve(lots.size());
  for (const domain::Lot& lot : lots) result.push_back(domain::with_inactivity(program.expiry, lot, until));
  return result;
}

void CardHistory::add_sale(CardId card, const store::PastSale& sale) {
  const auto found = cards_.find(card.value);
  if (found == cards_.end()) return;
  Remembered& memory = found->second;
  if (memory.has_sales) {
    const auto place = std::upper_bound(memory.sales.begin(), memory.sales.end(), sale.date,
                                        [](Date date, const store::PastSale& other) { return date < other.date; });
    memory.sales.insert(place, sale);
  }
  if (memory.track) memory.track->add({sale.date, metric_of(memory.track->rules(), memory, sale, sale.date)});
  if (!memory.has_activity || (sale.earned.count == 0 && sale.spent.count == 0)) return;
  const auto place = std::lower_bound(memory.activity.begin(), memory.activity.end(), sale.date);
  if (place == memory.activity.end() || *place != sale.date) memory.activity.insert(place, sale.date);
}

std::vector<std::int64_t> pieces_before(const domain::Program& program, std::span<const store::PastLine> lines,
                                        const domain::BuyerFacts& buyer) {
  std::vector<std::int64_t> result(program.discount.size(), 0);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const domain::DiscountRule& rule = program.discount[i];
    if (rule.basis != domain::DiscountRule::Basis::every || rule.counts_receipts_apart) continue;
    for (const store::PastLine& line : lines) {
      domain::ReceiptLine goods;
      goods.sku = line.sku;
      goods.category = line.category;
      const bool is_in_time = (!rule.filter.from || line.date >= *rule.filter.from) &&
                              (!rule.filter.until || line.date <= *rule.filter.until);
      if (is_in_time && domain::matches_line(rule.filter, buyer, goods)) result[i] += line.quantity.count / 1000;
    }
  }
  return result;
}

}  // namespace loyal::service
