// SPDX-License-Identifier: MIT
#include "loyal/cli/card_options.hpp"

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/verb.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {

void declare_card_options(Verb& verb, CardOptions& options) {
  verb.flag("--program", options.program, Value::program, N_("only cards of this program"));
  verb.flag("--state", options.state, Value::choice, N_("only cards in this state"))
      .one_of({"active", "blocked", "withdrawn"});
  verb.flag("--unassigned", options.unassigned, N_("only cards that nobody holds"));
  verb.flag("--batch", options.batch, Value::operation, N_("only cards that this operation issued"));
}

store::CardFilter card_filter(store::Database& database, const CardOptions& options) {
  store::CardFilter filter;
  if (!options.program.empty()) filter.program = service::find_program(database, options.program).id;
  filter.state = options.state;
  filter.only_unassigned = options.unassigned;
  filter.batch = {options.batch.value_or(0)};
  if (options.batch && store::cards_of_operation(database, filter.batch).empty())
    throw Error(Fault::not_found, tr("operation {} issued no cards", *options.batch), "loyal card list");
  if (!options.from.empty()) filter.from = service::find_card(database, options.from).id;
  if (!options.to.empty()) filter.to = service::find_card(database, options.to).id;
  if (filter.from && filter.to && filter.to < filter.from)
    throw Error(Fault::usage, tr("card {} was issued after {}", options.from, options.to));
  return filter;
}

}  // namespace loyal::cli
