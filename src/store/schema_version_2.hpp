// SPDX-License-Identifier: MIT
#pragma once

#include <array>

namespace loyal::store {

/// The statements that make the tables of version 2: what kinds of card beside bonus and discount need, and promo
/// codes.
extern const char* const version_2;

inline constexpr std::array<const char*, 20> history_of_version_2 = {
    "card_link",   "sale_context",    "gift_payment",    "reward_use",  "reward_stock", "visit",      "card_freeze",
    "tier_pin",    "category_choice", "referral",        "reservation", "account",      "settlement", "donation",
    "export_mark", "campaign",        "campaign_change", "promo_batch", "promo_code",   "promo_use"};

}  // namespace loyal::store
