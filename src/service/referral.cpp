// SPDX-License-Identifier: MIT
#include "loyal/service/referral.hpp"

#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/domain/expiry.hpp"
#include "loyal/domain/giving_back.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/store/card_history.hpp"
#include "loyal/store/granting.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {
namespace {

void give(Posting& posting, const domain::Program& program, CardId card, Points points, const Origin& origin) {
  if (points.count == 0) return;
  Origin own = origin;
  own.rule = referral_rule;
  posting.credit(card, domain::EntryKind::grant, points, own, domain::validity_of_earn(program, origin.date));
}

void take_back(store::Database& database, Posting& posting, const domain::Program& program,
               const store::SaleGrant& grant, const Origin& origin) {
  const Points points = grant.points - grant.clawed_back;
  if (points.count <= 0) return;
  Origin own = origin;
  own.rule = referral_rule;
  own.issuer = grant.issuer;
  const CardId card = store::card_in_use(database, grant.card);
  const EntryId lot = grant.entry;
  const domain::Clawback clawback =
      domain::plan_clawback(program, points, {&lot, 1}, posting.lots(card), grant.issuer, origin.date);
  posting.debit(card, domain::EntryKind::clawback, clawback.debits, own);
  if (clawback.debt.count > 0) posting.incur_debt(card, clawback.debt, own);
}

}  // namespace

void refer(const Context& context, store::Journal& journal, const store::Card& card, const std::string& by, Date date) {
  const store::Card referrer = find_card(context.store, by);
  const std::string hint = fmt::format("loyal card show {}", referrer.number);
  if (referrer.id == card.id) throw Error(Fault::refused, tr("card {} cannot bring its own holder", card.number), hint);
  if (referrer.program != card.program)
    throw Error(Fault::refused, tr("card {} is of another program", referrer.number), hint);
  if (card.customer && referrer.customer == card.customer)
    throw Error(Fault::refused, tr("card {} is the same customer's: nobody brings themselves", referrer.number), hint);
  require_active(context.store, referrer, "loyal card show {}");
  if (store::referred_by(context.store, card.id))
    throw Error(Fault::refused, tr("who brought the holder of card {} is known already", card.number), hint);
  if (!store::past_sales(context.store, card.id).empty())
    throw Error(Fault::refused, tr("card {} has bought already: its holder is no newcomer", card.number), hint);
  store::add_referral(journal, card.id, referrer.id, date);
}

std::int64_t& ReferralAwards::count(CardId by, Date date) {
  const auto [place, is_new] = counts_.try_emplace({by, date.year()});
  if (is_new)
    place->second = store::count_sale_grants(database_, by, referral_rule, start_of(Period::year, date),
                                             end_of(Period::year, date));
  return place->second;
}

void ReferralAwards::award(Posting& posting, const domain::Program& program, CardId card, Money paid,
                           const Origin& origin) {
  if (!program.referral || paid < program.referral->min_amount) return;
  const auto named = store::referred_by(database_, card);
  if (!named) return;
  give(posting, program, card, program.referral->friend_points, origin);
  const CardId by = store::card_in_use(database_, *named);
  const store::Card referrer = store::card(database_, by).value();
  // Two cards may have come to be one person's since.
  const CustomerId newcomer = store::card(database_, card).value().customer;
  if (referrer.state != "active" || (newcomer && referrer.customer == newcomer)) return;
  std::int64_t& given = count(by, origin.date);
  if (program.referral->per_year && given >= *program.referral->per_year) return;
  ++given;
  give(posting, program, by, program.referral->points, origin);
}

void claw_back_referral(store::Database& database, Posting& posting, const domain::Program& program, CardId card,
                        Money left, bool is_full, const Origin& origin) {
  if (!program.referral || (!is_full && left >= program.referral->min_amount)) return;
  for (const store::SaleGrant& grant : store::grants_of_sale(database, origin.sale, card, referral_rule))
    take_back(database, posting, program, grant, origin);
  const auto by = store::referred_by(database, card);
  if (!by) return;
  const CardId in_use = store::card_in_use(database, *by);
  for (const store::SaleGrant& grant : store::grants_of_sale(database, origin.sale, in_use, referral_rule))
    take_back(database, posting, program, grant, origin);
}

}  // namespace loyal::service
