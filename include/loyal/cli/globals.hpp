// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "loyal/cli/session.hpp"
#include "loyal/cli/verb.hpp"

namespace loyal::cli {

/// The global flags as typed, before environment and configuration file are weighed.
struct GlobalFlags {
  std::optional<std::string> store, form, output, columns, key, now, colour, language, operator_name, till, shop,
      company;
  std::optional<std::string> encoding;
  bool json = false;
  bool excel = false;
  bool dry_run = false;
  bool yes = false;
  bool no_input = false;
  bool quiet = false;
  bool verbose = false;
  bool help = false;
  bool version = false;
};

/// A variable of the environment that loyal reads, and what it says.
struct EnvironmentVariable {
  const char* name;
  const char* meaning;  ///< N_(…)
};
const std::vector<EnvironmentVariable>& environment_table();

/// Declares the global flags, in the order of help.
void declare_globals(Verb& verb, GlobalFlags& flags);

/// Weighs flag, environment, configuration file and default. Error{usage} names the source of a value that is wrong.
Globals resolve_globals(const GlobalFlags& flags, const World& world);

/// The language of messages, found before anything else is understood: --lang, LC_ALL, LC_MESSAGES, LANG, the
/// configuration file. Empty where none of them names one.
std::string early_language(std::span<const std::string> words, const World& world);

/// Whether errors are wanted as JSON, found before anything else is understood.
bool early_json(std::span<const std::string> words, const World& world);

/// The configuration file's place; empty where neither XDG_CONFIG_HOME nor HOME is set.
std::string config_path(const std::map<std::string, std::string>& environment);

/// The form that a file's ending asks for; nothing for another ending.
std::optional<format::Form> form_of_ending(const std::string& path);

}  // namespace loyal::cli
