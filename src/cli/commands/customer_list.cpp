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

void customer_list(Session& session, const std::string& find) {
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
        service::each_customer(context.store, find, [&](const store::Customer& customer, std::int64_t cards) {
          if (!sight.sees(customer)) return;
          sink.row(std::vector<Cell>{customer.id.value, text_or_absent(customer.name), text_or_absent(customer.phone),
                                     text_or_absent(customer.email), date_or_absent(customer.birthday),
                                     text_or_absent(customer.tags), text_or_absent(customer.note), cards});
        });
      });
}

}  // namespace

void declare_customer_list(Verb& verb) {
  auto& find = verb.options<std::string>();
  verb.describes(
      N_("Lists the customers by name. With --find, only those whose name, phone or tags have the text: capitals, ё or "
         "е and the way in "
         "which a phone is written make no difference."));
  verb.flag("--find", find, Value::text, N_("part of a name, phone or tag"));
  verb.example("loyal customer list");
  verb.example("loyal customer list --find орлова");
  verb.example("loyal customer list -o customers.xlsx");
  verb.runs([&find](Session& session) { customer_list(session, find); });
}

}  // namespace loyal::cli
