// SPDX-License-Identifier: MIT
#include <array>
#include <tuple>

#include "checks.hpp"
#include "loyal/base/message.hpp"

namespace loyal::store {
namespace {

/// Sums by the id in the first column, in its order, for a merge.
template <std::size_t count>
class Sums {
 public:
  Sums(Database& database, std::string_view sql) : rows_(database.prepare(sql)) {
    rows_.rewind();
    advance();
  }
  void advance() {
    has_row = rows_.step();
    if (!has_row) return;
    id = rows_.integer(0);
    for (std::size_t i = 0; i < count; ++i) values[i] = rows_.integer(static_cast<int>(i) + 1);
  }
  bool has_row = false;
  std::int64_t id = 0;
  std::array<std::int64_t, count> values{};

 private:
  Statement rows_;
};

std::string sale_place(std::int64_t id, std::string_view receipt) {
  return tr("sale {} (receipt {})", id, receipt);
}

constexpr std::string_view sales_query =
    "select id, receipt, card_id, earned, spent, total, discount, points_money, paid from sale order by id";
// Lines are numbered from 1 on without gaps: their number is the largest. A donation is of no line.
constexpr std::string_view lines_query =
    "select sale_id, sum(earned) + coalesce((select sum(donation.amount) from donation where donation.sale_id = "
    "sale_line.sale_id), 0), sum(spent), sum(amount), sum(discount), sum(points_money), sum(paid), max(line) - "
    "count(*) "
    "from sale_line group by sale_id order by sale_id";
// What a gift card paid is on its own card.
constexpr std::string_view points_query =
    "select sale_id, min(card_id), max(card_id), sum(case when kind = 'earn' then points else 0 end), "
    "sum(case when kind = 'spend' then -points else 0 end) from entry where sale_id is not null and kind in ('earn', "
    "'spend') and not exists (select 1 from gift_payment where gift_payment.sale_id = entry.sale_id and "
    "gift_payment.card_id = entry.card_id) group by sale_id order by sale_id";

}  // namespace

void check_sales(Database& database, CheckReport& report) {
  Statement sale = database.prepare(sales_query);
  sale.rewind();
  Sums<7> lines(database, lines_query);
  Sums<4> points(database, points_query);
  const auto skip_orphans = [&](std::int64_t id) {
    for (; points.has_row && points.id < id; points.advance())
      report.add(tr("sale {}", points.id), tr("entries name it, and it is not there"));
  };
  std::int64_t past_last = 1;
  while (sale.step()) {
    ++report.examined;
    const std::int64_t id = sale.integer(0);
    past_last = id + 1;
    const auto add = [&](const std::string& what) { report.add(sale_place(id, sale.text_view(1)), what); };
    while (lines.has_row && lines.id < id) lines.advance();
    if (lines.has_row && lines.id == id) {
      for (std::size_t i = 0; i < 6; ++i)
        if (sale.integer(static_cast<int>(i) + 3) != lines.values[i]) {
          add(tr("its lines do not add up to it"));
          break;
        }
      if (lines.values[6] != 0) add(tr("a line of it is missing"));
    }
    skip_orphans(id);
    const bool has_points = points.has_row && points.id == id;
    const std::int64_t earned = has_points ? points.values[2] : 0;
    const std::int64_t spent = has_points ? points.values[3] : 0;
    if (has_points && (points.values[0] != sale.integer(2) || points.values[1] != sale.integer(2)))
      add(tr("its entries are on another card"));
    if (earned != sale.integer(3)) add(tr("earned {} by the sale, {} by its entries", sale.integer(3), earned));
    if (spent != sale.integer(4)) add(tr("spent {} by the sale, {} by its entries", sale.integer(4), spent));
    if (has_points) points.advance();
  }
  for (; points.has_row; points.advance())
    if (points.id >= past_last) report.add(tr("sale {}", points.id), tr("entries name it, and it is not there"));
}

namespace {

/// Each return is what its lines and entries add up to.
void check_return_sums(Database& database, CheckReport& report) {
  Statement back = database.prepare(
      "select id, amount, discount, points_money, paid, restored, clawed_back from sale_return order by id");
  back.rewind();
  Sums<5> lines(
      database,
      "select return_id, sum(amount), sum(discount), sum(points_money), sum(paid), sum(restored) from sale_return_line "
      "group by return_id order by return_id");
  // What goes back to a gift card may go to the one that took its place.
  Sums<2> points(
      database,
      "select return_id, sum(case when kind = 'restore' then points else 0 end), "
      "sum(case when kind = 'clawback' then -points else 0 end) from entry where return_id is not null "
      "and kind in ('restore', 'clawback') and rule <> 'referral' and not exists (select 1 from gift_payment "
      "where gift_payment.sale_id = entry.sale_id and gift_payment.card_id = coalesce((select spent.card_id from entry "
      "as spent where spent.id = entry.answers), entry.card_id)) "
      "group by return_id order by return_id");
  while (back.step()) {
    ++report.examined;
    const std::int64_t id = back.integer(0);
    while (lines.has_row && lines.id < id) lines.advance();
    while (points.has_row && points.id < id) points.advance();
    const bool has_lines = lines.has_row && lines.id == id;
    for (std::size_t i = 0; i < 5; ++i)
      if (back.integer(static_cast<int>(i) + 1) != (has_lines ? lines.values[i] : 0)) {
        report.add(tr("return {}", id), tr("its lines do not add up to it"));
        break;
      }
    const bool has_points = points.has_row && points.id == id;
    const std::int64_t restored = has_points ? points.values[0] : 0;
    const std::int64_t clawed_back = has_points ? points.values[1] : 0;
    if (restored != back.integer(5))
      report.add(tr("return {}", id), tr("restored {} by the return, {} by its entries", back.integer(5), restored));
    if (clawed_back != back.integer(6))
      report.add(tr("return {}", id),
                 tr("took back {} by the return, {} by its entries", back.integer(6), clawed_back));
  }
}

/// No line comes back more often than it was sold. A sale without lines comes back by the kopeck.
constexpr std::string_view overdrawn_lines_query =
    "select back.sale_id, back.line from "
    "(select r.sale_id as sale_id, l.line as line, sum(l.quantity) as quantity, sum(l.amount) as amount, "
    "sum(l.discount) as discount, "
    "sum(l.points_money) as points_money, sum(l.paid) as paid, sum(l.restored) as restored "
    "from live_return as r join sale_return_line as l on l.return_id = r.id group by r.sale_id, l.line) as back "
    "join sale on sale.id = back.sale_id left join sale_line as sold on sold.sale_id = back.sale_id and sold.line = "
    "back.line "
    "where back.quantity > coalesce(sold.quantity, max(1, sale.total)) or back.amount > coalesce(sold.amount, "
    "sale.total) "
    "or back.discount > coalesce(sold.discount, sale.discount) or back.points_money > coalesce(sold.points_money, "
    "sale.points_money) "
    "or back.paid > coalesce(sold.paid, sale.paid) or back.restored > coalesce(sold.spent, sale.spent) "
    "or (sold.line is null and (back.line > 1 or exists (select 1 from sale_line where sale_line.sale_id = sale.id))) "
    "order by back.sale_id, back.line";

constexpr std::string_view overdrawn_sales_query =
    "select sale.id, sale.receipt from (select sale_id, sum(clawed_back + forgiven) as taken from live_return group by "
    "sale_id) as back "
    "join sale on sale.id = back.sale_id where back.taken > sale.earned order by sale.id";

}  // namespace

void check_returns(Database& database, CheckReport& report) {
  check_return_sums(database, report);
  Statement line = database.prepare(overdrawn_lines_query);
  line.rewind();
  while (line.step())
    report.add(tr("sale {}, line {}", line.integer(0), line.integer(1)), tr("more came back than was sold"));
  Statement sale = database.prepare(overdrawn_sales_query);
  sale.rewind();
  while (sale.step())
    report.add(sale_place(sale.integer(0), sale.text_view(1)), tr("more points were taken back than it earned"));
}

void check_documents(Database& database, CheckReport& report) {
  Statement rows = database.prepare(
      "select company_id, till, receipt, receipt_day, id from sale order by company_id, till, receipt, receipt_day, "
      "generation");
  Statement live = database.prepare("select 1 from live_sale where id = $1");
  rows.rewind();
  using Document = std::tuple<std::int64_t, std::string, std::string, std::string>;
  Document last;
  std::int64_t last_id = 0;
  while (rows.step()) {
    ++report.examined;
    const bool is_same = last_id != 0 && rows.integer(0) == std::get<0>(last) &&
                         rows.text_view(2) == std::get<2>(last) && rows.text_view(1) == std::get<1>(last) &&
                         rows.text_view(3) == std::get<3>(last);
    // All generations of a document but the newest have been undone.
    if (is_same) {
      live.bind(last_id);
      if (live.step())
        report.add(sale_place(last_id, rows.text_view(2)), tr("its receipt stands again, as sale {}", rows.integer(4)));
      live.rewind();
    } else {
      last = {rows.integer(0), rows.text(1), rows.text(2), rows.text(3)};
    }
    last_id = rows.integer(4);
  }
}

void check_references(Database& database, CheckReport& report) {
  Statement entries = database.prepare(
      "select id from entry where issuer_id not in (select id from company) or shop_id not in (select id from shop) "
      "or (return_id is not null and return_id not in (select id from sale_return)) "
      "or (answers is not null and not exists (select 1 from entry as answered where answered.id = entry.answers)) "
      "order by id");
  entries.rewind();
  while (entries.step())
    report.add(tr("entry {}", entries.integer(0)), tr("names a company, shop, return or entry that is not there"));
  Statement sales =
      database.prepare("select id, receipt from sale where company_id not in (select id from company) order by id");
  sales.rewind();
  while (sales.step())
    report.add(sale_place(sales.integer(0), sales.text_view(1)), tr("names a company that is not there"));
  Statement count = database.prepare("select (select count(*) from entry) + (select count(*) from sale)");
  count.rewind();
  if (count.step()) report.examined = count.integer(0);
}

}  // namespace loyal::store
