// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "loyal/store/customer.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::store {

/// The active customers of a company by name.
void each_company_customer(Database& database, CompanyId company, const std::function<void(const Customer&)>& take);

/// A card as it is handed to another store.
struct ExportedCard {
  CardId id;
  std::string number, state;
  Date issued;
  CustomerId customer;
};
/// The cards of a program in the order in which they were issued; accounts, which nobody holds, are left out.
void each_exported_card(Database& database, ProgramId program, const std::function<void(const ExportedCard&)>& take);

/// A card whose place another took, and when.
struct ExportedLink {
  std::string number, into_number;
  Date date;
};
/// The links between cards of a program in the order in which they were made.
void each_exported_link(Database& database, ProgramId program, const std::function<void(const ExportedLink&)>& take);

/// The live sales with cards of a program in one shop, by document time.
void each_sale_of(Database& database, ProgramId program, ShopId shop,
                  const std::function<void(const Sale&, const std::string& card)>& take);
/// The live returns of such sales, by document time.
void each_return_of(Database& database, ProgramId program, ShopId shop,
                    const std::function<void(const SaleReturn&, const Sale&)>& take);

/// The entry that opened the lot of what a sale earned; nothing for a sale that earned nothing.
std::optional<Entry> earned_lot(Database& database, const Sale& sale);

/// Whether a program has sales in a shop.
bool has_sales(Database& database, ProgramId program, ShopId shop);
/// Whether live sales of a company moved points of a card.
bool is_moved_by_sales(Database& database, CardId card, CompanyId company);
/// Whether a till of the company numbers its receipts anew each day.
bool restarts_receipts_daily(Database& database, CompanyId company);

}  // namespace loyal::store
