// SPDX-License-Identifier: MIT
#include <ostream>

#include "loyal/cli/commands.hpp"
#include "loyal/cli/run.hpp"

namespace loyal::cli {

const char* version() {
  return LOYAL_VERSION;
}

void declare_version(Verb& verb) {
  verb.example("loyal version");
  verb.needs_no_store();
  verb.runs([](Session& session) { session.world().out << "loyal " << version() << '\n'; });
}

}  // namespace loyal::cli
