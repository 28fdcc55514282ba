// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "loyal/store/journal.hpp"

namespace loyal::store {

/// An active card with the day that a rule counts from.
struct Anchored {
  CardId card;
  Date issued;
  Date anchor;
  CustomerId holder;
};

/// A program's active cards whose holders were born on a day of the year between two dates (the 29th of February also
/// where the 28th is), one card of each holder.
std::vector<Anchored> cards_by_birthday(Database& database, ProgramId program, Date from, Date through);
/// A program's active cards that were issued between two dates.
std::vector<Anchored> cards_issued(Database& database, ProgramId program, Date from, Date through);
/// A program's active cards.
std::vector<Anchored> cards_active(Database& database, ProgramId program);
/// A program's active cards whose last purchase lies between two dates.
std::vector<Anchored> cards_last_seen(Database& database, ProgramId program, Date from, Date through);

/// Whether a rule's grant stands between two dates on the card, on one whose place it took, or on another card of the
/// same holder and program.
bool has_grant(Database& database, CardId card, const std::string& rule, Date from, Date through);

/// Who brought the holder of a card.
void add_referral(Journal& journal, CardId card, CardId by, Date date);
/// The card of who brought the holder of this card, or of one whose place it took.
std::optional<CardId> referred_by(Database& database, CardId card);
/// A grant of a rule that a sale brought and that stands.
struct SaleGrant {
  EntryId entry;
  CardId card;
  Points points;
  CompanyId issuer;
  Points clawed_back;
};
std::vector<SaleGrant> grants_of_sale(Database& database, SaleId sale, CardId card, const std::string& rule);
/// How many grants of a rule stand on a card, of sales between two dates, and were not taken back.
std::int64_t count_sale_grants(Database& database, CardId card, const std::string& rule, Date from, Date through);

}  // namespace loyal::store
