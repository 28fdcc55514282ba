// SPDX-License-Identifier: MIT
#include "loyal/domain/program_test.hpp"

#include "loyal/base/money.hpp"

namespace loyal::domain {
namespace {

template <class Quantity>
void compare(const char* what, const std::optional<Quantity>& expected, Quantity found, int scale,
             std::vector<Difference>& differences) {
  if (expected && *expected != found)
    differences.push_back({what, to_decimal(expected->count, scale), to_decimal(found.count, scale)});
}

}  // namespace

std::vector<Difference> run(const Program& program, const ProgramTest& test) {
  std::vector<Difference> differences;
  const auto outcome = assess(program, test.receipt, test.wish, test.card);
  const auto* assessment = std::get_if<Assessment>(&outcome);
  if ((assessment == nullptr) != test.is_refused)
    differences.push_back({"refused", test.is_refused ? "true" : "false", test.is_refused ? "false" : "true"});
  if (assessment == nullptr) return differences;
  const int scale = program.unit.scale;
  compare("earned", test.earned, assessment->earned, scale, differences);
  compare("spent", test.spent, assessment->spent, scale, differences);
  compare("discount", test.discount, assessment->discount, 2, differences);
  compare("paid", test.paid, assessment->paid, 2, differences);
  compare("donation", test.donation, Points{assessment->donation.count}, 2, differences);
  return differences;
}

}  // namespace loyal::domain
