// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/domain/program_test.hpp"

namespace loyal::format {

/// Reads the text of a program. Unknown keys, contradictions and impossible rules are refused by Error{usage}:
/// `coffee.toml:12:5: …`, with what is allowed there as the hint.
domain::Program read_program(std::string_view text, const std::string& file_name);

/// The [[test]] tables of a program's text, in its order.
std::vector<domain::ProgramTest> read_program_tests(std::string_view text, const std::string& file_name);

/// The canonical text of a program, with a comment for the shop owner at each setting. Read again it gives the same
/// program; rules without a name get theirs as by name_rules.
std::string write_program(const domain::Program& program);

/// Gives every rule without a name one that is told from its content ("10% books", "1 per visit"), each name once.
void name_rules(domain::Program& program);

/// The name that name_rules would give, were it free.
std::string plain_name(const domain::EarnRule& rule, const domain::Unit& unit);
std::string plain_name(const domain::DiscountRule& rule);

}  // namespace loyal::format
