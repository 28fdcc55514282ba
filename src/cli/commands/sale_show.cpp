// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string receipt, card;
};

void sale_show(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const store::Sale sale = service::find_sale(context, options.receipt, options.card);
  service::Rules rules(context.store);
  session.show(sale_record(service::receipt_of(context.store, rules, sale, {}, today(session))));
}

}  // namespace

void declare_sale_show(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_("Shows a sale with its lines, what it earned by which rule, and what came back of it."));
  verb.operand("RECEIPT", options.receipt, Value::receipt, N_("the receipt of the sale")).optional();
  verb.flag("--card", options.card, Value::card, N_("without a receipt: the last sale of this card"));
  verb.example("loyal sale show 000123");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { sale_show(session, options); });
}

}  // namespace loyal::cli
