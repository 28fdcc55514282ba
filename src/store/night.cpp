// SPDX-License-Identifier: MIT
#include "loyal/store/night.hpp"

namespace loyal::store {

std::optional<Date> earliest_end(Database& database) {
  Statement row = database.prepare("select earliest_end from night where earliest_end is not null");
  row.rewind();
  return row.step() ? std::optional(row.date(0)) : std::nullopt;
}

void note_end(Database& database, Date valid_through) {
  database.prepare("update night set earliest_end = $1 where earliest_end > $1").bind(valid_through).run();
}

void find_earliest_end(Database& database) {
  Statement update = database.prepare(
      "update night set earliest_end = coalesce((select min(valid_through) from lot where remainder > 0), "
      "'9999-12-31')");
  update.rewind();
  update.run();
}

void forget_earliest_end(Database& database) {
  Statement update = database.prepare("update night set earliest_end = null where earliest_end is not null");
  update.rewind();
  update.run();
}

}  // namespace loyal::store
