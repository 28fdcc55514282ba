// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/cards.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

format::Record card_row(const store::CardListing& listing, const domain::Unit& unit) {
  format::Record record;
  record.add("number", tr("Card"), listing.card.number);
  record.add("program", tr("Program"), listing.program_slug);
  record.add("state", tr("State"), name_cell(listing.card.state));
  record.add("balance", tr("Balance"), points(listing.active, unit));
  record.add("pending", tr("Pending"), points(listing.pending, unit));
  record.add("debt", tr("Owed"), points(listing.debt, unit));
  record.add("scale", std::int64_t{unit.scale});
  return record;
}

format::Record consent_row(const store::Consent& consent) {
  format::Record record;
  record.add("kind", tr("Consent"), name_cell(consent.kind));
  record.add("channel", tr("Channel"), text_or_absent(consent.channel));
  record.add("given", tr("Given"), consent.given);
  record.add("at", tr("Time"), consent.at);
  record.add("place", tr("Place"), text_or_absent(consent.place));
  record.add("operator", tr("Taken by"), text_or_absent(consent.operator_name));
  return record;
}

void customer_show(Session& session, const std::string& text) {
  const service::Context context = session.reading();
  const store::Customer customer = service::find_customer(context.store, chosen_customer(session, context.store, text));
  service::require_sight(context, customer);
  format::Record record = customer_record(customer);
  format::Record::List cards;
  store::CardFilter filter;
  filter.customer = customer.id;
  service::each_card(context, filter, [&cards](const store::CardListing& listing, const domain::Unit& unit) {
    cards.push_back(card_row(listing, unit));
  });
  record.list("cards", tr("Cards"), std::move(cards));
  format::Record::List consents;
  for (const store::Consent& consent : store::consents(context.store, customer.id))
    consents.push_back(consent_row(consent));
  record.list("consents", tr("Consents"), std::move(consents));
  session.show(record);
}

}  // namespace

void declare_customer_show(Verb& verb) {
  auto& customer = verb.options<std::string>();
  verb.describes(N_("Shows a customer with the cards, what each holds today, and the consents given."));
  verb.operand("CUSTOMER", customer, Value::customer, N_("phone, e-mail, part of the name, or #ID"));
  verb.example("loyal customer show \"8 916 123-45-67\"");
  verb.can_end_with({Fault::not_found});
  verb.runs([&customer](Session& session) { customer_show(session, customer); });
}

}  // namespace loyal::cli
