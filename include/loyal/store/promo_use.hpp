// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/store/promo.hpp"
#include "loyal/store/reservation.hpp"

namespace loyal::store {

/// A use of a promo code: by a purchase, or by itself; or what a reservation holds until the purchase is made.
struct PromoUse {
  std::int64_t id = 0;
  OperationId operation;
  CampaignId campaign;
  std::string code;  ///< folded, as promo_code has it
  CardId card;
  CustomerId customer;
  SaleId sale;
  ReservationId reservation;
  Money discount;
  Points points;
  Date date;  ///< points date
  bool is_released = false;
};

void add_promo_use(Journal& journal, const PromoUse& use);
/// Frees the uses of a sale that stand: it was returned whole, or voided.
void release_promo_uses(Journal& journal, SaleId sale, ReturnId sale_return, Date date);

/// The uses of a sale, in the order in which the codes applied, released ones included.
std::vector<PromoUse> promo_uses_of_sale(Database& database, SaleId sale);
std::vector<PromoUse> promo_uses_of_operation(Database& database, OperationId operation);
/// Whether any purchase of the store used a promo code.
bool has_promo_uses(Database& database);

/// What a campaign's uses come to, those that open reservations hold included.
struct PromoUseCount {
  std::int64_t uses = 0;
  Money discount;
  std::int64_t code_uses = 0;
  std::int64_t customer_uses = 0;
  std::int64_t day_uses = 0;
};
/// Who asks, and what is asked for; only what the limits need is counted.
struct PromoUseQuestion {
  CampaignId campaign;
  std::string_view code;
  CardId card;
  CustomerId customer;
  Date date;
  Instant now;
  ReservationId except;  ///< what this reservation holds is the asker's own
  bool of_campaign = false, of_code = false, of_customer = false, of_day = false;
};
PromoUseCount count_promo_uses(Database& database, const PromoUseQuestion& question);

/// A use with what a list tells of it.
struct PromoUseListing {
  PromoUse use;
  std::string campaign_slug, shown, pattern, alphabet, card_number, holder, receipt, till;
  bool is_secret = false;
};
/// The uses of a campaign (of all campaigns for an id of none), in their order; without what reservations held.
void each_promo_use(Database& database, CampaignId campaign, const std::function<void(const PromoUseListing&)>& take);

/// A code that was refused.
struct PromoAttempt {
  Instant at;
  std::string till, operator_name;
  std::string typed;
  std::string outcome;  ///< mistyped, unknown, revoked, foreign
};
void add_promo_attempt(Database& database, const PromoAttempt& attempt);
/// How often a till was refused from a moment on, and when last.
struct AttemptCount {
  std::int64_t count = 0;
  std::optional<Instant> last;
};
AttemptCount promo_attempts_since(Database& database, std::string_view till, Instant since);
void each_promo_attempt(Database& database, std::optional<Instant> since,
                        const std::function<void(const PromoAttempt&)>& take);

}  // namespace loyal::store
