// SPDX-License-Identifier: MIT
#include "loyal/service/give_back.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "loyal/base/apportion.hpp"
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/offers.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/referral.hpp"
#include "loyal/service/sale_gifts.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"
#include "loyal/store/promo_use.hpp"

namespace loyal::service {
namespace {

store::Blob digest_of(const Context& context, const ReturnRequest& request) {
  InputDigest digest(context);
  digest.add(request.receipt, request.card, request.amount, request.reason, request.at, request.is_void);
  for (const ReturnRequest::Part& part : request.parts) digest.add(part.line, part.quantity);
  return digest.finish();
}

Amount left_of(const domain::SoldLine& line) {
  return line.quantity - line.returned_quantity;
}

/// The quantities that come back, one per line; refuses more than is left.
std::vector<Amount> quantities(const ReturnRequest& request, const domain::SoldSale& sold, bool has_lines,
                               const store::Sale& sale) {
  std::vector<Amount> result(sold.lines.size());
  const bool nothing_left = std::all_of(sold.lines.begin(), sold.lines.end(),
                                        [](const domain::SoldLine& line) { return left_of(line).count == 0; });
  const std::string hint = command_on("loyal sale show", sale);
  if (nothing_left) throw Error(Fault::refused, tr("all of receipt {} has been returned already", sale.receipt), hint);
  if (request.amount) {
    if (has_lines) throw Error(Fault::usage, tr("this sale has lines: say which come back with --line N"), hint);
    if (request.amount->count <= 0) throw Error(Fault::usage, tr("a return is of more than nothing"));
    const Amount left = left_of(sold.lines.front());
    if (request.amount->count > left.count)
      throw Error(Fault::refused,
                  tr("receipt {} has goods worth {} left; {} cannot be returned", sale.receipt,
                     to_text(Money{left.count}), to_text(*request.amount)),
                  hint, {{"left", std::to_string(left.count)}});
    result.front() = {request.amount->count};
    return result;
  }
  if (request.parts.empty()) {
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = left_of(sold.lines[i]);
    return result;
  }
  if (!has_lines) throw Error(Fault::usage, tr("this sale has no lines: return a part of it with --amount"), hint);
  for (const ReturnRequest::Part& part : request.parts) {
    if (part.line < 1 || part.line > static_cast<std::int64_t>(sold.lines.size()))
      throw Error(Fault::not_found,
                  tr("receipt {} has no line {}; it has {}", sale.receipt, part.line, sold.lines.size()), hint);
    const auto index = static_cast<std::size_t>(part.line - 1);
    const Amount left = left_of(sold.lines[index]);
    const Amount quantity = part.quantity.value_or(left);
    if (quantity.count <= 0 && left.count > 0) throw Error(Fault::usage, tr("a return is of more than nothing"));
    if (quantity > left || left.count == 0)
      throw Error(Fault::refused,
                  tr("line {} of receipt {} has {} left; {} cannot be returned", part.line, sale.receipt, to_text(left),
                     to_text(quantity)),
                  hint, {{"left", std::to_string(left.count)}});
    result[index] = quantity;
  }
  return result;
}

/// Whether the returns up to this one took every piece; goods that cost nothing count too.
bool nothing_is_left(store::Database& database, const SaleReceipt& sale, ReturnId through) {
  std::map<std::int64_t, Amount> left;
  for (const store::SaleLine& line : sale.lines) left[line.line] = line.quantity;
  if (left.empty()) left[1] = whole_quantity(sale.sale);
  for (const store::SaleReturn& other : sale.returns)
    if (other.id <= through)
      for (const store::ReturnLine& line : store::return_lines(database, other.id)) left[line.line] -= line.quantity;
  return std::all_of(left.begin(), left.end(), [](const auto& line) { return line.second.count == 0; });
}

ReturnReceipt receipt_for(store::Database& database, Rules& rules, const store::SaleReturn& sale_return,
                          OperationId operation) {
  ReturnReceipt receipt;
  receipt.sale_return = sale_return;
  receipt.lines = store::return_lines(database, sale_return.id);
  receipt.sale = store::sale(database, sale_return.sale).value();
  const SaleReceipt sale = receipt_of(database, rules, receipt.sale, operation, sale_return.points_date);
  const CardId held_by = store::card_in_use(database, receipt.sale.card, operation);
  receipt.card_number = store::card(database, held_by).value().number;
  receipt.holder = sale.holder;
  receipt.unit = sale.unit;
  receipt.balance = sale.balance;
  receipt.gifts = gifts_returned(database, rules, receipt.sale.id, sale_return.id);
  receipt.is_full = nothing_is_left(database, sale, sale_return.id);
  for (const store::Entry& entry : store::entries_of(database, held_by, operation))
    if (entry.sale_return == sale_return.id && entry.kind == domain::EntryKind::clawback && entry.lot == entry.id)
      receipt.debt -= entry.points;
  return receipt;
}

/// Restores what was spent on the goods, then claws back what they earned.
void post(Operation& operation, Rules& rules, const store::Sale& sale, CardId card, const domain::Program& program,
          const domain::ReturnAssessment& assessment, store::SaleReturn& row, const std::vector<EntryId>& sale_lots,
          ShopId shop) {
  store::Database& database = operation.journal().database();
  Posting posting(operation.journal());
  Origin origin{sale.company,    shop,      sale.id, {operation.journal().next_id(store::History::sale_return)}, {},
                row.points_date, row.reason};
  for (const domain::RestoredLot& restored : assessment.restored_lots) {
    origin.issuer = restored.issuer;
    posting.credit(card, domain::EntryKind::restore, restored.points, origin,
                   {restored.usable_from, restored.valid_through}, restored.answers);
  }
  origin.issuer = sale.company;
  const auto lots = lots_on(database, program, card, posting.lots(card), row.points_date);
  const domain::Clawback clawback =
      domain::plan_clawback(program, assessment.claw_back, sale_lots, lots, sale.company, row.points_date);
  posting.debit(card, domain::EntryKind::clawback, clawback.debits, origin);
  if (clawback.debt.count > 0) posting.incur_debt(card, clawback.debt, origin);
  row.clawed_back = assessment.claw_back - clawback.forgiven;
  row.forgiven = clawback.forgiven;
  row.id = store::add_return(operation.journal(), row);
  for (const domain::LineReturn& line : assessment.lines)
    store::add_return_line(operation.journal(), row.id,
                           {static_cast<std::int64_t>(line.index) + 1, line.quantity, line.amount, line.discount,
                            line.points_money, line.paid, line.restored});
  if (assessment.is_full) store::release_promo_uses(operation.journal(), sale.id, row.id, row.points_date);
  origin.sale_return = row.id;
  return_gifts(operation.journal(), posting, rules, assessment, origin, row.at);
  Money left = sale.paid - row.paid;
  for (const store::SaleReturn& other : store::returns_of(database, sale.id))
    if (other.id != row.id) left -= other.paid;
  origin.reason = row.reason;
  claw_back_referral(database, posting, program, card, left, assessment.is_full, origin);
  posting.flush();
}

void require_voidable(const store::Sale& sale, Date today, bool has_returns) {
  const std::string hint = command_on("loyal sale return", sale);
  if (sale.at.date != today)
    throw Error(Fault::refused,
                tr("receipt {} is of {}; only a sale of today can be voided", sale.receipt, to_string(sale.at.date)),
                hint);
  if (has_returns)
    throw Error(Fault::refused, tr("something of receipt {} has been returned; return the rest", sale.receipt), hint);
}

/// Puts what a history says of points in the place of what the rules would do.
void apply(const ReturnRequest::Said& said, const domain::Program& program, const domain::SoldSale& sold, Date on,
           domain::ReturnAssessment& assessment) {
  std::vector<std::int64_t> spent_left;
  std::int64_t spent = 0;
  for (const domain::LineReturn& line : assessment.lines) {
    const domain::SoldLine& of = sold.lines.at(line.index);
    spent_left.push_back((of.sold.spent - of.restored).count);
    spent += spent_left.back();
  }
  if (said.restored.count > spent)
    throw Error(Fault::refused,
                tr("{} points cannot be restored: {} of what comes back was paid with points",
                   to_decimal(said.restored.count, program.unit.scale), to_decimal(spent, program.unit.scale)));
  const Points left = sold.earned - sold.clawed_back;
  if (said.clawed_back > left)
    throw Error(Fault::refused,
                tr("{} points cannot be taken back: the purchase has {} left of what it earned",
                   to_decimal(said.clawed_back.count, program.unit.scale), to_decimal(left.count, program.unit.scale)));
  const auto parts = apportion(said.restored.count, spent_left);
  for (std::size_t i = 0; i < parts.size(); ++i) assessment.lines[i].restored = {parts[i]};
  assessment.restored = said.restored;
  assessment.restored_lots = domain::restored_lots(program, sold.spends, said.restored, on);
  assessment.claw_back = said.clawed_back;
}

/// The rules under which a history takes back all that it says.
domain::Program that_forgives_nothing(const domain::Program& program) {
  domain::Program strict = program;
  strict.returns.policy = domain::ReturnPolicy::debt;
  strict.returns.debt_limit.reset();
  return strict;
}

}  // namespace

store::SaleReturn post_return(Operation& operation, const Context& context, Rules& rules, const ReturnRequest& request,
                              const store::Sale& sale) {
  const domain::Program& program = rules.version(sale.version).program;
  Context at_shop = context;
  if (at_shop.shop.empty()) at_shop.shop = store::shop(context.store, sale.shop).value().slug;
  const Moment moment = moment_of(at_shop, sale.company, request.at, program.zone);
  if (moment.at < sale.at)
    throw Error(Fault::usage, tr("a return cannot be before its sale of {}", to_string(sale.at)),
                command_on("loyal sale show", sale));

  const store::Shop sold_at = store::shop(context.store, sale.shop).value();
  const LocalTime sale_points_time =
      sold_at.zone == program.zone ? sale.at : Zone(program.zone).local(Zone(sold_at.zone).instant(sale.at));
  const Date on = moment.points_time.date;
  const domain::SoldSale sold = sold_sale(context.store, program, sale, sale_points_time, on);
  const bool has_lines = !store::sale_lines(context.store, sale.id).empty();
  if (request.is_void && !request.said)
    require_voidable(sale, moment.at.date, !store::returns_of(context.store, sale.id).empty());
  auto back = quantities(request, sold, has_lines, sale);
  if (!request.said)
    require_unused(context.store, program, sale, sold, on, request.amount.has_value() || request.is_void, back);
  auto assessment = domain::assess_return(program, sold, back, on);
  if (request.said) apply(*request.said, program, sold, on, assessment);

  store::SaleReturn row;
  row.operation = operation.id();
  row.sale = sale.id;
  row.kind = request.is_void ? "void" : "return";
  row.at = moment.at;
  row.points_date = on;
  row.amount = assessment.amount;
  row.discount = assessment.discount;
  row.points_money = assessment.points_money;
  row.paid = assessment.paid;
  row.restored = assessment.restored;
  row.reason = request.reason;
  post(operation, rules, sale, store::card_in_use(context.store, sale.card),
       request.said ? that_forgives_nothing(program) : program, assessment, row, lots_of_sale(context.store, sale),
       moment.shop.id);
  return row;
}

ReturnReceipt give_back(const Context& context, const ReturnRequest& request) {
  Operation operation(context, request.is_void ? "sale void" : "sale return", digest_of(context, request));
  Rules rules(context.store);
  if (operation.replayed()) {
    const auto stored = store::return_of_operation(context.store, operation.replayed());
    ReturnReceipt receipt = receipt_for(context.store, rules, stored.value(), operation.replayed());
    receipt.is_replayed = true;
    return receipt;
  }
  const store::Sale sale = request.sale ? store::sale(context.store, request.sale).value()
                                        : find_sale(context, request.receipt, request.card);
  const store::SaleReturn row = post_return(operation, context, rules, request, sale);
  ReturnReceipt receipt = receipt_for(context.store, rules, row, {});
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
