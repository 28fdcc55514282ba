// SPDX-License-Identifier: MIT
#include "loyal/service/sale_posting.hpp"

namespace loyal::service {

void fill(store::Sale& row, const domain::Assessment& assessment) {
  row.total = assessment.total;
  row.discount = assessment.discount;
  row.points_money = assessment.points_money;
  row.paid = assessment.paid;
  row.earned = assessment.earned;
  row.spent = assessment.spent;
  row.earn_limit = assessment.earn_limit;
}

void fill(store::SaleLine& row, const domain::LineAssessment& assessment) {
  row.discount = assessment.discount;
  row.points_money = assessment.points_money;
  row.spent = assessment.spent;
  row.paid = assessment.paid;
  row.earned = assessment.earned;
}

void post_points(Posting& posting, CardId card, const domain::Assessment& assessment, Origin& origin) {
  origin.rule.clear();
  if (!assessment.debits.empty()) posting.debit(card, domain::EntryKind::spend, assessment.debits, origin);
  if (assessment.earned.count == 0) return;
  if (assessment.shares.size() == 1) origin.rule = assessment.shares.front().rule;
  posting.credit(card, domain::EntryKind::earn, assessment.earned, origin,
                 {assessment.usable_from, assessment.valid_through});
}

}  // namespace loyal::service
