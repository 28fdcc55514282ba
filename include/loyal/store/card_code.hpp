// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/store/card.hpp"

namespace loyal::store {

/// A code that a card was given beside its number, or (with `removes`) the taking away of one.
struct CardCode {
  std::int64_t id = 0;
  OperationId operation;
  CardId card;
  std::int64_t removes = 0;  ///< the code that was taken away; zero: one that was given
  std::string symbology;     ///< what it is drawn as
  std::string text;          ///< as it is drawn
  std::string value;         ///< folded: what it is looked up by
};

/// Who has a code, or had it.
struct CodeOwner {
  CardId card;
  bool is_removed = false;  ///< it was taken away and opens nothing
};

/// Gives the code to the card; Error{conflict} where another card or number has it or had it.
CardCode give_card_code(Journal& journal, CardId card, const std::string& symbology, const std::string& text,
                        const std::string& value);
/// Takes a standing code away; its value stays taken, so that an old print never opens another card.
void remove_card_code(Journal& journal, const CardCode& code);
/// Moves a standing code to another card.
void move_card_code(Journal& journal, const CardCode& code, CardId into);
/// Brings back what stood before an operation that is being undone.
void revert_card_codes(Journal& journal, OperationId operation);

std::optional<CodeOwner> code_owner(Database& database, const std::string& value);
/// The standing code of a value; nothing for a card's number and for what was taken away.
std::optional<CardCode> card_code(Database& database, const std::string& value);
/// The standing codes of a card beside its number, in the order in which they were given.
std::vector<CardCode> codes_of(Database& database, CardId card);
/// What an operation gave and took, in order.
std::vector<CardCode> card_codes_of_operation(Database& database, OperationId operation);
/// The standing codes of the cards that match, in the order of the cards.
void each_card_code(Database& database, const CardFilter& filter,
                    const std::function<void(const Card&, const CardCode&)>& take);

}  // namespace loyal::store
