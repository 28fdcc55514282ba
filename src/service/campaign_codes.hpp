// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "loyal/service/campaigns.hpp"

namespace loyal::service {

/// Makes the codes that are asked for and writes them as a batch of the campaign; `receipt` gets their number and how
/// they are shown. Error{usage} for codes that could be guessed or spell what no shop prints.
void make_codes(const Context& context, store::Journal& journal, const PromoCodesRequest& request,
                const domain::PromoTerms& terms, CampaignReceipt& receipt);

}  // namespace loyal::service
