// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A purchase as it was posted.
struct Sale {
  SaleId id;
  OperationId operation;
  CompanyId company;
  ShopId shop;
  std::string till, receipt, receipt_day;
  std::int64_t generation = 1;
  CardId card;
  VersionId version;
  LocalTime at;      ///< document date and time, in the shop's zone
  Date points_date;  ///< in the program's zone
  Money total, discount, points_money, paid;
  Points earned, spent;
  std::optional<Points> earn_limit;
};

struct SaleLine {
  std::int64_t line = 0;  ///< from 1
  std::string sku, name, category;
  Amount quantity;
  Money price, amount, discount, points_money;
  Points spent;
  Money paid;
  Points earned;
};

/// A return of a sale, or of a part of it.
struct SaleReturn {
  ReturnId id;
  OperationId operation;
  SaleId sale;
  std::string kind = "return";  ///< return, void
  LocalTime at;
  Date points_date;
  Money amount, discount, points_money, paid;
  Points restored, clawed_back, forgiven;
  std::string reason;
};

struct ReturnLine {
  std::int64_t line = 0;
  Amount quantity;
  Money amount, discount, points_money, paid;
  Points restored;
};

/// A document as the till names it; `day` is empty unless numbering starts anew each day.
struct Document {
  CompanyId company;
  std::string till, receipt, day;
};

SaleId add_sale(Journal& journal, const Sale& sale);
void add_sale_line(Journal& journal, SaleId sale, const SaleLine& line);
ReturnId add_return(Journal& journal, const SaleReturn& sale_return);
void add_return_line(Journal& journal, ReturnId id, const ReturnLine& line);

std::optional<Sale> sale(Database& database, SaleId id);
/// The newest generation of a document, and whether it has been undone.
struct DocumentState {
  Sale sale;
  bool is_undone = false;
};
std::optional<DocumentState> find_document(Database& database, const Document& document);
/// The live sales with this receipt number, whatever their till or company, newest first.
std::vector<Sale> sales_by_receipt(Database& database, const std::string& receipt);
/// The live sales of a card, and of those whose place it took, on a day.
std::vector<Sale> sales_of_day(Database& database, CardId card, Date day);
/// The tills that a company's sales name.
std::vector<std::string> tills_of(Database& database, CompanyId company);
std::optional<Sale> last_sale_of_card(Database& database, CardId card);
std::vector<SaleLine> sale_lines(Database& database, SaleId sale);
/// The live returns of a sale, oldest first.
std::vector<SaleReturn> returns_of(Database& database, SaleId sale);
std::vector<ReturnLine> return_lines(Database& database, ReturnId id);
std::optional<SaleReturn> sale_return(Database& database, ReturnId id);
std::optional<SaleReturn> return_of_operation(Database& database, OperationId operation);
std::optional<Sale> sale_of_operation(Database& database, OperationId operation);

/// Whether the company has a sale, undone ones included.
bool has_sales(Database& database, CompanyId company);
/// What an operation's sales come to.
struct SaleTotals {
  std::int64_t count = 0;
  Money total;
  Points earned;
};
SaleTotals totals_of_operation(Database& database, OperationId operation);

/// The points dates of the live sales that a card, or one whose place it took, earned by or paid for, ascending,
/// up to `on`; with `through`, of those that this operation knew and that had not been undone by then; with `except`,
/// without those of an operation that is being undone.
std::vector<Date> activity_of(Database& database, CardId card, Date on, OperationId through = {},
                              OperationId except = {});

/// What a list of sales may be narrowed to.
struct SaleFilter {
  std::optional<Date> from, to;
  CardId card;
  ShopId shop;
  CompanyId company;
  bool with_undone = false;
};
struct SaleListing {
  Sale sale;
  std::string card_number, holder, program_slug, shop_slug;
  Money returned;
  bool is_undone = false;
};
/// Sales in order of their documents' dates.
void each_sale(Database& database, const SaleFilter& filter, const std::function<void(const SaleListing&)>& take);

}  // namespace loyal::store
