// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/customers.hpp"

namespace loyal::cli {
namespace {

void customer_edit(Session& session, service::CustomerEdit edit) {
  if (!edit.name && !edit.phone && !edit.email && !edit.birthday && !edit.tags && !edit.note)
    throw Error(Fault::usage, tr("nothing was said to be changed"), "loyal customer edit --help");
  Writing writing(session);
  edit.customer = chosen_customer(session, writing.context().store, edit.customer);
  const store::Customer customer = service::edit_customer(writing.context(), edit);
  writing.answer(tr("customer {}, #{}, changed", customer_name(customer), customer.id.value),
                 customer_record(customer));
  writing.next(fmt::format("loyal customer show \"#{}\"", customer.id.value));
}

}  // namespace

void declare_customer_edit(Verb& verb) {
  auto& edit = verb.options<service::CustomerEdit>();
  verb.describes(N_("Changes what is given and leaves the rest; an empty value is taken away."));
  verb.operand("CUSTOMER", edit.customer, Value::customer, N_("phone, e-mail, part of the name, or #ID"));
  verb.flag("--name", edit.name, Value::text, N_("name"));
  verb.flag("--phone", edit.phone, Value::text, N_("telephone"));
  verb.flag("--email", edit.email, Value::text, N_("e-mail address"));
  verb.flag("--birthday", edit.birthday, Value::text, N_("birthday")).called("DATE");
  verb.flag("--tags", edit.tags, Value::text, N_("words of your own, separated by commas"));
  verb.flag("--note", edit.note, Value::text, N_("a note of your own"));
  verb.flag("--force", edit.force, N_("take a phone that another customer has"));
  verb.example("loyal customer edit \"Анна Орлова\" --birthday 1990-05-17");
  verb.example("loyal customer edit \"#12\" --note \"\"");
  verb.can_end_with({Fault::not_found, Fault::conflict});
  verb.writes();
  verb.runs([&edit](Session& session) { customer_edit(session, edit); });
}

}  // namespace loyal::cli
