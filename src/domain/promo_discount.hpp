// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "loyal/domain/assessment.hpp"

namespace loyal::domain {

/// Why one of the receipt's codes does nothing for this purchase, whatever else is bought with it; nothing where all
/// of them do.
std::optional<Refusal> check_promos(const Receipt& receipt, const BuyerFacts& buyer);

/// A set of codes that go together, and whether the card's discount does.
struct PromoSet {
  std::vector<const PromoCode*> promos;  ///< in the order in which they apply
  bool with_card = true;
};
/// The sets that a receipt's codes leave to choose from: all that stack, each of the others alone, and none. Where
/// several come to the same, the first is to be taken. The order in which codes are typed makes no difference.
std::vector<PromoSet> promo_sets(const Receipt& receipt);

/// Takes the set's discounts off what the lines have left, each off what the ones before it left, and says what each
/// took.
void give_promos(const PromoSet& set, const BuyerFacts& buyer, const Receipt& receipt, Assessment& result);

}  // namespace loyal::domain
