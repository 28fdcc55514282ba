// SPDX-License-Identifier: MIT
#include "loyal/cli/records.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"
#include "loyal/store/program.hpp"

namespace loyal::cli {
namespace {

format::Record line_record(const store::SaleLine& line, const domain::Unit& unit) {
  format::Record record;
  record.add("line", tr("Line"), line.line);
  record.add("sku", tr("SKU"), text_or_absent(line.sku));
  record.add("name", line.name.empty() ? std::string{} : tr("Name"), text_or_absent(line.name));
  record.add("category", tr("Category"), text_or_absent(line.category));
  record.add("quantity", tr("Quantity"), line.quantity);
  record.add("price", tr("Price"), money(line.price));
  record.add("amount", tr("Amount"), money(line.amount));
  record.add("discount", tr("Discount"), money(line.discount));
  record.add("points_money", tr("Paid with points"), money(line.points_money));
  record.add("paid", tr("Paid"), money(line.paid));
  record.add("spent", tr("Points spent"), points(line.spent, unit));
  record.add("earned", tr("Points earned"), points(line.earned, unit));
  return record;
}

format::Record reward_record(const store::RewardUse& use, const domain::Unit& unit) {
  format::Record record;
  record.add("reward", tr("Reward"), use.reward);
  record.add("line", tr("Line"), use.line > 0 ? format::Cell{use.line} : format::Cell{});
  record.add("points", tr("Points"), points(use.points, unit));
  record.add("value", tr("Worth"), money(use.value));
  return record;
}

format::Record promo_record(const service::PromoPart& promo, const domain::Unit& unit) {
  format::Record record;
  record.add("code", tr("Code"), promo.code).add("campaign", tr("Campaign"), promo.campaign_slug);
  record.add("discount", tr("Discount"), money(promo.discount));
  record.add("points", tr("Points"), points(promo.points, unit));
  record.add("released", promo.is_released ? tr("Given back") : std::string{}, promo.is_released);
  return record;
}

format::Record back_record(const store::SaleReturn& back, const domain::Unit& unit) {
  format::Record record;
  record.add("operation", tr("Operation"), back.operation.value);
  record.add("kind", tr("Kind"), name_cell(back.kind));
  record.add("at", tr("Time"), back.at);
  record.add("amount", tr("Goods"), money(back.amount));
  record.add("paid", tr("Money back"), money(back.paid));
  record.add("restored", tr("Points restored"), points(back.restored, unit));
  record.add("clawed_back", tr("Points taken back"), points(back.clawed_back, unit));
  record.add("forgiven", tr("Points forgiven"), points(back.forgiven, unit));
  record.add("reason", tr("Reason"), text_or_absent(back.reason));
  return record;
}

/// What gift cards pay or get back, and what is left for money.
void add_gifts(format::Record& record, const std::vector<service::GiftPart>& gifts, Money paid,
               const std::string& with_money) {
  Money sum;
  format::Record::List parts;
  for (const service::GiftPart& gift : gifts) {
    sum += gift.amount;
    format::Record part;
    part.add("card", tr("Gift card"), gift.card_number).add("amount", tr("Amount"), money(gift.amount));
    part.add("left", tr("Left"), money(gift.left));
    parts.push_back(std::move(part));
  }
  record.add("gift_money", gifts.empty() ? std::string{} : tr("By gift cards"), money(sum));
  record.add("due", gifts.empty() ? std::string{} : with_money, money(paid - sum));
  record.list("gifts", gifts.empty() ? std::string{} : tr("Gift cards"), std::move(parts));
}

}  // namespace

format::Record company_record(const store::Company& company) {
  format::Record record;
  record.add("slug", tr("Company"), company.slug);
  record.add("name", tr("Name"), company.name);
  record.add("state", tr("State"), name_cell(company.state));
  record.add("inn", tr("INN"), company.inn);
  record.add("ogrn", tr("OGRN"), text_or_absent(company.ogrn));
  record.add("kpp", tr("KPP"), text_or_absent(company.kpp));
  record.add("email", tr("E-mail"), text_or_absent(company.email));
  record.add("phone", tr("Phone"), text_or_absent(company.phone));
  record.add("address", tr("Address"), text_or_absent(company.address));
  record.add("zone", tr("Time zone"), company.zone);
  record.add("currency", tr("Currency"), company.currency);
  return record;
}

format::Record shop_record(const store::Shop& shop, const std::string& company_slug) {
  format::Record record;
  record.add("slug", tr("Shop"), shop.slug);
  record.add("name", tr("Name"), shop.name);
  record.add("company", tr("Company"), company_slug);
  record.add("address", tr("Address"), text_or_absent(shop.address));
  record.add("zone", tr("Time zone"), shop.zone);
  record.add("state", tr("State"), name_cell(shop.state));
  return record;
}

format::Record customer_record(const store::Customer& customer) {
  format::Record record;
  record.add("id", tr("Customer"), customer.id.value);
  record.add("name", tr("Full name"), text_or_absent(customer.name));
  record.add("phone", tr("Phone"), text_or_absent(customer.phone));
  record.add("email", tr("E-mail"), text_or_absent(customer.email));
  record.add("birthday", tr("Birthday"), date_or_absent(customer.birthday));
  record.add("tags", tr("Tags"), text_or_absent(customer.tags));
  record.add("note", tr("Note"), text_or_absent(customer.note));
  record.add("state", tr("State"), name_cell(customer.state));
  return record;
}

format::Record card_record(store::Database& database, const store::Card& card, bool shows_holder) {
  const auto holder = shows_holder ? store::customer(database, card.customer) : std::nullopt;
  format::Record record;
  record.add("number", tr("Card"), card.number);
  record.add("program", tr("Program"), store::program(database, card.program).value().slug);
  record.add("holder", tr("Holder"), holder ? text_or_absent(holder->name) : format::Cell{});
  record.add("customer_id", card.customer ? format::Cell{card.customer.value} : format::Cell{});
  record.add("state", tr("State"), name_cell(card.state));
  record.add("state_reason", card.state_reason.empty() ? std::string{} : tr("Reason"),
             text_or_absent(card.state_reason));
  const auto link = store::link_from(database, card.id);
  record.add("replaced_by", link ? tr("Replaced by") : std::string{},
             link ? format::Cell{store::card(database, store::card_in_use(database, card.id)).value().number}
                  : format::Cell{});
  record.add("issued_date", tr("Issued"), card.issued_date);
  record.add("batch", tr("Batch"), card.operation.value);
  return record;
}

format::Record sale_record(const service::SaleReceipt& receipt) {
  const store::Sale& sale = receipt.sale;
  format::Record record;
  record.add("receipt", tr("Receipt"), text_or_absent(sale.receipt));
  record.add("operation", tr("Operation"), sale.operation ? format::Cell{sale.operation.value} : format::Cell{});
  record.add("card", tr("Card"), receipt.card_number);
  record.add("holder", tr("Holder"), text_or_absent(receipt.holder));
  record.add("program", tr("Program"), receipt.program_slug);
  record.add("shop", tr("Shop"), receipt.shop_slug);
  record.add("till", tr("Till"), text_or_absent(sale.till));
  record.add("at", tr("Time"), sale.at);
  record.add("offer", receipt.offer.empty() ? std::string{} : tr("Sold"), text_or_absent(receipt.offer));
  record.add("points_date", sale.points_date);
  record.add("total", tr("Total"), money(sale.total));
  record.add("discount", tr("Discount"), money(sale.discount));
  record.add("points_money", tr("Paid with points"), money(sale.points_money));
  record.add("paid", tr("To pay"), money(sale.paid));
  record.add("currency", std::string("RUB"));
  record.add("spent", tr("Points spent"), points(sale.spent, receipt.unit));
  record.add("earned", tr("Points earned"), points(sale.earned, receipt.unit));
  record.add("usable_from", tr("Usable from"),
             sale.earned.count > 0 ? date_or_absent(receipt.usable_from) : format::Cell{});
  record.add("valid_through", tr("Usable through"),
             sale.earned.count > 0 ? date_or_absent(receipt.valid_through) : format::Cell{});
  if (receipt.donation) {
    record.add("donation", tr("Given to {}", receipt.fund), money(receipt.donation->amount));
    record.add("donation_short", "", text_or_absent(receipt.donation->why_short));
    record.add("fund", "", text_or_absent(receipt.fund));
  }
  add_balance(record, receipt.balance, receipt.unit);
  record.add("quote", receipt.quote.empty() ? std::string{} : tr("Quote"), text_or_absent(receipt.quote));
  record.add("paid_through", receipt.paid_through ? tr("Paid through") : std::string{},
             date_or_absent(receipt.paid_through));
  record.add("full_price", receipt.is_unpaid);
  record.add("replayed", receipt.is_replayed);
  record.add("undone", receipt.is_undone);
  format::Record::List lines;
  for (const store::SaleLine& line : receipt.lines) lines.push_back(line_record(line, receipt.unit));
  record.list("lines", tr("Lines"), std::move(lines));
  add_gifts(record, receipt.gifts, sale.paid, tr("To pay with money"));
  format::Record::List shares;
  for (const domain::RuleShare& share : receipt.shares) {
    format::Record rule;
    rule.add("rule", tr("Rule"), share.rule).add("points", tr("Points"), points(share.points, receipt.unit));
    shares.push_back(std::move(rule));
  }
  record.list("rules", tr("Earned by"), std::move(shares));
  format::Record::List promos;
  for (const service::PromoPart& promo : receipt.promos) promos.push_back(promo_record(promo, receipt.unit));
  record.list("promos", receipt.promos.empty() ? std::string{} : tr("Promo codes"), std::move(promos));
  format::Record::List rewards;
  for (const store::RewardUse& use : receipt.rewards) rewards.push_back(reward_record(use, receipt.unit));
  record.list("rewards", tr("Rewards"), std::move(rewards));
  format::Record::List returns;
  for (const store::SaleReturn& back : receipt.returns) returns.push_back(back_record(back, receipt.unit));
  record.list("returns", tr("Returns"), std::move(returns));
  return record;
}

format::Record return_record(const service::ReturnReceipt& receipt) {
  const store::SaleReturn& back = receipt.sale_return;
  format::Record record;
  record.add("operation", tr("Operation"), back.operation.value);
  record.add("kind", tr("Kind"), name_cell(back.kind));
  record.add("receipt", tr("Receipt"), receipt.sale.receipt);
  record.add("card", tr("Card"), receipt.card_number);
  record.add("holder", tr("Holder"), text_or_absent(receipt.holder));
  record.add("at", tr("Time"), back.at);
  record.add("amount", tr("Goods"), money(back.amount));
  record.add("discount", tr("Discount"), money(back.discount));
  record.add("points_money", tr("Paid with points"), money(back.points_money));
  record.add("paid", tr("Money back"), money(back.paid));
  record.add("currency", std::string("RUB"));
  record.add("restored", tr("Points restored"), points(back.restored, receipt.unit));
  record.add("clawed_back", tr("Points taken back"), points(back.clawed_back, receipt.unit));
  record.add("forgiven", tr("Points forgiven"), points(back.forgiven, receipt.unit));
  record.add("new_debt", points(receipt.debt, receipt.unit));
  record.add("full", receipt.is_full);
  add_balance(record, receipt.balance, receipt.unit);
  record.add("replayed", receipt.is_replayed);
  add_gifts(record, receipt.gifts, back.paid, tr("Money back in cash"));
  return record;
}

void add_moved(format::Record& record, const service::MovedPoints& moved, const domain::Unit& unit) {
  record.add("moved", tr("Points moved"), points(moved.active, unit));
  record.add("moved_pending", tr("Pending points moved"), points(moved.pending, unit));
  record.add("moved_debt", tr("Owed points moved"), points(moved.debt, unit));
  record.add("lots", moved.lots);
  record.add("scale", std::int64_t{unit.scale});
}

std::string moved_words(const service::MovedPoints& moved, const domain::Unit& unit) {
  if (moved.lots == 0) return {};
  std::string words = service::points_text(moved.active, unit);
  if (moved.pending.count > 0) words += tr(", {} pending", service::points_text(moved.pending, unit));
  if (moved.debt.count > 0) words += tr(", {} owed", service::points_text(moved.debt, unit));
  return words;
}

void note_short_donation(Session& session, const std::string& program, const store::Donation& donation) {
  if (donation.why_short == "empty_account")
    session.note(
        tr("the account of {} does not hold {}: the presentation counts and gives nothing; loyal fund top-up "
           "AMOUNT --program {}",
           program, to_text(donation.asked), program));
  if (donation.why_short == "month_cap")
    session.note(tr("the cap of {} for the month is reached: {} of {} given", program, to_text(donation.amount),
                    to_text(donation.asked)));
}

format::Record points_record(const service::PointsReceipt& receipt) {
  format::Record record;
  record.add("operation", tr("Operation"), receipt.operation.value);
  record.add("card", tr("Card"), receipt.card.number);
  record.add("points", tr("Points"), points(receipt.points, receipt.unit));
  record.add("valid_through", tr("Usable through"), date_or_absent(receipt.valid_through));
  add_balance(record, receipt.balance, receipt.unit);
  record.add("replayed", receipt.is_replayed);
  return record;
}

}  // namespace loyal::cli
