// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "loyal/store/export_1c.hpp"
#include "sale_rows.hpp"

namespace loyal::store {
namespace {

// In each of these {date} is the day of the document: of the sale, or of the return. Parameters are numbered by their
// first appearance, so that all four are named in front.

/// Sales of gift cards are no revenue: they have a table of their own.
constexpr const char* gift_versions =
    "(select version.id from program_version as version join program on program.id = version.program_id where "
    "program.kind = 'gift')";

constexpr const char* given = "with given as (select $1, $2, $3, $4)";

/// Of operations since $4, and of those that they undid, the shops and days; `is_old` where something stood before.
constexpr const char* touched =
    ", moved (id) as (select id from operation where id > $4 union select undoes from operation where id > $4 and "
    "undoes is not null), touched (shop_id, day, is_old) as (select shop_id, day, max(is_old) from ({documents} union "
    "all {points}) group by shop_id, day)";
constexpr const char* touched_sales =
    "select sale.shop_id as shop_id, sale.document_date as day, sale.operation_id <= $4 as is_old from sale where "
    "sale.company_id = $1 and sale.operation_id in (select id from moved)";
constexpr const char* touched_returns =
    "select sale.shop_id as shop_id, back.document_date as day, back.operation_id <= $4 as is_old from sale_return as "
    "back join sale on sale.id = back.sale_id where sale.company_id = $1 and back.operation_id in (select id from "
    "moved)";

/// Entries as what they count as: what takes another back counts as less of that other.
constexpr const char* counted_entries =
    "(select operation_id, card_id, points, shop_id, kind, sale_id, return_id, date, usable_from, valid_through from "
    "entry where kind <> 'reverse' union all select entry.operation_id, entry.card_id, entry.points, entry.shop_id, "
    "taken.kind, taken.sale_id, taken.return_id, taken.date, taken.usable_from, taken.valid_through from entry join "
    "entry as taken on taken.id = entry.answers where entry.kind = 'reverse') as counted "
    "left join sale on sale.id = counted.sale_id left join sale_return as back on back.id = counted.return_id join "
    "card on card.id = counted.card_id join program on program.id = card.program_id and program.kind in ('bonus', "
    "'club') where coalesce(sale.shop_id, counted.shop_id) in (select id from shop where company_id = $1) and "
    "counted.kind in {kinds} and counted.return_id is {returned} null";
constexpr const char* kinds_of_sales = "('earn', 'spend', 'grant', 'opening', 'adjust', 'transfer', 'write_off')";
constexpr const char* kinds_of_returns = "('clawback', 'restore')";

constexpr const char* in_period =
    " and ($2 is null or {0} >= $2) and ($3 is null or {0} <= $3) and ($4 = 0 or (coalesce(sale.shop_id, {1}), {0}) in "
    "(select shop_id, day from touched))";

/// The queries of a kind of document, made once: they live as long as the program, as prepare() wants.
struct Queries {
  std::string totals, goods, gifts, points, gone;
};

std::string points_source(DayDocuments documents) {
  const bool is_return = documents == DayDocuments::returns;
  return fmt::format(fmt::runtime(counted_entries), fmt::arg("kinds", is_return ? kinds_of_returns : kinds_of_sales),
                     fmt::arg("returned", is_return ? "not" : ""));
}

std::string opening(DayDocuments documents, const char* points_day) {
  const std::string points =
      fmt::format("select coalesce(sale.shop_id, counted.shop_id), {}, 0 from {} and counted.operation_id > $4",
                  points_day, points_source(documents));
  const bool is_return = documents == DayDocuments::returns;
  return given + fmt::format(fmt::runtime(touched), fmt::arg("documents", is_return ? touched_returns : touched_sales),
                             fmt::arg("points", points));
}

constexpr const char* days_without_documents =
    " select shop_id, day, is_old from touched where ($2 is null or day >= $2) and ($3 is null or day <= $3) order by "
    "1, "
    "2";

Queries sales_queries() {
  constexpr const char* day = "sale.document_date";
  constexpr const char* points_day = "coalesce(sale.document_date, counted.date)";
  const std::string start = opening(DayDocuments::sales, points_day);
  const std::string of_company = "sale.company_id = $1" + fmt::format(fmt::runtime(in_period), day, "0");
  Queries queries;
  queries.totals = fmt::format(
      "{} select sale.shop_id, {}, count(*), sum(sale.paid) from live_sale as sale where {} and "
      "sale.program_version_id not in {} group by 1, 2 order by 1, 2",
      start, day, of_company, gift_versions);
  queries.goods = fmt::format(
      "{} select sale.shop_id, {}, coalesce(line.sku, ''), coalesce(line.name, ''), coalesce(line.category, ''), "
      "line.price, sum(coalesce(line.quantity, 1000)), sum(coalesce(line.discount, sale.discount)), "
      "sum(coalesce(line.points_money, sale.points_money)), sum(coalesce(line.paid, sale.paid)), '', null, null "
      "from live_sale as sale left join sale_line as line on line.sale_id = sale.id where {} and "
      "sale.program_version_id not in {} group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6",
      start, day, of_company, gift_versions);
  queries.gifts = fmt::format(
      "{0} select sale.shop_id, {1}, 0 as is_sold, card.number, sum(gift.amount) from live_gift_payment as gift join "
      "live_sale as sale on sale.id = gift.sale_id join card on card.id = gift.card_id where gift.return_id is null "
      "and {2} group by 1, 2, 4 union all select sale.shop_id, {1}, 1, card.number, sum(sale.paid) from live_sale as "
      "sale join card on card.id = sale.card_id where {2} and sale.program_version_id in {3} group by 1, 2, 4 order by "
      "1, 2, 3, 4",
      start, day, of_company, gift_versions);
  queries.points = fmt::format(
      "{} select coalesce(sale.shop_id, counted.shop_id), {}, counted.kind = 'spend', counted.card_id, case "
      "counted.kind "
      "when 'spend' then null else coalesce(counted.usable_from, counted.date) end, counted.valid_through, "
      "sum(counted.points) from {}{} group by 1, 2, 3, 4, 5, 6 having sum(counted.points) <> 0 order by 1, 2, 3, 4, 5, "
      "6",
      start, points_day, points_source(DayDocuments::sales),
      fmt::format(fmt::runtime(in_period), points_day, "counted.shop_id"));
  queries.gone = start + days_without_documents;
  return queries;
}

Queries returns_queries() {
  constexpr const char* day = "back.document_date";
  const std::string start = opening(DayDocuments::returns, day);
  const std::string of_company = "sale.company_id = $1" + fmt::format(fmt::runtime(in_period), day, "0");
  constexpr const char* returns = "live_return as back join sale on sale.id = back.sale_id";
  Queries queries;
  queries.totals = fmt::format(
      "{} select sale.shop_id, {}, count(*), sum(back.paid) from {} where {} and sale.program_version_id not in {} "
      "group by 1, 2 order by 1, 2",
      start, day, returns, of_company, gift_versions);
  queries.goods = fmt::format(
      "{} select sale.shop_id, {}, coalesce(line.sku, ''), coalesce(line.name, ''), coalesce(line.category, ''), "
      "line.price, coalesce(part.quantity, 1000), coalesce(part.discount, back.discount), coalesce(part.points_money, "
      "back.points_money), coalesce(part.paid, back.paid), sale.receipt, sale.document_date, sale.document_time "
      "from {} left join sale_return_line as part on part.return_id = back.id left join sale_line as line on "
      "line.sale_id = sale.id and line.line = part.line where {} and sale.program_version_id not in {} "
      "order by 1, 2, back.id, part.line",
      start, day, returns, of_company, gift_versions);
  queries.gifts = fmt::format(
      "{0} select sale.shop_id, {1}, 0 as is_sold, card.number, sum(gift.amount) from live_gift_payment as gift join "
      "sale_return as back on back.id = gift.return_id join sale on sale.id = gift.sale_id join card on card.id = "
      "gift.card_id where {2} group by 1, 2, 4 union all select sale.shop_id, {1}, 1, card.number, -sum(back.paid) "
      "from {3} join card on card.id = sale.card_id where {2} and sale.program_version_id in {4} group by 1, 2, 4 "
      "order by 1, 2, 3, 4",
      start, day, of_company, returns, gift_versions);
  queries.points = fmt::format(
      "{} select sale.shop_id, {}, counted.kind = 'restore', counted.card_id, null, null, case counted.kind when "
      "'restore' then -sum(counted.points) else sum(counted.points) end from {}{} group by 1, 2, 3, 4 having "
      "sum(counted.points) <> 0 order by 1, 2, 3, 4",
      start, day, points_source(DayDocuments::returns), fmt::format(fmt::runtime(in_period), day, "counted.shop_id"));
  queries.gone = start + days_without_documents;
  return queries;
}

const Queries& queries_of(DayDocuments documents) {
  static const Queries sales = sales_queries();
  static const Queries returns = returns_queries();
  return documents == DayDocuments::returns ? returns : sales;
}

/// Rows that begin with a shop and a day, in their order.
class DayRows {
 public:
  DayRows(Database& database, std::string_view query, const AccountingFilter& filter) : row_(database.prepare(query)) {
    row_.bind(filter.company, filter.from, filter.to, filter.after.value);
    next();
  }

  using Key = std::pair<ShopId, Date>;
  const std::optional<Key>& key() const { return key_; }
  bool is_at(const Key& key) const { return key_ == key; }
  Statement& row() { return row_; }
  void next() { key_ = row_.step() ? std::optional(Key(row_.id<ShopId>(0), row_.date(1))) : std::nullopt; }

 private:
  Statement row_;
  std::optional<Key> key_;
};

DayGoods read_goods(const Statement& row) {
  DayGoods goods;
  goods.sku = row.text(2);
  goods.name = row.text(3);
  goods.category = row.text(4);
  if (!row.is_null(5)) goods.price = row.quantity<Money>(5);
  goods.quantity = row.quantity<Amount>(6);
  goods.discount = row.quantity<Money>(7);
  goods.points_money = row.quantity<Money>(8);
  goods.paid = row.quantity<Money>(9);
  goods.receipt = row.text(10);
  if (!row.is_null(11)) goods.sold_at = read_time(row, 11, 12);
  return goods;
}

DayPoints read_points(const Statement& row) {
  return {row.id<CardId>(3), row.boolean(2), row.optional_date(4), row.optional_date(5), row.quantity<Points>(6)};
}

/// The rows of all tables side by side.
class Days {
 public:
  Days(Database& database, const AccountingFilter& filter, DayDocuments documents)
      : totals_(database, queries_of(documents).totals, filter),
        goods_(database, queries_of(documents).goods, filter),
        gifts_(database, queries_of(documents).gifts, filter),
        points_(database, queries_of(documents).points, filter),
        sign_(documents == DayDocuments::sales ? -1 : 1) {
    if (filter.after) gone_.emplace(database, queries_of(documents).gone, filter);
  }

  void run(DayTaker& taker) {
    while (const auto key = first()) {
      if (totals_.is_at(*key) || goods_.is_at(*key) || gifts_.is_at(*key) || points_.is_at(*key))
        take(*key, taker);
      else if (gone_->row().boolean(2))
        taker.gone(key->first, key->second);
      if (gone_ && gone_->is_at(*key)) gone_->next();
    }
  }

 private:
  std::optional<DayRows::Key> first() const {
    std::optional<DayRows::Key> result;
    const auto consider = [&result](const std::optional<DayRows::Key>& key) {
      if (key && (!result || *key < *result)) result = key;
    };
    for (const DayRows* rows : {&totals_, &goods_, &gifts_, &points_}) consider(rows->key());
    if (gone_) consider(gone_->key());
    return result;
  }

  void take(const DayRows::Key& key, DayTaker& taker) {
    ShopDay day{key.first, key.second, 0, {}};
    if (totals_.is_at(key)) {
      day.documents = totals_.row().integer(2);
      day.paid = totals_.row().quantity<Money>(3);
      totals_.next();
    }
    taker.begin(day);
    for (; goods_.is_at(key); goods_.next()) taker.goods(read_goods(goods_.row()));
    for (; gifts_.is_at(key); gifts_.next())
      taker.gift({gifts_.row().text(3), gifts_.row().boolean(2), gifts_.row().quantity<Money>(4)});
    for (; points_.is_at(key); points_.next()) {
      DayPoints points = read_points(points_.row());
      // A spend takes points off the card, and is so many points paid.
      if (points.is_payment && sign_ < 0) points.points = -points.points;
      taker.points(points);
    }
    taker.end();
  }

  DayRows totals_, goods_, gifts_, points_;
  std::optional<DayRows> gone_;
  int sign_;
};

}  // namespace

void each_shop_day(Database& database, const AccountingFilter& filter, DayDocuments documents, DayTaker& taker) {
  Days(database, filter, documents).run(taker);
}

}  // namespace loyal::store
