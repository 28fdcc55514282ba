// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loyal/service/context.hpp"
#include "loyal/service/points.hpp"
#include "loyal/store/ledger.hpp"

namespace loyal::service {

/// Which card is to be explained, and how much of it.
struct ExplainRequest {
  std::string card;
  std::string receipt;         ///< only this receipt and what became of its points; empty: all
  OperationId sale_operation;  ///< the same for the sale that this operation recorded
  std::optional<Date> as_of;
  OperationId known_at;
};

/// The part of an entry's points that a line of its receipt brought or took.
struct LineShare {
  std::int64_t line = 0;
  std::string name;  ///< of the goods, else their SKU
  Points points;     ///< with the entry's sign
};

/// An entry with all that says why it is there.
struct StoryEntry {
  store::Entry entry;
  Date date;  ///< where it stands in the story: not before the lot that it names
  std::string receipt, till;
  std::optional<Date> receipt_date;
  std::int64_t version = 0;      ///< of the program's rules under which the sale was made; 0: no sale
  std::vector<LineShare> lines;  ///< where several entries share a receipt, its lines are laid to them in order
  std::string shop, issuer;      ///< slugs
  std::optional<Date> usable_from, valid_through;  ///< of its lot
  OperationId undone_by;
  Points balance;  ///< sum of the card's entries so far
};

/// Why a card holds what it holds, by date.
struct CardStory {
  CardState state;
  std::string company;  ///< name
  std::vector<StoryEntry> entries;
  bool is_whole = true;            ///< all entries, whose sum is the balance; else those of one receipt
  std::vector<StoryEntry> others;  ///< those that are not shown, since what is shown may name them
  Points sum;                      ///< of the entries shown
};

CardStory explain(const Context& context, const ExplainRequest& request);

/// Entries that are one event to whoever holds the card: a payment from three lots is one.
struct StoryEvent {
  std::vector<const StoryEntry*> entries;
  Points points;
  Points balance;  ///< after it
  const StoryEntry& first() const { return *entries.front(); }
};

/// The story's entries gathered, in its order; they live as long as the story.
std::vector<StoryEvent> events_of(const CardStory& story);

}  // namespace loyal::service
