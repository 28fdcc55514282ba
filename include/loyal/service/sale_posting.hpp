// SPDX-License-Identifier: MIT
#pragma once

#include "loyal/domain/assessment.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/store/sale.hpp"

namespace loyal::service {

/// What an assessed sale writes, whether it is typed, imported or made again: the sums of its row.
void fill(store::Sale& row, const domain::Assessment& assessment);
/// The same of one of its lines.
void fill(store::SaleLine& row, const domain::LineAssessment& assessment);
/// The points that it spends and earns. `origin` says where the sale is; its rule is set to the one that earned, where
/// it was one alone.
void post_points(Posting& posting, CardId card, const domain::Assessment& assessment, Origin& origin);

}  // namespace loyal::service
