// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/clubs.hpp"
#include "loyal/service/customers.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;
using format::Shown;

struct Options {
  std::string find, channel;
  bool for_ads = false;
};

void customer_list(Session& session, const Options& options) {
  if (!options.channel.empty() && !options.for_ads)
    throw Error(Fault::usage, tr("--channel goes with --for-ads"), "loyal customer list --for-ads --channel sms");
  const service::Context context = session.reading();
  service::CustomerSight sight(context);
  session.list(
      tr("Customers"),
      {{"id", tr("No."), Kind::integer},
       {"name", tr("Full name"), Kind::name},
       {"phone", tr("Phone"), Kind::identifier},
       {"email", tr("E-mail"), Kind::text, Shown::wide_only},
       {"birthday", tr("Birthday"), Kind::date, Shown::wide_only},
       {"tags", tr("Tags"), Kind::text, Shown::wide_only},
       {"note", tr("Note"), Kind::text, Shown::to_programs},
       {"cards", tr("Cards"), Kind::integer}},
      [&](format::Sink& sink) {
        service::each_customer(context.store, options.find, [&](const store::Customer& customer, std::int64_t cards) {
          if (!sight.sees(customer)) return;
          if (options.for_ads &&
              !service::agrees_to_advertising(store::consents(context.store, customer.id), options.channel))
            return;
          sink.row(std::vector<Cell>{customer.id.value, text_or_absent(customer.name), text_or_absent(customer.phone),
                                     text_or_absent(customer.email), date_or_absent(customer.birthday),
                                     text_or_absent(customer.tags), text_or_absent(customer.note), cards});
        });
      });
}

}  // namespace

void declare_customer_list(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists the customers by name. With --find, only those whose name, phone or tags have the text: capitals, ё or "
         "е and the way in "
         "which a phone is written make no difference."));
  verb.flag("--find", options.find, Value::text, N_("part of a name, phone or tag"));
  verb.flag("--for-ads", options.for_ads, N_("only those who agreed to advertising, and have not taken that back"));
  verb.flag("--channel", options.channel, Value::text, N_("with --for-ads: by this way, as sms or email"));
  verb.example("loyal customer list");
  verb.example("loyal customer list --find орлова");
  verb.example("loyal customer list -o customers.xlsx");
  verb.example("loyal customer list --for-ads --channel sms -o sms.csv");
  verb.runs([&options](Session& session) { customer_list(session, options); });
}

}  // namespace loyal::cli
