// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/base/quantity.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::cli {

class Verb;

/// What `program add` takes from the command line; what is not given stays as the kind has it.
struct ProgramOptions {
  std::string kind, slug, title, zone;
  std::optional<std::string> earn, expire, spend_max, pending, unit, discount;
  std::optional<std::int64_t> scale;
  std::optional<Money> worth, min_to_pay;
  std::optional<std::string> donate, fund;
  std::optional<Money> per_month;
  std::vector<std::string> members;  ///< slugs or names of companies
};

void declare_program_options(Verb& verb, ProgramOptions& options);

/// The program that the flags describe; Error{usage} for a flag that the kind has no use for, or lacks.
domain::Program program_of(const ProgramOptions& options);

}  // namespace loyal::cli
