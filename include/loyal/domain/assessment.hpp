// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"
#include "loyal/domain/ledger.hpp"
#include "loyal/domain/program.hpp"
#include "loyal/domain/promo.hpp"

namespace loyal::domain {

/// The most that one purchase can come to, ten billion units of money: more is a card number in the wrong place, and
/// sums of millions of such sales still fit into 64 bits.
inline constexpr Money sale_amount_max = {1'000'000'000'000};
/// The most points, in minor units, that are given or taken by hand at once.
inline constexpr Points points_by_hand_max = {1'000'000'000'000};
/// The longest receipt number, name of a till or key, in bytes.
inline constexpr std::size_t document_text_max = 128;

/// One line of a receipt as the till has it. A receipt without lines is one line of one piece.
struct ReceiptLine {
  std::string sku;
  std::string name;
  std::string category;
  Amount quantity = {1000};
  Money price;
  Money amount;  ///< quantity × price as the till rounded it
};

/// A gift card that pays a part of a receipt: the named sum, or as much as it can.
struct GiftTender {
  CardId card;
  Money available;
  std::optional<Money> asked;
};

/// A reward that the buyer takes with this receipt.
struct RewardWish {
  std::string reward;
  std::size_t line = 0;  ///< index of the line that it is given on; one piece
};

struct Receipt {
  LocalTime at;  ///< in the program's zone: its date is the points date
  std::vector<ReceiptLine> lines;
  std::string offer;  ///< what is sold onto the card, by name; empty: goods
  std::vector<RewardWish> rewards;
  std::vector<GiftTender> gifts;
  std::vector<PromoCode> promos;  ///< each once
};

/// How many points the buyer wants to pay with.
struct SpendWish {
  enum class Mode { none, exact, max, up_to };
  Mode mode = Mode::none;
  Points points;
};

/// What of the buyer the earn rules ask for; kept with the sale, so that a return can ask again.
struct BuyerFacts {
  std::string tier;    ///< as the card stood before the sale
  std::string member;  ///< slug of the club's company that sells
  std::string offer;
  bool is_first_purchase = false;
  std::vector<std::string> chosen_categories;
  std::vector<std::string> subscriptions;  ///< slugs of the programs that the holder has paid for
  std::vector<PromoCode> promos;           ///< codes that the purchase used

  friend bool operator==(const BuyerFacts&, const BuyerFacts&) = default;
};

/// What a card has done in one of the periods that the program limits.
struct PeriodUse {
  int sales = 0;
  Points points;
};

/// What of the card's history the rules ask for.
struct CardFacts {
  std::vector<Lot> lots;
  BuyerFacts buyer;
  Points reserved;                          ///< held by tills that have not yet committed
  std::vector<PeriodUse> earned;            ///< for each of the program's limits
  std::vector<PeriodUse> spent;             ///< for each of its limits of spending
  std::vector<std::int64_t> pieces_before;  ///< for each discount rule: whole pieces of earlier receipts that counted
  std::vector<std::string> steps_used;      ///< rewards on the way that this cycle has given
  std::vector<std::string> out_of_stock;    ///< rewards
  Money donation_account;                   ///< what the company can still give away
  Money donated_this_month;                 ///< by all cards
  std::int64_t tickets_sold = 0;
};

/// What one line costs and brings.
struct LineAssessment {
  Money amount;
  Money discount;
  Money points_money;  ///< paid with points
  Money paid;          ///< amount − discount − points_money
  Points spent;
  Points earned;
  Money gift_money;  ///< the part of `paid` that gift cards pay
};

/// A rule and what it brought, in the order of the program's text: why.
struct RuleShare {
  std::string rule;
  Points points;
};

/// A reward that was given, and where.
struct GivenReward {
  std::string reward;
  std::size_t line = 0;
  Points points;
  Money value;
};

/// A promo code that a purchase uses, and what it brings.
struct GivenPromo {
  std::string code;
  Money discount;
  Points points;
};

/// Why nothing, or less, was given away.
enum class DonationShort { no, month_cap, empty_account };

/// What a sale would do: the same for a quote, a sale, an import and a replay.
struct Assessment {
  std::vector<LineAssessment> lines;
  Money total, discount, points_money, paid;
  Points spent, earned;
  std::vector<LotDebit> debits;
  std::optional<Points>
      earn_limit;    ///< the tightest cap's room at this moment; kept with the sale, so that a return can ask again
  Date usable_from;  ///< of the lot that the earned points open
  std::optional<Date> valid_through;
  std::vector<RuleShare> shares;
  std::vector<RuleShare> discount_shares;  ///< in kopecks
  bool is_capped = false;
  std::vector<GivenReward> rewards;
  std::vector<GivenPromo> promos;     ///< the codes that are used, in the order in which they apply
  std::vector<std::string> left_out;  ///< codes that others, or the card's discount, are better than
  std::vector<Money> gifts;           ///< what each of the receipt's gift cards pays
  Money gift_money;
  Money donation;  ///< to the fund; also what the card earns
  DonationShort donation_short = DonationShort::no;
};

/// Why a sale is refused by the rules.
struct Refusal {
  enum class Reason {
    spending_not_allowed,
    below_min_balance,
    too_many_points,
    off_step,
    no_discount_lines,
    unknown_reward,
    reward_not_for_goods,
    too_few_for_reward,
    step_given_already,
    out_of_stock,
    unknown_offer,
    off_price,
    sold_out,
    over_balance,
    gift_too_small,
    promo_not_now,
    promo_not_for_buyer,
    promo_no_goods,
    promo_too_small
  };
  Reason reason = Reason::too_many_points;
  Points asked;
  Points allowed;    ///< the most that this sale takes
  Points available;  ///< active on the card
  std::string what;  ///< the reward, the offer or the promo code
  CardId gift;       ///< the gift card; asked and allowed are money then
};

/// Assesses one receipt under one version of a program; pure.
std::variant<Assessment, Refusal> assess(const Program& program, const Receipt& receipt, const SpendWish& wish,
                                         const CardFacts& card);

/// A reward taken without a purchase.
struct Redemption {
  Points points;
  std::vector<LotDebit> debits;
};
/// Whether the card can take a reward of its program at this time, whatever the goods; pure.
std::variant<Redemption, Refusal> redeem(const Reward& reward, LocalTime at, const CardFacts& card);

/// What lines would earn: each with its goods and the amounts that count. Used by assess and, for what stays, by
/// returns.
struct EarnInput {
  const ReceiptLine* line = nullptr;
  Amount quantity;
  Money amount, discount, points_money;
};
struct Earning {
  Points points;  ///< after the cap
  std::vector<RuleShare> shares;
  std::vector<std::int64_t> weights;  ///< what each line brought, for splitting
  bool is_capped = false;
};
/// `threshold_lines` take the place of the lines where a rule asks for a minimum amount (a return that keeps
/// thresholds).
Earning earn(const Program& program, LocalTime at, const BuyerFacts& buyer, std::span<const EarnInput> lines,
             std::optional<Points> limit, std::span<const EarnInput> threshold_lines);

}  // namespace loyal::domain
