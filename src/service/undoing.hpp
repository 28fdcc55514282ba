// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <vector>

#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/service/undo.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {

/// Reverses the entries of one operation, card by card.
class Reversal {
 public:
  Reversal(store::Database& database, const store::OperationRow& row, Instant now, UndoMode mode)
      : database_(database), rules_(database), row_(row), now_(now), mode_(mode) {}

  /// The standing operations that used what would go; the operation itself where that cannot be told. Writes nothing.
  std::set<OperationId> users();
  /// Writes the reversing entries; with UndoMode::except_used what was used stays, and the report says how much.
  void run(store::Journal& journal, UndoReport& report);

 private:
  using ByLot = std::map<EntryId, Points>;

  const std::vector<std::vector<store::Entry>>& cards();
  /// What the reversal does to each lot of a card.
  ByLot changes(const std::vector<store::Entry>& entries) const;
  Points amount_of(const store::Entry& entry) const;
  /// How many points the lot lacks for the change, its expiry left out of account.
  Points shortage(const store::Entry& entry, EntryId lot, Points change);
  /// The standing operations that counted on the last day which the entry gave its lot.
  std::set<OperationId> users_of_term(const store::Entry& entry);
  void set_back(Posting& posting, const store::Entry& entry, UndoReport& report);
  void leave_used(UndoReport& report);
  void leave(const store::Entry& entry, Points points);
  void reverse_card(Posting& posting, const std::vector<store::Entry>& entries, UndoReport& report);
  void reverse_expiry(Posting& posting, const store::Entry& entry, EntryId lot, Points change, UndoReport& report);
  void reverse(Posting& posting, const store::Entry& entry, UndoReport& report);
  void expire_what_is_past(Posting& posting, const store::Entry& entry, const ByLot& touched, UndoReport& report);
  Origin origin_of(const store::Entry& entry) const;
  Date today_of(CardId card);

  store::Database& database_;
  Rules rules_;
  const store::OperationRow& row_;
  Instant now_;
  UndoMode mode_;
  Date on_;
  bool is_read_ = false;
  std::vector<std::vector<store::Entry>> cards_;
  std::map<EntryId, Points> left_;  ///< of an entry, by its id
  std::map<ProgramId, Date> today_;
};

/// Withdraws the cards that the operation issued and takes back what it did to cards, customers and consents.
void revert_rows(store::Journal& journal, const store::OperationRow& row, UndoMode mode, UndoReport& report);

}  // namespace loyal::service
