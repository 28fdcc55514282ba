// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/nightly.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// What a subscription's card has paid for.
struct PaidTime {
  bool is_paid = false;         ///< on the day, or within grace of what was
  std::optional<Date> through;  ///< the last paid day of the time that the day lies in, or that was paid last
};

/// By the card's entries: time that has passed still counts within grace, whether or not a night has booked its end.
PaidTime paid_time(store::Database& database, const domain::SubscriptionRules& rules, CardId card, Date on);

/// The slugs of the subscriptions that are paid for on a day, of those that the program's rules ask for: a card's own,
/// and others of the same holder.
std::vector<std::string> paid_subscriptions(store::Database& database, Rules& rules, const domain::Program& program,
                                            CardId card, Date on);

/// Whether the program's rules ask what is paid for.
bool asks_subscriptions(const domain::Program& program);

/// The active cards of subscriptions whose paid time ends within their programs' notice, the next first.
std::vector<Renewal> renewals_due(store::Database& database, Rules& rules, Date on);

}  // namespace loyal::service
