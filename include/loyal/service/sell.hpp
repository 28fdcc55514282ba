// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "loyal/service/card_lots.hpp"
#include "loyal/service/context.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/charity.hpp"
#include "loyal/store/company.hpp"
#include "loyal/store/program.hpp"
#include "loyal/store/promo.hpp"
#include "loyal/store/reservation.hpp"
#include "loyal/store/reward.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {

/// A gift card that pays a part of a purchase: the named sum, or as much as it can.
struct GiftRequest {
  std::string card;
  std::optional<Money> amount;
  std::string pin;
};

/// A reward that the buyer asks for, on one piece of a line as typed, counted from 1; zero: on the dearest that it
/// fits.
struct RewardRequest {
  std::string reward;
  std::int64_t line = 0;
};

/// What is to be sold onto a card: visits of a pass, a ticket, paid time, money of a gift card.
struct OfferRequest {
  std::string text;        ///< the offer's name or the beginning of it, or a sum of money; empty: the only offer
  std::int64_t count = 1;  ///< how many of an offer with a price
};

/// A purchase as it was typed.
struct SaleRequest {
  std::string card;
  std::optional<Money> amount;  ///< with lines: must be their sum
  std::vector<domain::ReceiptLine> lines;
  domain::SpendWish wish;
  std::string spend_text;  ///< what wish was read from; read once the card's unit is known
  std::vector<RewardRequest> rewards;
  std::optional<OfferRequest> offer;  ///< in place of goods: amount and lines stay empty
  std::string receipt, till;
  std::optional<LocalTime> at;  ///< in the shop's zone
  bool at_has_time = true;
  bool receipts_restart_daily = false;
  std::string quote;  ///< of SaleReceipt::quote: the sale is refused where what it was computed from has changed
  std::vector<GiftRequest> gifts;
  std::vector<std::string> promos;  ///< promo codes as typed; of a commit: as promo_code has them
  ReservationId reservation;        ///< that this sale commits
  std::optional<Money> must_cost;   ///< of a commit: refused where the sale would come to another sum by now
};

/// What a gift card paid of a sale, or got back of one.
struct GiftPart {
  CardId card;
  std::string card_number;
  Money amount;
  Money left;  ///< that the card can still pay with
};

/// What a promo code brought to a sale.
struct PromoPart {
  std::string code;  ///< as printed
  std::string campaign_slug;
  CampaignId campaign;
  std::string value;  ///< as promo_code has it
  Money discount;
  Points points;
  bool is_released = false;  ///< the sale was returned whole: the code can be used again
};

/// A sale with everything that people ask of it; the same for a fresh one, a replayed one and `sale show`.
struct SaleReceipt {
  store::Sale sale;
  std::vector<store::SaleLine> lines;
  std::vector<store::SaleReturn> returns;
  std::vector<store::RewardUse> rewards;
  std::string offer;  ///< what was sold onto the card
  std::string card_number, holder, program_slug, shop_slug, operator_name;
  domain::Unit unit;
  std::vector<domain::RuleShare> shares;
  std::optional<Date> usable_from, valid_through;  ///< of the points earned
  domain::Balance balance;                         ///< of the card after the operation
  std::string quote;                               ///< of a quote: a digest of what it was computed from
  Points reserved;                                 ///< of a quote: held by tills, and no part of what can be spent
  std::vector<GiftPart> gifts;
  std::vector<PromoPart> promos;
  std::vector<std::string> promos_left_out;  ///< codes that were typed, and than which others were better
  bool is_unpaid = false;                    ///< a subscription that gave nothing, since nothing is paid for
  std::optional<Date> paid_through;          ///< of a subscription
  bool is_replayed = false;
  bool is_undone = false;
  std::optional<store::Donation> donation;  ///< of a charity program
  std::string fund;                         ///< slug of the fund that it went to
};

/// Refuses a card that is blocked or withdrawn, a program that is retired, a company that is closed.
void require_usable(store::Database& database, const store::Card& card, const store::ProgramRow& program,
                    const store::Company& company);

/// Reads `200`, `max` or `up-to:200`.
domain::SpendWish parse_spend(const std::string& text, int scale);

/// The till that a purchase comes from.
std::string till_of(const Context& context, const SaleRequest& request);

/// What a sale would be, for who has counted wrong promo codes already (with_attempts).
SaleReceipt assess_sale(const Context& context, const SaleRequest& request);

/// What a sale would be, without writing anything but wrong promo codes.
SaleReceipt quote(const Context& context, const SaleRequest& request);

/// Posts a sale of goods, or of what the request's offer names; the same receipt with the same content answers the
/// first result, other content is Error{conflict}.
SaleReceipt sell(const Context& context, const SaleRequest& request);

/// A digest of what was typed.
store::Blob sale_digest(const Context& context, const SaleRequest& request);

/// Whether a receipt is there already: with the same content it is answered, with other content Error{conflict};
/// nothing where it is free.
std::optional<SaleReceipt> posted_before(const Context& context, const SaleRequest& request);

/// A posted sale; with `through`, the card's balance as that operation left it.
SaleReceipt receipt_of(store::Database& database, Rules& rules, const store::Sale& sale, OperationId through, Date on);

/// The sale that a receipt number, `#ID`, or (empty) the last of a card means.
store::Sale find_sale(const Context& context, const std::string& receipt, const std::string& card);

/// A command on this sale that can be pasted: its receipt, and its till where it has one.
std::string command_on(const char* command, const store::Sale& sale);

/// Where and when a document is: shop, time, and the points date in the program's zone.
struct Moment {
  store::Shop shop;
  LocalTime at;
  LocalTime points_time;
};
Moment moment_of(const Context& context, CompanyId company, const std::optional<LocalTime>& at,
                 const std::string& program_zone);

}  // namespace loyal::service
