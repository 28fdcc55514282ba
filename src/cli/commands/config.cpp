// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/globals.hpp"
#include "loyal/cli/session.hpp"

namespace loyal::cli {
namespace {

std::string source_for_people(const std::string& source) {
  if (source == "flag") return tr("flag");
  if (source == "environment") return tr("environment");
  if (source == "file") return tr("file");
  return tr("default");
}

format::Cell or_absent(const std::string& text) {
  return text.empty() ? format::Cell{} : format::Cell{text};
}

void config(Session& session) {
  const bool for_people = !session.for_programs();
  session.list(
      tr("Settings"),
      {{"setting", tr("Setting"), format::Kind::identifier},
       {"value", tr("Value")},
       {"source", tr("Source")},
       {"origin", tr("Origin")}},
      [&](format::Sink& sink) {
        for (const Setting& setting : session.globals().settings) {
          const std::string source = for_people ? source_for_people(setting.source) : setting.source;
          const format::Cell cells[] = {setting.name, or_absent(setting.value), source, or_absent(setting.origin)};
          sink.row(cells);
        }
      });
  const std::string path = config_path(session.world().environment);
  if (for_people && !path.empty()) session.note(tr("settings can be kept in {}", path));
}

}  // namespace

void declare_config(Verb& verb) {
  verb.describes(
      N_("A setting comes from its flag, else from the environment, else from the configuration file, else it has its "
         "default. The file "
         "holds lines such as till = \"till1\"."));
  verb.example("loyal config");
  verb.example("loyal config --json");
  verb.needs_no_store();
  verb.runs(config);
}

}  // namespace loyal::cli
