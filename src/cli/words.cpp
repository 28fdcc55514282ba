// SPDX-License-Identifier: MIT
#include "loyal/cli/words.hpp"

#include <algorithm>

#include "loyal/base/message.hpp"
#include "loyal/cli/suggest.hpp"

namespace loyal::cli {
namespace {

bool is_number(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && ((word[1] >= '0' && word[1] <= '9') || word[1] == '.' || word[1] == ',');
}

bool is_flag(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && !is_number(word);
}

/// Takes one flag, and its value from the next word where it stands there; answers with the number of words taken.
std::size_t take_flag(std::span<const std::string> words, std::size_t place, const Verb* verb, const Verb& global_flags,
                      std::vector<Token>& tokens) {
  const std::string& word = words[0];
  const auto value_of_next = [&](Token& token) -> std::size_t {
    if (words.size() < 2) return 1;
    const std::string& next = words[1];
    if (!token.flag->implied.empty() &&
        std::find(token.flag->choices.begin(), token.flag->choices.end(), next) == token.flag->choices.end())
      return 1;
    if (next == "--" || (is_flag(next) && find_flag(next.substr(0, next.find('=')), verb, global_flags) != nullptr))
      return 1;
    token.value = next;
    return 2;
  };
  if (word.starts_with("--")) {
    const std::size_t equals = word.find('=');
    Token token;
    token.spelling = word.substr(0, equals);
    token.flag = find_flag(token.spelling, verb, global_flags);
    token.is_unknown_flag = token.flag == nullptr;
    token.place = place;
    std::size_t taken = 1;
    if (equals != std::string::npos)
      token.value = word.substr(equals + 1);
    else if (token.flag != nullptr && !token.flag->is_switch)
      taken = value_of_next(token);
    if (!token.value && token.flag != nullptr && !token.flag->implied.empty()) token.value = token.flag->implied;
    tokens.push_back(std::move(token));
    return taken;
  }
  for (std::size_t i = 1; i < word.size(); ++i) {
    Token token;
    token.spelling = std::string{'-', word[i]};
    token.flag = find_flag(token.spelling, verb, global_flags);
    token.place = place;
    if (token.flag == nullptr) {
      token.is_unknown_flag = true;
      token.spelling = i == 1 ? word : "-" + word.substr(i);
      tokens.push_back(std::move(token));
      return 1;
    }
    if (token.flag->is_switch) {
      tokens.push_back(std::move(token));
      continue;
    }
    std::size_t taken = 1;
    if (i + 1 < word.size())
      token.value = word.substr(word[i + 1] == '=' ? i + 2 : i + 1);
    else
      taken = value_of_next(token);
    tokens.push_back(std::move(token));
    return taken;
  }
  return 1;
}

std::vector<std::string> commands_of(const CommandTable& table) {
  std::vector<std::string> names;
  for (const NounEntry* noun : table.built_nouns()) {
    names.emplace_back(noun->name);
    if (noun->alias != nullptr) names.emplace_back(noun->alias);
  }
  for (const VerbEntry* verb : table.verbs_of("")) names.emplace_back(verb->name);
  return names;
}

[[noreturn]] void refuse_command(const CommandTable& table, std::span<const std::string> words, std::size_t place) {
  const std::string& word = words[place];
  if (place + 1 < words.size()) {
    const NounEntry* noun = table.noun(words[place + 1]);
    if (noun != nullptr && table.verb(noun->name, word) != nullptr) {
      std::vector<std::string> swapped(words.begin(), words.end());
      std::swap(swapped[place], swapped[place + 1]);
      throw Error(Fault::usage, tr("unknown command \"{}\"; the noun stands before the verb", word),
                  shell_line(swapped));
    }
  }
  throw mistyped(tr("unknown command \"{}\"", word), word, commands_of(table), words, place, "loyal help");
}

[[noreturn]] void refuse_verb(const CommandTable& table, const NounEntry& noun, std::span<const std::string> words,
                              std::size_t place) {
  std::vector<std::string> names;
  for (const VerbEntry* verb : table.verbs_of(noun.name)) names.emplace_back(verb->name);
  throw mistyped(tr("\"loyal {}\" has no verb \"{}\"", noun.name, words[place]), words[place], names, words, place,
                 std::string("loyal ") + noun.name);
}

[[noreturn]] void refuse_early_flag(const Token& token, const Verb& global_flags, std::span<const std::string> words) {
  std::vector<std::string> names;
  for (const auto& argument : global_flags.arguments()) names.push_back(argument->spelling());
  if (!nearest(token.spelling, names))
    throw Error(Fault::usage,
                tr("unknown flag \"{}\" before the verb; a verb's own flags stand after it", token.spelling),
                "loyal help");
  throw mistyped(tr("unknown flag \"{}\" before the verb", token.spelling), token.spelling, names, words, token.place,
                 "");
}

}  // namespace

const Argument* find_flag(const std::string& spelling, const Verb* verb, const Verb& global_flags) {
  if (verb != nullptr)
    for (const auto& argument : verb->arguments())
      if (argument->is_spelled(spelling)) return argument.get();
  for (const auto& argument : global_flags.arguments())
    if (argument->is_spelled(spelling)) return argument.get();
  return nullptr;
}

std::vector<Token> tokens_of(std::span<const std::string> words, std::size_t first_place, const Verb* verb,
                             const Verb& global_flags) {
  std::vector<Token> tokens;
  bool only_operands = false;
  for (std::size_t i = 0; i < words.size();) {
    if (!only_operands && words[i] == "--") {
      only_operands = true;
      ++i;
    } else if (!only_operands && is_flag(words[i])) {
      i += take_flag(words.subspan(i), first_place + i, verb, global_flags, tokens);
    } else {
      Token token;
      token.value = words[i];
      token.place = first_place + i;
      tokens.push_back(std::move(token));
      ++i;
    }
  }
  return tokens;
}

CommandLine find_command(const CommandTable& table, const Verb& global_flags, std::span<const std::string> words) {
  CommandLine line;
  std::size_t i = 0;
  while (i < words.size() && line.verb == nullptr) {
    if (words[i] == "--") {
      line.unclaimed.assign(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      i = words.size();
    } else if (is_flag(words[i])) {
      const std::size_t before = line.tokens.size();
      const std::size_t taken = take_flag(words.subspan(i), i, nullptr, global_flags, line.tokens);
      for (std::size_t t = before; t < line.tokens.size(); ++t)
        if (line.tokens[t].is_unknown_flag) refuse_early_flag(line.tokens[t], global_flags, words);
      i += taken;
    } else if (line.noun == nullptr) {
      line.noun = table.noun(words[i]);
      if (line.noun == nullptr) line.verb = table.verb("", words[i]);
      if (line.noun == nullptr && line.verb == nullptr) refuse_command(table, words, i);
      ++i;
    } else {
      line.verb = table.verb(line.noun->name, words[i]);
      if (line.verb == nullptr) refuse_verb(table, *line.noun, words, i);
      ++i;
    }
  }
  line.rest = i;
  return line;
}

}  // namespace loyal::cli
