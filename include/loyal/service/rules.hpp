// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/store/program.hpp"

namespace loyal::service {

/// The versions of programs as rules, read from their texts when they are first asked for.
class Rules {
 public:
  /// With `known_at`, as this operation knew them.
  explicit Rules(store::Database& database, OperationId known_at = {}) : database_(database), known_at_(known_at) {}

  struct Version {
    VersionId id;
    std::int64_t number = 0;
    Date applies_from;
    domain::Program program;
  };

  /// The version that applies on a points date: the newest of those in force; before the first, the first.
  const Version& on(ProgramId program, Date points_date);
  /// The newest version.
  const Version& newest(ProgramId program);
  const Version& version(VersionId id);

 private:
  const std::vector<Version>& all(ProgramId program);
  store::Database& database_;
  OperationId known_at_;
  std::map<ProgramId, std::vector<Version>> by_program_;
  std::map<VersionId, Version> by_id_;
};

}  // namespace loyal::service
