// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "loyal/domain/program.hpp"

namespace loyal::cli {

/// The rules in whole sentences, as they would stand on the counter for those who hold the cards.
std::vector<std::string> explained_to_customers(const domain::Program& program);

/// What somebody at the till has to know and do, with the commands for it.
std::vector<std::string> explained_to_cashiers(const domain::Program& program);

}  // namespace loyal::cli
