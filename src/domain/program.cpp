// SPDX-License-Identifier: MIT
#include "loyal/domain/program.hpp"

#include <algorithm>
#include <array>

namespace loyal::domain {

std::int64_t minor_units(const Unit& unit) {
  std::int64_t result = 1;
  for (int digit = 0; digit < unit.scale; ++digit) result *= 10;
  return result;
}

namespace {

constexpr std::array<std::pair<Kind, std::string_view>, 9> kinds = {{{Kind::bonus, "bonus"},
                                                                     {Kind::discount, "discount"},
                                                                     {Kind::club, "club"},
                                                                     {Kind::charity, "charity"},
                                                                     {Kind::stamp, "stamp"},
                                                                     {Kind::pass, "pass"},
                                                                     {Kind::ticket, "ticket"},
                                                                     {Kind::gift, "gift"},
                                                                     {Kind::subscription, "subscription"}}};

template <class Named>
const Named* find_named(const std::vector<Named>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&name](const Named& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name(Kind kind) {
  for (const auto& [each, word] : kinds)
    if (each == kind) return word;
  return {};
}

std::optional<Kind> kind_of(std::string_view name) {
  for (const auto& [kind, word] : kinds)
    if (word == name) return kind;
  return std::nullopt;
}

bool holds_points(Kind kind) {
  return kind != Kind::discount;
}

std::string_view name(ReturnPolicy policy) {
  switch (policy) {
    case ReturnPolicy::only_pending:
      return "only_pending";
    case ReturnPolicy::within_balance:
      return "within_balance";
    case ReturnPolicy::debt:
      return "debt";
    case ReturnPolicy::keep:
      return "keep";
    case ReturnPolicy::unused:
      return "unused";
  }
  return {};
}

const Tier* find_tier(const Program& program, const std::string& name) {
  return find_named(program.tiers.tiers, name);
}

const Offer* find_offer(const Program& program, const std::string& name) {
  return find_named(program.offers, name);
}

const Reward* find_reward(const Program& program, const std::string& name) {
  return find_named(program.rewards, name);
}

Money worth_of(const Unit& unit, Points points) {
  return {multiply_divide_floor(points.count, unit.worth.count, minor_units(unit))};
}

Points points_for(const Unit& unit, Money money) {
  if (unit.worth.count <= 0) return {0};
  return {multiply_divide_floor(money.count, minor_units(unit), unit.worth.count)};
}

}  // namespace loyal::domain
