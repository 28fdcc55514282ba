// SPDX-License-Identifier: MIT
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/promo_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/sheet_options.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/vouchers.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string name;
  SheetFlags sheet;
};

/// What a coupon says beside its code.
std::vector<std::string> lines_of(const service::CampaignState& state) {
  std::vector<std::string> lines = {effect_words(state.terms, state.unit)};
  if (const std::string words = condition_words(state.terms); !words.empty()) lines.push_back(words);
  if (state.terms.filter.until) lines.push_back(tr("good through {}", date_words(*state.terms.filter.until)));
  return lines;
}

SheetBatch coupons_of(Session& session, const std::string& name) {
  const service::Context context = session.reading();
  const store::Campaign campaign = service::find_campaign(context, name);
  const service::CampaignState state = service::campaign_state(context, campaign);
  const std::vector<std::string> lines = lines_of(state);
  SheetBatch batch;
  std::int64_t secret = 0;
  const auto limit = state.terms.limits.code_uses;
  store::each_promo_code(
      context.store, campaign.id,
      [&](const store::PromoBatch& made, const store::PromoCode& code, std::int64_t uses, bool is_revoked) {
        if (made.is_secret) ++secret;
        if (made.is_secret || is_revoked || (limit && uses >= *limit)) return;
        const std::string shown = service::shown_code(campaign, made, code);
        const auto customer = store::customer(context.store, code.customer);
        batch.labels.push_back({made.is_signed ? service::voucher_of(context, state, shown) : shown, shown,
                                state.terms.title, customer ? customer->name : std::string{}, lines});
      });
  if (batch.labels.empty())
    throw Error(Fault::not_found,
                secret > 0
                    ? tr("the codes of {} are secret: the store cannot print what it does not know", campaign.slug)
                    : tr("{} has no code that can still be used", campaign.slug),
                "loyal promo show " + shell_word(campaign.slug));
  batch.created = instant_from_iso(store::operation(context.store, campaign.operation).value().at).value_or(Instant{});
  batch.company = campaign.company;
  return batch;
}

void promo_sheet(Session& session, const Options& options) {
  const std::string path = taken_sheet_path(session, "loyal promo sheet SPRING -o coupons.pdf");
  write_sheet(session, options.sheet, path, coupons_of(session, options.name));
}

}  // namespace

void declare_promo_sheet(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "Prints a coupon for each code of a campaign that can still be used: the symbol, the code, what it gives and "
      "until when. A signed code's symbol is its voucher. Paper, looks and reading back are those of `code sheet`."));
  verb.operand(N_("NAME"), options.name, Value::campaign, N_("the campaign's name"));
  declare_sheet_flags(verb, options.sheet);
  verb.example("loyal promo sheet SPRING -o coupons.pdf");
  verb.example("loyal promo sheet SPRING --layout 2x4 -o coupons.pdf");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { promo_sheet(session, options); });
}

}  // namespace loyal::cli
