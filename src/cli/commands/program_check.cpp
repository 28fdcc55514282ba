// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/program_text.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/format/program_file.hpp"

namespace loyal::cli {
namespace {

using format::Cell;
using format::Kind;

struct Options {
  std::string file;
};

void program_check(Session& session, const Options& options) {
  const std::string text = program_text(session, options.file);
  const std::string name = program_text_name(options.file);
  const domain::Program program = format::read_program(text, name);
  const auto tests = format::read_program_tests(text, name);
  long long failed = 0;
  session.list(
      tr("Tests of {}", program.slug),
      {{"test", tr("Test")},
       {"line", tr("Line"), Kind::integer},
       {"holds", tr("Holds"), Kind::boolean},
       {"what", tr("Of"), Kind::text},
       {"expected", tr("Expected"), Kind::text},
       {"found", tr("Found"), Kind::text}},
      [&](format::Sink& sink) {
        for (const domain::ProgramTest& test : tests) {
          const auto differences = domain::run(program, test);
          const std::int64_t line = test.line;
          if (differences.empty()) sink.row(std::vector<Cell>{test.name, line, true, {}, {}, {}});
          for (const domain::Difference& difference : differences)
            sink.row(std::vector<Cell>{test.name, line, false, difference.what, difference.expected, difference.found});
          failed += differences.empty() ? 0 : 1;
        }
      });
  if (failed > 0)
    throw Error(
        Fault::refused,
        trn("{} of {} test fails", "{} of {} tests fail", static_cast<long long>(tests.size()), failed, tests.size()),
        tr("mend the rules or the tests: {}", name));
  session.note(tests.empty()
                   ? tr("the text of {} is right; it has no tests", program.slug)
                   : trn("the text of {1} is right; its {0} test holds", "the text of {1} is right; its {0} tests hold",
                         static_cast<long long>(tests.size()), program.slug));
}

}  // namespace

void declare_program_check(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "Reads a program's text as apply would, says where it is wrong, and runs the [[test]] tables that stand in it: a "
      "receipt, and what it must earn, cost or give. Nothing is written, and no store is needed."));
  verb.operand("FILE", options.file, Value::file, N_("the program's text (TOML); - is stdin"));
  verb.example("loyal program check samples/programs/bonus.toml");
  verb.can_end_with({Fault::refused});
  verb.needs_no_store();
  verb.runs([&options](Session& session) { program_check(session, options); });
}

}  // namespace loyal::cli
