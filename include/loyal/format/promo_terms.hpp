// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "loyal/domain/program.hpp"
#include "loyal/domain/promo.hpp"

namespace loyal::format {

/// The terms of a promo campaign as the text that the store keeps. `unit` is that of the program whose points it gives.
std::string promo_terms_text(const domain::PromoTerms& terms, const domain::Unit& unit);

/// Reads such a text; `program` says the unit, and the tiers that there are. Error{usage} for what is no such text.
domain::PromoTerms read_promo_terms(std::string_view text, const domain::Program& program);

}  // namespace loyal::format
