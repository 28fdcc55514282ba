// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// What entries of referrals are called in the ledger.
inline constexpr const char* referral_rule = "referral";

/// Records who brought the holder of a card: `by` is a card of the same program and of another holder, and the card has
/// bought nothing yet. Error{refused} otherwise.
void refer(const Context& context, store::Journal& journal, const store::Card& card, const std::string& by, Date date);

/// Gives the points of referrals; keeps count over the rows of one operation.
class ReferralAwards {
 public:
  explicit ReferralAwards(store::Database& database) : database_(database) {}

  /// Gives both sides what the program promises for a newcomer's first purchase, if somebody brought them.
  void award(Posting& posting, const domain::Program& program, CardId card, Money paid, const Origin& origin);

 private:
  std::int64_t& count(CardId by, Date date);
  store::Database& database_;
  std::map<std::pair<CardId, int>, std::int64_t> counts_;
};

/// Takes both sides' points back where a return leaves less of the first purchase than it must come to.
void claw_back_referral(store::Database& database, Posting& posting, const domain::Program& program, CardId card,
                        Money left, bool is_full, const Origin& origin);

}  // namespace loyal::service
