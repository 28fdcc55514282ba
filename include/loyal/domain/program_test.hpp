// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/assessment.hpp"
#include "loyal/domain/program.hpp"

namespace loyal::domain {

/// A receipt that stands in a program's own text, with what the rules must make of it.
struct ProgramTest {
  std::string name;
  unsigned line = 0;  ///< of the text
  Receipt receipt;
  SpendWish wish;
  CardFacts card;
  std::optional<Points> earned, spent, donation;
  std::optional<Money> discount, paid;
  bool is_refused = false;  ///< the sale must be refused
};

/// What a test found other than it expected.
struct Difference {
  std::string what;  ///< "earned", "paid" … as in the text
  std::string expected, found;
};

/// Runs one test; no differences: it holds.
std::vector<Difference> run(const Program& program, const ProgramTest& test);

}  // namespace loyal::domain
