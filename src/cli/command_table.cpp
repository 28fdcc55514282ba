// SPDX-License-Identifier: MIT
#include "loyal/cli/command_table.hpp"

namespace loyal::cli {

const NounEntry* CommandTable::noun(std::string_view word) const {
  for (const NounEntry& entry : nouns)
    if (word == entry.name || (entry.alias != nullptr && word == entry.alias))
      return verbs_of(entry.name).empty() ? nullptr : &entry;
  return nullptr;
}

const VerbEntry* CommandTable::verb(std::string_view noun_name, std::string_view word) const {
  if (word == "ls") word = "list";
  for (const VerbEntry& entry : verbs)
    if (noun_name == entry.noun && word == entry.name) return &entry;
  return nullptr;
}

std::vector<const VerbEntry*> CommandTable::verbs_of(std::string_view noun_name) const {
  std::vector<const VerbEntry*> found;
  for (const VerbEntry& entry : verbs)
    if (noun_name == entry.noun) found.push_back(&entry);
  return found;
}

std::vector<const NounEntry*> CommandTable::built_nouns() const {
  std::vector<const NounEntry*> found;
  for (const NounEntry& entry : nouns)
    if (!verbs_of(entry.name).empty()) found.push_back(&entry);
  return found;
}

std::string full_name(const Verb& verb) {
  std::string name = "loyal";
  if (!verb.noun().empty()) name += " " + verb.noun();
  if (!verb.name().empty()) name += " " + verb.name();
  return name;
}

}  // namespace loyal::cli
