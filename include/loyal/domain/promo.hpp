// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loyal/domain/rule.hpp"

namespace loyal::domain {

/// What a promo code does to a purchase.
struct PromoEffect {
  enum class Kind {
    percent,     ///< a part of the price of the goods that it is for
    money,       ///< a sum off those goods
    price,       ///< a price for one piece of them, where it is lower
    free_item,   ///< one piece of them, the cheapest, costs nothing
    points,      ///< points on top of what the purchase earns
    multiplier,  ///< a factor on what those goods earn
    entry        ///< lets its holder in: nothing of the purchase changes
  };
  Kind kind = Kind::percent;
  Rate rate;      ///< of a percent; the factor of a multiplier
  Money money;    ///< the sum, or the price
  Points points;  ///< in minor units of the program's unit

  friend bool operator==(const PromoEffect&, const PromoEffect&) = default;
};

/// The name of the effect in a campaign's text ("free_item").
std::string_view name(PromoEffect::Kind kind);
/// Whether the effect takes something off the price.
bool is_discount(PromoEffect::Kind kind);

/// What a promo code goes together with.
enum class Stacking {
  never,      ///< neither with the card's discount nor with another promo code
  with_card,  ///< with the card's discount, but with no other promo code
  always      ///< with the card's discount and with other codes that go together always
};
std::string_view name(Stacking stacking);

/// The most that the uses of a campaign may come to; what is absent is not limited.
struct PromoLimits {
  std::optional<std::int64_t> uses;           ///< of all of its codes together
  std::optional<std::int64_t> code_uses;      ///< of one code
  std::optional<std::int64_t> customer_uses;  ///< by one customer; by one card, where nobody holds it
  std::optional<std::int64_t> day_uses;       ///< on one day
  std::optional<Money> budget;                ///< of what is taken off

  friend bool operator==(const PromoLimits&, const PromoLimits&) = default;
};

/// The rules of a promo campaign. The filter's first and last day are the campaign's own.
struct PromoTerms {
  std::string title;  ///< as receipts and lists call it
  PromoEffect effect;
  Filter filter;
  Stacking stacking = Stacking::with_card;
  PromoLimits limits;

  friend bool operator==(const PromoTerms&, const PromoTerms&) = default;
};

/// A code that a buyer gives with a purchase.
struct PromoCode {
  std::string code;  ///< as printed
  PromoTerms terms;

  friend bool operator==(const PromoCode&, const PromoCode&) = default;
};

}  // namespace loyal::domain
