// SPDX-License-Identifier: MIT
#include <filesystem>

#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/service/store_file.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string file;
  bool force = false;
};

void backup(Session& session, const Options& options) {
  store::Database& store = session.store_for_reading();
  if (session.globals().dry_run) return session.say(tr("the store would be copied to {}", visible(options.file)));
  const std::int64_t operation = service::backup(store, options.file, options.force).value;
  std::error_code problem;
  const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(options.file, problem));
  format::Record record;
  record.add("file", options.file)
      .add("store", store::store_uuid(store))
      .add("bytes", bytes)
      .add("last_operation", operation);
  session.answer(tr("the store was copied to {}, up to operation {}", visible(options.file), operation), record);
}

}  // namespace

void declare_store_backup(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Copies the store as it stands to a file that only its owner can read, while tills go on working, and reads "
         "the copy back before "
         "it counts."));
  verb.operand("FILE", options.file, Value::file, N_("where to"));
  verb.flag("--force", options.force, N_("take the place of a file that is there"));
  verb.example("loyal store backup loyal-2026-03-01.db");
  verb.can_end_with({Fault::conflict, Fault::store_broken});
  verb.runs([&options](Session& session) { backup(session, options); });
}

}  // namespace loyal::cli
