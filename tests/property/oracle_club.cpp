// SPDX-License-Identifier: MIT
#include "property/oracle.hpp"

namespace loyal::test {

bool Oracle::is_member(int company, Date on) const {
  if (program.kind != domain::Kind::club) return true;
  const domain::Member& member = program.members[static_cast<std::size_t>(company)];
  return (!member.from || on >= *member.from) && (!member.until || on <= *member.until);
}

const std::vector<domain::EarnRule>& Oracle::rules_of(const Buyer& buyer) const {
  if (program.kind != domain::Kind::club) return program.earn;
  const domain::Member& member = program.members[static_cast<std::size_t>(buyer.company)];
  return member.earn.empty() ? program.earn : member.earn;
}

std::map<std::pair<int, int>, Whole> Oracle::settlement() const {
  std::map<int, int> places;  // where an operation spent
  std::map<std::pair<int, int>, Whole> owed;
  for (const auto& [number, sale] : sales_) {
    if (undone_.contains(sale.operation)) continue;
    places[sale.operation] = sale.buyer.company;
    for (const Return& back : live_returns(sale))
      for (const auto& [place, points] : back.restored)
        owed[{lots_[sale.spends[place].lot].issuer, sale.buyer.company}] -= points;
  }
  for (const auto& [operation, given] : redeemed_)
    if (!undone_.contains(operation)) places[operation] = given.company;
  for (const Lot& lot : lots_)
    for (const Movement& movement : lot.movements)
      if (movement.kind == Kind::spend && places.contains(movement.operation) && !is_gift(lot.card))
        owed[{lot.issuer, places.at(movement.operation)}] -= movement.points;
  std::erase_if(owed, [](const auto& row) { return row.first.first == row.first.second || row.second == 0; });
  return owed;
}

}  // namespace loyal::test
