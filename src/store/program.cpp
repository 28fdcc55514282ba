// SPDX-License-Identifier: MIT
#include "loyal/store/program.hpp"

#include "loyal/base/text.hpp"

namespace loyal::store {
namespace {

ProgramRow read_program(const Statement& row) {
  return {row.id<ProgramId>(0), row.id<CompanyId>(1), row.text(2), row.text(3), row.text(4), row.text(5)};
}

VersionRow read_version(const Statement& row) {
  return {row.id<VersionId>(0), row.id<ProgramId>(1), row.integer(2), row.date(3), row.text(4)};
}

}  // namespace

std::vector<ProgramRow> programs(Database& database) {
  std::vector<ProgramRow> result;
  Statement rows = database.prepare("select id, company_id, slug, title, kind, state from program order by id");
  rows.rewind();
  while (rows.step()) result.push_back(read_program(rows));
  return result;
}

std::optional<ProgramRow> program(Database& database, ProgramId id) {
  Statement row = database.prepare("select id, company_id, slug, title, kind, state from program where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_program(row)) : std::nullopt;
}

ProgramId add_program(Journal& journal, const ProgramRow& program) {
  std::int64_t id = 0;
  {
    Statement next = journal.database().prepare("select coalesce(max(id), 0) + 1 from program");
    next.rewind();
    next.step();
    id = next.integer(0);
  }
  const std::string key = fold_name(program.title);
  const Blob salt = random_bytes(16);
  journal.database()
      .prepare(
          "insert into program (id, company_id, slug, title, title_key, kind, state, salt) values ($1, $2, $3, $4, $5, "
          "$6, $7, $8)")
      .bind(id, program.company, program.slug, program.title, key, program.kind, program.state, salt)
      .run();
  journal.change("program", id, "add");
  return {id};
}

void update_program(Journal& journal, const ProgramRow& program) {
  const std::string key = fold_name(program.title);
  journal.database()
      .prepare("update program set title = $1, title_key = $2, state = $3 where id = $4")
      .bind(program.title, key, program.state, program.id)
      .run();
  journal.change("program", program.id.value, "edit");
}

std::vector<VersionRow> versions(Database& database, ProgramId program, OperationId through) {
  std::vector<VersionRow> result;
  Statement rows = database.prepare(
      "select id, program_id, number, applies_from, rules from program_version where program_id = $1 and ($2 is null "
      "or operation_id <= $2) and not exists (select 1 from operation as undo where undo.undoes = "
      "program_version.operation_id and ($2 is null or undo.id <= $2)) order by number");
  rows.bind(program, through);
  while (rows.step()) result.push_back(read_version(rows));
  return result;
}

std::optional<VersionRow> version(Database& database, VersionId id) {
  Statement row =
      database.prepare("select id, program_id, number, applies_from, rules from program_version where id = $1");
  row.bind(id);
  return row.step() ? std::optional(read_version(row)) : std::nullopt;
}

VersionId add_version(Journal& journal, const VersionRow& version) {
  return {journal.insert(History::program_version,
                         "insert into program_version (id, operation_id, program_id, number, applies_from, rules) "
                         "values ($1, $2, $3, $4, $5, $6)",
                         journal.id(), version.program, version.number, version.applies_from, version.rules)};
}

}  // namespace loyal::store
