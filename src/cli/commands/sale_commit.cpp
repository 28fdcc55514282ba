// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/sale_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/reserve.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::int64_t reservation = 0;
  std::string receipt;
};

void sale_commit(Session& session, const Options& options) {
  Writing writing(session);
  const service::SaleReceipt receipt = service::commit_sale(writing.context(), {options.reservation}, options.receipt);
  if (receipt.is_replayed)
    session.note(tr("reservation {} was committed already; nothing changed", options.reservation));
  format::Record record = sale_record(receipt);
  record.add("reservation", options.reservation);
  session.answer(sale_words(receipt) + "; " + balance_words(receipt.balance, receipt.unit), record);
}

void sale_release(Session& session, const Options& options) {
  Writing writing(session);
  const service::Released released = service::release_sale(writing.context(), {options.reservation});
  if (released.is_replayed)
    session.note(tr("reservation {} was released already; nothing changed", options.reservation));
  format::Record record;
  record.add("reservation", released.id.value);
  record.add("operation", released.operation.value);
  record.add("card", released.card.number);
  record.add("points", points(released.points, released.unit));
  record.add("scale", std::int64_t{released.unit.scale});
  session.answer(released.points.count > 0
                     ? tr("reservation {} released: {} of card {} can be spent again", released.id.value,
                          service::points_text(released.points, released.unit), released.card.number)
                     : tr("reservation {} of card {} released", released.id.value, released.card.number),
                 record);
}

}  // namespace

void declare_sale_commit(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "The second half of a sale: posts exactly what sale reserve priced, with every limit checked again. Once it is "
      "committed, the same command answers the same sale. Refused when the fifteen minutes are over."));
  verb.operand("RESERVATION", options.reservation, Value::number, N_("its number, as sale reserve answered it"));
  verb.flag("--receipt", options.receipt, Value::receipt, N_("receipt number, where it was not known before"));
  verb.example("loyal sale commit 17 --receipt 000123");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { sale_commit(session, options); });
}

void declare_sale_release(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Gives up a sale that was reserved: what it held can be spent again at once."));
  verb.operand("RESERVATION", options.reservation, Value::number, N_("its number, as sale reserve answered it"));
  verb.example("loyal sale release 17");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { sale_release(session, options); });
}

}  // namespace loyal::cli
