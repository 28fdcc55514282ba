// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/sale_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/reserve.hpp"

namespace loyal::cli {
namespace {

/// "12:15:00" of a time of today.
std::string clock_words(LocalTime time) {
  return to_string(time).substr(to_string(time.date).size() + 1);
}

void sale_reserve(Session& session, const SaleOptions& options) {
  Writing writing(session);
  const service::Reserved reserved = service::reserve_sale(writing.context(), sale_request(session, options));
  if (reserved.is_replayed) session.note(tr("it is reserved already, as {}; nothing changed", reserved.id.value));
  format::Record record = sale_record(reserved.sale);
  record.add("reservation", reserved.id.value);
  record.add("until", reserved.until);
  session.answer(
      tr("reservation {} until {}: {}", reserved.id.value, clock_words(reserved.until), sale_words(reserved.sale)),
      record);
  writing.next(fmt::format("loyal sale commit {}", reserved.id.value));
}

}  // namespace

void declare_sale_reserve(Verb& verb) {
  auto& options = verb.options<SaleOptions>();
  verb.describes(
      N_("The first half of a sale for tills that take money in between: prices it, and holds the points and the gift "
         "money that it would take for fifteen minutes, so that no other till spends them. Then comes sale commit or "
         "sale release; without either, what was held is free again when the time is over."));
  declare_sale_options(verb, options);
  verb.flag("--quote", options.quote, Value::text,
            N_("the quote that was shown to the buyer: refused if it no longer holds"));
  verb.flag("--receipts-restart-daily", options.restart_daily, N_("receipt numbers begin anew each day"));
  verb.example("loyal sale reserve 2900000123458 1250 --spend 200");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { sale_reserve(session, options); });
}

}  // namespace loyal::cli
