// SPDX-License-Identifier: MIT
#include "loyal/store/operation.hpp"

#include <fmt/format.h>

namespace loyal::store {
namespace {

/// The query of operations with its end; prepare() wants a text that stays.
std::string operation_query(std::string_view end) {
  return fmt::format(
      "select o.id, o.at, o.wall_at, o.verb, o.key, o.input_digest, o.operator, o.till, o.undoes, "
      "(select undo.id from operation as undo where undo.undoes = o.id), o.hash, {}, {} "
      "from operation as o left join operation as p on p.id = o.id - 1 {}",
      mark_columns("o."), mark_columns("p."), end);
}

OperationRow read_operation(const Statement& row) {
  OperationRow result;
  result.id = row.id<OperationId>(0);
  result.at = row.text(1);
  result.wall_at = row.text(2);
  result.verb = row.text(3);
  result.key = row.text(4);
  result.input_digest = row.blob(5);
  result.operator_name = row.text(6);
  result.till = row.text(7);
  result.undoes = row.id<OperationId>(8);
  result.undone_by = row.id<OperationId>(9);
  result.hash = row.blob(10);
  for (std::size_t i = 0; i < history_count; ++i) {
    result.to[i] = row.integer(static_cast<int>(11 + i));
    result.from[i] = row.integer(static_cast<int>(11 + history_count + i));
  }
  return result;
}

std::optional<OperationRow> only(Statement& row) {
  return row.step() ? std::optional(read_operation(row)) : std::nullopt;
}

}  // namespace

Blob digest_key(Database& database) {
  Statement row = database.prepare("select digest_key from store");
  row.rewind();
  return row.step() ? row.blob(0) : Blob{};
}

std::string store_uuid(Database& database) {
  Statement row = database.prepare("select uuid from store");
  row.rewind();
  return row.step() ? row.text(0) : std::string{};
}

std::optional<OperationRow> operation(Database& database, OperationId id) {
  static const std::string query = operation_query("where o.id = $1");
  Statement row = database.prepare(query);
  row.bind(id);
  return only(row);
}

std::optional<OperationRow> operation_by_key(Database& database, const std::string& key) {
  static const std::string query = operation_query("where o.key = $1 and o.key <> ''");
  Statement row = database.prepare(query);
  row.bind(key);
  return only(row);
}

std::optional<OperationRow> last_operation(Database& database) {
  static const std::string query = operation_query("order by o.id desc limit 1");
  Statement row = database.prepare(query);
  row.rewind();
  return only(row);
}

std::optional<OperationRow> last_standing_operation(Database& database) {
  static const std::string query = operation_query(
      "where o.undoes is null and not exists (select 1 from operation as undo where undo.undoes = o.id) "
      "order by o.id desc limit 1");
  Statement row = database.prepare(query);
  row.rewind();
  return only(row);
}

void each_operation(Database& database, OperationId since, const std::function<void(const OperationRow&)>& take) {
  static const std::string query = operation_query("where o.id > $1 order by o.id");
  Statement rows = database.prepare(query);
  rows.bind(since.value);
  while (rows.step()) take(read_operation(rows));
}

std::vector<ChangeRow> changes_of_operation(Database& database, OperationId operation) {
  std::vector<ChangeRow> result;
  Statement rows = database.prepare(
      "select subject, subject_id, action, detail from change where id > coalesce((select change_to from operation "
      "where id = $1 - 1), 0) "
      "and id <= (select change_to from operation where id = $1) order by id");
  rows.bind(operation);
  while (rows.step()) result.push_back({rows.text(0), rows.integer(1), rows.text(2), rows.text(3)});
  return result;
}

}  // namespace loyal::store
