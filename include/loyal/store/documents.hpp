// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "loyal/store/sale.hpp"

namespace loyal::store {

/// Which documents are meant: of one company, document dates both inclusive.
struct DocumentFilter {
  CompanyId company;
  Date from, to;
};

/// A live sale, or a live return of one.
struct DocumentListing {
  Sale sale;
  std::optional<SaleReturn> back;  ///< where the document is the return
  std::string card_number, holder, program_slug, shop_name;
  CustomerId customer;
  Money gift;     ///< of the sum, paid with gift cards (on a return: put back on them)
  Money donated;  ///< by the sale, of the company's money
};
/// In order of document date and time; a return after its sale.
void each_document(Database& database, const DocumentFilter& filter,
                   const std::function<void(const DocumentListing&)>& take);

/// What the documents of a month come to, in one shop and program, returns taken off. Gift cards that were sold are
/// left out: they are advances, and what they pay is sold when they pay.
struct DocumentMonth {
  std::string month;  ///< 2026-03
  std::string program_slug, shop_name;
  std::int64_t sales = 0, discounted_sales = 0, returns = 0;
  Money total, discount, points_money, paid;
};
/// By month, program and shop.
void each_document_month(Database& database, const DocumentFilter& filter,
                         const std::function<void(const DocumentMonth&)>& take);

/// A customer with what they bought at one company between two days.
struct CustomerActivity {
  CustomerId customer;
  std::int64_t sales = 0;  ///< of goods: gift cards are advances
  Money paid, discount;    ///< less returns
};
/// The active customers of the company, and those who bought there, by name.
void each_customer_activity(Database& database, const DocumentFilter& filter,
                            const std::function<void(const CustomerActivity&)>& take);

/// What was paid by a card at one company up to a day, less returns.
Money paid_by_card(Database& database, CardId card, CompanyId company, Date through);

/// The number of a sale's receipt.
std::string receipt_of(Database& database, SaleId sale);

}  // namespace loyal::store
