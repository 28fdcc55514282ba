// SPDX-License-Identifier: MIT
#include <sqlite3.h>

#include <optional>

#include "checks.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/journal.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::store {
namespace {

std::string operation_place(std::int64_t id, std::string_view verb) {
  return verb.empty() ? tr("operation {}", id) : tr("operation {} ({})", id, verb);
}

/// The rows of one history table, read once from the first to the last beside the operations.
class HistoryRows {
 public:
  HistoryRows(Database& database, std::size_t table)
      : name_(history_tables[table].name), rows_(database.prepare(query(table))) {
    rows_.rewind();
    columns_ = sqlite3_column_count(rows_.handle());
    advance();
    while (has_row_ && id_ < 1) {
      ++strays_;
      advance();
    }
  }

  /// The digest of an operation's rows, those from the last mark up to `to`; says in `missing` which are not there.
  Blob digest(std::int64_t operation, std::int64_t to, std::string& missing) {
    digest_.restart();
    digest_.add(operation);
    for (; has_row_ && id_ <= to; advance()) {
      note_gap(id_, missing);
      for (int column = 0; column < columns_; ++column) digest_.add_column(rows_, column);
      next_ = id_ + 1;
    }
    note_gap(to + 1, missing);
    next_ = to + 1;
    return digest_.finish();
  }

  /// Rows that no operation accounts for.
  std::int64_t strays() {
    for (; has_row_; advance()) ++strays_;
    return strays_;
  }
  const char* name() const { return name_; }

 private:
  static std::string_view query(std::size_t table) {
    static const std::array<std::string, history_count> queries = [] {
      std::array<std::string, history_count> result;
      for (std::size_t i = 0; i < history_count; ++i)
        result[i] = fmt::format("select {} from {} order by id", history_tables[i].columns, history_tables[i].name);
      return result;
    }();
    return queries[table];
  }

  void advance() {
    has_row_ = rows_.step();
    if (has_row_) id_ = rows_.integer(0);
  }

  void note_gap(std::int64_t found, std::string& missing) const {
    if (found <= next_) return;
    missing += missing.empty() ? "" : ", ";
    missing +=
        found == next_ + 1 ? fmt::format("{} {}", name_, next_) : fmt::format("{} {}-{}", name_, next_, found - 1);
  }

  const char* name_;
  Statement rows_;
  Digest digest_;
  int columns_ = 0;
  bool has_row_ = false;
  std::int64_t id_ = 0;
  std::int64_t next_ = 1;
  std::int64_t strays_ = 0;
};

const std::string& operations_query() {
  static const std::string query = fmt::format(
      "select id, at, wall_at, verb, key, input_digest, operator, till, undoes, hash, {} from operation order by id",
      mark_columns(""));
  return query;
}

/// The header as it was hashed; nothing where a time is no time any more.
std::optional<OperationHeader> header_of(const Statement& row) {
  const auto at = instant_from_iso(row.text_view(1));
  const auto wall_at = instant_from_iso(row.text_view(2));
  if (!at || !wall_at || to_string(*at) != row.text_view(1) || to_string(*wall_at) != row.text_view(2))
    return std::nullopt;
  return OperationHeader{*at,         *wall_at,    row.text(3), row.text(4),
                         row.blob(5), row.text(6), row.text(7), row.id<OperationId>(8)};
}

class Chain {
 public:
  Chain(Database& database, CheckReport& report) : database_(database), report_(report), uuid_(store_uuid(database)) {
    tables_.reserve(history_count);
    for (std::size_t i = 0; i < history_count; ++i) tables_.emplace_back(std::make_unique<HistoryRows>(database, i));
  }

  void run() {
    Statement row = database_.prepare(operations_query());
    row.rewind();
    while (row.step()) check_operation(row);
    for (const auto& table : tables_)
      if (const std::int64_t strays = table->strays(); strays > 0)
        report_.add(tr("the table {}", table->name()),
                    trn("{} row belongs to no operation", "{} rows belong to no operation", strays));
  }

 private:
  void check_operation(const Statement& row) {
    const std::int64_t id = row.integer(0);
    ++report_.examined;
    const bool follows = id == last_ + 1;
    if (!follows) report_missing(id);
    last_ = id;
    Marks marks{};
    std::array<Blob, history_count> digests;
    std::string missing;
    const Marks from = last_marks_;
    for (std::size_t i = 0; i < history_count; ++i) {
      marks[i] = row.integer(static_cast<int>(i) + 10);
      digests[i] = tables_[i]->digest(id, marks[i], missing);
    }
    last_marks_ = marks;
    Blob stored = row.blob(9);
    // After a gap nothing can be recomputed: the rows up to here are taken as they are, and the chain goes on from
    // them.
    if (!follows) return adopt(std::move(stored), {});
    const auto header = header_of(row);
    if (!header) {
      report_.add(operation_place(id, row.text_view(3)), tr("its time is not as it was recorded"));
      return adopt(std::move(stored), {});
    }
    Blob computed = chain_link(previous_, uuid_, {id}, *header, from, marks, digests);
    // Where the operation before has only its own hash changed, this one still follows from what that hash had been.
    if (computed != stored && !other_previous_.empty() &&
        chain_link(other_previous_, uuid_, {id}, *header, from, marks, digests) == stored)
      computed = stored;
    if (!missing.empty())
      report_.add(operation_place(id, header->verb), tr("rows are missing: {}", missing));
    else if (computed != stored)
      report_.add(operation_place(id, header->verb), tr("what it recorded was changed afterwards"));
    if (computed == stored) computed.clear();
    adopt(std::move(stored), std::move(computed));
  }

  void report_missing(std::int64_t found) {
    if (found <= last_) return report_.add(operation_place(found, {}), tr("operations are numbered from 1 on"));
    report_.add(operation_place(last_ + 1, {}),
                found == last_ + 2 ? tr("is missing") : tr("is missing, and all up to {}", found - 1));
  }

  void adopt(Blob previous, Blob other) {
    previous_ = std::move(previous);
    other_previous_ = std::move(other);
  }

  Database& database_;
  CheckReport& report_;
  std::string uuid_;
  std::vector<std::unique_ptr<HistoryRows>> tables_;
  std::int64_t last_ = 0;
  Marks last_marks_{};
  Blob previous_, other_previous_;
};

}  // namespace

void check_chain(Database& database, CheckReport& report) {
  Chain(database, report).run();
}

}  // namespace loyal::store
