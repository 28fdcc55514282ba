// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/code_records.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/writing.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string code;
};

void code_remove(Session& session, const Options& options) {
  Writing writing(session);
  const service::CodeReceipt receipt = service::remove_code(writing.context(), options.code);
  writing.answer(tr("code {} taken off card {}", receipt.code.text, receipt.card.number), code_record(receipt));
}

}  // namespace

void declare_code_remove(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Takes a code off its card: nothing is found by it any more, and no other card gets it, so that an old print "
         "opens nothing. The card's own number stays."));
  verb.operand("CODE", options.code, Value::text, N_("what the symbol says"));
  verb.example("loyal code remove KEY-4711");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.writes();
  verb.runs([&options](Session& session) { code_remove(session, options); });
}

}  // namespace loyal::cli
