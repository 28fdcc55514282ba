// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "loyal/base/date.hpp"
#include "loyal/base/quantity.hpp"

namespace loyal::domain {

/// Why an entry is in the ledger.
enum class EntryKind {
  earn,
  grant,
  opening,
  restore,
  adjust,
  spend,
  clawback,
  expire,
  repay,
  write_off,
  reverse,
  extend,
  transfer
};

/// The name of the kind in the store ("write_off").
std::string_view name(EntryKind kind);
std::optional<EntryKind> entry_kind(std::string_view name);

/// What a lot still holds. A debt lot holds less than nothing and has no date.
struct Lot {
  EntryId id;
  Points remainder;
  CompanyId issuer;
  Date date;  ///< points date of the entry that opened it
  Date usable_from;
  std::optional<Date> valid_through;  ///< inclusive; nothing: never expires

  bool is_debt() const { return remainder.count < 0; }
  bool is_pending(Date on) const { return !is_debt() && usable_from > on; }
  bool is_expired(Date on) const { return !is_debt() && valid_through && *valid_through < on; }
  bool is_active(Date on) const { return !is_debt() && !is_pending(on) && !is_expired(on); }
};

/// A part of a lot that something takes.
struct LotDebit {
  EntryId lot;
  Points points;  ///< > 0
  CompanyId issuer;
};

/// What a card holds on one date. Spendable is never below zero.
struct Balance {
  Points active;
  Points pending;
  Points expired_unswept;  ///< past their date, not yet booked by nightly
  Points debt;             ///< ≥ 0
};

Balance balance_on(std::span<const Lot> lots, Date on);

/// The active lots in the order in which they are spent: by valid-through (never last), then points date, then id.
std::vector<Lot> in_spending_order(std::span<const Lot> lots, Date on);

/// Takes `points` from the lots in the order given; the caller has seen to it that there are enough.
std::vector<LotDebit> take(std::span<const Lot> ordered, Points points);

}  // namespace loyal::domain
