// SPDX-License-Identifier: MIT
#include "loyal/service/campaigns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "campaign_codes.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/format/promo_terms.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"

namespace loyal::service {
namespace {

using Kind = domain::PromoEffect::Kind;

constexpr std::size_t name_bytes_max = 60;

Date today_of(const Context& context, Rules& rules, CompanyId company, ProgramId program) {
  const std::string zone =
      program ? rules.newest(program).program.zone : store::company(context.store, company).value().zone;
  return Zone(zone).local(context.now).date;
}

void require_sense(const domain::PromoTerms& terms, Date today) {
  const domain::PromoEffect& effect = terms.effect;
  const domain::Filter& filter = terms.filter;
  if (filter.from && filter.until && *filter.until < *filter.from)
    throw Error(Fault::usage, tr("the campaign would end on {}, before it begins on {}", to_string(*filter.until),
                                 to_string(*filter.from)));
  if (filter.until && *filter.until < today)
    throw Error(Fault::usage,
                tr("the campaign would end on {}, and today is {}", to_string(*filter.until), to_string(today)));
  if (effect.kind == Kind::price && filter.categories.empty() && filter.skus.empty())
    throw Error(Fault::usage, tr("a special price is for named goods"), "--sku latte");
  if ((effect.kind == Kind::money || effect.kind == Kind::price) && effect.money.count <= 0)
    throw Error(Fault::usage, tr("{} is not more than nothing", to_text(effect.money)));
  if (effect.kind == Kind::points && effect.points.count <= 0)
    throw Error(Fault::usage, tr("points given are more than none"));
  if (effect.kind == Kind::multiplier &&
      (!domain::is_less({1, 1}, effect.rate) || domain::is_less({100, 1}, effect.rate)))
    throw Error(Fault::usage, tr("a factor lies between {} and {}", "1", "100"));
  const domain::PromoLimits& limits = terms.limits;
  for (const auto& limit : {limits.uses, limits.code_uses, limits.customer_uses, limits.day_uses})
    if (limit && *limit <= 0) throw Error(Fault::usage, tr("a limit of {} uses allows none", *limit));
  if (limits.budget && (limits.budget->count <= 0 || !domain::is_discount(effect.kind)))
    throw Error(Fault::usage, tr("a budget is a sum of money that a discount may come to"));
}

store::Blob digest_of(const Context& context, const CampaignRequest& request) {
  const domain::Unit any_unit;
  InputDigest digest(context);
  digest.add(request.name, request.program, request.points, format::promo_terms_text(request.terms, any_unit));
  const PromoCodesRequest& codes = request.codes;
  digest.add(codes.count, codes.pattern, codes.alphabet, codes.shared, codes.is_secret, codes.is_signed, codes.customer,
             codes.each_customer, codes.password ? static_cast<int>(*codes.password) : -1);
  return digest.finish();
}

std::int64_t codes_of(store::Database& database, CampaignId campaign) {
  std::int64_t codes = 0;
  for (const store::PromoBatch& batch : store::promo_batches(database, campaign)) codes += batch.codes;
  return codes;
}

void require_own_name(const Context& context, const std::string& name) {
  if (name.empty() || name.size() > name_bytes_max || tidy_name(name) != name || visible(name) != name)
    throw Error(Fault::usage, tr("\"{}\" is no name of a campaign: at most {} bytes, nothing that cannot be seen",
                                 visible(name), name_bytes_max));
  for (const store::Campaign& other : store::campaigns(context.store))
    if (fold_name(other.slug) == fold_name(name))
      throw Error(Fault::conflict, tr("there is a campaign {} already", other.slug),
                  fmt::format("loyal promo show {}", shell_word(other.slug)));
}

/// Tiers are of one program: its names are what counts.
void require_tiers(Rules& rules, ProgramId program, const std::vector<std::string>& wanted) {
  if (!program) throw Error(Fault::usage, tr("tiers are of one program: say of which"), "--program coffee");
  std::vector<std::string> names;
  for (const domain::Tier& tier : rules.newest(program).program.tiers.tiers) names.push_back(tier.name);
  for (const std::string& name : wanted)
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw Error(
          Fault::not_found, tr("there is no tier \"{}\"", visible(name)),
          names.empty() ? "loyal program list" : tr("there are: {}", fmt::format("{}", fmt::join(names, ", "))));
}

/// A batch that nothing says how to use is used once a code; one word for all, as often as people come.
void fill_defaults(const PromoCodesRequest& codes, domain::PromoTerms& terms) {
  const bool is_of_many =
      !codes.shared && !(codes.password && codes.count <= 1 && codes.customer.empty() && !codes.each_customer);
  if (is_of_many && !terms.limits.code_uses) terms.limits.code_uses = 1;
}

}  // namespace

store::Campaign find_campaign(const Context& context, const std::string& text) {
  std::vector<std::string> names;
  for (const store::Campaign& campaign : store::campaigns(context.store)) {
    if (fold_name(campaign.slug) == fold_name(text)) return campaign;
    names.push_back(campaign.slug);
  }
  constexpr std::size_t told = 10;
  if (names.size() > told) names.erase(names.begin(), names.end() - told);
  throw Error(
      Fault::not_found, tr("there is no campaign \"{}\"", visible(text)),
      names.empty() ? "loyal promo create --help" : tr("there are: {}", fmt::format("{}", fmt::join(names, ", "))));
}

CampaignReceipt create_campaign(const Context& context, const CampaignRequest& request) {
  Operation operation(context, "promo create", digest_of(context, request));
  Rules rules(context.store);
  CampaignReceipt receipt;
  if (operation.replayed()) {
    receipt.campaign = store::campaign_of_operation(context.store, operation.replayed()).value();
    receipt.terms = terms_of(rules, receipt.campaign);
    receipt.codes = codes_of(context.store, receipt.campaign.id);
    receipt.operation = operation.replayed();
    receipt.is_replayed = true;
    return receipt;
  }
  const std::string name(trim(request.name));
  require_own_name(context, name);
  receipt.campaign.slug = name;
  domain::Unit unit;
  if (!request.program.empty() || request.terms.effect.kind == Kind::points) {
    const store::ProgramRow program = find_program(context.store, request.program);
    receipt.campaign.program = program.id;
    receipt.campaign.company = program.company;
    unit = rules.newest(program.id).program.unit;
  } else {
    receipt.campaign.company = find_company(context.store, context.company).id;
  }
  receipt.terms = request.terms;
  if (receipt.terms.title.empty()) receipt.terms.title = name;
  if (!request.points.empty()) receipt.terms.effect.points = parse_points(request.points, unit.scale);
  fill_defaults(request.codes, receipt.terms);
  require_sense(receipt.terms, today_of(context, rules, receipt.campaign.company, receipt.campaign.program));
  if (!receipt.terms.filter.tiers.empty()) require_tiers(rules, receipt.campaign.program, receipt.terms.filter.tiers);
  receipt.campaign.terms = format::promo_terms_text(receipt.terms, unit);
  receipt.campaign.id = store::add_campaign(operation.journal(), receipt.campaign);
  make_codes(context, operation.journal(), request.codes, receipt.terms, receipt);
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

CampaignState campaign_state(const Context& context, const store::Campaign& campaign) {
  Rules rules(context.store);
  CampaignState state{campaign, terms_of(rules, campaign), {}, {}, codes_of(context.store, campaign.id), 0, {}};
  if (campaign.program) {
    state.program_slug = store::program(context.store, campaign.program).value().slug;
    state.unit = rules.newest(campaign.program).program.unit;
  }
  const Date today = today_of(context, rules, campaign.company, campaign.program);
  store::PromoUseQuestion question{campaign.id, {}, {}, {}, today, context.now, {}};
  question.of_campaign = true;
  const store::PromoUseCount count = store::count_promo_uses(context.store, question);
  state.uses = count.uses;
  state.discount = count.discount;
  const domain::Filter& filter = state.terms.filter;
  const domain::PromoLimits& limits = state.terms.limits;
  using Phase = CampaignState::Phase;
  if (campaign.is_revoked)
    state.phase = Phase::revoked;
  else if (filter.until && *filter.until < today)
    state.phase = Phase::over;
  else if ((limits.uses && count.uses >= *limits.uses) || (limits.budget && count.discount >= *limits.budget))
    state.phase = Phase::used_up;
  else if (filter.from && today < *filter.from)
    state.phase = Phase::before;
  return state;
}

std::vector<CampaignState> campaign_states(const Context& context) {
  std::vector<CampaignState> result;
  std::optional<CompanyId> company;
  if (!context.company.empty()) company = find_company(context.store, context.company).id;
  for (const store::Campaign& campaign : store::campaigns(context.store))
    if (!company || campaign.company == *company) result.push_back(campaign_state(context, campaign));
  return result;
}

}  // namespace loyal::service
