// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "loyal/format/record.hpp"
#include "loyal/service/context.hpp"

namespace loyal::cli {

class Session;

/// How a command that changes something answers: what it did, and whether anything was written at all. Made before the
/// service is called.
class Writing {
 public:
  explicit Writing(Session& session);
  const service::Context& context() const { return context_; }
  /// `line` for people, `record` with "replayed" for programs; a note where the key was used before, or with --dry-run.
  void answer(const std::string& line, format::Record record);
  /// What one would do now; not after a dry run, which leaves nothing to go on with.
  void next(const std::string& command);

 private:
  Session& session_;
  service::Context context_;
  bool is_replay_ = false;
};

}  // namespace loyal::cli
