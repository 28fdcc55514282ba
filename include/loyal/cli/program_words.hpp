// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/program.hpp"
#include "loyal/format/record.hpp"
#include "loyal/service/programs.hpp"

namespace loyal::cli {

/// What adding or applying a program did.
format::Record program_record(const service::ProgramReceipt& receipt);

/// Adds the rules of a program in plain words, a field each.
void add_rules(format::Record& record, const domain::Program& program);

}  // namespace loyal::cli
