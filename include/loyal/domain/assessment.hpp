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

struct Receipt {
  LocalTime at;  ///< in the program's zone: its date is the points date
  std::vector<ReceiptLine> lines;
};

/// How many points the buyer wants to pay with.
struct SpendWish {
  enum class Mode { none, exact, max, up_to };
  Mode mode = Mode::none;
  Points points;
};

/// What of the card's history the rules ask for.
struct CardFacts {
  std::vector<Lot> lots;
  int earning_sales_that_day = 0;
};

/// What one line costs and brings.
struct LineAssessment {
  Money amount;
  Money discount;
  Money points_money;  ///< paid with points
  Money paid;          ///< amount − discount − points_money
  Points spent;
  Points earned;
};

/// A rule and what it brought, in the order of the program's text: why.
struct RuleShare {
  std::string rule;
  Points points;
};

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
  bool is_capped = false;
};

/// Why a sale is refused by the rules.
struct Refusal {
  enum class Reason { spending_not_allowed, below_min_balance, too_many_points, off_step, no_discount_lines };
  Reason reason = Reason::too_many_points;
  Points asked;
  Points allowed;    ///< the most that this sale takes
  Points available;  ///< active on the card
};

/// Assesses one receipt under one version of a program; pure.
std::variant<Assessment, Refusal> assess(const Program& program, const Receipt& receipt, const SpendWish& wish,
                                         const CardFacts& card);

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
/// `threshold_base` takes the place of the lines' own sum where a rule asks for a minimum amount (a return that keeps
/// thresholds).
Earning earn(const Program& program, LocalTime at, std::span<const EarnInput> lines, std::optional<Points> limit,
             std::span<const EarnInput> threshold_lines);

}  // namespace loyal::domain
