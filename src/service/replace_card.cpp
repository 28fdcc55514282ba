// SPDX-License-Identifier: MIT
#include "loyal/service/replace_card.hpp"

#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/service/card_number.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/lookup.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/sell.hpp"
#include "loyal/store/card_code.hpp"

namespace loyal::service {
namespace {

ReplaceReceipt receipt_for(const Context& context, CardId from, CardId into, const domain::Program& program) {
  ReplaceReceipt receipt;
  receipt.old_card = store::card(context.store, from).value();
  receipt.new_card = store::card(context.store, into).value();
  if (const auto holder = store::customer(context.store, receipt.new_card.customer)) receipt.holder = holder->name;
  receipt.unit = program.unit;
  receipt.holds_points = program.kind != domain::Kind::discount;
  return receipt;
}

ReplaceReceipt replay(const Context& context, OperationId operation) {
  const store::CardLink link = store::links_of_operation(context.store, operation).front();
  Rules rules(context.store);
  const ProgramId program = store::card(context.store, link.card).value().program;
  ReplaceReceipt receipt = receipt_for(context, link.card, link.into, rules.newest(program).program);
  receipt.moved = moved_by(context.store, operation, link.card, link.into);
  receipt.codes_moved = static_cast<std::int64_t>(store::card_codes_of_operation(context.store, operation).size()) / 2;
  receipt.operation = operation;
  return receipt;
}

/// The card that is handed over: one from the stack, or a new one under the number.
store::Card other_card(Operation& operation, const ReplaceRequest& request, const store::Card& old_card, Date on) {
  store::Database& database = operation.journal().database();
  const std::string number = request.number.empty() ? next_number_like(database, old_card.number) : request.number;
  if (const auto found = store::card_by_code(database, code_of(number))) {
    if (found->id == old_card.id)
      throw Error(Fault::refused, tr("card {} cannot replace itself", found->number),
                  fmt::format("loyal card replace {}", found->number));
    if (found->program != old_card.program)
      throw Error(Fault::refused, tr("card {} belongs to another program", found->number), "loyal card list");
    if (!store::is_blank(database, *found))
      throw Error(Fault::conflict, tr("card {} has been used already, or somebody holds it", found->number),
                  fmt::format("loyal card replace {}", old_card.number));
    return *found;
  }
  if (const std::string flaw = card_number_flaw(number); !flaw.empty())
    throw Error(Fault::usage, flaw, fmt::format("loyal card replace {}", old_card.number));
  const CardId id = store::add_card(operation.journal(), old_card.program, number, code_of(number), on);
  return store::card(database, id).value();
}

}  // namespace

ReplaceReceipt replace_card(const Context& context, const ReplaceRequest& request) {
  InputDigest digest(context);
  digest.add(request.card, request.number, request.reason);
  if (request.with_codes) digest.add(request.with_codes);
  Operation operation(context, "card replace", digest.finish());
  if (operation.replayed()) return replay(context, operation.replayed());
  const store::Card old_card = find_card(context.store, request.card);
  if (old_card.state == "withdrawn") refuse_withdrawn(context.store, old_card);
  Rules rules(context.store);
  const domain::Program& program = rules.newest(old_card.program).program;
  const CompanyId company = store::program(context.store, old_card.program).value().company;
  const Moment moment = moment_of(context, company, std::nullopt, program.zone);
  const Date on = moment.points_time.date;
  const store::Card new_card = other_card(operation, request, old_card, on);

  Posting posting(operation.journal());
  const MovedPoints moved = move_everything(posting, context.store, program, old_card.id, new_card.id,
                                            {company, moment.shop.id, {}, {}, {}, on, request.reason});
  posting.flush();
  store::Card after = new_card;
  after.customer = old_card.customer;
  if (after.customer) store::update_card(operation.journal(), new_card, after);
  after = old_card;
  after.state = "withdrawn";
  if (!request.reason.empty()) after.state_reason = tidy_name(request.reason);
  store::update_card(operation.journal(), old_card, after);
  store::add_card_link(operation.journal(), old_card.id, new_card.id, "replace", on);
  const auto codes = store::codes_of(context.store, old_card.id);
  if (request.with_codes)
    for (const store::CardCode& code : codes) store::move_card_code(operation.journal(), code, new_card.id);
  ReplaceReceipt receipt = receipt_for(context, old_card.id, new_card.id, program);
  receipt.moved = moved;
  (request.with_codes ? receipt.codes_moved : receipt.codes_left) = static_cast<std::int64_t>(codes.size());
  receipt.operation = operation.id();
  operation.commit();
  return receipt;
}

}  // namespace loyal::service
