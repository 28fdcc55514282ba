// SPDX-License-Identifier: MIT
#include "loyal/domain/ledger.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <tuple>

namespace loyal::domain {
namespace {

constexpr std::array<std::pair<EntryKind, std::string_view>, 13> kind_names = {{
    {EntryKind::earn, "earn"},
    {EntryKind::grant, "grant"},
    {EntryKind::opening, "opening"},
    {EntryKind::restore, "restore"},
    {EntryKind::adjust, "adjust"},
    {EntryKind::spend, "spend"},
    {EntryKind::clawback, "clawback"},
    {EntryKind::expire, "expire"},
    {EntryKind::repay, "repay"},
    {EntryKind::write_off, "write_off"},
    {EntryKind::reverse, "reverse"},
    {EntryKind::extend, "extend"},
    {EntryKind::transfer, "transfer"},
}};

}  // namespace

std::string_view name(EntryKind kind) {
  for (const auto& [value, text] : kind_names)
    if (value == kind) return text;
  throw std::logic_error("an entry kind without a name");
}

std::optional<EntryKind> entry_kind(std::string_view text) {
  for (const auto& [value, known] : kind_names)
    if (known == text) return value;
  return std::nullopt;
}

Balance balance_on(std::span<const Lot> lots, Date on) {
  Balance balance;
  for (const Lot& lot : lots) {
    if (lot.is_debt())
      balance.debt -= lot.remainder;
    else if (lot.is_pending(on))
      balance.pending += lot.remainder;
    else if (lot.is_expired(on))
      balance.expired_unswept += lot.remainder;
    else
      balance.active += lot.remainder;
  }
  return balance;
}

std::vector<Lot> in_spending_order(std::span<const Lot> lots, Date on) {
  std::vector<Lot> active;
  for (const Lot& lot : lots)
    if (lot.is_active(on)) active.push_back(lot);
  std::sort(active.begin(), active.end(), [](const Lot& a, const Lot& b) {
    if (a.valid_through != b.valid_through) {
      if (!a.valid_through || !b.valid_through) return a.valid_through.has_value();
      return *a.valid_through < *b.valid_through;
    }
    return std::tuple(a.date, a.id) < std::tuple(b.date, b.id);
  });
  return active;
}

std::vector<LotDebit> take(std::span<const Lot> ordered, Points points) {
  std::vector<LotDebit> debits;
  for (const Lot& lot : ordered) {
    if (points.count == 0) break;
    const Points part = std::min(points, lot.remainder);
    if (part.count <= 0) continue;
    debits.push_back({lot.id, part, lot.issuer});
    points -= part;
  }
  if (points.count != 0) throw std::logic_error("take: the lots hold less than is taken");
  return debits;
}

}  // namespace loyal::domain
