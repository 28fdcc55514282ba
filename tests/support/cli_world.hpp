// SPDX-License-Identifier: MIT
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "loyal/cli/run.hpp"

namespace loyal::test {

/// A world without a terminal, an environment or a home, whose streams are strings.
struct CliWorld {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  FixedClock clock{Instant{1'772'366'400}};
  cli::World world{.in = in,
                   .out = out,
                   .err = err,
                   .environment = {{"HOME", "/nonexistent"}, {"XDG_CONFIG_HOME", "/nonexistent"}},
                   .clock = clock,
                   .locale_directory = "/nonexistent"};

  /// Runs one line; what was written before is forgotten.
  int run(const std::vector<std::string>& words, const cli::CommandTable& table = cli::command_table()) {
    out.str("");
    err.str("");
    return cli::run(words, world, table);
  }
};

}  // namespace loyal::test
