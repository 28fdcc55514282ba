// SPDX-License-Identifier: MIT
#include <ostream>

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/program_explained.hpp"
#include "loyal/cli/program_words.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/format/atomic_file.hpp"
#include "loyal/format/program_file.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string program;
  bool toml = false;
  bool explain = false;
  std::string audience;
};

void write_text(Session& session, const std::string& text) {
  const std::string& path = session.globals().output_path;
  if (path.empty()) {
    session.world().out << text;
    return;
  }
  format::AtomicFile file(path);
  file.write(text);
  file.commit();
}

void explain(Session& session, const domain::Program& program, bool is_for_cashiers) {
  const auto sentences = is_for_cashiers ? explained_to_cashiers(program) : explained_to_customers(program);
  if (session.for_programs()) {
    return session.list(program.title, {{"sentence", tr("Rule")}}, [&sentences](format::Sink& sink) {
      for (const std::string& sentence : sentences) sink.row(std::vector<format::Cell>{sentence});
    });
  }
  std::string text = sentences.front() + "\n\n";
  for (std::size_t i = 1; i < sentences.size(); ++i) text += (i == 1 ? "— " : "\n— ") + sentences[i];
  session.page(text);
}

void program_show(Session& session, const Options& options) {
  const service::Context context = session.reading();
  const store::ProgramRow row = service::find_program(context.store, options.program);
  const auto versions = store::versions(context.store, row.id);
  if (versions.empty())
    throw Error(Fault::not_found, tr("the opening of the program {} was undone", row.slug), "loyal program list");
  const store::VersionRow& newest = versions.back();
  if (options.toml) return write_text(session, newest.rules);
  if (options.explain || !options.audience.empty())
    return explain(session, format::read_program(newest.rules, row.slug), options.audience == "cashier");
  service::ProgramReceipt receipt;
  receipt.program = row;
  receipt.version = newest.number;
  receipt.applies_from = newest.applies_from;
  format::Record record = program_record(receipt);
  add_rules(record, format::read_program(newest.rules, row.slug));
  session.show(record);
}

}  // namespace

void declare_program_show(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Shows the rules of a program's newest version in plain words, or with --toml the text that was applied, byte "
         "for byte."));
  verb.operand("PROGRAM", options.program, Value::program, N_("slug or title; the only one unless given")).optional();
  verb.flag("--toml", options.toml, N_("the text itself, to be changed and applied"));
  verb.flag("--explain", options.explain, N_("the rules in whole sentences, to be hung up on the counter"));
  verb.flag("--for", options.audience, Value::choice, N_("whom the sentences are for")).one_of({"customer", "cashier"});
  verb.example("loyal program show coffee");
  verb.example("loyal program show coffee --explain");
  verb.example("loyal program show coffee --for cashier");
  verb.example("loyal program show coffee --toml -o coffee.toml");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { program_show(session, options); });
}

}  // namespace loyal::cli
