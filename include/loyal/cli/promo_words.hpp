// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/format/record.hpp"
#include "loyal/service/campaigns.hpp"

namespace loyal::cli {

/// What a campaign's code does: "−10% off", "500 points".
std::string effect_words(const domain::PromoTerms& terms, const domain::Unit& unit);
/// Whom, what and when it is for; empty where it is for everything.
std::string condition_words(const domain::PromoTerms& terms);
/// The state of a campaign, by name.
std::string_view phase_name(service::CampaignState::Phase phase);
/// A campaign with its terms and what its uses come to.
format::Record campaign_record(const service::CampaignState& state);

}  // namespace loyal::cli
