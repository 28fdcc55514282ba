// SPDX-License-Identifier: MIT
#include <vector>

#include "checks.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/promo.hpp"
#include "loyal/store/reward.hpp"

namespace loyal::store {
namespace {

void check_stock(Database& database, CheckReport& report) {
  Statement stock = database.prepare(
      "select distinct stock.program_id, stock.reward, program.slug from live_reward_stock as stock join program on "
      "program.id = stock.program_id order by stock.program_id, stock.reward");
  stock.rewind();
  while (stock.step()) {
    const std::int64_t left = reward_count(database, stock.id<ProgramId>(0), stock.text(1)).left();
    if (left < 0)
      report.add(tr("reward \"{}\" of {}", stock.text_view(1), stock.text_view(2)),
                 tr("{} more were given than the stock held", -left));
  }
}

/// A ticket is never less than one minor unit, so that there are at least as many of these as of tickets.
void check_check_ins(Database& database, CheckReport& report) {
  Statement rows = database.prepare(
      "select card.number, visited.list, count(*) from live_visit as visited join card on card.id = visited.card_id "
      "where visited.kind = 'check_in' group by visited.card_id, visited.list having count(*) > coalesce((select "
      "sum(points) from entry where entry.card_id = visited.card_id and entry.lot_id = entry.id and entry.points > 0), "
      "0) order by visited.card_id, visited.list");
  rows.rewind();
  while (rows.step())
    report.add(
        tr("card {}", rows.text_view(0)),
        tr("came in {} times on the list \"{}\", more often than it had tickets", rows.integer(2), rows.text_view(1)));
}

/// Days that were given back are days of the freeze that they are of.
void check_freezes(Database& database, CheckReport& report) {
  Statement rows = database.prepare(
      "select card.number from live_card_freeze as back join card on card.id = back.card_id left join live_card_freeze "
      "as frozen on frozen.id = back.ends where back.ends is not null and (frozen.id is null or frozen.card_id <> "
      "back.card_id or frozen.lot_id <> back.lot_id or back.from_date < frozen.from_date or back.through_date <> "
      "frozen.through_date) order by back.id");
  rows.rewind();
  while (rows.step())
    report.add(tr("card {}", rows.text_view(0)), tr("days were given back that it was not frozen for"));
}

/// Each standing code opens its own card, and what was taken away opens none.
void check_card_codes(Database& database, CheckReport& report) {
  Statement rows = database.prepare(
      "select given.text, card.number, coalesce(code.state, 'missing') from live_card_code as given join card on "
      "card.id = given.card_id left join code on code.value = given.value and code.card_id = given.card_id where "
      "given.removes is null and not exists (select 1 from live_card_code as taken where taken.removes = given.id) and "
      "coalesce(code.state, '') <> 'active' order by given.id");
  rows.rewind();
  while (rows.step())
    report.add(tr("card {}", rows.text_view(1)), tr("its code {} does not open it", rows.text_view(0)));
  Statement removed = database.prepare(
      "select code.value, card.number from code join card on card.id = code.card_id where code.state = 'removed' and "
      "not exists (select 1 from live_card_code as taken where taken.value = code.value and taken.removes is not null) "
      "order by code.value");
  removed.rewind();
  while (removed.step())
    report.add(tr("card {}", removed.text_view(1)),
               tr("{} does not open it, and history knows of no reason", removed.text_view(0)));
}

/// Codes are not rows of history: their batch holds a digest over all of them.
void check_codes(Database& database, CheckReport& report) {
  Statement batches = database.prepare(
      "select batch.id, batch.codes, batch.digest, campaign.slug from promo_batch as batch join campaign on "
      "campaign.id "
      "= batch.campaign_id order by batch.id");
  batches.rewind();
  while (batches.step()) {
    std::vector<PromoCode> codes;
    Statement rows =
        database.prepare("select value, customer_id, shown from promo_code where batch_id = $1 order by value");
    rows.bind(batches.integer(0));
    while (rows.step()) codes.push_back({rows.text(0), rows.id<CustomerId>(1), rows.text(2)});
    report.examined += static_cast<std::int64_t>(codes.size());
    if (static_cast<std::int64_t>(codes.size()) != batches.integer(1) || promo_codes_digest(codes) != batches.blob(2))
      report.add(tr("codes of campaign {}", batches.text_view(3)),
                 tr("{} codes are there, and not the {} that were made", codes.size(), batches.integer(1)));
  }
  Statement strays = database.prepare(
      "select used.code, campaign.slug from promo_use as used join campaign on campaign.id = used.campaign_id where "
      "not "
      "exists (select 1 from promo_code join promo_batch on promo_batch.id = promo_code.batch_id where "
      "promo_code.value "
      "= used.code and promo_batch.campaign_id = used.campaign_id) order by used.id");
  strays.rewind();
  while (strays.step())
    report.add(tr("codes of campaign {}", strays.text_view(1)), tr("{} was used, and is none", strays.text_view(0)));
}

}  // namespace

void check_uses(Database& database, CheckReport& report) {
  check_stock(database, report);
  check_check_ins(database, report);
  check_freezes(database, report);
  check_card_codes(database, report);
  Statement count = database.prepare(
      "select (select count(*) from reward_use) + (select count(*) from reward_stock) + (select count(*) from visit) + "
      "(select count(*) from card_freeze) + (select count(*) from card) + (select count(*) from promo_use)");
  count.rewind();
  if (count.step()) report.examined = count.integer(0);
  check_codes(database, report);
}

}  // namespace loyal::store
