// SPDX-License-Identifier: MIT
#include "loyal/format/promo_terms.hpp"

#include "loyal/format/program_rules.hpp"
#include "program_sections.hpp"
#include "program_text.hpp"

namespace loyal::format {
namespace {

using Kind = domain::PromoEffect::Kind;

constexpr int factor_digits = 3;

void read_effect(const TomlSection& section, const domain::Unit& unit, domain::PromoEffect& effect) {
  const auto kind =
      section.choice("effect", {"percent", "money", "price", "free_item", "points", "multiplier", "entry"});
  effect.kind = static_cast<Kind>(kind.value_or(0));
  if (effect.kind == Kind::percent) effect.rate = read_rate(section, "rate", false).value_or(domain::Rate{});
  if (effect.kind == Kind::multiplier)
    effect.rate = domain::reduced(section.decimal("times", factor_digits).value_or(0), 1000);
  if (effect.kind == Kind::money || effect.kind == Kind::price)
    effect.money = {section.decimal("money", 2).value_or(0)};
  if (effect.kind == Kind::points) effect.points = {section.decimal("points", unit.scale).value_or(0)};
}

std::optional<std::int64_t> read_count(const TomlSection& section, std::string_view key) {
  return section.decimal(key, 0);
}

void write_count(Text& text, std::string_view key, const std::optional<std::int64_t>& count) {
  if (count) text.set(key, std::to_string(*count));
}

}  // namespace

std::string promo_terms_text(const domain::PromoTerms& terms, const domain::Unit& unit) {
  Text text;
  text.set_text("title", terms.title);
  text.set_text("effect", domain::name(terms.effect.kind));
  switch (terms.effect.kind) {
    case Kind::percent:
      text.set_text("rate", domain::to_percent(terms.effect.rate));
      break;
    case Kind::multiplier:
      text.set_decimal("times", terms.effect.rate.numerator * (1000 / terms.effect.rate.denominator), factor_digits);
      break;
    case Kind::money:
    case Kind::price:
      text.set_decimal("money", terms.effect.money.count, 2);
      break;
    case Kind::points:
      text.set_decimal("points", terms.effect.points.count, unit.scale);
      break;
    case Kind::free_item:
    case Kind::entry:
      break;
  }
  text.set_text("stack", domain::name(terms.stacking));
  write_count(text, "uses", terms.limits.uses);
  write_count(text, "code_uses", terms.limits.code_uses);
  write_count(text, "customer_uses", terms.limits.customer_uses);
  write_count(text, "day_uses", terms.limits.day_uses);
  if (terms.limits.budget) text.set_decimal("budget", terms.limits.budget->count, 2);
  write_filter(text, terms.filter);
  return text.take();
}

domain::PromoTerms read_promo_terms(std::string_view text, const domain::Program& program) {
  const std::string file_name = "campaign";
  const TomlNode top = parse_toml(text, file_name);
  const TomlSection section(file_name, top, "campaign", {"title",          "effect",
                                                         "rate",           "times",
                                                         "money",          "points",
                                                         "stack",          "uses",
                                                         "code_uses",      "customer_uses",
                                                         "day_uses",       "budget",
                                                         "categories",     "except_categories",
                                                         "skus",           "except_skus",
                                                         "weekdays",       "hours",
                                                         "from",           "until",
                                                         "min_amount",     "tiers",
                                                         "first_purchase", "chosen_categories",
                                                         "subscription"});
  domain::PromoTerms terms;
  terms.title = section.text("title").value_or("");
  read_effect(section, program.unit, terms.effect);
  terms.stacking = static_cast<domain::Stacking>(section.choice("stack", {"never", "with-card", "always"}).value_or(1));
  terms.limits.uses = read_count(section, "uses");
  terms.limits.code_uses = read_count(section, "code_uses");
  terms.limits.customer_uses = read_count(section, "customer_uses");
  terms.limits.day_uses = read_count(section, "day_uses");
  if (const auto budget = section.decimal("budget", 2)) terms.limits.budget = Money{*budget};
  terms.filter = read_filter(section, program);
  return terms;
}

}  // namespace loyal::format
