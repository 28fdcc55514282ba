// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "property/exact.hpp"

namespace loyal::test {

using Whole = std::int64_t;

/// What one line of a sale costs and brings, or what of it a return gives back, in minor units.
struct Figures {
  Whole amount = 0, discount = 0, points_money = 0, paid = 0, spent = 0, earned = 0;
  auto operator<=>(const Figures&) const = default;
};
std::string to_text(const Figures& figures);

/// A lot as anybody may see it: two of the same value are the same.
struct LotValue {
  Whole remainder = 0;
  int issuer = 0;
  Date usable_from;
  std::optional<Date> valid_through;
  auto operator<=>(const LotValue&) const = default;
};
std::string to_text(const std::vector<LotValue>& lots);

struct BalanceValue {
  Whole active = 0, pending = 0, unswept = 0, debt = 0;
  auto operator<=>(const BalanceValue&) const = default;
};
std::string to_text(const BalanceValue& balance);

/// What of the buyer the rules look at, as the card stood before a sale; kept for the returns of it.
struct Buyer {
  bool is_first = false;
  std::string tier;
  bool buys_offer = false;
  int company = 0;  ///< that sells; the second is a partner of a club
};

/// A tier given by hand; without a name, none.
struct Pin {
  int operation, card;
  std::string tier;
  bool ends = false;  ///< from its day on the sales decide again
  Date from, until;
};

/// A reward that is asked for, by its place in the program, on a line counted from 1; 0: any.
struct Wish {
  std::size_t reward = 0, line = 0;
};

/// Gift cards are numbered apart from the cards of the program.
inline constexpr int first_gift_card = 100;
/// Where a charity program's money lies.
inline constexpr int company_account = 1'000, fund_account = 1'001;
inline bool is_gift(int card) {
  return card >= first_gift_card && card < company_account;
}

/// A gift card that pays a part; without a sum, as much as it can.
struct Tender {
  int card;
  std::optional<Whole> asked;
};

/// A purchase as it comes to the till.
struct Purchase {
  int card = 0;
  int company = 0;
  LocalTime at;
  std::vector<domain::ReceiptLine> lines;
  bool has_lines = true;
  domain::SpendWish spend;
  std::vector<Wish> rewards;
  std::vector<Tender> gifts;
  Date gifts_on;  ///< the same moment where the gift cards' program is
};

/// The day of today where the cards' program is, and where the gift cards' is.
struct Today {
  Date cards, gifts;
  Date of(int card) const { return is_gift(card) ? gifts : cards; }
  Date everywhere() const { return std::min(cards, gifts); }
};

/// What the oracle says of a sale.
struct SaleAnswer {
  bool is_refused = false;
  bool has_changed = false;      ///< it would cost another sum than it was reserved at
  std::vector<Whole> gifts;      ///< what each gift card pays
  Whole paying = 0;              ///< points in place of money
  std::optional<Whole> allowed;  ///< points to pay with, where it came to that
  std::vector<Figures> lines;
  Whole spent = 0, earned = 0;
};

/// What the oracle says of a return.
struct ReturnAnswer {
  bool is_refused = false;
  std::vector<Figures> lines;  ///< of every line of the sale; `spent` is what is restored
  Whole restored = 0, clawed_back = 0, forgiven = 0, debt = 0;
  std::map<int, Whole> gifts;  ///< what goes back to gift cards
  bool is_full = false;
};

/// The points ledger played by hand: keeps everything that happened as plain lists and computes what is asked from the
/// start every time. It knows the rules from their description only.
class Oracle {
 public:
  explicit Oracle(domain::Program rules) : program(std::move(rules)) {}

  SaleAnswer sell(int operation, int sale, const Purchase& purchase);
  /// Where a number is named, what is more than may come back is refused, else cut.
  ReturnAnswer give_back(int operation, int sale, std::vector<Whole> quantities, Date on, Date gifts_on, bool is_named);
  /// Sells the only offer of the card's program for a sum of money.
  SaleAnswer sell_offer(int operation, int card, int sale, LocalTime at, Whole amount);
  /// Prices a purchase and holds what it would take for fifteen minutes.
  SaleAnswer reserve(int operation, const Purchase& purchase);
  /// Sells what an operation reserved.
  SaleAnswer commit(int operation, int sale, int reserved);
  /// false: it was committed.
  bool release(int operation, int reserved);
  bool is_committed(int reserved) const;
  bool is_released(int reserved) const;
  /// false: the card does not let in.
  bool let_in(int operation, int card, Date on);
  void grant(int operation, int card, Whole points, Date on, std::optional<Date> valid_through, int company);
  /// false: refused, the card has not so much.
  bool take_away(int operation, int card, Whole points, Date on);
  /// false: not so many are there, or the reward is not counted.
  bool stock(int operation, std::size_t reward, Whole pieces);
  /// false: the card does not get the reward.
  bool redeem(int operation, int card, std::size_t reward, LocalTime at, int company);
  void top_up_account(int operation, Whole money, Date on);
  /// false: the fund has not so much.
  bool pay_fund(int operation, Whole money);
  /// What the presentation of a card gave; nothing: refused, since there is no sum without a purchase.
  std::optional<Whole> present(int operation, int card, Date on);
  Whole held(int card) const;
  /// Points of one company of a club that were spent at another, by issuer and place.
  std::map<std::pair<int, int>, Whole> settlement() const;
  /// How many went, all that can be spent where no number is said; nothing: refused.
  std::optional<Whole> transfer(int operation, int from, int into, std::optional<Whole> points, Date on);
  /// How many lots were swept.
  int nightly(int operation, Date until);
  /// false: there is nothing to end.
  bool pin(Pin pin);
  /// By the purchases and pins that stand.
  std::string tier(int card, Date on) const;

  /// false: refused, something later used it.
  bool undo(int operation, int undone, Today today);
  /// Undoes what used it first, newest first; answers with what was undone, in order, or nothing: refused.
  std::vector<int> undo_all(int operation, int undone, Today today);

  BalanceValue balance(int card, Date on) const;
  std::vector<LotValue> lots(int card, Date on) const;
  /// What of each line has not come back, in thousandths of a piece, or kopecks of a sale without lines.
  std::vector<Whole> left_of(int sale) const;
  bool is_live(int sale) const { return sales_.contains(sale) && !undone_.contains(sales_.at(sale).operation); }
  /// earned − clawed back − expired, and spent − restored, of a sale.
  Whole unsettled(int sale, Date on) const;
  Whole unrestored(int sale) const;
  bool has_live_return(int sale) const;
  std::optional<Date> last_day(int card, Date start) const;

  domain::Program program;
  std::optional<domain::Program> gift_program;
  Instant now;  ///< for reservations

 private:
  enum class Kind { open, spend, clawback, expire, repay };
  struct Movement {
    int operation;
    Kind kind;
    Whole points;
  };
  struct Lot {
    int card, operation;
    int source = -1;  ///< the sale whose earning this is, restored or not
    int issuer = 0;
    bool is_debt = false;
    Date date, usable_from;
    std::optional<Date> valid_through;
    std::vector<Movement> movements;

    Whole remainder() const;
    Whole moved(Kind kind) const;
    bool is_pending(Date on) const { return !is_debt && usable_from > on; }
  };
  struct Return {
    int operation;
    Date on;
    std::vector<Figures> lines;
    std::vector<Whole> quantities;
    Whole clawed_back;
    std::map<std::size_t, Whole> restored;       ///< by place in Sale::spends
    std::map<std::size_t, Whole> gift_restored;  ///< by place in Sale::gift_spends
    std::map<std::size_t, Whole> payments;       ///< by place in Sale::payments
  };
  struct Spend {
    std::size_t lot;
    Whole points;
  };
  struct Payment {
    std::size_t line;
    int card;
    Whole amount;
  };
  struct Given {
    int card = 0;
    std::string reward;
    std::size_t line = 0;
    Whole cost = 0;
    int company = 0;
  };
  struct Stock {
    int operation;
    std::string reward;
    Whole pieces;
  };
  struct Sale {
    int operation, card;
    LocalTime at;
    Buyer buyer;
    std::vector<domain::ReceiptLine> lines;
    std::vector<Whole> quantities;
    std::vector<Figures> sold;
    Whole earned = 0;
    std::optional<Whole> limit;
    std::vector<Spend> spends;
    std::vector<Return> returns;
    std::vector<Given> given;
    std::vector<Payment> payments;
    std::vector<Spend> gift_spends;
    Date gifts_on;
  };
  struct Hold {
    int operation;
    Instant until;
    Purchase purchase;
    Whole points, paid;
  };
  struct HoldEnd {
    int operation, reserved;
    bool is_commit;
  };
  struct EarnLine {
    const domain::ReceiptLine* line;
    Whole quantity;
    Figures money;
  };
  struct Earned {
    Whole points = 0;
    std::vector<Fraction> weights;
  };

  Earned earn(LocalTime at, const Buyer& buyer, const std::vector<EarnLine>& lines, std::optional<Whole> limit,
              const std::vector<EarnLine>& all) const;
  /// What every factor that a line meets makes of it.
  std::vector<Fraction> factors(LocalTime at, const Buyer& buyer, const std::vector<EarnLine>& lines,
                                const std::vector<EarnLine>& all) const;
  std::vector<Fraction> rule_brings(const domain::EarnRule& rule, LocalTime at, const Buyer& buyer,
                                    const std::vector<EarnLine>& lines, const std::vector<EarnLine>& all) const;
  const domain::Program& rules_of(int card) const { return is_gift(card) ? *gift_program : program; }
  /// What of the card's points tills hold.
  Whole reserved(int card) const;
  /// What can be spent.
  Whole available(int card, Date on) const;
  /// What each gift card pays of the sum; nothing: refused.
  std::optional<std::vector<Whole>> gift_parts(const Purchase& purchase, Whole to_pay) const;
  void pay_with_gifts(int operation, const Purchase& purchase, const std::vector<Whole>& parts, Sale& sale);
  void return_gifts(int operation, const Sale& sale, const std::vector<Whole>& given_quantities, Date on,
                    Return& record, ReturnAnswer& answer);
  /// Points that a sum of money brings.
  Whole offer_brings(int card, Whole money) const;
  Buyer buyer(int card, Date on) const;
  /// The program's rules with what the tier puts in their place.
  std::vector<domain::EarnRule> earn_rules(const Buyer& buyer) const;
  std::vector<domain::DiscountRule> discount_rules(const Buyer& buyer) const;
  /// The metric of a card between two days, by what is known of them on the day that is asked about.
  Whole metric(int card, Date from, Date through, Date on) const;
  /// What a card has earned (spent) in the period of the day, and whether one more sale may.
  bool is_open(const domain::PeriodLimit& limit, int card, Date on, bool is_spending, Whole& points) const;
  Whole base(const Figures& money) const;
  /// What of a sum that was paid goes to the fund.
  Whole donation(Date on, Whole paid) const;
  void give_away(int operation, int card, int source, Date on, Whole money);
  bool is_member(int company, Date on) const;
  /// The program's rules, or those of the club's company that sells.
  const std::vector<domain::EarnRule>& rules_of(const Buyer& buyer) const;
  std::vector<Fraction> free_pieces(const domain::DiscountRule& rule, int card,
                                    const std::vector<domain::ReceiptLine>& lines) const;
  /// Whether a step on the way was given since a reward was last paid for.
  bool has_step(int card, const std::string& name) const;
  /// What was given and kept, with the operations that did, oldest first.
  std::vector<std::pair<int, Given>> standing_rewards() const;
  std::optional<int> first_stock(const std::string& reward) const;
  Whole in_stock(const std::string& reward) const;
  /// With what was given after an operation.
  Whole in_stock(const std::string& reward, std::optional<int> first) const;
  /// Rewards of which more would have been given than there were.
  std::vector<std::string> short_of_stock(int undone) const;
  bool place(int card, const std::vector<Wish>& wishes, std::vector<domain::ReceiptLine>& lines,
             std::vector<Given>& given) const;
  bool give(int card, LocalTime at, const Buyer& buyer, const std::vector<domain::ReceiptLine>& lines,
            const std::vector<Given>& given, std::vector<Figures>& sold) const;
  Whole wished(const domain::SpendWish& wish, Whole most, SaleAnswer& answer) const;
  void discount(int card, LocalTime at, const Buyer& buyer, const std::vector<domain::ReceiptLine>& lines,
                std::vector<Figures>& sold) const;
  /// The most points that the sale takes, and what of each line may be paid with them.
  Whole spendable(int card, Date on, const Buyer& buyer, const std::vector<domain::ReceiptLine>& lines,
                  const std::vector<Figures>& sold, std::vector<Fraction>& weights) const;
  std::optional<Whole> room(int card, Date on, Whole spent) const;
  /// The most kopecks of a sold offer that are unused.
  Whole unused(const Sale& sale, int number, Date on) const;
  Whole kept(const Sale& sale, const std::vector<Figures>& given, const std::vector<Whole>& given_quantities) const;
  std::vector<std::size_t> in_order(int card, Date on) const;
  /// The days on which a sale that stands earned or spent.
  std::set<Date> activity(int card, Date on) const;
  /// The lot's last day, by what is known of the purchases up to a day; nothing: never.
  std::optional<Date> end(const Lot& lot, Date on) const;
  bool is_expired(const Lot& lot, Date on) const;
  bool is_active(const Lot& lot, Date on) const;
  /// From when, and through which day, points that come back out of the lot are usable.
  std::pair<Date, std::optional<Date>> clock(const Lot& lot, Date on, int days_at_least) const;
  void open(int operation, int card, Whole points, int source, int issuer, Date on, Date usable_from,
            std::optional<Date> valid_through);
  void claw_back(int operation, const Sale& sale, int number, Date on, ReturnAnswer& answer);
  /// What used the operation and stands, oldest first; itself where something did that is not known.
  std::set<int> users_of(int operation) const;
  std::vector<Return> live_returns(const Sale& sale) const;
  Figures given_back(const Sale& sale, std::size_t line) const;

  std::vector<Lot> lots_;
  std::map<int, Sale> sales_;
  struct Visit {
    int operation, card;
    Date date;
  };
  std::vector<Visit> visits_;
  std::vector<Pin> pins_;
  struct Donation {
    int operation;
    Date date;
    Whole amount;
  };
  std::vector<Donation> donations_;
  std::vector<Stock> stock_;
  std::vector<Hold> holds_;
  std::vector<HoldEnd> hold_ends_;
  int committing_ = -1;
  std::vector<std::pair<int, Given>> redeemed_;
  std::set<int> undone_, undos_;
};

Fraction fraction(domain::Rate rate);
/// Whether a rule's filter takes the line.
bool takes(const domain::Filter& filter, const domain::ReceiptLine& line);
bool takes(const domain::Filter& filter, LocalTime at, const Buyer& buyer);

}  // namespace loyal::test
