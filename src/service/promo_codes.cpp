// SPDX-License-Identifier: MIT
#include "loyal/service/promo_codes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/domain/promo_pattern.hpp"
#include "loyal/format/promo_terms.hpp"
#include "loyal/format/voucher.hpp"
#include "loyal/service/vouchers.hpp"

namespace loyal::service {
namespace {

constexpr std::size_t code_bytes_max = 128;
/// So many wrong codes in a quarter of an hour are slips of the fingers; with each further one the till waits twice as
/// long.
constexpr std::int64_t free_attempts = 5;
constexpr std::int64_t attempts_window_seconds = 15 * 60;

std::int64_t wait_seconds(std::int64_t attempts) {
  std::int64_t seconds = 1;
  for (std::int64_t more = attempts - free_attempts; more >= 0 && seconds < attempts_window_seconds; --more)
    seconds *= 2;
  return attempts < free_attempts ? 0 : std::min(seconds, attempts_window_seconds);
}

std::string refusal_words(const std::string& typed, const std::string& outcome) {
  return outcome == "mistyped" ? tr("the code \"{}\" is mistyped: a symbol or two are wrong", visible(typed))
                               : tr("the code \"{}\" is not accepted", visible(typed));
}

bool looks_mistyped(store::Database& database, const std::string& folded) {
  const auto batches = store::promo_patterns(database);
  return std::any_of(batches.begin(), batches.end(), [&folded](const store::PromoBatch& batch) {
    return domain::PromoPattern(batch.pattern, batch.alphabet).match(folded) == domain::PromoPattern::Match::mistyped;
  });
}

}  // namespace

PromoRefused::PromoRefused(std::string typed, std::string outcome)
    : Error(Fault::refused, refusal_words(typed, outcome), tr("read it again, letter by letter")),
      typed_(std::move(typed)),
      outcome_(std::move(outcome)) {}

domain::PromoTerms terms_of(Rules& rules, const store::Campaign& campaign) {
  static const domain::Program any_program;
  domain::PromoTerms terms =
      format::read_promo_terms(campaign.terms, campaign.program ? rules.newest(campaign.program).program : any_program);
  if (campaign.until) terms.filter.until = campaign.until;
  if (campaign.uses) terms.limits.uses = campaign.uses;
  return terms;
}

std::string shown_code(const store::Campaign& campaign, const store::PromoBatch& batch, const store::PromoCode& code) {
  if (batch.is_secret) return campaign.slug;
  if (!code.shown.empty()) return code.shown;
  return domain::PromoPattern(batch.pattern, batch.alphabet).shown(code.value);
}

std::optional<store::FoundPromoCode> look_up_promo(store::Database& database, const std::string& typed, CodeForm form) {
  if (form == CodeForm::stored) return store::promo_code(database, typed);
  if (format::is_voucher(typed)) return look_up_voucher(database, typed);
  const std::string folded = domain::fold_code(typed);
  if (folded.empty() || folded.size() > code_bytes_max) return std::nullopt;
  for (const std::string& variant : domain::code_variants(folded)) {
    auto found = store::promo_code(database, variant);
    // What the store keeps of a secret code is not the code.
    if (!found || found->batch.is_secret) continue;
    if (variant == folded) return found;
    if (!found->batch.pattern.empty() &&
        domain::PromoPattern(found->batch.pattern, found->batch.alphabet).is_typed_for(folded, variant))
      return found;
  }
  if (!store::has_secret_codes(database)) return std::nullopt;
  return store::promo_code(database, store::secret_code_value(database, folded));
}

PromoInUse find_promo(const Context& context, Rules& rules, const std::string& typed, CodeForm form) {
  const auto found = look_up_promo(context.store, typed, form);
  if (!found)
    throw PromoRefused(typed, looks_mistyped(context.store, domain::fold_code(typed)) ? "mistyped" : "unknown");
  const auto campaign = store::campaign(context.store, found->batch.campaign);
  if (!campaign) throw PromoRefused(typed, "unknown");
  if (campaign->is_revoked || store::is_code_revoked(context.store, campaign->id, found->code.value))
    throw PromoRefused(typed, "revoked");
  return {*campaign,
          found->batch,
          found->code.value,
          found->code.customer,
          {shown_code(*campaign, found->batch, found->code), terms_of(rules, *campaign)}};
}

void require_own(const PromoInUse& promo, const std::string& typed, CompanyId company, ProgramId program,
                 CustomerId customer) {
  const bool is_own = promo.campaign.company == company &&
                      (!promo.campaign.program || promo.campaign.program == program) &&
                      (!promo.customer || promo.customer == customer);
  if (!is_own) throw PromoRefused(typed, "foreign");
}

void require_tries_left(const Context& context, const std::string& till) {
  const Instant since{context.now.seconds - attempts_window_seconds};
  const store::AttemptCount attempts = store::promo_attempts_since(context.store, till, since);
  if (!attempts.last) return;
  const std::int64_t left = attempts.last->seconds + wait_seconds(attempts.count) - context.now.seconds;
  if (left <= 0 || attempts.count < free_attempts) return;
  throw Error(
      Fault::refused,
      trn("{} wrong code was entered here in a quarter of an hour; the next try is in {} s",
          "{} wrong codes were entered here in a quarter of an hour; the next try is in {} s", attempts.count, left),
      "loyal promo attempts", {{"wait_seconds", std::to_string(left)}});
}

void note_attempt(const Context& context, const std::string& till, const PromoRefused& refused) {
  constexpr std::size_t kept = 60;
  // Where codes are secret, what was typed may nearly be one.
  const std::string typed = fit(visible(refused.typed()), kept);
  store::Transaction transaction(context.store);
  store::add_promo_attempt(context.store,
                           {context.now, till, context.operator_name,
                            store::has_secret_codes(context.store) ? fit(typed, 2) : typed, refused.outcome()});
  transaction.commit();
}

}  // namespace loyal::service
