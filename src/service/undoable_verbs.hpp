// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

namespace loyal::service {

/// The verbs whose operations an undo can take back, one a line.
// clang-format off
inline constexpr auto undoable_verbs = std::to_array<std::string_view>({
    "sale add",
    "sale reserve",
    "sale commit",
    "sale release",
    "sale return",
    "sale void",
    "points grant",
    "points adjust",
    "points transfer",
    "nightly",
    "import sales",
    "import customers",
    "import cards",
    "import points",
    "import consents",
    "import returns",
    "customer add",
    "customer merge",
    "card issue",
    "card assign",
    "card block",
    "card unblock",
    "card replace",
    "program apply",
    "tier pin",
    "card top-up",
    "card use",
    "card freeze",
    "reward stock",
    "card present",
    "fund top-up",
    "fund payout",
    "points convert",
    "report settlement",
    "export 1c",
    "reward redeem",
    "card choose",
    "code add",
    "code remove",
    "promo create",
    "promo extend",
    "promo revoke",
    "import promo",
    "code spoil",
});
// clang-format on

}  // namespace loyal::service
