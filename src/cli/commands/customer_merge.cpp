// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/merge_customers.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string from, into;
};

format::Record merge_record(const service::MergeReceipt& receipt) {
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("from", receipt.from.id.value);
  record.add("into", receipt.into.id.value);
  record.add("taken", fmt::format("{}", fmt::join(receipt.taken, ",")));
  record.add("consents", receipt.consents);
  format::Record::List cards;
  for (const service::MergedCard& merged : receipt.cards) {
    format::Record row;
    row.add("card", merged.card.number);
    row.add("merged_into", text_or_absent(merged.into_number));
    add_moved(row, merged.moved, merged.unit);
    cards.push_back(std::move(row));
  }
  record.list("cards", {}, std::move(cards));
  return record;
}

void customer_merge(Session& session, const Options& options) {
  Writing writing(session);
  store::Database& database = writing.context().store;
  const std::string from = chosen_customer(session, database, options.from);
  const service::MergeReceipt receipt =
      service::merge_customers(writing.context(), from, chosen_customer(session, database, options.into));
  for (const service::MergedCard& merged : receipt.cards) {
    if (merged.into_number.empty()) {
      session.note(tr("card {} goes on as it is, now of {}", merged.card.number, customer_name(receipt.into)));
      continue;
    }
    const std::string moved = moved_words(merged.moved, merged.unit);
    session.note(moved.empty() ? tr("card {} was merged into {}", merged.card.number, merged.into_number)
                               : tr("card {} was merged into {}: {}", merged.card.number, merged.into_number, moved));
  }
  writing.answer(
      tr("customer #{} is now {}, #{}", receipt.from.id.value, customer_name(receipt.into), receipt.into.id.value),
      merge_record(receipt));
  writing.next(fmt::format("loyal customer show \"#{}\"", receipt.into.id.value));
}

}  // namespace

void declare_customer_merge(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Makes two records of one person one: the cards, consents and points of the first become the second's, and "
         "phone, e-mail and birthday where the second has none. Where both hold a card of a program, the points move "
         "with their dates and the first card is withdrawn, so that limits and presents given once count for one "
         "person. It can be undone."));
  verb.operand("FROM", options.from, Value::customer, N_("the record that ends: phone, e-mail, name, or #ID"));
  verb.operand("INTO", options.into, Value::customer, N_("the record that stays"));
  verb.example("loyal customer merge \"#12\" \"#7\"");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { customer_merge(session, options); });
}

}  // namespace loyal::cli
