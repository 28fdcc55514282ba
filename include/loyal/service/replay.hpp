// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/program.hpp"
#include "loyal/service/context.hpp"

namespace loyal::service {

/// Which sales are to be made again, and under which text.
struct ReplayRequest {
  std::string text, file_name;
  std::optional<Date> from, to;  ///< points dates, inclusive; sales outside keep the rules that they were made under
};

/// What a program came to, under one set of rules.
struct ReplaySide {
  Points earned;     ///< by the sales in question, less what their returns took back
  Money discount;    ///< of these sales
  Points spent;      ///< on these sales
  Points liability;  ///< active and pending on all cards at the end
};

/// A card to which the rules make a difference.
struct ReplayCard {
  std::string number, holder;
  Points earned_before, earned_after;
  Money discount_before, discount_after;
  Points balance_before, balance_after;
};

struct ReplayReport {
  std::string program_slug;
  domain::Unit unit;
  std::int64_t sales = 0, returns = 0;
  std::int64_t gaining = 0, losing = 0;  ///< cards, by points earned and discounts together
  ReplaySide before, after;
  std::vector<ReplayCard> cards;  ///< that differ; who loses most first
};

/// Makes the store's own sales and returns again under changed rules, in a store of its own in memory, and compares.
/// Grants, corrections and transfers are taken as they were; who paid with points pays with as many, or with as many as
/// there are. Nothing is written.
ReplayReport replay(const Context& context, const ReplayRequest& request, const Progress& progress);

}  // namespace loyal::service
