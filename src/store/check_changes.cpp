// SPDX-License-Identifier: MIT
#include "checks.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::store {
namespace {

std::string_view scan_query(std::size_t subject) {
  static const std::array<std::string, subject_count> queries = [] {
    std::array<std::string, subject_count> result;
    for (std::size_t i = 0; i < subject_count; ++i) result[i] = std::string(subject_tables[i].query) + " order by id";
    return result;
  }();
  return queries[subject];
}

/// The last change of each row of a subject, in order of the rows.
class LastChanges {
 public:
  LastChanges(Database& database, std::string_view subject)
      : rows_(database.prepare("select subject_id, digest from change where subject = $1 order by subject_id, id")) {
    rows_.bind(subject);
    has_row_ = rows_.step();
  }
  /// Goes to the next subject; false at the end.
  bool next() {
    if (!has_row_) return false;
    id = rows_.integer(0);
    for (; has_row_ && rows_.integer(0) == id; has_row_ = rows_.step()) digest = rows_.blob(1);
    return true;
  }
  std::int64_t id = 0;
  Blob digest;  ///< empty: the row was erased

 private:
  Statement rows_;
  bool has_row_ = false;
};

/// A card that no operation changed since it was issued is nobody's and active.
bool is_untouched_card(std::string_view subject, const Statement& row) {
  return subject == "card" && row.is_null(1) && row.text_view(2) == "active" && row.text_view(3).empty();
}

void check_subject(Database& database, std::size_t index, CheckReport& report) {
  const std::string_view subject = subject_tables[index].name;
  LastChanges changes(database, subject);
  Statement rows = database.prepare(scan_query(index));
  rows.rewind();
  bool has_change = changes.next();
  const auto report_absent = [&] {
    if (!changes.digest.empty())
      report.add(fmt::format("{} {}", subject, changes.id), tr("is missing, and history knows of no erasure"));
    has_change = changes.next();
  };
  while (rows.step()) {
    ++report.examined;
    const std::int64_t id = rows.integer(0);
    while (has_change && changes.id < id) report_absent();
    const bool is_known = has_change && changes.id == id;
    if (is_known ? subject_row_digest(rows) != changes.digest : !is_untouched_card(subject, rows))
      report.add(fmt::format("{} {}", subject, id),
                 is_known ? tr("is not as its last change left it") : tr("history does not know of it"));
    if (is_known) has_change = changes.next();
  }
  while (has_change) report_absent();
}

}  // namespace

void check_changes(Database& database, CheckReport& report) {
  for (std::size_t i = 0; i < subject_count; ++i) check_subject(database, i, report);
}

}  // namespace loyal::store
