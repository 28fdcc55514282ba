// SPDX-License-Identifier: MIT
#include "checks.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/quantity.hpp"

namespace loyal::store {
namespace {

std::string kopecks(std::int64_t count) {
  return to_decimal(count, 2);
}

/// What the accounts of a program hold is what was put onto them, less what was given and paid out.
void check_funds(Database& database, CheckReport& report) {
  Statement rows = database.prepare(
      "select card.number, (select coalesce(sum(points), 0) from entry where entry.card_id = account.card_id), "
      "(select coalesce(sum(amount), 0) from live_donation as given where given.program_id = account.program_id and "
      "(account.fund_id is null or given.fund_id = account.fund_id)), "
      "(select coalesce(sum(entry.points), 0) from entry left join entry as answered on entry.kind = 'reverse' and "
      "answered.id = entry.answers where entry.card_id = account.card_id and coalesce(answered.kind, entry.kind) <> "
      "'transfer'), account.fund_id is null from live_account as account join card on card.id = account.card_id order "
      "by account.id");
  rows.rewind();
  while (rows.step()) {
    ++report.examined;
    const std::int64_t held = rows.integer(1);
    const std::int64_t given = rows.boolean(4) ? -rows.integer(2) : rows.integer(2);
    if (held != given + rows.integer(3))
      report.add(rows.text(0),
                 tr("holds {}; by what was given and paid it is {}", kopecks(held), kopecks(given + rows.integer(3))));
    if (held < 0) report.add(rows.text(0), tr("holds less than nothing: {}", kopecks(held)));
  }
}

/// Each presentation gives what its card shows, or says why not.
void check_presentations(Database& database, CheckReport& report) {
  Statement rows = database.prepare(
      "select donation.id, donation.amount, donation.asked, donation.short, coalesce(sale.earned, donation.amount) "
      "from donation left join sale on sale.id = donation.sale_id order by donation.id");
  rows.rewind();
  while (rows.step()) {
    ++report.examined;
    const std::string place = tr("donation {}", rows.integer(0));
    if (rows.integer(1) != rows.integer(4))
      report.add(place, tr("is {}, and its card shows {}", kopecks(rows.integer(1)), kopecks(rows.integer(4))));
    if ((rows.integer(1) < rows.integer(2)) != !rows.text_view(3).empty())
      report.add(place, tr("gave {} of {} and does not say why", kopecks(rows.integer(1)), kopecks(rows.integer(2))));
  }
}

void check_caps(Database& database, CheckReport& report) {
  Statement rows = database.prepare(
      "select program.slug, substr(date, 1, 7), sum(amount), max(cap) from live_donation as donation join program on "
      "program.id = donation.program_id group by program.id, substr(date, 1, 7) having count(*) = count(cap) and "
      "sum(amount) > max(cap)");
  rows.rewind();
  while (rows.step())
    report.add(tr("{}, {}", rows.text_view(0), rows.text_view(1)),
               tr("{} given away, over the cap of {}", kopecks(rows.integer(2)), kopecks(rows.integer(3))));
}

}  // namespace

void check_donations(Database& database, CheckReport& report) {
  check_funds(database, report);
  check_presentations(database, report);
  check_caps(database, report);
}

void check_settlements(Database& database, CheckReport& report) {
  Statement rows =
      database.prepare("select id, program_id, from_entry, through_entry from live_settlement order by program_id, id");
  rows.rewind();
  std::int64_t program = 0;
  std::int64_t through = 0;
  while (rows.step()) {
    ++report.examined;
    if (rows.integer(1) != program) through = 0;
    program = rows.integer(1);
    if (rows.integer(2) != through + 1 || rows.integer(3) < rows.integer(2))
      report.add(tr("settlement {}", rows.integer(0)), tr("does not follow the one before it"));
    through = rows.integer(3);
  }
}

}  // namespace loyal::store
