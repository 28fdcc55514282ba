// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/base/quantity.hpp"
#include "loyal/domain/offer.hpp"

namespace loyal::domain {

/// What one presentation asks to be given away, before the month's cap and whatever the account holds.
Money donation_of(const DonationRules& rules, Money paid);

}  // namespace loyal::domain
