// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/door.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// Throws what the door answers to a card that is not let in.
[[noreturn]] void refuse_entry(const Context& context, const domain::DoorRefusal& refusal, const store::Card& card,
                               const domain::Program& program, const domain::DoorWish& wish);

/// Throws why a card is not frozen.
[[noreturn]] void refuse_freeze(const domain::FreezeRefusal& refusal, const store::Card& card,
                                const domain::Program& program);

}  // namespace loyal::service
