// SPDX-License-Identifier: MIT
#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/promo_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/vouchers.hpp"
#include "loyal/store/customer.hpp"

namespace loyal::cli {
namespace {

using format::Kind;
using format::Shown;

struct Options {
  std::string name;
  bool codes = false, uses = false;
};

void list_codes(Session& session, const service::Context& context, const service::CampaignState& state) {
  const store::Campaign& campaign = state.campaign;
  const auto batches = store::promo_batches(context.store, campaign.id);
  const bool is_signed =
      std::any_of(batches.begin(), batches.end(), [](const store::PromoBatch& batch) { return batch.is_signed; });
  service::CustomerSight sight(context);
  session.list(
      tr("Codes"),
      {{"code", tr("Code"), Kind::identifier},
       {"customer", tr("Customer"), Kind::name, Shown::if_room},
       {"uses", tr("Used"), Kind::integer},
       {"revoked", tr("Revoked"), Kind::boolean},
       {"voucher", tr("Voucher"), Kind::identifier, is_signed ? Shown::wide_only : Shown::to_programs}},
      [&](format::Sink& sink) {
        store::each_promo_code(
            context.store, campaign.id,
            [&](const store::PromoBatch& batch, const store::PromoCode& code, std::int64_t uses, bool revoked) {
              const auto customer = store::customer(context.store, code.customer);
              sink.row(std::vector<format::Cell>{
                  batch.is_secret ? format::Cell{} : service::shown_code(campaign, batch, code),
                  customer ? text_or_absent(sight.name_of(customer->id, customer->name)) : format::Cell{}, uses,
                  revoked,
                  batch.is_signed
                      ? format::Cell{service::voucher_of(context, state, service::shown_code(campaign, batch, code))}
                      : format::Cell{}});
            });
      });
}

void list_uses(Session& session, const service::Context& context, const store::Campaign& campaign,
               const domain::Unit& unit) {
  service::CustomerSight sight(context);
  session.list(
      tr("Uses"),
      {{"date", tr("Date"), Kind::date},
       {"code", tr("Code"), Kind::identifier},
       {"card", tr("Card"), Kind::identifier},
       {"holder", tr("Holder"), Kind::name, Shown::if_room},
       {"receipt", tr("Receipt"), Kind::identifier},
       {"till", tr("Till"), Kind::identifier, Shown::if_room},
       {"discount", tr("Discount"), Kind::money},
       {"points", tr("Points"), Kind::points},
       {"scale", "", Kind::integer, Shown::to_programs},
       {"released", tr("Given back"), Kind::boolean},
       {"operation", tr("Operation"), Kind::integer, Shown::wide_only}},
      [&](format::Sink& sink) {
        store::each_promo_use(context.store, campaign.id, [&](const store::PromoUseListing& one) {
          const store::PromoBatch batch{{}, campaign.id, one.pattern, one.alphabet, 0, one.is_secret, false};
          sink.row(std::vector<format::Cell>{
              one.use.date, service::shown_code(campaign, batch, {one.use.code, {}, one.shown}),
              text_or_absent(one.card_number), text_or_absent(sight.name_of(one.use.customer, one.holder)),
              text_or_absent(one.receipt), text_or_absent(one.till), money(one.use.discount),
              points(one.use.points, unit), std::int64_t{unit.scale}, one.use.is_released, one.use.operation.value});
        });
      });
}

void promo_show(Session& session, const Options& options) {
  if (options.codes && options.uses) throw Error(Fault::usage, tr("one list at a time: --codes or --uses"));
  const service::Context context = session.reading();
  const store::Campaign campaign = service::find_campaign(context, options.name);
  const service::CampaignState state = service::campaign_state(context, campaign);
  if (options.codes) return list_codes(session, context, state);
  if (options.uses) return list_uses(session, context, campaign, state.unit);
  session.show(campaign_record(state));
}

}  // namespace

void declare_promo_show(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Shows a campaign: its terms, its codes, what its uses came to. With --codes or --uses, lists them: to a "
         "file for the printer, or for whoever counts."));
  verb.operand(N_("NAME"), options.name, Value::campaign, N_("the campaign's name"));
  verb.flag("--codes", options.codes, N_("list its codes"));
  verb.flag("--uses", options.uses, N_("list its uses"));
  verb.example("loyal promo show SPRING");
  verb.example("loyal promo show SPRING --codes -o codes.csv");
  verb.example("loyal promo show SPRING --uses -o uses.xlsx");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { promo_show(session, options); });
}

}  // namespace loyal::cli
