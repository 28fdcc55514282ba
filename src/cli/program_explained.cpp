// SPDX-License-Identifier: MIT
#include "loyal/cli/program_explained.hpp"

#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"
#include "rule_phrases.hpp"

namespace loyal::cli {
namespace {

using domain::DiscountRule;
using domain::EarnRule;
using domain::Expiry;
using domain::Program;
using Sentences = std::vector<std::string>;

std::string points_of(const Program& program, Points points) {
  return service::points_text(points, program.unit);
}

/// A factor has at most three digits after the point, and shows none that say nothing.
std::string factor_words(domain::Rate rate) {
  std::string text = to_text(rate.numerator * (1000 / rate.denominator), 3);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.') || text.ends_with(',')) text.pop_back();
  return text;
}

std::string earn_sentence(const Program& program, const EarnRule& rule) {
  const std::string rate = domain::to_percent(rule.rate);
  switch (rule.basis) {
    case EarnRule::Basis::rate:
      return tr("{} of what is paid comes back onto the card.", rate);
    case EarnRule::Basis::per_money:
      return tr("{} for every full {} paid.", points_of(program, rule.points), to_text(rule.per));
    case EarnRule::Basis::per_visit:
      return tr("{} for every purchase.", points_of(program, rule.points));
    case EarnRule::Basis::per_item:
      return tr("{} for every piece.", points_of(program, rule.points));
    case EarnRule::Basis::times:
      return tr("×{} to what the other rules bring.", factor_words(rule.rate));
  }
  return {};
}

std::string discount_sentence(const DiscountRule& rule) {
  switch (rule.basis) {
    case DiscountRule::Basis::rate:
      return tr("{} off the price.", domain::to_percent(rule.rate));
    case DiscountRule::Basis::price:
      return tr("{} a piece with the card.", to_text(rule.price));
    case DiscountRule::Basis::every:
      return rule.counts_receipts_apart ? tr("Of every {} pieces on a receipt the cheapest is free.", rule.every)
                                        : tr("Every {}th piece is free; all visits count together.", rule.every);
  }
  return {};
}

void add_earning(const Program& program, Sentences& sentences) {
  for (const EarnRule& rule : program.earn)
    sentences.push_back(with_conditions(earn_sentence(program, rule), rule.filter));
  if (program.earn.size() > 1 && program.combine == domain::Combine::best)
    sentences.push_back(tr("Where several of these rules fit, the best one counts."));
  if (program.earn.size() > 1 && program.combine == domain::Combine::sum)
    sentences.push_back(tr("Where several of these rules fit, they add up."));
  if (program.choice)
    sentences.push_back(trn("Choose {} favourite category for each month: {}.",
                            "Choose {} favourite categories for each month: {}.", program.choice->count,
                            quoted_list(program.choice->categories)));
  if (program.limits.per_sale)
    sentences.push_back(tr("One purchase brings at most {}.", points_of(program, *program.limits.per_sale)));
  for (const domain::PeriodLimit& limit : program.limits.period) {
    if (limit.sales)
      sentences.push_back(
          trn("{} purchase {} earns.", "{} purchases {} earn.", *limit.sales, period_words(limit.period)));
    if (limit.points)
      sentences.push_back(
          tr("At most {} {} can be earned.", points_of(program, *limit.points), period_words(limit.period)));
  }
  if (program.limits.balance)
    sentences.push_back(tr("A card holds at most {}.", points_of(program, *program.limits.balance)));
}

std::string grant_sentence(const Program& program, const domain::GrantRule& rule) {
  const std::string points = points_of(program, rule.points);
  switch (rule.event) {
    case domain::GrantRule::Event::welcome:
      return tr("{} as a welcome.", points);
    case domain::GrantRule::Event::birthday:
      return rule.days_before > 0 ? tr("{} for the birthday, {} before it.", points,
                                       term_words({rule.days_before, domain::Term::Unit::days}))
                                  : tr("{} for the birthday.", points);
    case domain::GrantRule::Event::holiday:
      return tr("{} every year for the holiday on {:02}.{:02}.", points, rule.day, rule.month);
    case domain::GrantRule::Event::absence:
      return tr("{} to come back, after {} without a purchase.", points,
                term_words({rule.absence_days, domain::Term::Unit::days}));
  }
  return {};
}

void add_grants(const Program& program, Sentences& sentences) {
  for (const domain::GrantRule& rule : program.grants) {
    sentences.push_back(grant_sentence(program, rule));
    if (rule.expires) sentences.back() += " " + tr("They live {}.", term_words(*rule.expires));
  }
  if (!program.referral) return;
  const domain::ReferralRule& referral = *program.referral;
  if (referral.points.count > 0)
    sentences.push_back(
        tr("Bring a friend: {} after the friend’s first purchase.", points_of(program, referral.points)));
  if (referral.friend_points.count > 0)
    sentences.push_back(tr("The friend gets {}.", points_of(program, referral.friend_points)));
}

void add_spending(const Program& program, Sentences& sentences) {
  const domain::SpendRules& spend = program.spend;
  if (!spend.allowed) return;
  sentences.push_back(
      tr("{} pays {}.", points_of(program, {domain::minor_units(program.unit)}), to_text(program.unit.worth)));
  sentences.push_back(domain::is_less(spend.max_share, {1, 1})
                          ? tr("Up to {} of a purchase can be paid so.", domain::to_percent(spend.max_share))
                          : tr("A whole purchase can be paid so, but for {}.", to_text(spend.min_to_pay)));
  if (!spend.except_categories.empty()) sentences.push_back(tr("Not for {}.", quoted_list(spend.except_categories)));
  if (spend.min_balance.count > 0)
    sentences.push_back(tr("Paying begins at {} on the card.", points_of(program, spend.min_balance)));
}

void add_life(const Program& program, Sentences& sentences) {
  if (program.pending_days > 0)
    sentences.push_back(
        tr("They can be used {} after the purchase.", term_words({program.pending_days, domain::Term::Unit::days})));
  const Expiry& expiry = program.expiry;
  switch (expiry.mode) {
    case Expiry::Mode::never:
      sentences.push_back(tr("They never end."));
      break;
    case Expiry::Mode::days:
      sentences.push_back(tr("They end after {}.", term_words({expiry.count, domain::Term::Unit::days})));
      break;
    case Expiry::Mode::months:
      sentences.push_back(tr("They end after {}.", term_words({expiry.count, domain::Term::Unit::months})));
      break;
    case Expiry::Mode::inactivity:
      sentences.push_back(
          tr("They end {} after the last purchase.", term_words({expiry.count, domain::Term::Unit::days})));
      break;
    case Expiry::Mode::yearly:
      for (const auto& [month, day] : expiry.yearly)
        sentences.push_back(tr("They end every year on {:02}.{:02}.", day, month));
      break;
  }
}

std::string threshold_words(const Program& program, std::int64_t threshold) {
  switch (program.tiers.metric) {
    case domain::TierRules::Metric::net_spend:
      return tr("for purchases of {}", to_text(Money{threshold}));
    case domain::TierRules::Metric::points_earned:
      return tr("for {} earned", points_of(program, {threshold}));
    case domain::TierRules::Metric::visits:
      break;
  }
  return trn("for {} visit", "for {} visits", threshold);
}

void add_tiers(const Program& program, Sentences& sentences) {
  const domain::TierRules& rules = program.tiers;
  for (const domain::Tier& tier : rules.tiers) {
    sentences.push_back(tr("Step “{}”: {}.", tier.name, threshold_words(program, tier.enter)));
    if (tier.rate) sentences.back() += " " + tr("It brings {} back.", domain::to_percent(*tier.rate));
    if (tier.discount) sentences.back() += " " + tr("It gives {} off.", domain::to_percent(*tier.discount));
    for (const std::string& privilege : tier.privileges) sentences.back() += " " + privilege + ".";
  }
  if (rules.is_empty()) return;
  if (rules.window == domain::TierRules::Window::rolling)
    sentences.push_back(tr("What counts is the last {}.", term_words({rules.window_days, domain::Term::Unit::days})));
  sentences.push_back(tr("A new step counts from the next purchase."));
}

void add_things(const Program& program, Sentences& sentences) {
  for (const domain::Offer& offer : program.offers) {
    sentences.push_back(offer.price ? tr("“{}”: {}.", offer.name, to_text(*offer.price))
                                    : tr("“{}”: for any sum.", offer.name));
    if (offer.valid) sentences.back() += " " + tr("Valid for {}.", term_words(*offer.valid));
  }
  for (const domain::Reward& reward : program.rewards)
    sentences.push_back(with_conditions(reward.cost.count > 0
                                            ? tr("“{}” for {}.", reward.name, points_of(program, reward.cost))
                                            : tr("“{}” on the way, at {}.", reward.name, points_of(program, reward.at)),
                                        reward.filter));
  if (program.use && program.use->per_day)
    sentences.push_back(trn("At most {} visit a day.", "At most {} visits a day.", *program.use->per_day));
  if (program.freeze)
    sentences.push_back(
        tr("It can be put aside for up to {}.", term_words({program.freeze->days_max, domain::Term::Unit::days})));
  if (program.event) sentences.push_back(tr("The day of the event: {}.", date_words(program.event->date)));
  if (program.donation) {
    const domain::DonationRules& donation = *program.donation;
    const std::string what = donation.amount ? to_text(*donation.amount)
                             : donation.rate ? domain::to_percent(*donation.rate)
                                             : tr("what is missing to a round sum");
    sentences.push_back(tr("Each time the card is shown, the shop gives {} to the fund “{}”.", what, donation.fund));
  }
  for (const domain::Member& member : program.members)
    sentences.push_back(tr("The card is taken at “{}”.", member.company));
}

std::string return_sentence(const Program& program) {
  switch (program.returns.policy) {
    case domain::ReturnPolicy::only_pending:
      return tr("A return takes back only what cannot be used yet.");
    case domain::ReturnPolicy::within_balance:
      return tr("A return takes back what it brought, as far as the card holds it.");
    case domain::ReturnPolicy::debt:
      return tr("A return takes back what it brought; what has been spent already is owed and taken from the next.");
    case domain::ReturnPolicy::keep:
      return tr("What was given stays given when goods come back.");
    case domain::ReturnPolicy::unused:
      return tr("What is unused can be given back.");
  }
  return {};
}

}  // namespace

Sentences explained_to_customers(const Program& program) {
  Sentences sentences = {program.title};
  for (const DiscountRule& rule : program.discount)
    sentences.push_back(with_conditions(discount_sentence(rule), rule.filter));
  add_earning(program, sentences);
  add_grants(program, sentences);
  add_tiers(program, sentences);
  add_things(program, sentences);
  const bool is_collected = !program.earn.empty();
  if (is_collected) add_spending(program, sentences);
  if (domain::holds_points(program.kind) && program.kind != domain::Kind::charity) add_life(program, sentences);
  if (domain::holds_points(program.kind)) sentences.push_back(return_sentence(program));
  return sentences;
}

Sentences explained_to_cashiers(const Program& program) {
  Sentences sentences = {program.title, tr("Ask for the card or the phone before the money is taken.")};
  const bool is_sold = !program.offers.empty();
  if (is_sold) sentences.push_back(tr("To sell onto a card: {}", "loyal card top-up CARD"));
  if (program.use) sentences.push_back(tr("At the door: {}", "loyal card use CARD"));
  if (!is_sold || program.kind == domain::Kind::subscription)
    sentences.push_back(tr("Each purchase: {}", "loyal sale add CARD 1250 --receipt 000123"));
  if (program.kind == domain::Kind::gift)
    sentences.push_back(tr("To pay with it: {}", "loyal sale add CARD 1250 --gift GIFTCARD"));
  if (program.spend.allowed && domain::holds_points(program.kind)) {
    sentences.push_back(tr("Ask whether a part is to be paid from the card: {}", "--spend max"));
    sentences.push_back(domain::is_less(program.spend.max_share, {1, 1})
                            ? tr("The program itself sees to it that they pay at most {} of a purchase.",
                                 domain::to_percent(program.spend.max_share))
                            : tr("At least {} is always paid with money.", to_text(program.spend.min_to_pay)));
  }
  for (const domain::Reward& reward : program.rewards)
    sentences.push_back(tr("To give “{}”: {}", reward.name, "--reward \"" + reward.name + "\""));
  sentences.push_back(tr("If somebody asks why: {}", "loyal card explain CARD --slip"));
  sentences.push_back(tr("When goods come back: {}", "loyal sale return 000123"));
  sentences.push_back(return_sentence(program));
  sentences.push_back(tr("A mistake just now: {}", "loyal sale void 000123"));
  return sentences;
}

}  // namespace loyal::cli
