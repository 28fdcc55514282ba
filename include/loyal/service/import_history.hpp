// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "loyal/service/import_rows.hpp"

namespace loyal::service {

/// A purchase as its file says it was: what it cost, earned and spent. Where the file does not say what its points
/// paid, they paid what they are worth; where it does not say when what was earned may be used, the rules of `on` say
/// it. The lots that pay are the caller's to find.
domain::Assessment said_assessment(const domain::Program& program, std::span<const ImportedLine> lines,
                                   const std::vector<ImportedHistory>& history, Date on);

}  // namespace loyal::service
