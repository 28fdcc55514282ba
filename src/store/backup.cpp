// SPDX-License-Identifier: MIT
#include "loyal/store/backup.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"

namespace loyal::store {
namespace {

std::int64_t number(Database& database, std::string_view sql) {
  Statement row = database.prepare(sql);
  row.rewind();
  return row.step() ? row.integer(0) : 0;
}

}  // namespace

void copy(Database& from, Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup != nullptr) {
    sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
  }
  // The copy leaves its outcome with the connection that it wrote to.
  const int code = sqlite3_errcode(to.handle()) & 0xff;
  if (code == SQLITE_OK || code == SQLITE_DONE) return;
  const std::string what = sqlite3_errmsg(to.handle());
  const Fault fault = code == SQLITE_BUSY || code == SQLITE_LOCKED      ? Fault::store_busy
                      : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? Fault::store_broken
                                                                        : Fault::failed;
  throw Error(fault, tr("the store {} could not be copied to {}: {}", from.path(), to.path(), what));
}

StoreFacts store_facts(Database& database) {
  StoreFacts facts;
  Statement store = database.prepare("select uuid, created_at from store");
  store.rewind();
  if (store.step()) {
    facts.uuid = store.text(0);
    facts.created_at = store.text(1);
  }
  facts.schema_version = static_cast<int>(number(database, "pragma user_version"));
  facts.bytes = number(database, "pragma page_count") * number(database, "pragma page_size");
  facts.rows = {{"companies", number(database, "select count(*) from company")},
                {"programs", number(database, "select count(*) from program")},
                {"customers", number(database, "select count(*) from customer where state = 'active'")},
                {"cards", number(database, "select count(*) from card where state <> 'withdrawn'")},
                {"sales", number(database, "select count(*) from live_sale")},
                {"returns", number(database, "select count(*) from live_return")},
                {"entries", number(database, "select count(*) from entry")},
                {"operations", number(database, "select count(*) from operation")}};
  return facts;
}

std::string sqlite_version() {
  return sqlite3_libversion();
}

}  // namespace loyal::store
