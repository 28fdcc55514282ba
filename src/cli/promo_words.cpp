// SPDX-License-Identifier: MIT
#include "loyal/cli/promo_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

using Kind = domain::PromoEffect::Kind;

std::string factor_words(domain::Rate rate) {
  std::string text = to_decimal(rate.numerator * (1000 / rate.denominator), 3);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string day_names(const std::vector<unsigned>& days) {
  constexpr std::array<const char*, 7> names = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                                N_("Fri"), N_("Sat"), N_("Sun")};
  std::vector<std::string> words;
  for (const unsigned day : days) words.emplace_back(translate(names.at(day - 1)));
  return fmt::format("{}", fmt::join(words, " "));
}

std::string clock_words(int second) {
  return fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60);
}

format::Cell count_or_absent(const std::optional<std::int64_t>& count) {
  return count ? format::Cell{*count} : format::Cell{};
}

}  // namespace

std::string effect_words(const domain::PromoTerms& terms, const domain::Unit& unit) {
  const domain::PromoEffect& effect = terms.effect;
  switch (effect.kind) {
    case Kind::percent:
      return tr("{} off", domain::to_percent(effect.rate));
    case Kind::money:
      return tr("{} off", to_text(effect.money));
    case Kind::price:
      return tr("{} a piece", to_text(effect.money));
    case Kind::free_item:
      return tr("one piece free");
    case Kind::points:
      return tr("{} on top", service::points_text(effect.points, unit));
    case Kind::multiplier:
      return tr("points × {}", factor_words(effect.rate));
    case Kind::entry:
      return tr("entry");
  }
  return {};
}

std::string condition_words(const domain::PromoTerms& terms) {
  const domain::Filter& filter = terms.filter;
  std::vector<std::string> parts;
  const auto add_goods = [&parts](const char* before, const std::vector<std::string>& values) {
    if (!values.empty()) parts.push_back(before + fmt::format("{}", fmt::join(values, ", ")));
  };
  add_goods("", filter.categories);
  add_goods("", filter.skus);
  if (filter.min_amount.count > 0) parts.push_back(tr("from {}", to_text(filter.min_amount)));
  add_goods("", filter.tiers);
  if (filter.first_purchase) parts.push_back(tr("first purchase"));
  if (!filter.weekdays.empty()) parts.push_back(day_names(filter.weekdays));
  if (filter.hours)
    parts.push_back(fmt::format("{}–{}", clock_words(filter.hours->first), clock_words(filter.hours->second)));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string_view phase_name(service::CampaignState::Phase phase) {
  constexpr std::array<std::string_view, 5> names = {"before", "running", "over", "used_up", "revoked"};
  return names.at(static_cast<std::size_t>(phase));
}

format::Record campaign_record(const service::CampaignState& state) {
  const domain::PromoTerms& terms = state.terms;
  format::Record record;
  // What a campaign does not limit is no line of its page.
  const auto add = [&record](const char* key, const std::string& heading, format::Cell cell) {
    const bool is_absent = std::holds_alternative<std::monostate>(cell);
    record.add(key, is_absent ? std::string{} : heading, std::move(cell));
  };
  add("campaign", tr("Campaign"), state.campaign.slug);
  add("title", terms.title == state.campaign.slug ? std::string{} : tr("Title"), terms.title);
  add("program", tr("Program"), text_or_absent(state.program_slug));
  add("state", tr("State"), name_cell(phase_name(state.phase)));
  add("effect", {}, std::string(domain::name(terms.effect.kind)));
  const domain::PromoEffect& effect = terms.effect;
  const bool is_sum = effect.kind == Kind::money || effect.kind == Kind::price;
  add("rate", {}, effect.kind == Kind::percent ? format::Cell{domain::to_percent(effect.rate)} : format::Cell{});
  add("money", {}, is_sum ? money(effect.money) : format::Cell{});
  add("points", {}, effect.kind == Kind::points ? points(effect.points, state.unit) : format::Cell{});
  add("times", {}, effect.kind == Kind::multiplier ? format::Cell{factor_words(effect.rate)} : format::Cell{});
  add("gives", tr("Gives"), effect_words(terms, state.unit));
  add("conditions", tr("For"), text_or_absent(condition_words(terms)));
  add("from", tr("From"), date_or_absent(terms.filter.from));
  add("until", tr("Through"), date_or_absent(terms.filter.until));
  add("stack", tr("Goes together"), name_cell(domain::name(terms.stacking)));
  add("codes", tr("Codes"), state.codes);
  add("uses", tr("Used"), state.uses);
  add("uses_max", tr("At most"), count_or_absent(terms.limits.uses));
  add("code_uses_max", tr("Uses of a code"), count_or_absent(terms.limits.code_uses));
  add("customer_uses_max", tr("Uses by a customer"), count_or_absent(terms.limits.customer_uses));
  add("day_uses_max", tr("Uses a day"), count_or_absent(terms.limits.day_uses));
  add("discount", tr("Taken off"), money(state.discount));
  add("budget", tr("Budget"), terms.limits.budget ? money(*terms.limits.budget) : format::Cell{});
  add("operation", tr("Operation"), state.campaign.operation.value);
  return record;
}

}  // namespace loyal::cli
