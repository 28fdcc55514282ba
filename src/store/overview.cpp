// SPDX-License-Identifier: MIT
#include "loyal/store/overview.hpp"

#include "loyal/store/database.hpp"

namespace loyal::store {
namespace {

// There is no index by date: a day's sales are among the last recorded, and a look at all would make the greeting slow.
constexpr std::int64_t sales_looked_at = 20'000;

// What has come back of a sale; one that was returned or voided whole is no sale of the day.
#define RETURNED "coalesce((select sum(back.amount) from live_return as back where back.sale_id = live_sale.id), 0)"
#define STANDS "(total = 0 or total > " RETURNED ")"

std::int64_t count(Database& database, std::string_view sql) {
  Statement row = database.prepare(sql);
  row.rewind();
  return row.step() ? row.integer(0) : 0;
}

}  // namespace

Overview overview(Database& database, Date day) {
  Overview result;
  result.companies = count(database, "select count(*) from company where state <> 'closed'");
  result.programs = count(database, "select count(*) from program where state = 'active'");
  result.cards = count(
      database, "select count(*) from card where state <> 'withdrawn' and id not in (select card_id from account)");
  result.assigned_cards =
      count(database, "select count(*) from card where state <> 'withdrawn' and customer_id is not null");
  result.customers = count(database, "select count(*) from customer where state = 'active'");
  {
    Statement row = database.prepare("select count(*), coalesce(sum(total - " RETURNED
                                     "), 0) from live_sale where document_date = $1 and id > "
                                     "(select coalesce(max(id), 0) from sale) - $2 and " STANDS);
    row.bind(day, sales_looked_at);
    if (row.step()) {
      result.sales_of_day = row.integer(0);
      result.sum_of_day = row.quantity<Money>(1);
    }
  }
  Statement last =
      database.prepare("select document_date, document_time from live_sale where " STANDS " order by id desc limit 1");
  last.rewind();
  if (last.step()) result.last_sale_at = local_time_from_iso(last.text(0) + "T" + last.text(1));
  return result;
}

Points points_outstanding(Database& database, ProgramId program, Date on) {
  Statement row = database.prepare(
      "select coalesce(sum(lot.remainder), 0) from lot join card on card.id = lot.card_id where card.program_id = $1 "
      "and "
      "lot.remainder > 0 and (lot.valid_through is null or lot.valid_through >= $2)");
  row.bind(program, on);
  return row.step() ? row.quantity<Points>(0) : Points{};
}

}  // namespace loyal::store
