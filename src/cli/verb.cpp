// SPDX-License-Identifier: MIT
#include "loyal/cli/verb.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/command_table.hpp"
#include "loyal/cli/parse.hpp"
#include "loyal/cli/suggest.hpp"

namespace loyal::cli {

void read_value(const std::string& text, std::string& target) {
  target = text;
}

void read_value(const std::string& text, std::int64_t& target) {
  const char* end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, target);
  if (problem == std::errc::result_out_of_range) throw Error(Fault::usage, tr("\"{}\" is too large a number", text));
  if (problem != std::errc{} || stopped != end) throw Error(Fault::usage, tr("\"{}\" is not a whole number", text));
}

void read_value(const std::string& text, Money& target) {
  target = parse_money(text);
}
void read_value(const std::string& text, Amount& target) {
  target = parse_amount(text);
}

bool Argument::is_spelled(std::string_view word) const {
  if (is_operand) return false;
  std::string_view names = name;
  while (!names.empty()) {
    const std::size_t comma = names.find(',');
    if (names.substr(0, comma) == word) return true;
    names = comma == std::string_view::npos ? std::string_view{} : names.substr(comma + 1);
  }
  return false;
}

std::string Argument::spelling() const {
  if (is_operand) return name;
  const std::size_t comma = name.rfind(',');
  return comma == std::string::npos ? name : name.substr(comma + 1);
}

std::string Argument::value_name() const {
  if (!placeholder.empty()) return translate(placeholder.c_str());
  if (is_operand) return translate(name.c_str());
  switch (value) {
    case Value::text:
      return tr("TEXT");
    case Value::file:
      return tr("FILE");
    case Value::directory:
      return tr("DIRECTORY");
    case Value::card:
      return tr("CARD");
    case Value::customer:
      return tr("CUSTOMER");
    case Value::company:
      return tr("COMPANY");
    case Value::shop:
      return tr("SHOP");
    case Value::program:
      return tr("PROGRAM");
    case Value::campaign:
      return tr("NAME");
    case Value::operation:
      return tr("OPERATION");
    case Value::receipt:
      return tr("RECEIPT");
    case Value::date:
      return tr("DATE");
    case Value::time:
      return tr("TIME");
    case Value::money:
      return tr("MONEY");
    case Value::points:
      return tr("POINTS");
    case Value::amount:
      return tr("QUANTITY");
    case Value::number:
      return "N";
    case Value::percent:
      return tr("PERCENT");
    case Value::topic:
      return tr("TOPIC");
    case Value::choice:
      break;
  }
  std::string names;
  for (const std::string& choice : choices) names += (names.empty() ? "" : "|") + choice;
  return names;
}

Verb::Verb(std::string noun, std::string name, std::string summary)
    : noun_(std::move(noun)), name_(std::move(name)), summary_(std::move(summary)) {}

Argument& Verb::add(std::string name, Value value, std::string help) {
  arguments_.push_back(std::make_unique<Argument>());
  Argument& argument = *arguments_.back();
  argument.name = std::move(name);
  argument.value = value;
  argument.help = std::move(help);
  return argument;
}

Verb& Verb::describes(std::string text) {
  paragraphs_.push_back(std::move(text));
  return *this;
}
Verb& Verb::example(std::string command) {
  examples_.push_back(std::move(command));
  return *this;
}
Verb& Verb::can_end_with(std::vector<Fault> faults) {
  faults_ = std::move(faults);
  return *this;
}
Verb& Verb::can_be_partial() {
  partial_ = true;
  return *this;
}
Verb& Verb::writes() {
  writes_ = true;
  return *this;
}
Verb& Verb::needs_no_store() {
  storeless_ = true;
  return *this;
}
Verb& Verb::runs(std::function<void(Session&)> action) {
  action_ = std::move(action);
  return *this;
}

Verb declared(const VerbEntry& entry) {
  Verb verb(entry.noun, entry.name, entry.summary);
  entry.declare(verb);
  return verb;
}

namespace {

std::string help_line(const Verb& verb) {
  return verb.name().empty() ? "loyal help" : full_name(verb) + " --help";
}

std::string example_or_help(const Verb& verb) {
  return verb.examples().empty() ? help_line(verb) : verb.examples().front();
}

/// What CLI11 cannot say, or says in words of its own: unknown flags, missing and unwanted values.
void check_flags(const std::vector<Token>& tokens, const Verb& verb, const Verb& global_flags,
                 std::span<const std::string> words) {
  for (const Token& token : tokens) {
    if (token.is_unknown_flag) {
      std::vector<std::string> names;
      for (const Verb* owner : {&verb, &global_flags})
        for (const auto& argument : owner->arguments())
          if (!argument->is_operand && !argument->is_hidden) names.push_back(argument->spelling());
      throw mistyped(tr("\"{}\" has no flag \"{}\"", full_name(verb), token.spelling), token.spelling, names, words,
                     token.place, help_line(verb));
    }
    if (token.flag == nullptr) continue;
    if (token.flag->is_switch && token.value)
      throw Error(Fault::usage, tr("{} takes no value; got \"{}\"", token.spelling, *token.value), help_line(verb));
    if (!token.flag->is_switch && !token.value)
      throw Error(Fault::usage, tr("{} needs a value: {}", token.spelling, token.flag->value_name()), help_line(verb));
  }
}

/// What stands between the commas.
std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (auto comma = text.find(','); comma != std::string::npos; comma = text.find(',', begin)) {
    parts.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

/// Gives one value to its argument; problems name the argument.
void give(const Argument& argument, const Token& token, bool is_global, std::span<const std::string> words) {
  const std::string name = argument.is_operand ? argument.value_name() : token.spelling;
  const std::string& text = *token.value;
  if (text.empty() && (is_global || argument.is_required || argument.value != Value::text))
    throw Error(Fault::usage, tr("{} is empty", name));
  if (argument.value != Value::file && argument.value != Value::directory && !is_utf8(text))
    throw Error(Fault::usage, tr("{}: \"{}\" is not UTF-8", name, visible(text)));
  const std::vector<std::string> values = argument.is_list ? parts_of(text) : std::vector<std::string>{text};
  for (const std::string& value : values) {
    if (argument.value != Value::choice ||
        std::find(argument.choices.begin(), argument.choices.end(), value) != argument.choices.end())
      continue;
    std::string names;
    for (const std::string& choice : argument.choices) names += (names.empty() ? "" : ", ") + choice;
    // What could be meant in the place of the whole text.
    std::vector<std::string> meant;
    for (const std::string& choice : argument.choices)
      meant.push_back(std::string(text).replace(text.find(value), value.size(), choice));
    throw mistyped(tr("{}: \"{}\" is none of {}", name, value, names), text, meant, words, token.place, "");
  }
  try {
    for (const std::string& value : values) argument.set(value);
  } catch (const Error& error) {
    throw Error(error.fault(), name + ": " + error.what(), error.hint(), error.details());
  }
}

CLI::Option* add_to(CLI::App& app, const Argument& argument, const std::string& name, CLI::callback_t callback) {
  CLI::Option* option = app.add_option(name, std::move(callback));
  if (argument.is_switch)
    return option->type_size(0)->expected(0)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  option->type_size(1)->allow_extra_args(false);
  if (!argument.repeats) option->expected(1);
  // CLI11 2.1.2 gives an operand no second value unless extra ones are allowed, whatever is expected.
  if (argument.repeats && argument.is_operand)
    option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
  if (argument.repeats) option->take_all();
  return option->required(argument.is_required);
}

[[noreturn]] void explain(const CLI::App& app, const std::vector<std::pair<const Argument*, const CLI::Option*>>& added,
                          const Verb& verb, const std::string& reason) {
  for (const auto& [argument, option] : added) {
    if (argument->is_required && option->count() == 0)
      throw Error(Fault::usage,
                  tr("{} is missing", argument->is_operand ? argument->value_name()
                                                           : argument->spelling() + " " + argument->value_name()),
                  example_or_help(verb));
    if (!argument->repeats && !argument->is_switch && option->count() > 1)
      throw Error(Fault::usage, tr("{} is given {} times", argument->spelling(), option->count()), help_line(verb));
  }
  throw std::logic_error("unexplained refusal of the command line: " + reason + " " +
                         std::to_string(app.remaining_size()));
}

}  // namespace

void assign(const std::vector<Token>& tokens, const Verb& verb, const Verb& global_flags,
            std::span<const std::string> words) {
  check_flags(tokens, verb, global_flags, words);
  // CLI11 2.1.2 takes `[a,b]`, `{}` and `%%` inside a value for lists and drops the empty value of `--flag=`. So it is
  // given the places of the tokens instead of their text: it does the grammar, and never sees what people typed.
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<std::pair<const Argument*, const CLI::Option*>> added;
  std::map<const Argument*, std::string> names;
  for (const Verb* owner : {&verb, &global_flags})
    for (const auto& owned : owner->arguments()) {
      const Argument* argument = owned.get();
      const bool is_global = owner == &global_flags;
      const std::string name = (argument->is_operand ? "operand" : "--flag") + std::to_string(added.size());
      const auto callback = [argument, is_global, &tokens, words](const CLI::results_t& places) {
        if (argument->is_switch) {
          argument->set("");
          return true;
        }
        for (const std::string& place : places) {
          std::size_t index = 0;
          std::from_chars(place.data(), place.data() + place.size(), index);
          give(*argument, tokens.at(index), is_global, words);
        }
        return true;
      };
      added.emplace_back(argument, add_to(app, *argument, name, callback));
      names[argument] = name;
    }
  std::vector<std::string> reversed;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.flag != nullptr) reversed.push_back(names.at(token.flag));
    if (token.flag == nullptr || !token.flag->is_switch) reversed.push_back(std::to_string(i));
  }
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    explain(app, added, verb, error.what());
  }
  std::vector<std::string> extra = app.remaining();
  if (extra.empty()) return;
  std::string list;
  for (const std::string& place : extra)
    list += (list.empty() ? "\"" : ", \"") + tokens.at(std::stoul(place)).value.value_or("") + "\"";
  throw Error(Fault::usage, tr("\"{}\" takes no more operands; got {}", full_name(verb), list), help_line(verb));
}

}  // namespace loyal::cli
