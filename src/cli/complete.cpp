// SPDX-License-Identifier: MIT
#include "loyal/cli/complete.hpp"

#include <algorithm>
#include <charconv>
#include <ostream>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/globals.hpp"
#include "loyal/cli/parse.hpp"
#include "loyal/cli/words.hpp"

namespace loyal::cli {
namespace {

constexpr std::size_t most_lines = 100;

void keep_matching(Candidates& found, const std::string& prefix) {
  std::erase_if(found, [&](const auto& candidate) { return !candidate.first.starts_with(prefix); });
  if (found.size() > most_lines) found.resize(most_lines);
}

Candidates values_of(Session& session, const Argument& argument, const std::string& prefix) {
  Candidates found;
  if (argument.value == Value::choice) {
    const auto comma = argument.is_list ? prefix.rfind(',') : std::string::npos;
    const std::string before = comma == std::string::npos ? std::string{} : prefix.substr(0, comma + 1);
    for (const std::string& choice : argument.choices) found.emplace_back(before + choice, "");
  } else {
    found = candidates(session, argument.value, prefix);
  }
  keep_matching(found, prefix);
  return found;
}

Candidates commands(const CommandTable& table, const NounEntry* noun) {
  Candidates found;
  if (noun == nullptr)
    for (const NounEntry* entry : table.built_nouns()) found.emplace_back(entry->name, translate(entry->summary));
  for (const VerbEntry* entry : table.verbs_of(noun == nullptr ? "" : noun->name))
    found.emplace_back(entry->name, translate(entry->summary));
  return found;
}

/// What `loyal help` explains after the topic's words that stand already.
Candidates topics(const CommandTable& table, const std::vector<Token>& tokens) {
  std::vector<std::string> words;
  for (const Token& token : tokens)
    if (token.flag == nullptr && !token.is_unknown_flag) words.push_back(token.value.value_or(""));
  if (words.size() > 1) return {};
  const NounEntry* noun = words.empty() ? nullptr : table.noun(words.front());
  if (!words.empty() && noun == nullptr) return {};
  Candidates found = commands(table, noun);
  if (noun == nullptr) found.emplace_back("exit-codes", tr("what the exit codes mean"));
  return found;
}

Candidates flags_of(const Verb* verb, const Verb& global_flags, const std::vector<Token>& given) {
  Candidates found;
  for (const Verb* owner : {verb, &global_flags}) {
    if (owner == nullptr) continue;
    for (const auto& argument : owner->arguments()) {
      if (argument->is_operand || argument->is_hidden) continue;
      // A verb's own flag stands before the global one of that name.
      if (owner == &global_flags && verb != nullptr &&
          find_flag(argument->spelling(), verb, global_flags) != argument.get())
        continue;
      const bool is_given =
          std::any_of(given.begin(), given.end(), [&](const Token& token) { return token.flag == argument.get(); });
      if (!is_given || argument->repeats) found.emplace_back(argument->spelling(), translate(argument->help.c_str()));
    }
  }
  return found;
}

const Argument* operand_at(const Verb& verb, std::size_t place) {
  const Argument* last = nullptr;
  for (const auto& argument : verb.arguments()) {
    if (!argument->is_operand || argument->is_hidden) continue;
    last = argument.get();
    if (argument->repeats || place == 0) return last;
    --place;
  }
  return nullptr;
}

/// What the words before the cursor say.
struct Line {
  CommandLine command;
  std::optional<Verb> verb;
  std::vector<Token> tokens;
  bool only_operands = false;
};

Line line_of(const CommandTable& table, const Verb& global_flags, std::span<const std::string> before) {
  Line line;
  line.command = find_command(table, global_flags, before);
  if (line.command.verb != nullptr) line.verb.emplace(declared(*line.command.verb));
  line.tokens = line.command.tokens;
  const std::span<const std::string> rest = before.subspan(line.command.rest);
  const std::vector<Token> later = tokens_of(rest, line.command.rest, line.verb ? &*line.verb : nullptr, global_flags);
  line.tokens.insert(line.tokens.end(), later.begin(), later.end());
  line.only_operands = std::find(before.begin(), before.end(), "--") != before.end();
  return line;
}

/// The globals as far as the line is right: --db and the like; a flag that is not finished yet does not count.
Globals globals_of(const Line& line, const Verb& global_flags, const GlobalFlags& flags, const World& world) {
  std::vector<Token> known;
  for (const Token& token : line.tokens) {
    const bool is_global = std::any_of(global_flags.arguments().begin(), global_flags.arguments().end(),
                                       [&](const auto& argument) { return argument.get() == token.flag; });
    if (is_global && (token.flag->is_switch || token.value)) known.push_back(token);
  }
  for (const Token& token : known) token.flag->set(token.value.value_or(""));
  return resolve_globals(flags, world);
}

}  // namespace

Candidates complete(const CommandTable& table, Session& session, std::span<const std::string> words,
                    std::size_t index) {
  const std::string current = index < words.size() ? words[index] : std::string{};
  const std::span<const std::string> before = words.subspan(1, std::min(index, words.size()) - 1);
  GlobalFlags flags;
  Verb global_flags("", "", "");
  declare_globals(global_flags, flags);
  const Line line = line_of(table, global_flags, before);
  const Verb* verb = line.verb ? &*line.verb : nullptr;
  session.globals() = globals_of(line, global_flags, flags, session.world());

  if (!line.tokens.empty()) {
    const Token& last = line.tokens.back();
    if (last.flag != nullptr && !last.flag->is_switch && !last.value) return values_of(session, *last.flag, current);
  }
  if (!line.only_operands && current.starts_with('-')) {
    const std::size_t equals = current.find('=');
    if (equals != std::string::npos) {
      const Argument* flag = find_flag(current.substr(0, equals), verb, global_flags);
      if (flag == nullptr || flag->is_switch) return {};
      Candidates found = values_of(session, *flag, current.substr(equals + 1));
      for (auto& candidate : found) candidate.first.insert(0, current, 0, equals + 1);
      return found;
    }
    Candidates found = flags_of(verb, global_flags, line.tokens);
    keep_matching(found, current);
    return found;
  }
  if (verb == nullptr) {
    Candidates found = commands(table, line.command.noun);
    keep_matching(found, current);
    return found;
  }
  const auto operands = std::count_if(line.tokens.begin(), line.tokens.end(), [](const Token& token) {
    return token.flag == nullptr && !token.is_unknown_flag;
  });
  const Argument* operand = operand_at(*verb, static_cast<std::size_t>(operands));
  if (operand == nullptr) return {};
  if (operand->value != Value::topic) return values_of(session, *operand, current);
  Candidates found = topics(table, line.tokens);
  keep_matching(found, current);
  return found;
}

int run_completion(const CommandTable& table, std::span<const std::string> arguments, World& world) {
  try {
    if (arguments.size() < 3 || arguments[1] != "--") return 0;
    std::size_t index = 0;
    const std::string& text = arguments[0];
    const auto [stopped, problem] = std::from_chars(text.data(), text.data() + text.size(), index);
    if (problem != std::errc{} || stopped != text.data() + text.size() || index == 0) return 0;
    Session session(world);
    std::string answer;
    for (const auto& [value, description] : complete(table, session, arguments.subspan(2), index)) {
      // A value that a shell would have to show otherwise than it is can only mislead.
      if (visible(value) != value) continue;
      answer += value + '\t' + visible(description) + '\n';
    }
    world.out << answer;
    world.out.flush();
  } catch (...) {
    return 0;
  }
  return 0;
}

}  // namespace loyal::cli
