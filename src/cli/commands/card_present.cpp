// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/donations.hpp"

namespace loyal::cli {
namespace {

void card_present(Session& session, const std::string& text) {
  Writing writing(session);
  const service::PresentReceipt receipt =
      service::present_card(writing.context(), chosen_card(session, writing.context().store, text));
  const store::Donation& donation = receipt.donation;
  format::Record record;
  record.add("operation", tr("Operation"), receipt.operation.value);
  record.add("card", tr("Card"), receipt.card.number);
  record.add("holder", tr("Holder"), text_or_absent(receipt.holder));
  record.add("program", tr("Program"), receipt.program_slug);
  record.add("fund", tr("Fund"), receipt.fund.slug);
  record.add("donation", tr("Given"), money(donation.amount));
  record.add("donation_short", "", text_or_absent(donation.why_short));
  record.add("given_by_card", tr("Given by the card"), money(receipt.given_by_card));
  record.add("account", tr("Account"), money(receipt.account));
  record.add("currency", std::string("RUB"));
  note_short_donation(session, receipt.program_slug, donation);
  writing.answer(tr("card {}: {} given to {}; {} by this card in all", receipt.card.number, to_text(donation.amount),
                    receipt.fund.name, to_text(receipt.given_by_card)),
                 record);
}

}  // namespace

void declare_card_present(Verb& verb) {
  auto& card = verb.options<std::string>();
  verb.describes(
      N_("Presents a card of a charity program without a purchase: the company gives the sum that the program says. "
         "Where the account is empty, the presentation is counted and gives nothing."));
  verb.operand("CARD", card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.example("loyal card present 2900000123458");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&card](Session& session) { card_present(session, card); });
}

}  // namespace loyal::cli
