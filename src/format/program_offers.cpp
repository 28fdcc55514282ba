// SPDX-License-Identifier: MIT
#include "loyal/base/text.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/format/program_rules.hpp"
#include "program_sections.hpp"

namespace loyal::format {
namespace {

using domain::Kind;
using domain::Program;

domain::Offer read_offer(const TomlSection& section, const Program& program) {
  domain::Offer offer;
  offer.name = tidy_name(section.text("name").value_or(""));
  if (offer.name.empty()) section.refuse("name", tr("what is sold has no name"), "name = \"8 посещений\"");
  const auto price = section.decimal("price", 2);
  if (price == 0) section.refuse("price", tr("\"{}\" must be more than zero", "price"));
  if (price) offer.price = Money{*price};
  if (program.kind == Kind::gift) {
    offer.points = read_points(section, "points", program.unit.scale).value_or(Points{price.value_or(0)});
  } else {
    if (!price) section.refuse("price", tr("\"{}\" has no price", shown(offer.name)), "price = \"3200.00\"");
    offer.points =
        read_points(section, "points", program.unit.scale).value_or(Points{domain::minor_units(program.unit)});
  }
  offer.valid = read_term(section, "valid");
  if (program.kind == Kind::subscription && !offer.valid)
    section.refuse("valid", tr("\"{}\" does not say how long it is paid for", shown(offer.name)), "valid = \"1m\"");
  return offer;
}

void read_event(const TomlSection& top, Program& program) {
  in_section(top, "event", {"date", "capacity"}, [&](const TomlSection& section) {
    domain::EventRules event;
    const auto date = section.date("date");
    if (!date) section.refuse("date", tr("the event has no date"), "date = 2026-12-31");
    event.date = *date;
    event.capacity = section.number("capacity", 1, 10'000'000);
    program.event = event;
  });
}

void read_subscription(const TomlSection& top, Program& program) {
  if (program.kind != Kind::subscription) return;
  program.subscription.emplace();
  in_section(top, "subscription", {"of", "grace_days", "notice_days"}, [&](const TomlSection& section) {
    program.subscription->of = section.text("of").value_or("");
    program.subscription->grace_days = section.number("grace_days", 0, days_max).value_or(0);
    program.subscription->notice_days = section.number("notice_days", 0, days_max).value_or(0);
    if (!program.subscription->of.empty() && !program.discount.empty())
      section.refuse("of", tr("a subscription gives the discounts of another program or its own, not both"));
  });
  if (program.subscription->of.empty() && program.discount.empty())
    top.refuse("subscription", tr("the subscription gives nothing"), "[subscription] of = \"vip\"");
}

}  // namespace

void read_offers(const TomlSection& top, Program& program) {
  in_each(top, "offer", {"name", "price", "points", "valid"}, [&](const TomlSection& section) {
    program.offers.push_back(read_offer(section, program));
    return program.offers.back().name;
  });
  if (program.kind == Kind::gift && program.offers.empty()) program.offers.push_back({"номинал", {}, {}, {}});
  read_event(top, program);
  read_subscription(top, program);
}

void read_rewards(const TomlSection& top, Program& program) {
  in_each(top, "reward",
          {"name", "cost", "at", "off", "up_to", "stock", "categories", "except_categories", "skus", "except_skus",
           "weekdays", "hours", "from", "until", "tiers"},
          [&](const TomlSection& section) {
            domain::Reward reward;
            reward.name = tidy_name(section.text("name").value_or(""));
            if (reward.name.empty()) section.refuse("name", tr("the reward has no name"), "name = \"Кофе в подарок\"");
            reward.filter = read_filter(section, program);
            const int scale = program.unit.scale;
            reward.cost = read_points(section, "cost", scale).value_or(Points{});
            reward.at = read_points(section, "at", scale).value_or(Points{});
            if ((reward.cost.count == 0) == (reward.at.count == 0))
              section.refuse(section.has("at") ? "at" : "cost",
                             tr("a reward has a price in \"cost\", or is a step on the way that comes \"at\" so many"),
                             "cost = 6");
            const bool is_dear = program.limits.balance && reward.cost > *program.limits.balance;
            if (is_dear) section.refuse("cost", tr("the reward costs more than a card may hold"));
            reward.off = read_rate(section, "off", false).value_or(reward.off);
            if (const auto up_to = section.decimal("up_to", 2)) reward.up_to = Money{*up_to};
            reward.has_stock = section.flag("stock").value_or(false);
            program.rewards.push_back(reward);
            return reward.name;
          });
}

void read_use(const TomlSection& top, Program& program) {
  if (program.kind == Kind::pass || program.kind == Kind::ticket) program.use.emplace();
  in_section(top, "use", {"unlimited", "per_day", "lists"}, [&](const TomlSection& section) {
    program.use->unlimited = section.flag("unlimited").value_or(false);
    program.use->per_day = section.number("per_day", 1, 1'000);
    program.use->lists = section.texts("lists").value_or(program.use->lists);
    if (program.kind == Kind::pass && !program.use->lists.empty())
      section.refuse("lists", tr("check-in lists are for tickets"));
    if (program.kind == Kind::ticket && program.use->unlimited)
      section.refuse("unlimited", tr("a ticket lets in once"));
  });
  in_section(top, "freeze", {"days_max", "times_max", "days_min"}, [&](const TomlSection& section) {
    domain::FreezeRules freeze;
    const auto days = section.number("days_max", 1, days_max);
    if (!days) section.refuse("days_max", tr("the freeze does not say how many days it may last"), "days_max = 30");
    freeze.days_max = *days;
    freeze.times_max = section.number("times_max", 1, 1'000);
    freeze.days_min = section.number("days_min", 1, freeze.days_max).value_or(1);
    program.freeze = freeze;
  });
}

void read_donation(const TomlSection& top, Program& program) {
  in_section(top, "donation", {"fund", "amount", "rate", "round_up", "per_month"}, [&](const TomlSection& section) {
    domain::DonationRules donation;
    donation.fund = section.text("fund").value_or("");
    if (donation.fund.empty()) section.refuse("fund", tr("the donation names no fund"), "fund = \"podari-zhizn\"");
    if (section.has("amount") + section.has("rate") + section.has("round_up") != 1)
      section.refuse("amount", tr("a donation is a sum, a part of the purchase, or what is missing to a round sum"),
                     tr("write {} or {}", "amount = \"1.00\"", "rate = \"1%\""));
    const auto money = [&section](std::string_view key) -> std::optional<Money> {
      const auto value = section.decimal(key, 2);
      if (value == 0) section.refuse(key, tr("\"{}\" must be more than zero", key));
      return value ? std::optional(Money{*value}) : std::nullopt;
    };
    donation.amount = money("amount");
    donation.rate = read_rate(section, "rate", false);
    donation.round_up = money("round_up");
    donation.per_month = money("per_month");
    program.donation = donation;
  });
}

void read_members(const TomlSection& top, Program& program) {
  std::set<std::string> companies;
  if (!top.has("member")) return;
  in_each(top, "member", {"company", "rate", "points", "per", "clearing", "fee", "from", "until"},
          [&](const TomlSection& section) {
            domain::Member member;
            member.company = section.text("company").value_or("");
            if (member.company.empty())
              section.refuse("company", tr("the member is no company"), "company = \"zerno\"");
            if (section.has("rate") || section.has("points")) member.earn.push_back(read_earn_rule(section, program));
            member.clearing = read_rate(section, "clearing", false);
            member.fee = read_rate(section, "fee", false);
            member.from = section.date("from");
            member.until = section.date("until");
            if (member.from && member.until && *member.until < *member.from)
              section.refuse("until", tr("the company leaves on {}, before it joins on {}", to_string(*member.until),
                                         to_string(*member.from)));
            for (domain::EarnRule& rule : member.earn) {
              rule.filter = {};
              rule.name = member.company + " " + plain_name(rule, program.unit);
            }
            program.members.push_back(member);
            return std::string();
          });
}

}  // namespace loyal::format
