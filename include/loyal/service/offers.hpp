// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/domain/assessment.hpp"
#include "loyal/domain/giving_back.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// An offer that a request names, and what it costs.
struct SoldOffer {
  std::string name;
  Money amount;
};
/// The offer of the program that the request means; Error where there is none, several, or where what it is for is
/// over.
SoldOffer sold_offer(const OfferRequest& request, const domain::Program& program, const store::Card& card, Date on);

/// Adds what the rules ask before something is sold onto a card: tickets that are sold already.
void add_offer_facts(store::Database& database, const domain::Program& program, const store::Card& card,
                     domain::CardFacts& facts);

/// How much of what was sold onto a card can come back on a day, in kopecks of its price: what is unused of it, or,
/// where it is time that was paid for, the days that are left.
Amount unused_of_offer(store::Database& database, const domain::Program& program, const store::Sale& sale,
                       const domain::SoldSale& sold, Date on);

/// Cuts a return of what was sold onto a card to what is unused; refuses a named amount that is more. Does nothing to
/// other sales.
void require_unused(store::Database& database, const domain::Program& program, const store::Sale& sale,
                    const domain::SoldSale& sold, Date on, bool is_named, std::vector<Amount>& quantities);

}  // namespace loyal::service
