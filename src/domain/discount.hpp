// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/assessment.hpp"

namespace loyal::domain {

/// Gives each line the largest of the card's discounts that match it.
void give_discount(const Program& program, const Receipt& receipt, const CardFacts& card, Assessment& result);

}  // namespace loyal::domain
