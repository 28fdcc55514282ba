// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/error.hpp"
#include "loyal/base/quantity.hpp"

namespace loyal::cli {

class Session;

/// What a value stands for: it says how the value is completed and what help calls it.
enum class Value {
  text,
  file,
  directory,
  card,
  customer,
  company,
  shop,
  program,
  campaign,
  operation,
  receipt,
  date,
  time,
  money,
  points,
  amount,
  number,
  percent,
  choice,
  topic  ///< a noun, a verb, or exit-codes
};

/// One operand or flag, as declared.
struct Argument {
  std::string name;  ///< "CARD", "--spend", "-o,--output"
  Value value = Value::text;
  std::string help;                  ///< translated when shown
  std::string placeholder;           ///< what help calls the value; from `value` unless set
  std::vector<std::string> choices;  ///< with Value::choice
  std::string implied;  ///< of a choice: the value where the flag stands without one; empty: it must have one
  bool is_operand = false;
  bool is_switch = false;  ///< takes no value
  bool is_required = false;
  bool repeats = false;
  bool is_list = false;    ///< of choices: several in one value, with commas between
  bool is_hidden = false;  ///< for the makers of loyal: neither help, manual nor completion tells of it
  std::function<void(const std::string&)>
      set;  ///< called once per value given, in the order typed; throws Error{usage}

  Argument& required() {
    is_required = true;
    return *this;
  }
  Argument& optional() {
    is_required = false;
    return *this;
  }
  Argument& called(std::string text) {
    placeholder = std::move(text);
    return *this;
  }
  Argument& one_of(std::vector<std::string> names) {
    value = Value::choice;
    choices = std::move(names);
    return *this;
  }
  Argument& implies(std::string choice) {
    implied = std::move(choice);
    return *this;
  }
  Argument& listed() {
    is_list = true;
    return *this;
  }
  Argument& hidden() {
    is_hidden = true;
    return *this;
  }

  /// Whether the flag answers to this spelling ("-o" or "--output").
  bool is_spelled(std::string_view word) const;
  /// The longest spelling of a flag ("--output"), or the operand's name.
  std::string spelling() const;
  /// What help calls the value ("CARD", "table|json").
  std::string value_name() const;
};

/// Readers from text to the types that options have; Error{usage} quotes the text.
void read_value(const std::string& text, std::string& target);
void read_value(const std::string& text, std::int64_t& target);
void read_value(const std::string& text, Money& target);
void read_value(const std::string& text, Amount& target);
template <class T>
void read_value(const std::string& text, std::optional<T>& target) {
  T value{};
  read_value(text, value);
  target = std::move(value);
}
template <class T>
void read_value(const std::string& text, std::vector<T>& target) {
  T value{};
  read_value(text, value);
  target.push_back(std::move(value));
}

/// One declaration per verb; it feeds the parser, help, the manual, completion and the tests that find drift.
class Verb {
 public:
  Verb(std::string noun, std::string name, std::string summary);

  const std::string& noun() const { return noun_; }  ///< empty for a verb by itself (nightly, undo)
  const std::string& name() const { return name_; }
  const std::string& summary() const { return summary_; }

  /// The verb's options struct, made here and kept as long as the verb.
  template <class Options>
  Options& options() {
    auto made = std::make_shared<Options>();
    Options& reference = *made;
    options_ = std::move(made);
    return reference;
  }

  /// An operand, in the order declared; required unless said otherwise, or its target is a vector (then: one or more).
  template <class T>
  Argument& operand(std::string name, T& target, Value value, std::string help) {
    Argument& argument = add(std::move(name), value, std::move(help));
    argument.is_operand = true;
    argument.is_required = true;
    bind(argument, target);
    return argument;
  }

  /// A flag with a value ("--spend"), or a switch when its target is a bool.
  template <class T>
  Argument& flag(std::string name, T& target, Value value, std::string help) {
    Argument& argument = add(std::move(name), value, std::move(help));
    bind(argument, target);
    return argument;
  }
  Argument& flag(std::string name, bool& target, std::string help) {
    Argument& argument = add(std::move(name), Value::text, std::move(help));
    argument.is_switch = true;
    argument.set = [&target](const std::string&) { target = true; };
    return argument;
  }

  /// A paragraph of the manual, after the summary.
  Verb& describes(std::string text);
  /// A command line that can be pasted; every verb has one.
  Verb& example(std::string command);
  /// The exit codes beyond 0, 1 and 2 that this verb can end with.
  Verb& can_end_with(std::vector<Fault> faults);
  /// Also exit 3: done in part.
  Verb& can_be_partial();
  /// Whether it changes the store: gives --dry-run and --key their sense.
  Verb& writes();
  /// Works without a store (init, help, completion).
  Verb& needs_no_store();
  Verb& runs(std::function<void(Session&)> action);

  const std::vector<std::unique_ptr<Argument>>& arguments() const { return arguments_; }
  const std::vector<std::string>& paragraphs() const { return paragraphs_; }
  const std::vector<std::string>& examples() const { return examples_; }
  const std::vector<Fault>& faults() const { return faults_; }
  bool partial() const { return partial_; }
  bool changes_data() const { return writes_; }
  bool storeless() const { return storeless_; }
  const std::function<void(Session&)>& action() const { return action_; }

 private:
  Argument& add(std::string name, Value value, std::string help);
  template <class T>
  static void bind(Argument& argument, T& target) {
    argument.set = [&target](const std::string& text) { read_value(text, target); };
  }
  template <class T>
  static void bind(Argument& argument, std::vector<T>& target) {
    argument.repeats = true;
    argument.set = [&target](const std::string& text) { read_value(text, target); };
  }

  std::string noun_, name_, summary_;
  std::shared_ptr<void> options_;
  std::vector<std::unique_ptr<Argument>> arguments_;
  std::vector<std::string> paragraphs_, examples_;
  std::vector<Fault> faults_;
  bool partial_ = false, writes_ = false, storeless_ = false;
  std::function<void(Session&)> action_;
};

/// A row of the table of verbs; the verb itself is declared only when it is asked for.
struct VerbEntry {
  const char* noun;  ///< "" for a verb by itself
  const char* name;
  const char* summary;  ///< N_(…)
  void (*declare)(Verb& verb);
};

/// A noun with one sentence about it, in the order in which help shows them.
struct NounEntry {
  const char* name;
  const char* summary;
  const char* alias;  ///< another name of the noun, or nullptr
};

const std::vector<VerbEntry>& verb_table();
const std::vector<NounEntry>& noun_table();

/// The declared verb of a table row.
Verb declared(const VerbEntry& entry);

}  // namespace loyal::cli
