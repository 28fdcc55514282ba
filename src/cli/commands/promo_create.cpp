// SPDX-License-Identifier: MIT
#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/promo_options.hpp"
#include "loyal/cli/promo_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"

namespace loyal::cli {
namespace {

/// Codes that nothing will show again go to where the list goes, before anything is answered.
void show_made(Session& session, const service::CampaignReceipt& receipt) {
  const bool is_personal = std::any_of(receipt.made.begin(), receipt.made.end(),
                                       [](const service::MadeCode& code) { return !code.customer.empty(); });
  session.list(tr("Codes"),
               {{"code", tr("Code"), format::Kind::identifier},
                {"customer", tr("Customer"), format::Kind::name,
                 is_personal ? format::Shown::always : format::Shown::to_programs}},
               [&receipt](format::Sink& sink) {
                 for (const service::MadeCode& code : receipt.made)
                   sink.row(std::vector<format::Cell>{code.shown, text_or_absent(code.customer)});
               });
}

format::Record record_of(const service::CampaignReceipt& receipt) {
  format::Record record;
  record.add("operation", receipt.operation.value);
  record.add("campaign", receipt.campaign.slug);
  record.add("effect", std::string(domain::name(receipt.terms.effect.kind)));
  record.add("codes", receipt.codes);
  format::Record::List made;
  for (const service::MadeCode& code : receipt.made) {
    format::Record one;
    one.add("code", code.shown).add("customer", text_or_absent(code.customer));
    made.push_back(std::move(one));
  }
  record.list("made", {}, std::move(made));
  return record;
}

void promo_create(Session& session, const PromoOptions& options) {
  // A file that cannot be written must not be found out about when the campaign stands.
  if (!session.globals().output_path.empty())
    throw Error(Fault::usage, tr("codes are written to a file once they are made"),
                "loyal promo show " + shell_word(options.name) + " --codes -o codes.csv");
  Writing writing(session);
  service::CampaignReceipt receipt = service::create_campaign(writing.context(), campaign_of(session, options));
  // What is taken back is nothing to hand out.
  if (session.globals().dry_run) receipt.made.clear();
  const bool shows_codes = !session.for_programs() && !receipt.made.empty();
  if (shows_codes) show_made(session, receipt);
  if (receipt.is_replayed && options.is_secret)
    session.note(tr("secret codes are shown once: this key made them before"));
  writing.answer(
      trn("{} code made for campaign {}", "{} codes made for campaign {}", receipt.codes, receipt.campaign.slug),
      record_of(receipt));
  const std::string name = shell_word(receipt.campaign.slug);
  writing.next(shows_codes ? "loyal promo show " + name : "loyal promo show " + name + " --codes -o codes.csv");
}

}  // namespace

void declare_promo_create(Verb& verb) {
  auto& options = verb.options<PromoOptions>();
  verb.describes(
      N_("Opens a campaign and makes its codes. Nothing is written where the codes could be guessed: there are a "
         "million possible codes for each that is worth money or points, and ten thousand for each percent."));
  verb.describes(
      N_("On a receipt the card's discount comes first, then percent codes (the larger first), special prices and "
         "free pieces, sums, and then what points and gift cards pay. Of codes that do not go together the better "
         "alone applies."));
  declare_promo_options(verb, options);
  verb.example(
      "loyal promo create SPRING --count 500 --pattern \"SPRING-****-****\" --discount 10% --until 2026-12-31");
  verb.example("loyal promo create ДРУГ --code ДРУГ2026 --off 300 --min-amount 1500 --new-customers");
  verb.example("loyal promo create ночь --password ru --discount 15% --hours 20:00-23:00 --uses 100");
  verb.example("loyal promo create юбилей --each-customer --points 500 --program coffee");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { promo_create(session, options); });
}

}  // namespace loyal::cli
