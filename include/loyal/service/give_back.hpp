// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/giving_back.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"

namespace loyal::service {

/// A return as it was typed: of everything that is left, of lines, or (for a sale without lines) of goods worth an
/// amount.
struct ReturnRequest {
  SaleId sale;  ///< the sale itself, where it is known; else:
  std::string receipt;
  std::string card;  ///< with an empty receipt: the card's last sale
  struct Part {
    std::int64_t line = 0;
    std::optional<Amount> quantity;  ///< nothing: all that is left of the line
  };
  std::vector<Part> parts;
  std::optional<Money> amount;
  std::string reason;
  std::optional<LocalTime> at;
  bool is_void = false;  ///< the whole of a sale of today
  /// What a history says that the return did with points, instead of the rules.
  struct Said {
    Points restored, clawed_back;
  };
  std::optional<Said> said = {};
};

/// What a return did.
struct ReturnReceipt {
  store::SaleReturn sale_return;
  std::vector<store::ReturnLine> lines;
  store::Sale sale;
  std::string card_number, holder;
  domain::Unit unit;
  std::vector<GiftPart> gifts;  ///< what of the money goes back to gift cards
  bool is_full = false;
  Points debt;              ///< opened by this return
  domain::Balance balance;  ///< of the card after the operation
  bool is_replayed = false;
};

/// Takes a sale back, whole or in part: money, discount and points go back in proportion, points spent are restored,
/// points earned are clawed back by the program's policy.
ReturnReceipt give_back(const Context& context, const ReturnRequest& request);

/// Writes a return of this sale inside an operation that is open: what give_back does, and an import for each of its
/// documents.
store::SaleReturn post_return(Operation& operation, const Context& context, Rules& rules, const ReturnRequest& request,
                              const store::Sale& sale);

/// The sale as the domain's return rules ask for it: what was frozen, and what returns have done since.
domain::SoldSale sold_sale(store::Database& database, const domain::Program& program, const store::Sale& sale,
                           LocalTime points_time, Date on);

/// What an entry took of a lot that another entry opened, with the lot's last day as the rules see it on `on`.
domain::TouchedSpend touched_spend(store::Database& database, const domain::Program& program, const store::Entry& spend,
                                   const store::Entry& opening, Date on);

/// The lots in which points of the sale live: the one that it opened, and those restored from purchases paid with it.
std::vector<EntryId> lots_of_sale(store::Database& database, const store::Sale& sale);

/// What returns of a sale without lines count: its kopecks, one for a sale of nothing.
Amount whole_quantity(const store::Sale& sale);

}  // namespace loyal::service
