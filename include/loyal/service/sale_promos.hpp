// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/service/promo_codes.hpp"
#include "loyal/service/sell.hpp"

namespace loyal::service {

/// The promo codes of a purchase, each once, found to be usable; Error{refused} for one that is not accepted, or whose
/// campaign allows no further use. What `held` holds of them is the purchase's own.
std::vector<PromoInUse> promos_of(const Context& context, Rules& rules, const std::vector<std::string>& codes,
                                  const store::Card& card, CompanyId company, Date on, ReservationId held);

/// Refuses a purchase that would take more off than the budgets of its campaigns have left.
void require_budget(const Context& context, const std::vector<PromoInUse>& promos, const domain::Assessment& assessment,
                    Date on, ReservationId held);

/// Throws Error{refused} where a promo code is the reason of a refusal; else does nothing.
void refuse_promo(const domain::Refusal& refusal, const std::vector<PromoInUse>& promos);

/// Writes which codes a purchase used, or with `use.reservation` which it holds; `use` says where and by whom.
void post_promos(store::Journal& journal, const std::vector<PromoInUse>& promos, const domain::Assessment& assessment,
                 store::PromoUse use);

/// What each code brought to an assessed purchase.
std::vector<PromoPart> promo_parts(const std::vector<PromoInUse>& promos, const domain::Assessment& assessment);
/// What each code brought to a posted sale.
std::vector<PromoPart> promo_parts(store::Database& database, Rules& rules, SaleId sale);
/// The codes that a posted sale used, as the rules ask for them.
std::vector<domain::PromoCode> promos_used(store::Database& database, Rules& rules, SaleId sale);
/// Whether a posted sale used codes of a request, and no others.
bool is_promoted_alike(const Context& context, SaleId sale, const SaleRequest& request);

}  // namespace loyal::service
