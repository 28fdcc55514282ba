// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/program_text.hpp"
#include "loyal/cli/program_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/cli/writing.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string file, from;
};

void program_apply(Session& session, const Options& options) {
  Writing writing(session);
  const std::optional<Date> from = read_date(session, options.from);
  const service::ProgramReceipt receipt = service::apply_program(writing.context(), program_text(session, options.file),
                                                                 program_text_name(options.file), from);
  const std::string& slug = receipt.program.slug;
  const std::string from_text = to_string(receipt.applies_from);
  if (receipt.is_unchanged)
    writing.answer(tr("program {} says so already: version {} from {}", slug, receipt.version, from_text),
                   program_record(receipt));
  else if (receipt.is_new)
    writing.answer(
        tr("program {} opened: {}, version {} from {}", slug, receipt.program.kind, receipt.version, from_text),
        program_record(receipt));
  else
    writing.answer(tr("program {} changed: version {} from {}", slug, receipt.version, from_text),
                   program_record(receipt));
  writing.next("loyal program show " + slug);
}

}  // namespace

void declare_program_apply(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Opens the program that a text describes, or makes a new version of the one with its slug. Sales keep the "
         "version that they "
         "were made under. The same text again changes nothing."));
  verb.operand("FILE", options.file, Value::file, N_("the program's text (TOML); - is stdin"));
  verb.flag("--from", options.from, Value::date, N_("the first day of the new version; today unless given"));
  verb.example("loyal program apply samples/programs/stamp.toml");
  verb.example("loyal program show coffee --toml | sed s/5%/7%/ | loyal program apply - --from 2026-06-01");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { program_apply(session, options); });
}

}  // namespace loyal::cli
