// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
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

  /// Whether the program had a version by what is known.
  bool is_known(ProgramId program) { return !store::versions(database_, program, known_at_).empty(); }
  /// The version that applies on a points date: the newest of those in force; before the first, the first.
  const Version& on(ProgramId program, Date points_date);
  /// The newest version.
  const Version& newest(ProgramId program);
  const Version& version(VersionId id);
  /// The rules of a version as a sale meets them: a subscription gives the discounts of the program that it is of, as
  /// they stand on that day.
  const domain::Program& as_sold(const Version& version, Date on);
  /// The program of that slug; nothing where there is none.
  std::optional<ProgramId> find(const std::string& slug);

 private:
  const std::vector<Version>& all(ProgramId program);
  store::Database& database_;
  OperationId known_at_;
  std::map<ProgramId, std::vector<Version>> by_program_;
  std::map<VersionId, Version> by_id_;
  std::map<std::pair<VersionId, VersionId>, domain::Program> as_sold_;
};

}  // namespace loyal::service
