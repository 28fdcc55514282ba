// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "loyal/domain/program.hpp"
#include "loyal/domain/tier.hpp"
#include "loyal/service/context.hpp"
#include "loyal/store/card.hpp"

namespace loyal::service {

/// A card and where it stands.
struct CardTier {
  store::Card card;
  std::string holder, program_slug;
  std::string tier;  ///< empty below the first
  std::string next;  ///< the tier above; empty at the top
  domain::TierStanding standing;
  domain::TierRules::Metric metric = domain::TierRules::Metric::net_spend;
  domain::Unit unit;
  Date on;
};

/// Which cards, when, and by whose knowledge.
struct TierQuery {
  std::string program;  ///< empty: the only one that has tiers
  std::string tier;     ///< empty: all
  std::optional<Date> as_of;
  OperationId known_at;
};
/// The cards of a program with tiers, in the order in which they were issued. Error{refused} for one without.
void each_tier(const Context& context, const TierQuery& query, const std::function<void(const CardTier&)>& take);

/// A card whose tier on a day to come, if nothing more is bought, is another than today; or by changed rules.
struct TierMove {
  CardTier now, then;
};
struct PreviewQuery {
  std::string program;
  std::optional<Date> on;                  ///< nothing: today
  const domain::Program* rules = nullptr;  ///< nothing: the program's own
};
void each_tier_move(const Context& context, const PreviewQuery& query,
                    const std::function<void(const TierMove&)>& take);

/// A tier given by hand.
struct PinRequest {
  std::string card, tier;
  std::optional<Date> until;
  std::string reason;
  bool ends = false;  ///< the sales decide again
};
struct PinReceipt {
  CardTier before, after;
  OperationId operation;
  bool is_replayed = false;
};
PinReceipt pin_tier(const Context& context, const PinRequest& request);

/// Where one card stands; nothing where its program has no tiers.
std::optional<CardTier> tier_of(const Context& context, const store::Card& card, std::optional<Date> as_of,
                                OperationId known_at = {});

}  // namespace loyal::service
