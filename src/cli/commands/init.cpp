// SPDX-License-Identifier: MIT
#include <filesystem>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {
namespace {

void init(Session& session) {
  const std::string& path = session.globals().store_path;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (session.globals().dry_run) {
    session.say(tr("a store would be made at {}", path));
    return;
  }
  std::error_code problem;
  if (!folder.empty() && std::filesystem::create_directories(folder, problem))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
  store::Database store = store::Database::create(path, session.now());
  format::Record record;
  record.add("path", path).add("store", store::store_uuid(store));
  session.answer(tr("store made at {}", path), record);
  session.next("loyal company add --inn 7707083893 --ogrn 1027700132195 --name \"…\"");
}

}  // namespace

void declare_init(Verb& verb) {
  verb.describes(
      N_("Makes the one file that holds everything: companies, programs, cards, customers, sales and points. Only its "
         "owner can read it. "
         "No other command makes a store."));
  verb.example("loyal init");
  verb.example("loyal --db shop.db init");
  verb.can_end_with({Fault::conflict});
  verb.writes();
  verb.needs_no_store();
  verb.runs(init);
}

}  // namespace loyal::cli
