// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/assessment.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// Throws Error{refused} where a reward, or what is sold onto the card, is the reason; else does nothing.
void refuse_goods(const domain::Refusal& refusal, const store::Card& card, const domain::Unit& unit);

}  // namespace loyal::service
