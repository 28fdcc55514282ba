// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card_history.hpp"
#include "loyal/store/database.hpp"

namespace loyal::service {

/// What the rules ask of a card's earlier sales, kept over the rows of one operation so that each card is read once.
class CardHistory {
 public:
  /// `now` decides which reservations still hold; with `known_at`, only sales count that this operation knew.
  CardHistory(store::Database& database, Instant now, OperationId known_at = {})
      : database_(database), now_(now), known_at_(known_at), rules_(database) {}

  /// Says that no points will be spent: what tills hold need not be asked of every card.
  void nothing_is_spent() { asks_reservations_ = false; }
  /// All that the program's rules ask of the card on a points date, but the lots.
  domain::CardFacts facts(const domain::Program& program, CardId card, Date on);
  /// Where the card stands at the end of a day.
  domain::TierStanding tier(const domain::Program& program, CardId card, Date on);
  /// The card's lots as the program's rules see them on a date.
  std::vector<domain::Lot> lots_on(const domain::Program& program, CardId card, const std::vector<domain::Lot>& lots,
                                   Date on);
  /// Says that a card was made by this operation: it has no history yet. What the program does not ask for is not kept.
  void is_new(const domain::Program& program, CardId card);
  /// Reads the card anew when it is next asked about.
  void forget(CardId card) { cards_.erase(card.value); }
  /// Counts a sale of this operation.
  void add_sale(CardId card, const store::PastSale& sale);
  /// Counts what was given away by this operation.
  void add_donation(Date on, Money amount);

 private:
  struct Remembered {
    bool has_sales = false;
    std::vector<store::PastSale> sales;  // by date
    std::vector<store::PastReturn> returns;
    std::optional<domain::TierTrack> track;
    Date track_date;  // the day of which the track knows the returns
    bool has_activity = false;
    std::vector<Date> activity;  // ascending
    bool has_pins = false;
    std::vector<domain::TierPin> pins;
  };
  /// What a program's rules ask for at all.
  struct Needs {
    const domain::Program* program = nullptr;
    bool sales = false;
    bool first_purchase = false;
    bool pieces = false;
    bool subscriptions = false;
  };

  /// What a charity program can still give away; of one program, as a card history is of one operation.
  struct Giving {
    std::string slug;
    ProgramId id;
    Money account;
    std::map<Date, Money> by_month;  // first day
  };

  const Needs& needs_of(const domain::Program& program);
  void add_giving(const domain::Program& program, CardId card, Date on, domain::CardFacts& facts);
  Remembered& with_sales(CardId card);
  Remembered& with_activity(CardId card);
  std::int64_t metric_of(const domain::TierRules& rules, const Remembered& card, const store::PastSale& sale, Date on);
  std::vector<domain::PeriodUse> use_of(const std::vector<domain::PeriodLimit>& limits, const Remembered& card, Date on,
                                        bool is_spending);

  store::Database& database_;
  Instant now_;
  OperationId known_at_;
  bool asks_reservations_ = true;
  Needs needs_;
  Rules rules_;
  std::unordered_map<std::int64_t, Remembered> cards_;
  Giving giving_;
};

/// Whole pieces of goods that each of the discount rules has counted on earlier receipts.
std::vector<std::int64_t> pieces_before(const domain::Program& program, std::span<const store::PastLine> lines,
                                        const domain::BuyerFacts& buyer);

}  // namespace loyal::service
