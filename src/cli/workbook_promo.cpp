// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/promo_words.hpp"
#include "loyal/cli/values.hpp"
#include "workbook_sheets.hpp"

namespace loyal::cli {

using format::Cell;
using format::Kind;

void write_promo(WorkbookWork& work) {
  store::Database& store = work.context.store;
  std::vector<std::vector<Cell>> rows;
  std::map<CampaignId, std::pair<std::optional<store::Campaign>, std::string>> known;
  const auto known_campaign = [&](CampaignId id) -> const auto& {
    const auto [place, is_first] = known.try_emplace(id);
    if (!is_first) return place->second;
    auto& [campaign, gives] = place->second;
    campaign = store::campaign(store, id);
    if (campaign) gives = gives;
    return place->second;
  };
  store::each_promo_use(store, {}, [&](const store::PromoUseListing& one) {
    if (one.use.date < work.request.from || work.request.to < one.use.date) return;
    const auto& [campaign, gives] = known_campaign(one.use.campaign);
    if (!campaign || campaign->company != work.request.company.id) return;
    const int scale = campaign->program ? work.rules.newest(campaign->program).program.unit.scale : 0;
    const store::PromoBatch batch{{}, campaign->id, one.pattern, one.alphabet, 0, one.is_secret, false};
    rows.push_back({one.use.date, one.campaign_slug,
                    service::shown_code(*campaign, batch, {one.use.code, {}, one.shown}), gives,
                    text_or_absent(one.receipt), text_or_absent(one.till), text_or_absent(one.card_number),
                    work.personal(one.use.customer, one.holder), money(one.use.discount),
                    format::PointsCell{one.use.points, scale}, one.use.is_released ? Cell{tr("given back")} : Cell{}});
  });
  if (rows.empty()) return;
  const auto sheet = work.book.sheet({{"date", tr("Date"), Kind::date},
                                      {"campaign", tr("Campaign"), Kind::text},
                                      {"code", tr("Code"), Kind::identifier},
                                      {"gives", tr("Gives"), Kind::text},
                                      {"receipt", tr("Receipt"), Kind::identifier},
                                      {"till", tr("Till"), Kind::identifier},
                                      {"card", tr("Card"), Kind::identifier},
                                      {"holder", tr("Holder"), Kind::name},
                                      {"discount", tr("Discount"), Kind::money},
                                      {"points", tr("Points"), Kind::points},
                                      {"released", tr("Given back"), Kind::text}},
                                     {tr("Promo codes"), {}, {"discount"}});
  for (const auto& row : rows) sheet->row(row);
  sheet->finish();
}

}  // namespace loyal::cli
