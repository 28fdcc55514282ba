// SPDX-License-Identifier: MIT
#include <array>

#include "loyal/format/program_file.hpp"
#include "program_text.hpp"

namespace loyal::format {
namespace {

using domain::Program;
using domain::TierRules;

constexpr std::array<std::string_view, 4> periods = {"month", "quarter", "half_year", "year"};

std::string window_text(const TierRules& rules) {
  switch (rules.window) {
    case TierRules::Window::rolling:
      return fmt::format("{}d", rules.window_days);
    case TierRules::Window::calendar:
      return std::string(periods.at(static_cast<std::size_t>(rules.window_period)));
    case TierRules::Window::lifetime:
      break;
  }
  return "lifetime";
}

int scale_of(const Program& program) {
  switch (program.tiers.metric) {
    case TierRules::Metric::net_spend:
      return 2;
    case TierRules::Metric::points_earned:
      return program.unit.scale;
    case TierRules::Metric::visits:
      break;
  }
  return 0;
}

void write_rewards(Text& text, const Program& program) {
  for (const domain::Reward& reward : program.rewards) {
    text.table("[[reward]]");
    text.set_text("name", reward.name);
    if (reward.cost.count > 0)
      text.set_decimal("cost", reward.cost.count, program.unit.scale, tr("what is taken from the card for it"));
    else
      text.set_decimal("at", reward.at.count, program.unit.scale, tr("given once on the way, for nothing"));
    text.set_text("off", domain::to_percent(reward.off), tr("of the price of one piece"));
    if (reward.up_to) text.set_decimal("up_to", reward.up_to->count, 2, tr("the rest of a dearer piece is paid for"));
    if (reward.has_stock) text.set_flag("stock", true, tr("only while there are some"));
    write_filter(text, reward.filter);
  }
}

void write_use(Text& text, const Program& program) {
  if (program.use && (program.use->unlimited || program.use->per_day || !program.use->lists.empty())) {
    text.table("[use]");
    if (program.use->unlimited) text.set_flag("unlimited", true, tr("entry takes nothing"));
    if (program.use->per_day) text.set("per_day", fmt::format("{}", *program.use->per_day), tr("entries on one day"));
    text.set_texts("lists", program.use->lists, tr("each lets a ticket in once"));
  }
  if (program.freeze) {
    text.table("[freeze]");
    text.set("days_max", fmt::format("{}", program.freeze->days_max), tr("in all"));
    if (program.freeze->times_max) text.set("times_max", fmt::format("{}", *program.freeze->times_max));
    text.set("days_min", fmt::format("{}", program.freeze->days_min), tr("at once"));
  }
  if (program.event) {
    text.table("[event]");
    text.set("date", to_string(program.event->date));
    if (program.event->capacity) text.set("capacity", fmt::format("{}", *program.event->capacity), tr("places"));
  }
}

void write_members(Text& text, const Program& program) {
  for (const domain::Member& member : program.members) {
    text.table("[[member]]");
    text.set_text("company", member.company);
    for (const domain::EarnRule& rule : member.earn) {
      if (rule.basis == domain::EarnRule::Basis::rate) {
        text.set_text("rate", domain::to_percent(rule.rate));
      } else {
        text.set_decimal("points", rule.points.count, program.unit.scale);
        if (rule.basis == domain::EarnRule::Basis::per_money)
          text.set_decimal("per", rule.per.count, 2);
        else
          text.set_text("per", rule.basis == domain::EarnRule::Basis::per_item ? "item" : "visit");
      }
    }
    if (member.clearing)
      text.set_text("clearing", domain::to_percent(*member.clearing), tr("of a point's worth, paid to a partner"));
    if (member.fee) text.set_text("fee", domain::to_percent(*member.fee), tr("of a settlement, kept by the club"));
    if (member.from) text.set("from", to_string(*member.from), tr("first day"));
    if (member.until) text.set("until", to_string(*member.until), tr("last day"));
  }
}

}  // namespace

void write_tiers(Text& text, const Program& program) {
  const TierRules& rules = program.tiers;
  if (rules.is_empty()) return;
  text.table("[tiers]");
  text.set_text("metric", domain::name(rules.metric), tr("net_spend, points_earned or visits"));
  text.set_text("window", window_text(rules), tr("what is counted: so many days, a calendar period, or lifetime"));
  text.set_text("upgrade", rules.upgrade_next_period ? "next_period" : "at_once");
  text.set_text("downgrade", domain::name(rules.downgrade), tr("to what qualifies, one_step, or none"));
  if (rules.term) text.set_text("term", to_text(*rules.term), tr("how long a tier is held"));
  if (rules.grace_days > 0) text.set("grace_days", fmt::format("{}", rules.grace_days), tr("after the term"));
  const int scale = scale_of(program);
  for (const domain::Tier& tier : rules.tiers) {
    text.table("[[tier]]");
    text.set_text("name", tier.name);
    text.set_decimal("enter", tier.enter, scale, tr("as much as this, or more"));
    if (tier.keep) text.set_decimal("keep", *tier.keep, scale, tr("what holds it at the end of its term"));
    if (tier.rate) text.set_text("rate", domain::to_percent(*tier.rate), tr("earned in place of the plain rate"));
    if (tier.rate && domain::is_less({1, 1}, *tier.rate)) text.set("allow_over_100", "true");
    if (tier.discount) text.set_text("discount", domain::to_percent(*tier.discount), tr("off the price"));
    if (tier.max_share)
      text.set_text("max_share", domain::to_percent(*tier.max_share), tr("the most of a purchase that points pay"));
    if (tier.pending_days)
      text.set("pending_days", fmt::format("{}", *tier.pending_days), tr("days before points can be spent"));
    text.set_texts("privileges", tier.privileges);
  }
}

void write_grants(Text& text, const Program& program) {
  const int scale = program.unit.scale;
  for (const domain::GrantRule& rule : program.grants) {
    text.table("[[earn]]");
    text.set_text("on", domain::name(rule.event));
    if (!rule.name.empty() && rule.name != domain::name(rule.event)) text.set_text("name", rule.name);
    text.set_decimal("points", rule.points.count, scale);
    if (rule.event == domain::GrantRule::Event::holiday)
      text.set_text("day", fmt::format("{:02}-{:02}", rule.month, rule.day), tr("month and day"));
    if (rule.absence_days > 0) text.set_text("after", fmt::format("{}d", rule.absence_days), tr("without a purchase"));
    if (rule.days_before > 0) text.set("days_before", fmt::format("{}", rule.days_before));
    if (rule.days_after > 0) text.set("days_after", fmt::format("{}", rule.days_after));
    if (rule.expires) text.set_text("expires", to_text(*rule.expires), tr("after they are given"));
    text.set_texts("tiers", rule.tiers, tr("only for these"));
  }
  if (program.referral) {
    text.table("[[earn]]");
    text.set_text("on", "referral");
    text.set_decimal("points", program.referral->points.count, scale, tr("to who brings somebody"));
    text.set_decimal("friend_points", program.referral->friend_points.count, scale, tr("to who was brought"));
    if (program.referral->min_amount.count > 0)
      text.set_decimal("min_amount", program.referral->min_amount.count, 2, tr("that the first purchase comes to"));
    if (program.referral->per_year) text.set("per_year", fmt::format("{}", *program.referral->per_year));
  }
  if (program.choice) {
    text.table("[choice]");
    text.set_texts("categories", program.choice->categories, tr("of these the customer chooses for each month"));
    text.set("count", fmt::format("{}", program.choice->count), tr("so many"));
  }
}

void write_offers(Text& text, const Program& program) {
  for (const domain::Offer& offer : program.offers) {
    text.table("[[offer]]");
    text.set_text("name", offer.name);
    if (offer.price) text.set_decimal("price", offer.price->count, 2);
    if (offer.points.count > 0) text.set_decimal("points", offer.points.count, program.unit.scale, tr("onto the card"));
    if (offer.valid) text.set_text("valid", to_text(*offer.valid));
  }
  write_rewards(text, program);
  write_use(text, program);
  if (program.subscription && (!program.subscription->of.empty() || program.subscription->grace_days > 0 ||
                               program.subscription->notice_days > 0)) {
    text.table("[subscription]");
    if (!program.subscription->of.empty())
      text.set_text("of", program.subscription->of, tr("whose discounts it gives"));
    text.set("grace_days", fmt::format("{}", program.subscription->grace_days), tr("after it was paid for"));
    text.set("notice_days", fmt::format("{}", program.subscription->notice_days), tr("before it ends"));
  }
  if (program.donation) {
    const domain::DonationRules& donation = *program.donation;
    text.table("[donation]");
    text.set_text("fund", donation.fund);
    if (donation.amount) text.set_decimal("amount", donation.amount->count, 2, tr("each time the card is shown"));
    if (donation.rate) text.set_text("rate", domain::to_percent(*donation.rate), tr("of what was paid"));
    if (donation.round_up)
      text.set_decimal("round_up", donation.round_up->count, 2, tr("up to a full sum of this size"));
    if (donation.per_month) text.set_decimal("per_month", donation.per_month->count, 2, tr("most of one month"));
  }
  write_members(text, program);
}

}  // namespace loyal::format
