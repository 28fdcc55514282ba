// SPDX-License-Identifier: MIT
#include "loyal/store/documents.hpp"

#include "sale_rows.hpp"

namespace loyal::store {
namespace {

/// The sale of a document with all that a list shows of it.
class Documents {
 public:
  explicit Documents(Database& database)
      : row_(database.prepare(
            "select " SALE_COLUMNS
            ", card.number, coalesce(customer.name, ''), program.slug, shop.name, coalesce(card.customer_id, 0) from "
            "sale join card on card.id = sale.card_id join program on program.id "
            "= card.program_id join shop on shop.id = sale.shop_id left join customer on customer.id = "
            "card.customer_id where sale.id = $1")),
        gift_(database.prepare("select coalesce(sum(amount), 0) from live_gift_payment where sale_id = $1 and "
                               "return_id is $2")),
        donation_(database.prepare("select amount from live_donation where sale_id = $1")),
        database_(database) {
    Statement any = database.prepare(
        "select exists (select 1 from gift_payment), exists (select 1 from donation where sale_id is not null)");
    any.rewind();
    any.step();
    has_gifts_ = any.boolean(0);
    has_donations_ = any.boolean(1);
  }

  std::optional<DocumentListing> read(SaleId sale, ReturnId back) {
    row_.bind(sale);
    if (!row_.step()) return std::nullopt;
    DocumentListing listing{read_sale(row_),
                            {},
                            row_.text(20),
                            row_.text(21),
                            row_.text(22),
                            row_.text(23),
                            row_.id<CustomerId>(24),
                            {},
                            {}};
    if (back) listing.back = sale_return(database_, back);
    if (has_gifts_) {
      gift_.bind(sale, back);
      gift_.step();
      // What went back onto a gift card is below nothing in the store.
      listing.gift = back ? -gift_.quantity<Money>(0) : gift_.quantity<Money>(0);
    }
    if (has_donations_ && !back) {
      donation_.bind(sale);
      if (donation_.step()) listing.donated = donation_.quantity<Money>(0);
    }
    return listing;
  }

 private:
  Statement row_, gift_, donation_;
  Database& database_;
  // Most stores have neither, and to ask for them would cost as much as the rest of a row.
  bool has_gifts_ = false, has_donations_ = false;
};

}  // namespace

// Ids alone are sorted, as in each_sale.
void each_document(Database& database, const DocumentFilter& filter,
                   const std::function<void(const DocumentListing&)>& take) {
  Statement ids = database.prepare(
      "select id, null, document_date, document_time from live_sale where company_id = $1 and document_date >= $2 and "
      "document_date <= $3 union all select back.sale_id, back.id, back.document_date, back.document_time from "
      "live_return as back join live_sale on live_sale.id = back.sale_id where live_sale.company_id = $1 and "
      "back.document_date >= $2 and back.document_date <= $3 order by 3, 4, 1, 2");
  ids.bind(filter.company, filter.from, filter.to);
  Documents documents(database);
  while (ids.step())
    if (const auto document = documents.read(ids.id<SaleId>(0), ids.is_null(1) ? ReturnId{} : ids.id<ReturnId>(1)))
      take(*document);
}

void each_document_month(Database& database, const DocumentFilter& filter,
                         const std::function<void(const DocumentMonth&)>& take) {
  Statement rows = database.prepare(
      "select document.month, program.slug, shop.name, sum(sales), sum(discounted), sum(returns), sum(total), "
      "sum(discount), sum(points_money), sum(paid) from (select substr(document_date, 1, 7) as month, card_id, "
      "shop_id, "
      "1 as sales, discount > 0 as discounted, 0 as returns, total, discount, points_money, paid from live_sale where "
      "company_id = $1 and document_date >= $2 and document_date <= $3 union all select substr(back.document_date, 1, "
      "7), live_sale.card_id, live_sale.shop_id, 0, 0, 1, -back.amount, -back.discount, -back.points_money, -back.paid "
      "from live_return as back join live_sale on live_sale.id = back.sale_id where live_sale.company_id = $1 and "
      "back.document_date >= $2 and back.document_date <= $3) as document join card on card.id = document.card_id join "
      "program on program.id = card.program_id join shop on shop.id = document.shop_id where program.kind <> 'gift' "
      "group by document.month, "
      "program.id, shop.id order by document.month, program.slug, shop.id");
  rows.bind(filter.company, filter.from, filter.to);
  while (rows.step())
    take({rows.text(0), rows.text(1), rows.text(2), rows.integer(3), rows.integer(4), rows.integer(5),
          rows.quantity<Money>(6), rows.quantity<Money>(7), rows.quantity<Money>(8), rows.quantity<Money>(9)});
}

void each_customer_activity(Database& database, const DocumentFilter& filter,
                            const std::function<void(const CustomerActivity&)>& take) {
  Statement customers = database.prepare(
      "select id from customer where state = 'active' and (company_id = $1 or exists (select 1 from card join "
      "live_sale on "
      "live_sale.card_id = card.id where card.customer_id = customer.id and live_sale.company_id = $1)) order by "
      "name_sort, id");
  Statement sums = database.prepare(
      "select count(*), coalesce(sum(paid), 0), coalesce(sum(discount), 0) from card join live_sale on "
      "live_sale.card_id = card.id join program on program.id = card.program_id where card.customer_id = $1 and "
      "live_sale.company_id = $2 and document_date >= $3 and document_date <= $4 and program.kind <> 'gift'");
  Statement backs = database.prepare(
      "select coalesce(sum(back.paid), 0), coalesce(sum(back.discount), 0) from card join live_sale on "
      "live_sale.card_id = card.id join program on program.id = card.program_id join live_return as back on "
      "back.sale_id "
      "= live_sale.id where card.customer_id = $1 and live_sale.company_id = $2 and back.document_date >= $3 and "
      "back.document_date <= $4 and program.kind <> 'gift'");
  customers.bind(filter.company);
  while (customers.step()) {
    CustomerActivity activity{customers.id<CustomerId>(0), 0, {}, {}};
    sums.bind(activity.customer, filter.company, filter.from, filter.to);
    backs.bind(activity.customer, filter.company, filter.from, filter.to);
    sums.step();
    backs.step();
    activity.sales = sums.integer(0);
    activity.paid = sums.quantity<Money>(1) - backs.quantity<Money>(0);
    activity.discount = sums.quantity<Money>(2) - backs.quantity<Money>(1);
    take(activity);
  }
}

Money paid_by_card(Database& database, CardId card, CompanyId company, Date through) {
  // Where nothing has ever come back, no sale is asked for its returns.
  Statement row = database.prepare(
      "select coalesce((select sum(paid) from live_sale where card_id = $1 and company_id = $2 and document_date <= "
      "$3), "
      "0) - case when exists (select 1 from sale_return) then coalesce((select sum(back.paid) from live_sale join "
      "live_return as back on back.sale_id = live_sale.id where live_sale.card_id = $1 and live_sale.company_id = $2 "
      "and "
      "live_sale.document_date <= $3 and back.document_date <= $3), 0) else 0 end");
  row.bind(card, company, through);
  row.step();
  return row.quantity<Money>(0);
}

std::string receipt_of(Database& database, SaleId sale) {
  Statement row = database.prepare("select receipt from sale where id = $1");
  row.bind(sale);
  return row.step() ? row.text(0) : std::string{};
}

}  // namespace loyal::store
