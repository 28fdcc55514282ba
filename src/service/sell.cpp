// SPDX-License-Identifier: MIT
#include "loyal/service/sell.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/card_history.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/donations.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/offers.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/pin.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/referral.hpp"
#include "loyal/service/reserve.hpp"
#include "loyal/service/sale_command.hpp"
#include "loyal/service/sale_gifts.hpp"
#include "loyal/service/sale_posting.hpp"
#include "loyal/service/sale_promos.hpp"
#include "loyal/service/sale_refusal.hpp"
#include "loyal/service/sale_rewards.hpp"
#include "loyal/service/subscriptions.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {

void require_usable(store::Database& database, const store::Card& card, const store::ProgramRow& program,
                    const store::Company& company) {
  require_active(database, card, "loyal sale add {} AMOUNT");
  if (program.state != "active")
    throw Error(Fault::refused, tr("the program {} is retired", program.slug), "loyal program list");
  if (company.state == "closed")
    throw Error(Fault::refused, tr("the company {} is closed", company.slug), "loyal company list");
}

namespace {

/// A receipt number or a till's name without blanks at its ends; what could hide in it is refused.
std::string checked_text(const std::string& text, const char* what) {
  const std::string checked(trim(text));
  if (visible(checked) != checked || tidy_name(checked) != checked)
    throw Error(Fault::usage, tr("{} \"{}\" holds characters that cannot be seen", translate(what), visible(text)),
                tr("use letters, digits and signs"));
  if (checked.size() > domain::document_text_max)
    throw Error(Fault::usage,
                tr("{} is too long: {} bytes, at most {}", translate(what), checked.size(), domain::document_text_max));
  return checked;
}

/// The purchase with the price of what is sold onto the card.
SaleRequest with_amount(SaleRequest request, Money amount) {
  request.amount = amount;
  return request;
}

Money checked_amount(Money amount, const std::string& card) {
  if (amount <= domain::sale_amount_max) return amount;
  throw Error(Fault::usage, tr("{} is more than one purchase can come to", to_text(amount)),
              tr("is it a card number? loyal sale add {} AMOUNT", visible(card)));
}

std::vector<domain::ReceiptLine> lines_of(const SaleRequest& request) {
  if (request.lines.empty()) {
    domain::ReceiptLine line;
    line.amount = checked_amount(request.amount.value_or(Money{}), request.card);
    line.price = line.amount;
    return {line};
  }
  Money sum;
  for (const domain::ReceiptLine& line : request.lines)
    sum = checked_amount(sum + checked_amount(line.amount, request.card), request.card);
  if (request.amount && *request.amount != sum)
    throw Error(Fault::usage,
                tr("the lines add up to {}, and the amount says {}", to_text(sum), to_text(*request.amount)),
                tr("leave the amount out, or mend a line"));
  return request.lines;
}

[[noreturn]] void refuse_gift(const Context& context, const domain::Refusal& refusal, const SaleRequest& request,
                              const store::Card& card) {
  const std::string number = store::card(context.store, refusal.gift).value().number;
  const Money asked{refusal.asked.count};
  const Money available{refusal.available.count};
  SaleRequest without_sum = request;
  for (GiftRequest& gift : without_sum.gifts) gift.amount.reset();
  Details details = {{"asked", std::to_string(refusal.asked.count)},
                     {"allowed", std::to_string(refusal.allowed.count)},
                     {"available", std::to_string(refusal.available.count)}};
  throw Error(Fault::refused,
              asked > available ? tr("gift card {} has {}; {} asked for", number, to_text(available), to_text(asked))
                                : tr("this purchase takes at most {} from gift card {}; {} asked for",
                                     to_text(Money{refusal.allowed.count}), number, to_text(asked)),
              sale_command(context, without_sum, card.number, request.spend_text), std::move(details));
}

[[noreturn]] void refuse(const Context& context, const domain::Refusal& refusal, const SaleRequest& request,
                         const store::Card& card, const domain::Unit& unit, Points reserved) {
  using Reason = domain::Refusal::Reason;
  if (refusal.reason == Reason::gift_too_small) refuse_gift(context, refusal, request, card);
  const int scale = unit.scale;
  refuse_goods(refusal, card, unit);
  const std::string hint = sale_command(context, request, card.number, "max");
  switch (refusal.reason) {
    case Reason::spending_not_allowed:
      throw Error(Fault::refused, tr("this program does not take points as payment"),
                  sale_command(context, request, card.number, {}));
    case Reason::below_min_balance:
      throw Error(Fault::refused,
                  tr("card {} has {}; paying with points begins at {}", card.number,
                     points_text(refusal.available, unit), points_text(refusal.allowed, unit)),
                  sale_command(context, request, card.number, {}));
    case Reason::off_step:
      throw Error(Fault::refused,
                  tr("points are taken in steps of {}; {} asked for", points_text(refusal.allowed, unit),
                     to_text(refusal.asked.count, scale)),
                  hint);
    default:
      break;
  }
  Details details = {{"asked", std::to_string(refusal.asked.count)},
                     {"allowed", std::to_string(refusal.allowed.count)},
                     {"available", std::to_string(refusal.available.count)}};
  if (refusal.asked > refusal.available && reserved.count > 0)
    throw Error(
        Fault::refused,
        tr("card {} has {}, and a till has reserved {}; {} asked for", card.number,
           points_text(refusal.available, unit), points_text(reserved, unit), to_text(refusal.asked.count, scale)),
        hint, std::move(details));
  if (refusal.asked > refusal.available)
    throw Error(Fault::refused,
                tr("card {} has {}; {} asked for", card.number, points_text(refusal.available, unit),
                   to_text(refusal.asked.count, scale)),
                hint, std::move(details));
  throw Error(Fault::refused,
              tr("this purchase takes at most {}; {} asked for", points_text(refusal.allowed, unit),
                 to_text(refusal.asked.count, scale)),
              hint, std::move(details));
}

/// A sale assessed and ready to be written.
struct Prepared {
  store::Card card;
  store::ProgramRow program;
  store::Company company;
  Moment moment;
  const Rules::Version* version = nullptr;
  domain::Receipt receipt;
  domain::Assessment assessment;
  domain::BuyerFacts buyer;
  store::Document document;
  std::string quote;
  std::vector<GiftInUse> gifts;
  std::vector<PromoInUse> promos;
  Points reserved;
};

Prepared resolve(const Context& context, Rules& rules, const SaleRequest& request) {
  Prepared result;
  result.card = find_card(context.store, request.card);
  result.program = store::program(context.store, result.card.program).value();
  const domain::Program& newest = rules.newest(result.program.id).program;
  result.company = selling_company(context, result.program, newest);
  result.moment = moment_of(context, result.company.id, request.at, newest.zone);
  result.version = &rules.on(result.program.id, result.moment.points_time.date);
  result.receipt.at = result.moment.points_time;
  if (request.offer) {
    const SoldOffer sold = sold_offer(*request.offer, result.version->program, result.card, result.receipt.at.date);
    result.receipt.offer = sold.name;
    result.receipt.lines = lines_of(with_amount(request, sold.amount));
  } else {
    result.receipt.lines = lines_of(request);
    place_rewards(result.version->program, request.rewards, result.receipt);
  }
  result.document = {result.company.id,
                     checked_text(request.till.empty() ? context.till : request.till, N_("the till")),
                     checked_text(request.receipt, N_("the receipt")),
                     request.receipts_restart_daily ? to_string(result.moment.at.date) : std::string{}};
  return result;
}

/// What the assessment was computed from: rules, day, goods, wish, and what the card held.
std::string quote_of(const Context& context, const Prepared& sale, const SaleRequest& request,
                     const domain::CardFacts& facts) {
  InputDigest digest(context);
  digest.add(sale.card.id, sale.version->id, sale.moment.points_time.date, request.spend_text, facts.buyer.tier,
             facts.buyer.is_first_purchase, facts.reserved);
  if (!facts.buyer.member.empty()) digest.add(facts.buyer.member);
  for (const domain::PeriodUse& use : facts.earned) digest.add(use.sales, use.points);
  for (const domain::PeriodUse& use : facts.spent) digest.add(use.sales, use.points);
  for (const std::string& category : facts.buyer.chosen_categories) digest.add(category);
  for (const std::string& subscription : facts.buyer.subscriptions) digest.add(subscription);
  for (const std::int64_t pieces : facts.pieces_before) digest.add(pieces);
  for (const domain::ReceiptLine& line : sale.receipt.lines)
    digest.add(line.sku, line.category, line.quantity, line.amount);
  for (const domain::RewardWish& wish : sale.receipt.rewards)
    digest.add(wish.reward, static_cast<std::int64_t>(wish.line));
  for (const std::string& reward : facts.steps_used) digest.add(reward);
  for (const std::string& reward : facts.out_of_stock) digest.add(reward);
  if (!sale.receipt.offer.empty()) digest.add(sale.receipt.offer, facts.tickets_sold);
  for (const domain::Lot& lot : facts.lots) digest.add(lot.id, lot.remainder, lot.usable_from, lot.valid_through);
  for (const GiftInUse& gift : sale.gifts) digest.add(gift.card.id, gift.tender.available, gift.tender.asked);
  for (const PromoInUse& promo : sale.promos) digest.add(promo.value, promo.campaign.id, promo.campaign.until);
  constexpr std::size_t quote_bytes = 8;
  std::string text;
  for (const unsigned char byte : digest.finish()) {
    if (text.size() == 2 * quote_bytes) break;
    text += fmt::format("{:02x}", byte);
  }
  return text;
}

void assess_into(const Context& context, Rules& rules, const SaleRequest& request, Prepared& sale) {
  require_usable(context.store, sale.card, sale.program, sale.company);
  require_member(sale.version->program, sale.company.slug, sale.moment.points_time.date);
  sale.gifts = gifts_of(context, rules, request, sale.card, sale.company.id, sale.moment);
  for (const GiftInUse& gift : sale.gifts) sale.receipt.gifts.push_back(gift.tender);
  const Date on = sale.moment.points_time.date;
  if (!request.promos.empty() && request.offer)
    throw Error(Fault::refused, tr("a promo code is for goods, not for what is sold onto a card"));
  sale.promos = promos_of(context, rules, request.promos, sale.card, sale.company.id, on, request.reservation);
  for (const PromoInUse& promo : sale.promos) sale.receipt.promos.push_back(promo.code);
  const domain::Program& program = rules.as_sold(*sale.version, on);
  CardHistory history(context.store, context.now);
  domain::CardFacts facts = history.facts(program, sale.card.id, on);
  if (program.kind == domain::Kind::club) facts.buyer.member = sale.company.slug;
  if (request.reservation) facts.reserved -= store::held_points(context.store, request.reservation, sale.card.id);
  sale.reserved = facts.reserved;
  facts.lots = history.lots_on(program, sale.card.id, store::lots_of(context.store, sale.card.id), on);
  add_reward_facts(context.store, program, sale.card, sale.receipt.rewards, facts);
  add_offer_facts(context.store, program, sale.card, facts);
  sale.quote = quote_of(context, sale, request, facts);
  if (!request.quote.empty() && request.quote != sale.quote)
    throw Error(
        Fault::conflict,
        tr("the quote {} no longer holds: the card, the rules or the goods have changed since", visible(request.quote)),
        fmt::format("loyal sale quote {}", sale.card.number));
  const domain::SpendWish wish =
      request.spend_text.empty() ? request.wish : parse_spend(request.spend_text, program.unit.scale);
  const auto outcome = domain::assess(program, sale.receipt, wish, facts);
  if (const auto* refusal = std::get_if<domain::Refusal>(&outcome)) {
    refuse_promo(*refusal, sale.promos);
    refuse(context, *refusal, request, sale.card, program.unit, facts.reserved);
  }
  sale.assessment = std::get<domain::Assessment>(outcome);
  require_budget(context, sale.promos, sale.assessment, on, request.reservation);
  if (request.must_cost && *request.must_cost != sale.assessment.paid)
    throw Error(
        Fault::conflict,
        tr("the sale was reserved at {} and would cost {} now: the card or the rules have changed since",
           to_text(*request.must_cost), to_text(sale.assessment.paid)),
        tr("release it and reserve it again: {}", fmt::format("loyal sale release {}", request.reservation.value)));
  sale.buyer = facts.buyer;
  sale.buyer.offer = sale.receipt.offer;
}

store::Sale row_of(const Prepared& sale, std::int64_t generation, const std::string& receipt) {
  store::Sale row;
  row.company = sale.company.id;
  row.shop = sale.moment.shop.id;
  row.till = sale.document.till;
  row.receipt = receipt;
  row.receipt_day = sale.document.day;
  row.generation = generation;
  row.card = sale.card.id;
  row.version = sale.version->id;
  row.at = sale.moment.at;
  row.points_date = sale.moment.points_time.date;
  fill(row, sale.assessment);
  return row;
}

std::vector<store::SaleLine> line_rows(const Prepared& sale, bool has_lines) {
  std::vector<store::SaleLine> result;
  for (std::size_t i = 0; has_lines && i < sale.receipt.lines.size(); ++i) {
    const domain::ReceiptLine& line = sale.receipt.lines[i];
    result.push_back({static_cast<std::int64_t>(i) + 1,
                      line.sku,
                      line.name,
                      line.category,
                      line.quantity,
                      line.price,
                      line.amount,
                      {},
                      {},
                      {},
                      {},
                      {}});
    fill(result.back(), sale.assessment.lines[i]);
  }
  return result;
}

/// A receipt that was given back whole cannot be answered as if it stood.
void require_standing(const Context& context, const store::Sale& sale) {
  Money back;
  const auto returns = store::returns_of(context.store, sale.id);
  for (const store::SaleReturn& sale_return : returns) back += sale_return.amount;
  if (returns.empty() || back < sale.total) return;
  throw Error(Fault::conflict,
              returns.back().kind == "void" ? tr("receipt {} was voided", visible(sale.receipt))
                                            : tr("receipt {} was returned whole", visible(sale.receipt)),
              tr("give the new purchase a receipt of its own"));
}

/// Whether a stored sale is what the request says, by what was typed.
bool is_same(const Context& context, const store::Sale& stored, const Prepared& sale, const SaleRequest& request,
             int scale) {
  if (stored.card != sale.card.id) return false;
  if (request.at && (stored.at.date != request.at->date || (request.at_has_time && stored.at != *request.at)))
    return false;
  if (store::sale_context(context.store, stored.id).offer != sale.receipt.offer) return false;
  const auto rewards = store::reward_uses_of_sale(context.store, stored.id);
  if (!is_same_rewards(rewards, sale.receipt.rewards)) return false;
  Points spent = stored.spent;
  for (const store::RewardUse& use : rewards) spent -= use.points;
  const auto lines = store::sale_lines(context.store, stored.id);
  if (lines.size() != (request.lines.empty() ? 0 : sale.receipt.lines.size())) return false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const domain::ReceiptLine& typed = sale.receipt.lines[i];
    if (lines[i].sku != typed.sku || lines[i].name != typed.name || lines[i].category != typed.category ||
        lines[i].quantity != typed.quantity || lines[i].amount != typed.amount)
      return false;
  }
  Money total;
  for (const domain::ReceiptLine& line : sale.receipt.lines) total += line.amount;
  if (stored.total != total || !is_paid_alike(context, stored.id, request.gifts)) return false;
  if (!is_promoted_alike(context, stored.id, request)) return false;
  const domain::SpendWish wish = request.spend_text.empty() ? request.wish : parse_spend(request.spend_text, scale);
  switch (wish.mode) {
    case domain::SpendWish::Mode::none:
      return spent.count == 0;
    case domain::SpendWish::Mode::exact:
      return spent == wish.points;
    case domain::SpendWish::Mode::up_to:
      return spent <= wish.points;
    case domain::SpendWish::Mode::max:
      return true;
  }
  return false;
}

void post(Operation& operation, const Prepared& sale, SaleId id) {
  Posting posting(operation.journal());
  Origin origin{sale.company.id, sale.moment.shop.id, id, {}, {}, sale.moment.points_time.date, {}};
  post_gifts(operation.journal(), posting, sale.gifts, sale.assessment, origin);
  post_points(posting, sale.card.id, sale.assessment, origin);
  if (sale.version->program.donation)
    give_away(operation.journal(), posting, sale.program, sale.version->program, sale.assessment, sale.card.id, origin);
  if (sale.buyer.is_first_purchase)
    ReferralAwards(operation.journal().database())
        .award(posting, sale.version->program, sale.card.id, sale.assessment.paid, origin);
  posting.flush();
  post_promos(operation.journal(), sale.promos, sale.assessment,
              {0, {}, {}, {}, sale.card.id, sale.card.customer, id, {}, {}, {}, origin.date});
}

/// The sale that stands under a receipt, if it is what was typed; `generation` is the one that a new sale has.
std::optional<SaleReceipt> posted_sale(const Context& context, Rules& rules, const SaleRequest& request,
                                       const Prepared& sale, std::int64_t& generation) {
  generation = 1;
  if (sale.document.receipt.empty()) return std::nullopt;
  const auto found = store::find_document(context.store, sale.document);
  if (!found) return std::nullopt;
  generation = found->sale.generation + 1;
  if (found->is_undone) return std::nullopt;
  if (!is_same(context, found->sale, sale, request, sale.version->program.unit.scale))
    throw Error(Fault::conflict,
                tr("receipt {} is there already with other content: card {}, {} on {}", visible(request.receipt),
                   store::card(context.store, found->sale.card).value().number, to_text(found->sale.total),
                   to_string(found->sale.at.date)),
                command_on("loyal sale show", found->sale));
  require_standing(context, found->sale);
  SaleReceipt receipt = receipt_of(context.store, rules, found->sale, found->sale.operation, found->sale.points_date);
  receipt.is_replayed = true;
  return receipt;
}

/// Says of a subscription until when it is paid for, and whether that is why a sale was made at full price.
void tell_paid_time(store::Database& database, const domain::Program& program, CardId card, Date on,
                    const domain::BuyerFacts& buyer, SaleReceipt& receipt) {
  if (!program.subscription) return;
  const auto& paid_for = buyer.subscriptions;
  receipt.is_unpaid =
      buyer.offer.empty() && std::find(paid_for.begin(), paid_for.end(), program.slug) == paid_for.end();
  receipt.paid_through = paid_time(database, *program.subscription, card, on).through;
}

}  // namespace

store::Blob sale_digest(const Context& context, const SaleRequest& request) {
  InputDigest digest(context);
  digest.add(request.card, request.amount, request.spend_text, request.receipt, request.till, request.at,
             request.receipts_restart_daily, request.quote);
  for (const domain::ReceiptLine& line : request.lines) {
    digest.add(line.sku, line.category, line.quantity, line.amount);
    if (!line.name.empty()) digest.add(line.name);
  }
  for (const GiftRequest& gift : request.gifts) digest.add(gift.card, gift.amount);
  for (const std::string& promo : request.promos) digest.add("promo", promo);
  if (request.reservation) digest.add(request.reservation);
  for (const RewardRequest& reward : request.rewards) digest.add("reward", reward.reward, reward.line);
  if (request.offer) digest.add("offer", request.offer->text, request.offer->count);
  return digest.finish();
}

std::optional<SaleReceipt> posted_before(const Context& context, const SaleRequest& request) {
  Rules rules(context.store);
  std::int64_t generation = 1;
  return posted_sale(context, rules, request, resolve(context, rules, request), generation);
}

domain::SpendWish parse_spend(const std::string& text, int scale) {
  using Mode = domain::SpendWish::Mode;
  if (text.empty()) return {};
  if (text == "max") return {Mode::max, {}};
  const bool is_up_to = text.starts_with("up-to:");
  const Points points = parse_points(is_up_to ? std::string_view(text).substr(6) : std::string_view(text), scale);
  if (points.count < 0)
    throw Error(Fault::usage, tr("\"{}\" points cannot be spent", visible(text)),
                tr("use a number, max, or up-to:200"));
  return points.count == 0 ? domain::SpendWish{} : domain::SpendWish{is_up_to ? Mode::up_to : Mode::exact, points};
}

Moment moment_of(const Context& context, CompanyId company, const std::optional<LocalTime>& at,
                 const std::string& program_zone) {
  Moment moment{find_shop(context.store, company, context.shop), {}, {}};
  const Zone shop_zone(moment.shop.zone);
  const LocalTime now = shop_zone.local(context.now);
  if (at && at->date > now.date)
    throw Error(Fault::usage,
                tr("the date {} has not come yet; today is {}", to_string(at->date), to_string(now.date)));
  moment.at = at.value_or(now);
  moment.points_time =
      program_zone == shop_zone.name() ? moment.at : Zone(program_zone).local(shop_zone.instant(moment.at));
  return moment;
}

std::string till_of(const Context& context, const SaleRequest& request) {
  return request.till.empty() ? context.till : request.till;
}

SaleReceipt assess_sale(const Context& context, const SaleRequest& request) {
  Rules rules(context.store);
  Prepared sale = resolve(context, rules, request);
  assess_into(context, rules, request, sale);
  SaleReceipt receipt;
  receipt.sale = row_of(sale, 1, sale.document.receipt);
  receipt.lines = line_rows(sale, !request.lines.empty());
  receipt.card_number = sale.card.number;
  receipt.program_slug = sale.program.slug;
  receipt.shop_slug = sale.moment.shop.slug;
  receipt.unit = sale.version->program.unit;
  receipt.shares = sale.assessment.shares;
  receipt.quote = sale.quote;
  tell_paid_time(context.store, sale.version->program, sale.card.id, sale.moment.points_time.date, sale.buyer, receipt);
  receipt.reserved = sale.reserved;
  for (std::size_t i = 0; i < sale.gifts.size(); ++i) {
    const GiftInUse& gift = sale.gifts[i];
    receipt.gifts.push_back(
        {gift.card.id, gift.card.number, sale.assessment.gifts[i], gift.tender.available - sale.assessment.gifts[i]});
  }
  receipt.promos = promo_parts(sale.promos, sale.assessment);
  receipt.promos_left_out = sale.assessment.left_out;
  receipt.offer = sale.receipt.offer;
  receipt.rewards = reward_uses(sale.assessment, row_of(sale, 1, {}), sale.program.id);
  receipt.usable_from = sale.assessment.usable_from;
  receipt.valid_through = sale.assessment.valid_through;
  const Date on = sale.moment.points_time.date;
  receipt.donation = quoted_donation(sale.version->program, sale.assessment);
  receipt.balance = domain::balance_on(
      lots_on(context.store, sale.version->program, sale.card.id, store::lots_of(context.store, sale.card.id), on), on);
  if (const auto holder = store::customer(context.store, sale.card.customer))
    receipt.holder = CustomerSight(context).name_of(holder->id, holder->name);
  return receipt;
}

namespace {

SaleReceipt sold(const Context& context, const SaleRequest& request) {
  if (!request.reservation) check_pins(context, request.gifts);
  const char* const verb = request.offer ? "card top-up" : request.reservation ? "sale commit" : "sale add";
  Operation operation(context, verb, sale_digest(context, request));
  Rules rules(context.store);
  if (operation.replayed()) {
    const auto stored = store::sale_of_operation(context.store, operation.replayed());
    SaleReceipt receipt = receipt_of(context.store, rules, stored.value(), operation.replayed(), stored->points_date);
    receipt.is_replayed = true;
    return receipt;
  }
  Prepared sale = resolve(context, rules, request);
  std::int64_t generation = 1;
  if (const auto posted = posted_sale(context, rules, request, sale, generation)) return *posted;
  std::optional<store::Reservation> reserved;
  if (request.reservation) reserved = require_open(context, request.reservation);
  assess_into(context, rules, request, sale);
  const std::string receipt_name =
      sale.document.receipt.empty() ? fmt::format("#{}", operation.id().value) : sale.document.receipt;
  store::Sale row = row_of(sale, generation, receipt_name);
  row.id = store::add_sale(operation.journal(), row);
  row.operation = operation.id();
  store::add_sale_context(operation.journal(), row.id, sale.buyer);
  for (const store::SaleLine& line : line_rows(sale, !request.lines.empty()))
    store::add_sale_line(operation.journal(), row.id, line);
  if (reserved) store::end_reservation(operation.journal(), *reserved, {"commit", {}, row.id});
  for (const store::RewardUse& use : reward_uses(sale.assessment, row, sale.program.id))
    store::add_reward_use(operation.journal(), use);
  post(operation, sale, row.id);
  SaleReceipt receipt = receipt_of(context.store, rules, row, {}, row.points_date);
  receipt.holder = CustomerSight(context).name_of(sale.card.customer, receipt.holder);
  receipt.promos_left_out = sale.assessment.left_out;
  operation.commit();
  return receipt;
}

}  // namespace

SaleReceipt quote(const Context& context, const SaleRequest& request) {
  if (request.promos.empty()) return assess_sale(context, request);
  return with_attempts(context, till_of(context, request), [&] { return assess_sale(context, request); });
}

SaleReceipt sell(const Context& context, const SaleRequest& request) {
  if (request.promos.empty() || request.reservation) return sold(context, request);
  return with_attempts(context, till_of(context, request), [&] { return sold(context, request); });
}

SaleReceipt receipt_of(store::Database& database, Rules& rules, const store::Sale& sale, OperationId through, Date on) {
  SaleReceipt receipt;
  receipt.sale = sale;
  receipt.lines = store::sale_lines(database, sale.id);
  receipt.returns = store::returns_of(database, sale.id);
  receipt.gifts = gifts_paid(database, rules, sale.id);
  receipt.promos = promo_parts(database, rules, sale.id);
  receipt.rewards = store::reward_uses_of_sale(database, sale.id);
  receipt.offer = store::sale_context(database, sale.id).offer;
  receipt.donation = store::donation_of_sale(database, sale.id);
  if (receipt.donation) receipt.fund = store::fund(database, receipt.donation->fund).value().slug;
  const store::Card card = store::card(database, sale.card).value();
  receipt.card_number = card.number;
  if (const auto holder = store::customer(database, card.customer)) receipt.holder = holder->name;
  receipt.program_slug = store::program(database, card.program).value().slug;
  receipt.shop_slug = store::shop(database, sale.shop).value().slug;
  const domain::Program& program = rules.version(sale.version).program;
  receipt.unit = program.unit;
  tell_paid_time(database, program, card.id, sale.points_date, store::sale_context(database, sale.id), receipt);
  // What the card had may be another's by then.
  const CardId held_by = store::card_in_use(database, card.id, through);
  auto entries = counted(store::entries_of(database, card.id, through));
  for (const auto& [entry, counts_from] : entries) {
    if (entry.sale != sale.id || entry.kind != domain::EntryKind::earn) continue;
    receipt.usable_from = entry.usable_from;
    receipt.valid_through = entry.valid_through;
    if (!entry.rule.empty()) receipt.shares = {{entry.rule, entry.points}};
  }
  if (held_by != card.id) entries = counted(store::entries_of(database, held_by, through));
  const auto lots = lots_of_entries(entries, std::nullopt);
  receipt.balance = domain::balance_on(lots_on(database, program, held_by, lots, on, through), on);
  return receipt;
}

}  // namespace loyal::service
