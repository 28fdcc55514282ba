// SPDX-License-Identifier: MIT
#include <filesystem>

#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/run.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/store/backup.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {
namespace {

void info(Session& session) {
  store::Database& store = session.store_for_reading();
  const store::StoreFacts facts = store::store_facts(store);
  std::error_code problem;
  const auto path = std::filesystem::absolute(store.path(), problem);
  format::Record record;
  record.add("path", tr("File"), path.string());
  record.add("store", tr("Store"), facts.uuid);
  record.add("created_at", tr("Made"), facts.created_at);
  record.add("bytes", tr("Bytes"), facts.bytes);
  record.add("schema_version", tr("Version of the tables"), std::int64_t{facts.schema_version});
  record.add("loyal", tr("This program"), std::string(version()));
  record.add("sqlite", "SQLite", store::sqlite_version());
  const char* const headings[] = {N_("Companies"), N_("Programs"), N_("Customers"), N_("Cards"),
                                  N_("Sales"),     N_("Returns"),  N_("Entries"),   N_("Operations")};
  for (std::size_t i = 0; i < facts.rows.size(); ++i)
    record.add(facts.rows[i].first, translate(headings[i]), facts.rows[i].second);
  if (const auto last = store::last_operation(store)) {
    record.add("last_operation", tr("Last operation"), last->id.value);
    record.add("last_operation_at", tr("at"), last->at);
    record.add("hash", hex(last->hash));
    record.add("hash_groups", session.for_programs() ? std::string{} : tr("its hash, to be written down"),
               hex_groups(last->hash));
  } else {
    for (const char* key : {"last_operation", "last_operation_at", "hash", "hash_groups"})
      record.add(key, format::Cell{});
  }
  session.show(record);
}

}  // namespace

void declare_store_info(Verb& verb) {
  verb.describes(
      N_("Tells where the store lies, what it holds, and the hash of its last operation. Whoever writes that hash on "
         "paper can show later "
         "that nothing before it was changed."));
  verb.example("loyal store info");
  verb.example("loyal store info --json");
  verb.runs(info);
}

}  // namespace loyal::cli
