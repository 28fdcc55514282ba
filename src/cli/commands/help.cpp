// SPDX-License-Identifier: MIT
#include "loyal/cli/help.hpp"

#include <ostream>

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/globals.hpp"
#include "loyal/cli/manual.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/suggest.hpp"
#include "loyal/format/atomic_file.hpp"

namespace loyal::cli {
namespace {

struct HelpOptions {
  std::vector<std::string> topic;
  bool manual = false;
  std::string manual_directory;
};

/// What a topic names: a noun, a verb, or neither where it is empty.
struct Topic {
  const NounEntry* noun = nullptr;
  const VerbEntry* verb = nullptr;
};

std::vector<std::string> topics(const CommandTable& table, const NounEntry* noun) {
  std::vector<std::string> names;
  if (noun == nullptr) {
    names.emplace_back("exit-codes");
    for (const NounEntry* entry : table.built_nouns()) names.emplace_back(entry->name);
  }
  for (const VerbEntry* entry : table.verbs_of(noun == nullptr ? "" : noun->name)) names.emplace_back(entry->name);
  return names;
}

Topic find_topic(const CommandTable& table, const std::vector<std::string>& words) {
  Topic topic;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_done = topic.verb != nullptr;
    if (!is_done && topic.noun == nullptr) topic.noun = table.noun(words[i]);
    if (!is_done && (topic.noun == nullptr || i > 0))
      topic.verb = table.verb(topic.noun == nullptr ? "" : topic.noun->name, words[i]);
    if (is_done || (topic.verb == nullptr && (topic.noun == nullptr || i > 0))) {
      std::vector<std::string> line = {"help"};
      line.insert(line.end(), words.begin(), words.end());
      const std::vector<std::string> names = is_done ? std::vector<std::string>{} : topics(table, topic.noun);
      throw mistyped(tr("there is no help on \"{}\"", words[i]), words[i], names, line, i + 1, "loyal help");
    }
  }
  return topic;
}

void write_manuals(const CommandTable& table, const std::string& directory) {
  for (const auto& [name, text] : all_manuals(table)) {
    format::AtomicFile file(directory + "/" + name);
    file.write(text);
    file.commit();
  }
}

void help(Session& session, const HelpOptions& options) {
  const CommandTable table = command_table();
  std::ostream& out = session.world().out;
  const int columns = session.world().terminal_columns;
  const bool colour = session.globals().colour;
  if (!options.manual_directory.empty()) return write_manuals(table, options.manual_directory);
  if (options.topic.size() == 1 && options.topic.front() == "exit-codes" && !options.manual) {
    out << exit_codes_help(columns, colour);
    return;
  }
  const Topic topic = find_topic(table, options.topic);
  if (options.manual) {
    if (topic.verb == nullptr && topic.noun != nullptr)
      throw Error(Fault::usage, tr("the manual has a page for each verb of \"{}\"; name one", topic.noun->name),
                  std::string("loyal ") + topic.noun->name);
    out << (topic.verb == nullptr ? root_manual(table) : verb_manual(table, declared(*topic.verb)));
    return;
  }
  GlobalFlags flags;
  Verb global_flags("", "", "");
  declare_globals(global_flags, flags);
  if (topic.verb != nullptr)
    out << verb_help(declared(*topic.verb), global_flags, columns, colour);
  else if (topic.noun != nullptr)
    out << noun_help(table, *topic.noun, columns, colour);
  else
    out << root_help(table, global_flags, columns, colour);
}

}  // namespace

void declare_help(Verb& verb) {
  auto& options = verb.options<HelpOptions>();
  verb.operand(N_("TOPIC"), options.topic, Value::topic, N_("a noun, a noun and a verb, or exit-codes")).optional();
  verb.flag("--man", options.manual, N_("write the manual page instead, for man"));
  verb.flag("--man-all", options.manual_directory, Value::directory, N_("write all manual pages into a directory"))
      .hidden();
  verb.example("loyal help");
  verb.example("loyal help sale return");
  verb.example("loyal help exit-codes");
  verb.example("loyal help --man completion | man -l -");
  verb.needs_no_store();
  verb.runs([&options](Session& session) { help(session, options); });
}

}  // namespace loyal::cli
