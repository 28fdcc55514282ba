// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A card of a program; its number and its codes are unique in the store.
struct Card {
  CardId id;
  OperationId operation;
  ProgramId program;
  std::string number;
  Date issued_date;
  CustomerId customer;
  std::string state = "active";  ///< active, blocked, withdrawn
  std::string state_reason;
};

/// What a list of cards may be narrowed to.
struct CardFilter {
  ProgramId program;
  std::string state;       ///< empty: all but withdrawn
  bool any_state = false;  ///< withdrawn ones too, whatever `state` says
  bool only_unassigned = false;
  OperationId batch;  ///< the operation that issued them
  CustomerId customer;
  CardId from = {}, to = {};  ///< the first and the last, in the order of issue
};

/// A card with what a list shows of it.
struct CardListing {
  Card card;
  std::string program_slug, holder;
  Points active, pending, debt;
};

/// Adds an active card without a holder; `code` is its number folded. Error{conflict} if the code is taken.
CardId add_card(Journal& journal, ProgramId program, const std::string& number, const std::string& code, Date issued);
/// Writes holder and state, and records the change.
void update_card(Journal& journal, const Card& before, const Card& after);

/// A card that another took the place of: what it had is the other's.
struct CardLink {
  CardId card, into;
  std::string kind;  ///< replace, merge
  OperationId operation;
};
/// `date` is the day from which the other card's is all that the card had.
void add_card_link(Journal& journal, CardId card, CardId into, std::string_view kind, Date date);
/// The link that leads on from a card; nothing for a card in use.
std::optional<CardLink> link_from(Database& database, CardId card);
std::vector<CardLink> links_of_operation(Database& database, OperationId operation);
/// The card itself, or the one that took its place in the end; with `through`, as that operation left it.
CardId card_in_use(Database& database, CardId card, OperationId through = {});
/// Whether a card has neither holder nor history: what one is handed over from a stack.
bool is_blank(Database& database, const Card& card);
/// The card and all whose place it took, directly or by others: what counts by card counts over these.
std::vector<CardId> cards_united(Database& database, CardId card);

std::optional<Card> card(Database& database, CardId id);
std::optional<Card> card_by_code(Database& database, const std::string& code);
std::vector<Card> cards_of_customer(Database& database, CustomerId customer);
/// The cards that an operation issued.
std::vector<Card> cards_of_operation(Database& database, OperationId operation);

/// The cards with their balances on a date, in order of their ids.
void each_card(Database& database, const CardFilter& filter, Date on,
               const std::function<void(const CardListing&)>& take);
/// The codes of all cards of a program with the cards' ids.
void each_code(
    Database& database,
    const std::function<void(std::string_view code, CardId card, ProgramId program, std::string_view state)>& take);

/// The largest serial among the cards' numbers of so many digits that begin with the prefix; nothing where there is
/// none.
std::optional<std::int64_t> last_serial(Database& database, const std::string& prefix, int digits);
/// Codes that begin with a prefix, at most `limit`: for completion.
std::vector<std::pair<std::string, std::string>> cards_by_prefix(Database& database, const std::string& prefix,
                                                                 int limit);

}  // namespace loyal::store
