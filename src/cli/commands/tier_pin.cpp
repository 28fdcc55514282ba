// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/tier_words.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/tiers.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string card, tier, until, reason;
  bool ends = false;
};

service::PinRequest request_of(Session& session, const Options& options) {
  service::PinRequest request{options.card, options.tier, read_date(session, options.until), options.reason,
                              options.ends};
  if (options.ends && (!options.tier.empty() || request.until))
    throw Error(Fault::usage, tr("{} takes neither a tier nor a day", "--end"));
  if (!options.ends && options.tier.empty()) throw Error(Fault::usage, tr("which tier?"), "loyal tier list");
  if (!options.ends && !request.until)
    throw Error(Fault::usage, tr("a tier given by hand ends on a day: give it with {}", "--until"),
                "--until 2026-12-31");
  return request;
}

void tier_pin(Session& session, const Options& options) {
  Writing writing(session);
  const service::PinReceipt receipt = service::pin_tier(writing.context(), request_of(session, options));
  format::Record record;
  record.add("card", tr("Card"), receipt.after.card.number);
  add_tier(record, receipt.after);
  record.add("replayed", "", receipt.is_replayed);
  const std::string& number = receipt.after.card.number;
  const std::string tier = tier_words(receipt.after.tier);
  const std::string line = receipt.after.standing.pinned_until
                               ? tr("card {}: {} until {}, whatever is bought", number, tier,
                                    to_string(*receipt.after.standing.pinned_until))
                               : tr("card {}: {}, by its purchases again", number, tier);
  writing.answer(line, record);
}

}  // namespace

void declare_tier_pin(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Gives a card a tier by hand until a day, after which its purchases decide again. A pin may also hold a card "
         "below what it has bought."));
  verb.operand("CARD", options.card, Value::card, N_("card number, phone, or part of the holder's name"));
  verb.operand("TIER", options.tier, Value::text, N_("the name of the tier")).optional();
  verb.flag("--until", options.until, Value::date, N_("the last day of it"));
  verb.flag("--reason", options.reason, Value::text, N_("why, for the history"));
  verb.flag("--end", options.ends, N_("end the pin: purchases decide again from today"));
  verb.example("loyal tier pin 2900000123458 Золото --until 2026-12-31 --reason \"друг дома\"");
  verb.example("loyal tier pin 2900000123458 --end");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { tier_pin(session, options); });
}

}  // namespace loyal::cli
