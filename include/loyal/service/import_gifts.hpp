// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "loyal/service/import_rows.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::service {

/// What gift cards paid of the purchases of a history.
class GiftHistory {
 public:
  GiftHistory(store::Database& database, Rules& rules, const SalesTable& table, CompanyId company);

  /// Error{refused} for a purchase that a card paid which is not there or is no gift card of the company.
  void require(const ImportedSale& row);

  /// What one gift card paid of a purchase.
  struct Spent {
    CardId card;
    const domain::Program* program = nullptr;
    Money amount;
  };
  /// Writes which line each card paid, and answers what is to be taken from the cards.
  std::vector<Spent> add_payments(store::Journal& journal, const ImportedSale& row, SaleId sale);

 private:
  const Spent& card_of(const ImportedGift& gift);

  store::Database& database_;
  Rules& rules_;
  const SalesTable& table_;
  CompanyId company_;
  std::vector<std::optional<Spent>> known_;  // by the card's place in the table
};

}  // namespace loyal::service
