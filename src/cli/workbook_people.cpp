// SPDX-License-Identifier: MIT
#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/points_movements.hpp"
#include "loyal/service/tiers.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/charity.hpp"
#include "workbook_sheets.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

/// The day on which the newest consent of a kind was given; nothing where none stands.
Cell consent_day(const std::vector<store::Consent>& consents, std::string_view kind) {
  std::map<std::string, const store::Consent*> newest;
  for (const store::Consent& consent : consents)
    if (consent.kind == kind) newest[consent.channel] = &consent;
  std::string day;
  for (const auto& [channel, consent] : newest)
    if (consent->given) day = std::max(day, consent->at.substr(0, 10));
  return date_or_absent(date_from_iso(day));
}

/// The percentage that a card takes off whatever is bought; nothing where there is none.
Cell discount_of(WorkbookWork& work, const domain::Program& program, const store::Card& card) {
  domain::Rate best{0, 1};
  for (const domain::DiscountRule& rule : program.discount)
    if (rule.basis == domain::DiscountRule::Basis::rate && rule.filter == domain::Filter{} &&
        domain::is_less(best, rule.rate))
      best = rule.rate;
  if (!program.tiers.is_empty())
    if (const auto standing = service::tier_of(work.context, card, work.request.to))
      if (const domain::Tier* tier = domain::find_tier(program, standing->tier); tier != nullptr && tier->discount)
        best = *tier->discount;
  if (best.numerator == 0) return {};
  return format::PercentCell{multiply_divide_half_up(best.numerator, 10'000, best.denominator)};
}

/// What of a customer the company sees in its own programs and clubs.
struct Held {
  std::int64_t cards = 0;
  Points points;  ///< in hundredths
};

Held held_by(WorkbookWork& work, CustomerId customer) {
  Held held;
  for (const store::Card& card : store::cards_of_customer(work.context.store, customer)) {
    if (!work.programs.sees(card.program)) continue;
    ++held.cards;
    const domain::Program& program = work.rules.newest(card.program).program;
    if (domain::holds_points(program.kind))
      held.points +=
          in_hundredths(service::balance_at(work.context, program, card.id, work.request.company.id, work.request.to),
                        program.unit.scale);
  }
  return held;
}

}  // namespace

Points in_hundredths(Points points, int scale) {
  for (; scale < 2; ++scale) points = {multiply_divide_floor(points.count, 10, 1)};
  return points;
}

Cell WorkbookWork::personal(CustomerId customer, const std::string& text) {
  if (request.is_anonymous || text.empty() || !sight.sees(customer)) return {};
  return text;
}

void write_customers(WorkbookWork& work, WorkbookSums& sums) {
  const auto sheet = work.book.sheet({{"id", tr("No."), Kind::integer},
                                      {"name", tr("Full name"), Kind::name},
                                      {"phone", tr("Phone"), Kind::identifier},
                                      {"email", tr("E-mail"), Kind::text},
                                      {"birthday", tr("Birthday"), Kind::date},
                                      {"data_consent", tr("Consent to data"), Kind::date},
                                      {"advertising_consent", tr("Consent to advertising"), Kind::date},
                                      {"cards", tr("Cards"), Kind::integer},
                                      {"sales", tr("Purchases"), Kind::integer},
                                      {"paid", tr("Paid in all"), Kind::money},
                                      {"discount", tr("Discount"), Kind::money},
                                      {"balance", tr("Points left"), Kind::points}},
                                     {tr("Clients"), {}, {"cards", "sales", "paid", "discount", "balance"}});
  store::each_customer_activity(work.context.store, work.filter(), [&](const store::CustomerActivity& row) {
    const auto customer = store::customer(work.context.store, row.customer);
    const bool is_seen = work.sight.sees(*customer);
    const bool is_shown = !work.request.is_anonymous && is_seen;
    const Held held = held_by(work, row.customer);
    const auto consents = is_seen ? store::consents(work.context.store, row.customer) : std::vector<store::Consent>{};
    sheet->row(std::vector<Cell>{
        row.customer.value, work.personal(row.customer, customer->name), work.personal(row.customer, customer->phone),
        work.personal(row.customer, customer->email), is_shown ? date_or_absent(customer->birthday) : Cell{},
        consent_day(consents, "data"), consent_day(consents, "advertising"), held.cards, row.sales, money(row.paid),
        money(row.discount), format::PointsCell{held.points, 2}});
    ++sums.receipt.customers;
  });
  sheet->finish();
}

void write_cards(WorkbookWork& work, WorkbookSums& sums) {
  const auto sheet = work.book.sheet({{"number", tr("Number"), Kind::identifier},
                                      {"program", tr("Program"), Kind::text},
                                      {"kind", tr("Kind"), Kind::text},
                                      {"holder", tr("Holder"), Kind::name},
                                      {"issued", tr("Issued"), Kind::date},
                                      {"state", tr("State"), Kind::text},
                                      {"paid", tr("Bought for"), Kind::money},
                                      {"discount", tr("Discount, %"), Kind::percent},
                                      {"balance", tr("Points left"), Kind::points}},
                                     {tr("Cards"), {}, {"paid", "balance"}});
  for (const store::ProgramRow& row : store::programs(work.context.store)) {
    const domain::Program& program = work.rules.newest(row.id).program;
    if (!work.programs.sees(row.id)) continue;
    store::CardFilter filter;
    filter.program = row.id;
    filter.any_state = true;
    store::each_card(work.context.store, filter, work.request.to, [&](const store::CardListing& listing) {
      const store::Card& card = listing.card;
      if (store::is_account(work.context.store, card.id)) return;
      const bool holds = domain::holds_points(program.kind);
      const Points balance =
          holds ? service::balance_at(work.context, program, card.id, work.request.company.id, work.request.to)
                : Points{};
      const Money paid = store::paid_by_card(work.context.store, card.id, work.request.company.id, work.request.to);
      // A card that was entered here later may have had its history before.
      if (card.issued_date > work.request.to && paid.count == 0 && balance.count == 0) return;
      sums.balances += in_hundredths(balance, program.unit.scale);
      sheet->row(std::vector<Cell>{card.number, row.title, name_cell(row.kind),
                                   work.personal(card.customer, listing.holder), card.issued_date,
                                   name_cell(card.state), money(paid), discount_of(work, program, card),
                                   holds ? points(balance, program.unit) : Cell{}});
      ++sums.receipt.cards;
    });
  }
  sheet->finish();
}

}  // namespace loyal::cli
