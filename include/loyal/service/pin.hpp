// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// So many wrong PINs in a row lock a card, each further one for twice as long.
inline constexpr std::int64_t pin_tries_max = 5;

/// Sets the PIN of a gift card, or (nothing) takes it away.
store::Card set_pin(const Context& context, const std::string& card, const std::optional<std::string>& pin);

/// Whether a gift card is paid with by PIN.
bool has_pin(const Context& context, const std::string& card);

/// Refuses gift cards whose PIN was not given or is another, with one refusal for every reason. A wrong try is counted
/// whatever becomes of the sale, a dry run included.
void check_pins(const Context& context, const std::vector<GiftRequest>& gifts);

}  // namespace loyal::service
