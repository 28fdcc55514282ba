// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "loyal/domain/giving_back.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/gift.hpp"

namespace loyal::service {

/// A gift card that a sale names, found to be usable.
struct GiftInUse {
  store::Card card;
  const domain::Program* program = nullptr;
  Date on;  ///< the sale's day in the zone of the card's program
  std::vector<domain::Lot> lots;
  domain::GiftTender tender;
};

/// The gift cards of a request; Error{refused} for one that is blocked, empty, past its date, of another company, or no
/// gift card. What `held` holds of them is theirs to use.
std::vector<GiftInUse> gifts_of(const Context& context, Rules& rules, const SaleRequest& request,
                                const store::Card& loyalty, CompanyId company, const Moment& moment);

/// Takes from the gift cards what they pay, and writes which line each paid.
void post_gifts(store::Journal& journal, Posting& posting, const std::vector<GiftInUse>& gifts,
                const domain::Assessment& assessment, const Origin& origin);

/// What gift cards paid of a posted sale, card by card.
std::vector<GiftPart> gifts_paid(store::Database& database, Rules& rules, SaleId sale);
/// What gift cards got back by a return.
std::vector<GiftPart> gifts_returned(store::Database& database, Rules& rules, SaleId sale, ReturnId sale_return);
/// Whether a posted sale was paid with the gift cards that a request names.
bool is_paid_alike(const Context& context, SaleId sale, const std::vector<GiftRequest>& gifts);

/// Gives the gift money of a return's lines back to the cards that it came from, the last used first, each with the
/// dates that its program's returns ask for; `at` is the return's time in the shop's zone.
void return_gifts(store::Journal& journal, Posting& posting, Rules& rules, const domain::ReturnAssessment& assessment,
                  const Origin& origin, LocalTime at);

}  // namespace loyal::service
