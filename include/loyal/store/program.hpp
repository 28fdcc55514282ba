// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A card program; its rules stand in its versions.
struct ProgramRow {
  ProgramId id;
  CompanyId company;
  std::string slug, title, kind;
  std::string state = "active";
};

/// One version of a program's text, and the date from which it applies.
struct VersionRow {
  VersionId id;
  ProgramId program;
  std::int64_t number = 0;
  Date applies_from;
  std::string rules;  ///< the TOML text
};

std::vector<ProgramRow> programs(Database& database);
std::optional<ProgramRow> program(Database& database, ProgramId id);
ProgramId add_program(Journal& journal, const ProgramRow& program);
void update_program(Journal& journal, const ProgramRow& program);

/// The versions of a program, oldest first; versions of undone operations are left out. With `through`, those that this
/// operation knew and that had not been undone by then.
std::vector<VersionRow> versions(Database& database, ProgramId program, OperationId through = {});
std::optional<VersionRow> version(Database& database, VersionId id);
VersionId add_version(Journal& journal, const VersionRow& version);

}  // namespace loyal::store
