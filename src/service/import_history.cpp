// SPDX-License-Identifier: MIT
#include "loyal/service/import_history.hpp"

#include <algorithm>

#include "loyal/domain/expiry.hpp"

namespace loyal::service {
namespace {

domain::LineAssessment said_line(const domain::Program& program, const ImportedLine& line,
                                 const ImportedHistory& said) {
  domain::LineAssessment result;
  result.amount = {line.amount};
  result.discount = {said.discount};
  result.spent = {said.spent};
  result.earned = {said.earned};
  const Money left = result.amount - result.discount;
  result.points_money = {said.points_money};
  if (said.points_money == 0 && said.spent > 0)
    result.points_money = std::min(left, domain::worth_of(program.unit, result.spent));
  result.paid = left - result.points_money;
  return result;
}

}  // namespace

domain::Assessment said_assessment(const domain::Program& program, std::span<const ImportedLine> lines,
                                   const std::vector<ImportedHistory>& history, Date on) {
  domain::Assessment assessment;
  domain::Validity validity = domain::validity_of_earn(program, on);
  for (const ImportedLine& line : lines) {
    const ImportedHistory& said = history[line.history];
    const domain::LineAssessment result = said_line(program, line, said);
    assessment.total += result.amount;
    assessment.discount += result.discount;
    assessment.points_money += result.points_money;
    assessment.paid += result.paid;
    assessment.earned += result.earned;
    assessment.spent += result.spent;
    if (said.usable_from) validity.usable_from = *said.usable_from;
    if (said.valid_through || said.never_ends) validity.valid_through = said.valid_through;
    assessment.lines.push_back(result);
  }
  assessment.usable_from = std::max(validity.usable_from, on);
  assessment.valid_through = validity.valid_through;
  if (assessment.valid_through) assessment.valid_through = std::max(*assessment.valid_through, assessment.usable_from);
  return assessment;
}

}  // namespace loyal::service
