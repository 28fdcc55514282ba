// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/suggest.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, customer, referred_by;
};

void refuse_swapped(store::Database& database, const Options& options) {
  const bool is_swapped = !store::card_by_code(database, service::code_of(options.card)) &&
                          store::card_by_code(database, service::code_of(options.customer));
  if (!is_swapped) return;
  const std::vector<std::string> words = {"card", "assign", options.customer, options.card};
  throw Error(Fault::usage,
              tr("\"{}\" is a card and no customer; did you mean them the other way round?", visible(options.customer)),
              shell_line(words));
}

void card_assign(Session& session, const Options& options) {
  Writing writing(session);
  store::Database& database = writing.context().store;
  refuse_swapped(database, options);
  const store::Card card = service::assign_card(
      writing.context(), options.card, chosen_customer(session, database, options.customer), options.referred_by);
  const auto holder = store::customer(database, card.customer);
  writing.answer(tr("card {} belongs to {}", card.number, holder ? customer_name(*holder) : std::string{}),
                 card_record(database, card));
  writing.next(fmt::format("loyal sale add {} 1250.00", card.number));
}

}  // namespace

void declare_card_assign(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Gives a card that nobody holds to a customer."));
  verb.operand("CARD", options.card, Value::card, N_("card number"));
  verb.operand("CUSTOMER", options.customer, Value::customer, N_("phone, e-mail, part of the name, or #ID"));
  verb.flag("--referred-by", options.referred_by, Value::card, N_("card of who brought this customer"));
  verb.example("loyal card assign 2900000000018 \"Анна Орлова\"");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { card_assign(session, options); });
}

}  // namespace loyal::cli
