// SPDX-License-Identifier: MIT
#include "loyal/cli/home.hpp"

#include <filesystem>

#include "loyal/base/message.hpp"
#include "loyal/cli/session.hpp"

namespace loyal::cli {

void show_home(Session& session) {
  const std::string& path = session.globals().store_path;
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) {
    session.say(tr("There is no store yet at {}.", path));
    session.say(tr("Make one:             loyal init"));
    session.say(tr("Or name another:      loyal --db FILE …"));
    session.say(tr("All commands:         loyal help"));
    return;
  }
  session.say(tr("Store: {}", path));
  session.say(tr("All commands: loyal help"));
}

}  // namespace loyal::cli
