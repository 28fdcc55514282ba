// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loyal/domain/ledger.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::store {

/// A row of the ledger.
struct Entry {
  EntryId id;
  OperationId operation;
  CardId card;
  EntryId lot;
  domain::EntryKind kind = domain::EntryKind::earn;
  Points points;
  CompanyId issuer;
  ShopId shop;
  SaleId sale;
  ReturnId sale_return;
  std::string rule;
  EntryId answers;
  Date date;
  std::optional<Date> usable_from, valid_through;
  std::string reason;
};

/// Appends an entry with the next id; an entry whose lot is zero opens a lot of its own id.
EntryId add_entry(Journal& journal, const Entry& entry);

/// What the card's lots hold now, by id.
std::vector<domain::Lot> lots_of(Database& database, CardId card);
/// Whether the card owes points.
bool has_debt(Database& database, CardId card);
/// Writes a lot as it stands now; one that holds nothing is taken out.
void put_lot(Database& database, CardId card, const domain::Lot& lot);

/// The card's entries in order; with `through`, only those of operations up to it.
std::vector<Entry> entries_of(Database& database, CardId card, OperationId through = {});
std::optional<Entry> entry(Database& database, EntryId id);
/// The entries of an operation in order.
std::vector<Entry> entries_of_operation(Database& database, OperationId operation);

/// Every lot that still holds something, in card order, with the card's program.
void each_lot(Database& database, const std::function<void(CardId, ProgramId, const domain::Lot&)>& take);
/// Lots whose last day is before `on`, in card order.
void each_due_lot(Database& database, Date before, const std::function<void(CardId, const domain::Lot&)>& take);

/// Takes out the lots that each_due_lot shows.
void remove_due_lots(Database& database, Date before);
/// A lot with its dates, whatever it holds now; remainder zero where it holds nothing.
std::optional<domain::Lot> lot_as_opened(Database& database, CardId card, EntryId id);

struct EntryFilter {
  std::optional<Date> from, to;
  CardId card;
  std::string kind;
  OperationId through;  ///< only entries of operations up to it
};
struct EntryListing {
  Entry entry;
  std::string card_number, holder, program_slug, receipt;
  ProgramId program;
};
/// Entries in order of their ids.
void each_entry(Database& database, const EntryFilter& filter, const std::function<void(const EntryListing&)>& take);

/// Lots with their cards whose last day lies between two dates, by that day.
struct ExpiringLot {
  domain::Lot lot;
  CardId card;
  ProgramId program;
  std::string card_number, holder, phone;
};
void each_expiring(Database& database, Date from, Date to, const std::function<void(const ExpiringLot&)>& take);

}  // namespace loyal::store
