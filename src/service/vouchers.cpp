// SPDX-License-Identifier: MIT
#include "loyal/service/vouchers.hpp"

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/domain/code_number.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::service {
namespace {

using Kind = domain::PromoEffect::Kind;

format::SigningKeys keys_of(const store::SigningKey& row) {
  format::SigningKeys keys;
  std::copy_n(row.public_key.begin(), keys.public_key.size(), keys.public_key.begin());
  std::copy_n(row.secret_key.begin(), keys.secret_key.size(), keys.secret_key.begin());
  return keys;
}

std::string value_text(const domain::PromoEffect& effect, const domain::Unit& unit) {
  switch (effect.kind) {
    case Kind::percent:
      return domain::to_percent(effect.rate);
    case Kind::money:
    case Kind::price:
      return to_decimal(effect.money.count, 2);
    case Kind::points:
      return to_decimal(effect.points.count, unit.scale);
    case Kind::multiplier:
      return to_decimal(effect.rate.numerator * (1000 / effect.rate.denominator), 3);
    case Kind::free_item:
    case Kind::entry:
      break;
  }
  return {};
}

}  // namespace

void require_signing_key(const Context& context, CompanyId company) {
  if (store::signing_key(context.store, company)) return;
  const format::SigningKeys keys = format::new_signing_keys();
  store::add_signing_key(
      context.store,
      {company, {keys.public_key.begin(), keys.public_key.end()}, {keys.secret_key.begin(), keys.secret_key.end()}});
}

std::string voucher_key(const Context& context) {
  const store::Company company = find_company(context.store, context.company);
  const auto row = store::signing_key(context.store, company.id);
  if (!row)
    throw Error(Fault::refused, tr("{} has signed no voucher yet", company.slug),
                "loyal promo create GIFT --off 500 --signed");
  return format::key_text(keys_of(*row).public_key, company.inn);
}

std::string voucher_of(const Context& context, const CampaignState& state, const std::string& code) {
  const domain::PromoTerms& terms = state.terms;
  const store::Company company = store::company(context.store, state.campaign.company).value();
  return format::signed_voucher(
      {code, std::string(domain::name(terms.effect.kind)), value_text(terms.effect, state.unit), terms.filter.from,
       terms.filter.until, company.inn},
      keys_of(store::signing_key(context.store, company.id).value()));
}

std::optional<store::FoundPromoCode> look_up_voucher(store::Database& database, const std::string& text) {
  const auto voucher = format::read_voucher(text);
  if (!voucher) return std::nullopt;
  auto found = store::promo_code(database, domain::fold_code(voucher->code));
  const auto campaign = found ? store::campaign(database, found->batch.campaign) : std::nullopt;
  const auto key = campaign ? store::signing_key(database, campaign->company) : std::nullopt;
  if (!key || !found->batch.is_signed || !format::is_signed_by(text, keys_of(*key).public_key)) return std::nullopt;
  return found;
}

format::Voucher verified_voucher(const std::string& text, const std::string& key, Date today) {
  const auto public_key = format::read_key(key);
  if (!public_key) throw Error(Fault::usage, tr("this is no key of vouchers"), "loyal promo key > vouchers.key");
  const auto voucher = format::read_voucher(text);
  if (!voucher) throw Error(Fault::refused, tr("this is no voucher: \"{}\"", visible(fit(text, 60))));
  if (!format::is_signed_by(text, *public_key))
    throw Error(Fault::refused,
                tr("the voucher {} was forged or altered: its signature is not of this key", visible(voucher->code)));
  if (voucher->until && *voucher->until < today)
    throw Error(Fault::refused, tr("the voucher {} was good through {}", voucher->code, to_string(*voucher->until)));
  if (voucher->from && today < *voucher->from)
    throw Error(Fault::refused, tr("the voucher {} is good from {} on", voucher->code, to_string(*voucher->from)));
  return *voucher;
}

}  // namespace loyal::service
