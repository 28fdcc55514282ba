// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/cli/card_options.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/verb.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/spoil.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::vector<std::string> cards;
  CardOptions range;
  std::string reason;
};

void code_spoil(Session& session, const Options& options) {
  const bool by_range = !options.range.from.empty() || !options.range.to.empty() || options.range.batch;
  if (options.cards.empty() == !by_range)
    throw Error(Fault::usage,
                options.cards.empty() ? tr("which cards? name them, or their range with --from, --to or --batch")
                                      : tr("name cards, or a range of them; not both"),
                "loyal code spoil --from 2900000000018 --to 2900000000247");
  Writing writing(session);
  service::SpoilRequest request;
  request.cards = options.cards;
  request.by_filter = by_range;
  request.filter = card_filter(writing.context().store, options.range);
  if (by_range) request.filter.state = "active";
  request.reason = options.reason.empty() ? tr("spoiled in print") : options.reason;
  const service::SpoilReceipt receipt = service::spoil_cards(writing.context(), request);
  const auto count = static_cast<std::int64_t>(receipt.cards.size());
  format::Record record;
  record.add("operation", receipt.operation.value).add("cards", count);
  record.add("first_number", receipt.cards.front().number).add("last_number", receipt.cards.back().number);
  record.add("reason", receipt.cards.front().state_reason);
  writing.answer(count == 1 ? tr("card {} is spoiled and will not be issued", receipt.cards.front().number)
                            : trn("{} card is spoiled and will not be issued: {} to {}",
                                  "{} cards are spoiled and will not be issued: {} to {}", count,
                                  receipt.cards.front().number, receipt.cards.back().number),
                 std::move(record));
  writing.next(fmt::format("loyal card issue {} --count {}", receipt.program, count));
}

}  // namespace

void declare_code_spoil(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Marks cards whose print was spoiled, so that they are never handed over: they are withdrawn. Cards that "
         "somebody holds or has used are refused: those are printed again by \"code sheet --from --to\". What was "
         "marked by mistake comes back by undo."));
  verb.operand("CARD", options.cards, Value::card, N_("numbers of the spoiled cards")).optional();
  verb.flag("--from", options.range.from, Value::card, N_("or all that were issued from this one on"));
  verb.flag("--to", options.range.to, Value::card, N_("up to this one"));
  verb.flag("--batch", options.range.batch, Value::operation, N_("only cards that this operation issued"));
  verb.flag("--program", options.range.program, Value::program, N_("only cards of this program"));
  verb.flag("--reason", options.reason, Value::text, N_("why; shown with the card"));
  verb.example("loyal code spoil 2900000000018");
  verb.example("loyal code spoil --batch 7 --from 2900000000018 --to 2900000000247");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { code_spoil(session, options); });
}

}  // namespace loyal::cli
