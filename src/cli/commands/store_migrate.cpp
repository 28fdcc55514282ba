// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/store/schema.hpp"

namespace loyal::cli {
namespace {

void migrate(Session& session) {
  const std::string& path = session.globals().store_path;
  store::Database store = store::Database::open_older(path);
  if (session.globals().dry_run)
    return session.say(
        tr("the store {} would be brought to version {} of the tables", visible(path), store::schema_version));
  const int found = store::migrate(store);
  format::Record record;
  record.add("store", path).add("from", std::int64_t{found}).add("to", std::int64_t{store::schema_version});
  session.answer(found == store::schema_version
                     ? tr("the store {} is up to date (version {} of the tables)", visible(path), found)
                     : tr("the store {} was brought from version {} of the tables to {}", visible(path), found,
                          store::schema_version),
                 record);
}

}  // namespace

void declare_store_migrate(Verb& verb) {
  verb.describes(
      N_("Brings the tables of a store that an older loyal made up to what this one reads, in one transaction. A store "
         "that is up to date "
         "stays as it is."));
  verb.example("loyal store backup before.db");
  verb.example("loyal store migrate");
  verb.runs(migrate);
}

}  // namespace loyal::cli
