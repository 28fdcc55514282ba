// SPDX-License-Identifier: MIT
#include "sale_rows.hpp"

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::store {

std::string time_text(LocalTime time) {
  return to_string(time).substr(11);
}

LocalTime read_time(const Statement& row, int date, int time) {
  const std::string text = row.text(date) + "T" + row.text(time);
  const auto result = local_time_from_iso(text);
  if (!result)
    throw Error(Fault::store_broken, tr("the store holds \"{}\" where a time belongs", text), "loyal doctor");
  return *result;
}

Sale read_sale(const Statement& row) {
  Sale sale;
  sale.id = row.id<SaleId>(0);
  sale.operation = row.id<OperationId>(1);
  sale.company = row.id<CompanyId>(2);
  sale.shop = row.id<ShopId>(3);
  sale.till = row.text(4);
  sale.receipt = row.text(5);
  sale.receipt_day = row.text(6);
  sale.generation = row.integer(7);
  sale.card = row.id<CardId>(8);
  sale.version = row.id<VersionId>(9);
  sale.at = read_time(row, 10, 11);
  sale.points_date = row.date(12);
  sale.total = row.quantity<Money>(13);
  sale.discount = row.quantity<Money>(14);
  sale.points_money = row.quantity<Money>(15);
  sale.paid = row.quantity<Money>(16);
  sale.earned = row.quantity<Points>(17);
  sale.spent = row.quantity<Points>(18);
  if (!row.is_null(19)) sale.earn_limit = row.quantity<Points>(19);
  return sale;
}

}  // namespace loyal::store
