// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A live sale of a card, or of a card whose place it took, with what limits and tiers ask of it.
struct PastSale {
  SaleId id;
  Date date;  ///< points date
  Money total, paid;
  Points earned, spent;
};
/// A live return of such a sale.
struct PastReturn {
  SaleId sale;
  Date date;
  Money amount, paid;
  Points clawed_back;    ///< forgiven ones included
  Amount quantity;       ///< of all lines together; kopecks where the sale has none
  Amount sold_quantity;  ///< of the whole sale
};
/// By points date, then in the order of posting; with `through`, those that this operation knew and that had not been
/// undone by then.
std::vector<PastSale> past_sales(Database& database, CardId card, OperationId through = {});
std::vector<PastReturn> past_returns(Database& database, CardId card, OperationId through = {});

/// The lines of those sales, with what of their quantity has not come back.
struct PastLine {
  Date date;
  std::string sku, category;
  Amount quantity;
};
std::vector<PastLine> past_lines(Database& database, CardId card);

/// The live pins of a card, in the order in which they were set.
std::vector<domain::TierPin> tier_pins(Database& database, CardId card, OperationId through = {});
void add_tier_pin(Journal& journal, CardId card, const domain::TierPin& pin, const std::string& reason);

/// What the holder chose for the month of a day; empty where nothing was chosen.
std::vector<std::string> chosen_categories(Database& database, CardId card, Date day);
void add_choice(Journal& journal, CardId card, Date day, const std::vector<std::string>& categories);

/// Points that tills hold for sales which they have neither committed nor released, and whose time is not over.
Points reserved_points(Database& database, CardId card, Instant now);

/// What of the buyer a sale was made under; nothing is written for a sale whose rules ask nothing.
void add_sale_context(Journal& journal, SaleId sale, const domain::BuyerFacts& buyer);
domain::BuyerFacts sale_context(Database& database, SaleId sale);

}  // namespace loyal::store
