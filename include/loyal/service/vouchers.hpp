// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "loyal/format/voucher.hpp"
#include "loyal/service/campaigns.hpp"

namespace loyal::service {

/// Makes the company's signing keys where it has none.
void require_signing_key(const Context& context, CompanyId company);

/// The public key of the company's vouchers, as a line of a file; Error{refused} where it has none yet.
std::string voucher_key(const Context& context);

/// A code of a campaign as the signed text of its QR.
std::string voucher_of(const Context& context, const CampaignState& campaign, const std::string& code);

/// The code that a voucher names; nothing for one that its company did not sign.
std::optional<store::FoundPromoCode> look_up_voucher(store::Database& database, const std::string& text);

/// What a till without the store can say of a voucher: Error{refused} for one that was forged or altered, and for one
/// whose days are not these.
format::Voucher verified_voucher(const std::string& text, const std::string& key, Date today);

}  // namespace loyal::service
