// SPDX-License-Identifier: MIT
#include "loyal/domain/promo.hpp"

#include <array>

namespace loyal::domain {

std::string_view name(PromoEffect::Kind kind) {
  constexpr std::array<std::string_view, 7> names = {"percent", "money",      "price", "free_item",
                                                     "points",  "multiplier", "entry"};
  return names.at(static_cast<std::size_t>(kind));
}

bool is_discount(PromoEffect::Kind kind) {
  return kind == PromoEffect::Kind::percent || kind == PromoEffect::Kind::money || kind == PromoEffect::Kind::price ||
         kind == PromoEffect::Kind::free_item;
}

std::string_view name(Stacking stacking) {
  constexpr std::array<std::string_view, 3> names = {"never", "with-card", "always"};
  return names.at(static_cast<std::size_t>(stacking));
}

}  // namespace loyal::domain
