// SPDX-License-Identifier: MIT
#include "loyal/cli/writing.hpp"

#include "loyal/base/message.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {

Writing::Writing(Session& session) : session_(session), context_(session.writing()) {
  is_replay_ = !context_.key.empty() && store::operation_by_key(context_.store, context_.key).has_value();
}

void Writing::answer(const std::string& line, format::Record record) {
  record.add("replayed", is_replay_);
  session_.answer(line, record);
  if (is_replay_) session_.note(tr("key \"{}\" was used before; nothing was written", context_.key));
}

void Writing::next(const std::string& command) {
  if (!context_.dry_run) session_.next(command);
}

}  // namespace loyal::cli
