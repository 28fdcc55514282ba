// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/message.hpp"
#include "loyal/cli/choices.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"
#include "loyal/service/customers.hpp"
#include "loyal/store/program.hpp"

namespace loyal::cli {
namespace {

constexpr std::size_t programs_shown = 3;

void customer_add(Session& session, const service::CustomerRequest& request) {
  Writing writing(session);
  const store::Customer customer = service::add_customer(writing.context(), request);
  writing.answer(tr("customer {} added as #{}", customer_name(customer), customer.id.value), customer_record(customer));
  std::vector<std::string> programs;
  const auto all = store::programs(writing.context().store);
  for (const store::ProgramRow& program : all)
    if (program.state == "active" && program.company == customer.company) programs.push_back(program.slug + " ");
  if (programs.empty()) return writing.next("loyal program add bonus --slug coffee --earn 5% --expire 12m");
  // The only program is implied; of several, the card's must be named.
  if (all.size() == 1) programs.front().clear();
  for (std::size_t i = 0; i < programs.size() && i < programs_shown; ++i)
    writing.next(fmt::format("loyal card issue {}--customer \"#{}\"", programs[i], customer.id.value));
}

}  // namespace

void declare_customer_add(Verb& verb) {
  auto& request = verb.options<service::CustomerRequest>();
  verb.describes(
      N_("Adds a person who may hold cards: a name, a phone or an e-mail address is enough. A phone may be written in "
         "any of the usual "
         "ways and belongs to one customer. Each consent is recorded with its time and who took it."));
  verb.flag("--name", request.name, Value::text, N_("name"));
  verb.flag("--phone", request.phone, Value::text, N_("telephone"));
  verb.flag("--email", request.email, Value::text, N_("e-mail address"));
  verb.flag("--birthday", request.birthday, Value::date, N_("birthday"));
  verb.flag("--tags", request.tags, Value::text, N_("words of your own, separated by commas"));
  verb.flag("--note", request.note, Value::text, N_("a note of your own"));
  verb.flag("--consent", request.consents, Value::text,
            N_("a consent that was given: data, advertising, advertising:sms, sharing"))
      .called(N_("KIND"));
  verb.flag("--force", request.force, N_("take a phone that another customer has"));
  verb.example("loyal customer add --name \"Анна Орлова\" --phone \"8 (916) 123-45-67\" --consent data");
  verb.can_end_with({Fault::not_found, Fault::conflict});
  verb.writes();
  verb.runs([&request](Session& session) { customer_add(session, request); });
}

}  // namespace loyal::cli
