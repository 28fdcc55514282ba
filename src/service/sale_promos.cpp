// SPDX-License-Identifier: MIT
#include "loyal/service/sale_promos.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"

namespace loyal::service {
namespace {

const PromoInUse& promo_called(const std::vector<PromoInUse>& promos, const std::string& code) {
  return *std::find_if(promos.begin(), promos.end(),
                       [&code](const PromoInUse& promo) { return promo.code.code == code; });
}

std::string show_command(const store::Campaign& campaign) {
  return fmt::format("loyal promo show {}", campaign.slug);
}

void require_use_left(const Context& context, const PromoInUse& promo, const store::Card& card, Date on,
                      ReservationId held) {
  const domain::PromoLimits& limits = promo.code.terms.limits;
  store::PromoUseQuestion question{promo.campaign.id, promo.value, card.id, card.customer, on, context.now, held};
  question.of_campaign = limits.uses.has_value();
  question.of_code = limits.code_uses.has_value();
  question.of_customer = limits.customer_uses.has_value();
  question.of_day = limits.day_uses.has_value();
  const store::PromoUseCount count = store::count_promo_uses(context.store, question);
  const std::string& code = promo.code.code;
  const std::string hint = show_command(promo.campaign);
  if (limits.code_uses && count.code_uses >= *limits.code_uses)
    throw Error(Fault::refused,
                *limits.code_uses == 1 ? tr("the code {} has been used already", code)
                                       : tr("the code {} may be used {} times, and was", code, *limits.code_uses),
                hint);
  if (limits.uses && count.uses >= *limits.uses)
    throw Error(
        Fault::refused,
        tr("the campaign {} allowed {}, and had them all", promo.campaign.slug, trn("{} use", "{} uses", *limits.uses)),
        hint);
  if (limits.customer_uses && count.customer_uses >= *limits.customer_uses)
    throw Error(Fault::refused,
                tr("the campaign {} allows a customer {}, and card {} had that", promo.campaign.slug,
                   trn("{} use", "{} uses", *limits.customer_uses), card.number),
                hint);
  if (limits.day_uses && count.day_uses >= *limits.day_uses)
    throw Error(Fault::refused,
                tr("the campaign {} allows {} a day, and {} had that", promo.campaign.slug,
                   trn("{} use", "{} uses", *limits.day_uses), to_string(on)),
                hint);
}

std::string hours_words(std::pair<int, int> hours) {
  const auto clock = [](int second) { return fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60); };
  return fmt::format("{}–{}", clock(hours.first), clock(hours.second));
}

/// When a code may be used, in the words of whoever stands at the till.
std::string window_words(const domain::Filter& filter) {
  std::string words;
  const auto add = [&words](const std::string& part) { words += (words.empty() ? "" : ", ") + part; };
  if (filter.from) add(tr("from {}", to_string(*filter.from)));
  if (filter.until) add(tr("through {}", to_string(*filter.until)));
  constexpr std::array<const char*, 7> days = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                               N_("Fri"), N_("Sat"), N_("Sun")};
  std::string names;
  for (const unsigned day : filter.weekdays)
    names += (names.empty() ? std::string() : std::string(" ")) + translate(days.at(day - 1));
  if (!names.empty()) add(names);
  if (filter.hours) add(hours_words(*filter.hours));
  return words;
}

}  // namespace

std::vector<PromoInUse> promos_of(const Context& context, Rules& rules, const std::vector<std::string>& codes,
                                  const store::Card& card, CompanyId company, Date on, ReservationId held) {
  std::vector<PromoInUse> result;
  for (const std::string& text : codes) {
    PromoInUse promo = find_promo(context, rules, text, held ? CodeForm::stored : CodeForm::typed);
    require_own(promo, text, company, card.program, card.customer);
    if (std::any_of(result.begin(), result.end(),
                    [&promo](const PromoInUse& other) { return other.value == promo.value; }))
      continue;
    // Two codes of one name (secret ones of a campaign) would be one to the rules.
    if (std::any_of(result.begin(), result.end(),
                    [&promo](const PromoInUse& other) { return other.code.code == promo.code.code; }))
      throw Error(Fault::refused, tr("a purchase takes one code of the campaign {}", promo.campaign.slug));
    require_use_left(context, promo, card, on, held);
    result.push_back(std::move(promo));
  }
  return result;
}

void require_budget(const Context& context, const std::vector<PromoInUse>& promos, const domain::Assessment& assessment,
                    Date on, ReservationId held) {
  for (const domain::GivenPromo& given : assessment.promos) {
    const PromoInUse& promo = promo_called(promos, given.code);
    const auto& budget = promo.code.terms.limits.budget;
    if (!budget) continue;
    store::PromoUseQuestion question{promo.campaign.id, promo.value, {}, {}, on, context.now, held};
    question.of_campaign = true;
    const Money left = *budget - store::count_promo_uses(context.store, question).discount;
    if (given.discount <= left) continue;
    throw Error(Fault::refused,
                tr("the campaign {} has {} left of its budget; this purchase would take {}", promo.campaign.slug,
                   to_text(std::max(Money{}, left)), to_text(given.discount)),
                show_command(promo.campaign));
  }
}

void refuse_promo(const domain::Refusal& refusal, const std::vector<PromoInUse>& promos) {
  using Reason = domain::Refusal::Reason;
  const bool is_of_promo = refusal.reason == Reason::promo_not_now || refusal.reason == Reason::promo_not_for_buyer ||
                           refusal.reason == Reason::promo_no_goods || refusal.reason == Reason::promo_too_small;
  if (!is_of_promo) return;
  const PromoInUse& promo = promo_called(promos, refusal.what);
  const std::string& code = promo.code.code;
  const std::string hint = show_command(promo.campaign);
  if (refusal.reason == Reason::promo_not_now)
    throw Error(Fault::refused, tr("the code {} is good {}", code, window_words(promo.code.terms.filter)), hint);
  if (refusal.reason == Reason::promo_not_for_buyer)
    throw Error(Fault::refused,
                promo.code.terms.filter.first_purchase ? tr("the code {} is for the first purchase", code)
                                                       : tr("the code {} is not for this customer", code),
                hint);
  if (refusal.reason == Reason::promo_no_goods)
    throw Error(Fault::refused, tr("nothing of this purchase is what the code {} is for", code), hint);
  throw Error(Fault::refused,
              tr("the code {} is for goods from {}; this purchase has {}", code, to_text(Money{refusal.allowed.count}),
                 to_text(Money{refusal.asked.count})),
              hint);
}

void post_promos(store::Journal& journal, const std::vector<PromoInUse>& promos, const domain::Assessment& assessment,
                 store::PromoUse use) {
  for (const domain::GivenPromo& given : assessment.promos) {
    const PromoInUse& promo = promo_called(promos, given.code);
    use.campaign = promo.campaign.id;
    use.code = promo.value;
    use.discount = given.discount;
    use.points = given.points;
    store::add_promo_use(journal, use);
  }
}

std::vector<PromoPart> promo_parts(const std::vector<PromoInUse>& promos, const domain::Assessment& assessment) {
  std::vector<PromoPart> result;
  for (const domain::GivenPromo& given : assessment.promos) {
    const PromoInUse& promo = promo_called(promos, given.code);
    result.push_back({given.code, promo.campaign.slug, promo.campaign.id, promo.value, given.discount, given.points});
  }
  return result;
}

std::vector<PromoPart> promo_parts(store::Database& database, Rules& rules, SaleId sale) {
  std::vector<PromoPart> result;
  const auto uses = store::promo_uses_of_sale(database, sale);
  const auto codes = promos_used(database, rules, sale);
  for (std::size_t i = 0; i < codes.size(); ++i)
    result.push_back({codes[i].code, store::campaign(database, uses[i].campaign).value().slug, uses[i].campaign,
                      uses[i].code, uses[i].discount, uses[i].points, uses[i].is_released});
  return result;
}

std::vector<domain::PromoCode> promos_used(store::Database& database, Rules& rules, SaleId sale) {
  std::vector<domain::PromoCode> result;
  for (const store::PromoUse& use : store::promo_uses_of_sale(database, sale)) {
    const auto found = store::promo_code(database, use.code);
    const store::Campaign campaign = store::campaign(database, use.campaign).value();
    result.push_back({shown_code(campaign, found.value().batch, found->code), terms_of(rules, campaign)});
  }
  return result;
}

bool is_promoted_alike(const Context& context, SaleId sale, const SaleRequest& request) {
  const CodeForm form = request.reservation ? CodeForm::stored : CodeForm::typed;
  std::set<std::string> codes;
  for (const std::string& text : request.promos)
    if (const auto found = look_up_promo(context.store, text, form)) codes.insert(found->code.value);
  const auto uses = store::promo_uses_of_sale(context.store, sale);
  // A code that another was better than is typed, and not used.
  return std::all_of(uses.begin(), uses.end(),
                     [&codes](const store::PromoUse& use) { return codes.contains(use.code); });
}

}  // namespace loyal::service
