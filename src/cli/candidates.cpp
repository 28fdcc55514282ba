// SPDX-License-Identifier: MIT
#include "loyal/cli/candidates.hpp"

namespace loyal::cli {

Candidates candidates(Session& /*session*/, Value /*value*/, const std::string& /*prefix*/) {
  return {};
}

}  // namespace loyal::cli
