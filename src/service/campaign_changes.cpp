// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/campaigns.hpp"
#include "loyal/service/operation.hpp"

namespace loyal::service {
namespace {

void require_standing(const store::Campaign& campaign) {
  if (campaign.is_revoked)
    throw Error(Fault::refused, tr("the campaign {} was revoked", campaign.slug), "loyal promo list");
}

/// What an earlier run of the same key did.
CampaignChanged changed_before(const Context& context, OperationId operation) {
  const store::CampaignChange change = store::campaign_change_of_operation(context.store, operation).value();
  CampaignChanged result{store::campaign(context.store, change.campaign).value(), {}, operation, true};
  if (const auto found = store::promo_code(context.store, change.code))
    result.code = shown_code(result.campaign, found->batch, found->code);
  return result;
}

}  // namespace

CampaignChanged extend_campaign(const Context& context, const ExtendRequest& request) {
  InputDigest digest(context);
  digest.add(request.campaign, request.until, request.uses, request.reason);
  Operation operation(context, "promo extend", digest.finish());
  if (operation.replayed()) return changed_before(context, operation.replayed());
  const store::Campaign campaign = find_campaign(context, request.campaign);
  require_standing(campaign);
  Rules rules(context.store);
  const domain::PromoTerms terms = terms_of(rules, campaign);
  if (request.until && (!terms.filter.until || *request.until <= *terms.filter.until))
    throw Error(Fault::refused,
                terms.filter.until
                    ? tr("the campaign {} runs through {} already", campaign.slug, to_string(*terms.filter.until))
                    : tr("the campaign {} runs without an end", campaign.slug),
                fmt::format("loyal promo show {}", shell_word(campaign.slug)));
  if (request.uses && (!terms.limits.uses || *request.uses <= *terms.limits.uses))
    throw Error(Fault::refused,
                terms.limits.uses ? tr("the campaign {} allows {} uses already", campaign.slug, *terms.limits.uses)
                                  : tr("the campaign {} allows any number of uses", campaign.slug),
                fmt::format("loyal promo show {}", shell_word(campaign.slug)));
  store::add_campaign_change(operation.journal(),
                             {campaign.id, "extend", {}, request.until, request.uses, request.reason});
  CampaignChanged result{store::campaign(context.store, campaign.id).value(), {}, operation.id()};
  operation.commit();
  return result;
}

CampaignChanged revoke_campaign(const Context& context, const RevokeRequest& request) {
  InputDigest digest(context);
  digest.add(request.campaign, request.code, request.reason);
  Operation operation(context, "promo revoke", digest.finish());
  if (operation.replayed()) return changed_before(context, operation.replayed());
  if (request.code.empty()) {
    const store::Campaign campaign = find_campaign(context, request.campaign);
    require_standing(campaign);
    store::add_campaign_change(operation.journal(), {campaign.id, "revoke", {}, {}, {}, request.reason});
    CampaignChanged result{store::campaign(context.store, campaign.id).value(), {}, operation.id()};
    operation.commit();
    return result;
  }
  // Whoever revokes a code has it from a list: here a wrong one is a slip, and no try.
  const auto found = look_up_promo(context.store, request.code);
  const auto campaign = found ? store::campaign(context.store, found->batch.campaign) : std::nullopt;
  if (!campaign || (!request.campaign.empty() && find_campaign(context, request.campaign).id != campaign->id))
    throw Error(Fault::not_found, tr("there is no promo code \"{}\"", visible(request.code)), "loyal promo list");
  const std::string shown = shown_code(*campaign, found->batch, found->code);
  if (store::is_code_revoked(context.store, campaign->id, found->code.value))
    throw Error(Fault::refused, tr("the code {} was revoked already", shown));
  store::add_campaign_change(operation.journal(), {campaign->id, "revoke", found->code.value, {}, {}, request.reason});
  CampaignChanged result{*campaign, shown, operation.id()};
  operation.commit();
  return result;
}

}  // namespace loyal::service
