// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/store/sale.hpp"

/// The columns that read_sale reads, in its order.
#define SALE_COLUMNS                                                                                              \
  "sale.id, sale.operation_id, sale.company_id, sale.shop_id, sale.till, sale.receipt, sale.receipt_day, "        \
  "sale.generation, "                                                                                             \
  "sale.card_id, sale.program_version_id, sale.document_date, sale.document_time, sale.points_date, sale.total, " \
  "sale.discount, sale.points_money, sale.paid, sale.earned, sale.spent, sale.earn_limit"

namespace loyal::store {

/// The clock time of a document as the store keeps it.
std::string time_text(LocalTime time);
/// A local time out of two columns; Error{store_broken} for what is none.
LocalTime read_time(const Statement& row, int date, int time);
/// A sale out of the columns of SALE_COLUMNS.
Sale read_sale(const Statement& row);

}  // namespace loyal::store
