// SPDX-License-Identifier: MIT
#include "loyal/cli/tier_words.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {

using Metric = domain::TierRules::Metric;

format::Cell metric_cell(const service::CardTier& tier, std::optional<std::int64_t> amount) {
  if (!amount) return {};
  switch (tier.metric) {
    case Metric::net_spend:
      return money({*amount});
    case Metric::points_earned:
      return points({*amount}, tier.unit);
    case Metric::visits:
      break;
  }
  return *amount;
}

std::string metric_words(const service::CardTier& tier, std::int64_t amount) {
  switch (tier.metric) {
    case Metric::net_spend:
      return to_text(Money{amount});
    case Metric::points_earned:
      return service::points_text({amount}, tier.unit);
    case Metric::visits:
      break;
  }
  return trn("{} visit", "{} visits", amount);
}

std::string tier_words(const std::string& tier) {
  return tier.empty() ? tr("no tier") : tier;
}

void add_tier(format::Record& record, const service::CardTier& tier) {
  record.add("tier", tr("Tier"), text_or_absent(tier.tier));
  record.add("tier_since", tr("Since"), tier.tier.empty() ? format::Cell{} : date_or_absent(tier.standing.since));
  record.add("tier_held_through", tr("Held through"), date_or_absent(tier.standing.held_through));
  record.add("tier_pinned_until", tr("Pinned until"), date_or_absent(tier.standing.pinned_until));
  record.add("tier_metric", tr("Counts"), metric_cell(tier, tier.standing.metric));
  record.add("next_tier", tr("Next tier"), text_or_absent(tier.next));
  record.add("to_next_tier", tr("To the next tier"), metric_cell(tier, tier.standing.to_next));
  record.add("to_keep_tier", tr("To keep the tier"), metric_cell(tier, tier.standing.to_keep));
}

}  // namespace loyal::cli
