// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/sale_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

void sale_quote(Session& session, const SaleOptions& options) {
  // A wrong promo code is written down, so that nobody learns codes by asking.
  const service::SaleReceipt receipt =
      service::quote(options.promos.empty() ? session.reading() : session.writing(), sale_request(session, options));
  tell_left_out(session, receipt);
  if (receipt.donation) note_short_donation(session, receipt.program_slug, *receipt.donation);
  format::Record record = sale_record(receipt);
  record.add("reserved", receipt.reserved.count > 0 ? tr("Held by tills") : std::string{},
             points(receipt.reserved, receipt.unit));
  session.answer(sale_words(receipt) + "; " + balance_words(receipt.balance, receipt.unit) +
                     reserved_words(receipt.reserved, receipt.unit),
                 record);
}

}  // namespace

void declare_sale_quote(Verb& verb) {
  auto& options = verb.options<SaleOptions>();
  verb.describes(N_("Says what a purchase would cost and bring, and writes nothing: the same reckoning as sale add."));
  declare_sale_options(verb, options);
  verb.example("loyal sale quote 2900000123458 1250 --spend max");
  verb.can_end_with({Fault::not_found, Fault::refused});
  verb.runs([&options](Session& session) { sale_quote(session, options); });
}

}  // namespace loyal::cli
