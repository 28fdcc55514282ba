// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/program_options.hpp"
#include "loyal/cli/program_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"

namespace loyal::cli {
namespace {

void program_add(Session& session, const ProgramOptions& options) {
  Writing writing(session);
  const service::ProgramReceipt receipt = service::add_program(writing.context(), program_of(options));
  writing.answer(tr("program {} opened: {}, version {} from {}", receipt.program.slug, receipt.program.kind,
                    receipt.version, to_string(receipt.applies_from)),
                 program_record(receipt));
  writing.next("loyal card issue " + receipt.program.slug + " --count 100");
}

}  // namespace

void declare_program_add(Verb& verb) {
  auto& options = verb.options<ProgramOptions>();
  verb.describes(
      N_("Opens a card program of the common kinds. The flags are written as a text of rules, which `program show "
         "--toml` gives and "
         "`program apply` takes back after a change; what flags cannot say is said there."));
  declare_program_options(verb, options);
  verb.example("loyal program add bonus --slug coffee --earn 5% --expire 12m --spend-max 50%");
  verb.example("loyal program add discount --slug five --discount 5%");
  verb.example("loyal program add charity --slug kind --donate 1.00 --fund \"Подари жизнь\"");
  verb.example("loyal program add club --slug street --member zerno --member kniga --earn 3%");
  verb.can_end_with({Fault::not_found, Fault::conflict});
  verb.writes();
  verb.runs([&options](Session& session) { program_add(session, options); });
}

}  // namespace loyal::cli
