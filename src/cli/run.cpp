// SPDX-License-Identifier: MIT
#include "loyal/cli/run.hpp"

#include <exception>
#include <new>
#include <ostream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/complete.hpp"
#include "loyal/cli/globals.hpp"
#include "loyal/cli/help.hpp"
#include "loyal/cli/home.hpp"
#include "loyal/cli/parse.hpp"
#include "loyal/cli/report.hpp"
#include "loyal/cli/words.hpp"

namespace loyal::cli {
namespace {

bool has_flag(const std::vector<Token>& tokens, const char* spelling) {
  for (const Token& token : tokens)
    if (token.flag != nullptr && token.flag->is_spelled(spelling)) return true;
  return false;
}

bool wants_colour(const std::vector<Token>& tokens, const World& world) {
  for (const Token& token : tokens)
    if (token.flag != nullptr && token.flag->is_spelled("--color") && token.value) return *token.value == "always";
  const auto no_colour = world.environment.find("NO_COLOR");
  return world.out_is_terminal && (no_colour == world.environment.end() || no_colour->second.empty());
}

/// The verb that a line without one stands for: `loyal` alone.
Verb home() {
  Verb verb("", "", "");
  verb.needs_no_store().runs(show_home);
  return verb;
}

int run_line(std::span<const std::string> words, World& world, const CommandTable& table) {
  GlobalFlags flags;
  Verb global_flags("", "", "");
  declare_globals(global_flags, flags);
  const CommandLine line = find_command(table, global_flags, words);
  Verb verb = line.verb != nullptr ? declared(*line.verb) : home();
  std::vector<Token> tokens = line.tokens;
  const std::vector<Token> later = tokens_of(words.subspan(line.rest), line.rest, &verb, global_flags);
  tokens.insert(tokens.end(), later.begin(), later.end());
  if (!line.unclaimed.empty())
    throw Error(Fault::usage, tr("\"{}\" stands after -- without a verb", line.unclaimed.front()), "loyal help");

  const bool is_noun_alone = line.noun != nullptr && line.verb == nullptr;
  const bool wants_version = has_flag(tokens, "--version");
  if (!wants_version && (is_noun_alone || has_flag(tokens, "--help"))) {
    const int columns = world.terminal_columns;
    const bool colour = wants_colour(tokens, world);
    if (is_noun_alone)
      world.out << noun_help(table, *line.noun, columns, colour);
    else if (line.verb == nullptr)
      world.out << root_help(table, global_flags, columns, colour);
    else
      world.out << verb_help(verb, global_flags, columns, colour);
    return 0;
  }
  if (wants_version) {
    world.out << "loyal " << version() << '\n';
    return 0;
  }
  assign(tokens, verb, global_flags, words);
  Session session(world, verb.changes_data());
  session.globals() = resolve_globals(flags, world);
  if (session.globals().verbose && session.globals().now)
    session.note(tr("the clock stands at {}", to_string(*session.globals().now)));
  verb.action()(session);
  return session.exit_code();
}

/// What was written to stdout counts only once it is out: a full disk shows itself here.
int finished(World& world, int code, bool as_json) {
  world.out.flush();
  if (world.out || code != 0) return code;
  return report_error(
      world.err,
      Error(Fault::failed, tr("cannot write the answer to the standard output; what the command recorded stands")),
      as_json);
}

}  // namespace

int run(std::span<const std::string> arguments, World& world) {
  return run(arguments, world, command_table());
}

int run(std::span<const std::string> arguments, World& world, const CommandTable& table) {
  bool as_json = false;
  try {
    const std::string language = early_language(arguments, world);
    open_catalogue(world.locale_directory, language == "ru" ? "ru" : "en");
    if (!arguments.empty() && arguments.front() == "__complete")
      return run_completion(table, arguments.subspan(1), world);
    as_json = early_json(arguments, world);
    int code = 0;
    try {
      code = run_line(arguments, world, table);
    } catch (const Error& error) {
      world.out.flush();
      code = report_error(world.err, error, as_json);
    }
    return finished(world, code, as_json);
  } catch (const std::bad_alloc&) {
    // Formatting a message could fail for the same reason.
    world.err << "loyal: error: out of memory\n";
    return exit_code(Fault::failed);
  } catch (const std::exception& bug) {
    return report_bug(world.err, bug.what(), as_json);
  } catch (...) {
    return report_bug(world.err, "unknown", as_json);
  }
}

}  // namespace loyal::cli
