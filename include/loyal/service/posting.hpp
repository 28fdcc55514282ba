// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "loyal/domain/expiry.hpp"
#include "loyal/domain/ledger.hpp"
#include "loyal/store/journal.hpp"

namespace loyal::service {

/// Where an entry comes from: whose points, where, by which document, and why.
struct Origin {
  CompanyId issuer;
  ShopId shop;
  SaleId sale;
  ReturnId sale_return;
  std::string rule;
  Date date;
  std::string reason;
};

/// Writes entries and keeps the lots in step, for one operation: the only way in which points move.
/// Entries are held back and written by flush(), in card order (so that a card's rows lie together), each card's in the
/// order of posting. Ids that are answered before flush() are provisional: use them within this operation only.
class Posting {
 public:
  explicit Posting(store::Journal& journal);

  /// What the card's lots hold at this point of the operation.
  const std::vector<domain::Lot>& lots(CardId card);
  /// Says that a card was made by this operation: nothing need be read for it.
  void is_new(CardId card) { cards_[card.value].is_whole = true; }

  /// Makes room for so many entries at once: growing by doubling would copy them at the peak of memory.
  void expect(std::size_t entries) { pending_.reserve(entries); }

  /// Opens a lot; debt of the card is repaid from it first, and from no other lot.
  EntryId credit(CardId card, domain::EntryKind kind, Points points, const Origin& origin,
                 const domain::Validity& validity, EntryId answers = {});
  /// Takes from lots, an entry each. Debits of another issuer's points name that issuer.
  void debit(CardId card, domain::EntryKind kind, std::span<const domain::LotDebit> debits, const Origin& origin);
  /// Books the expiry of all that a lot holds without reading the card's other lots: for a night's millions. The caller
  /// takes the lot's row out itself.
  void expire_unread(CardId card, const domain::Lot& lot, const Origin& origin);
  /// Opens a debt lot, by a clawback or by moving a debt from another card.
  void incur_debt(CardId card, Points points, const Origin& origin,
                  domain::EntryKind kind = domain::EntryKind::clawback, EntryId answers = {});
  /// Adds to or takes from one lot, which may have been emptied before: for reversals and for points that go to another
  /// card. `lot` holds the lot's own dates.
  EntryId move(CardId card, domain::EntryKind kind, Points points, const domain::Lot& lot, const Origin& origin,
               EntryId answers = {});

  /// Gives a lot another last day (nothing: none), the only way in which a lot's dates change.
  void extend(CardId card, EntryId lot, std::optional<Date> valid_through, const Origin& origin, EntryId answers = {});

  /// Writes what was posted.
  void flush();

 private:
  struct Pending {
    std::int64_t card, lot, points, sale, sale_return, answers;
    std::int32_t date, usable_from, valid_through;  // day numbers; no_date: none
    std::uint32_t issuer, shop, rule, reason;
    domain::EntryKind kind;
  };
  struct CardLots {
    std::vector<domain::Lot> lots;
    std::vector<char> is_changed;
    bool is_whole = false;  // what the store holds has been read, not only what this operation opened
    bool may_have_debt = false;
  };

  /// The card's lots of this operation; those of the store only once somebody asked for them.
  CardLots& entered(CardId card);
  /// All of the card's lots.
  CardLots& held(CardId card);
  void repay_debt(CardId card, CardLots& lots, EntryId from, const Origin& origin);
  std::uint32_t text_number(const std::string& text);
  EntryId append(CardId card, domain::EntryKind kind, Points points, EntryId lot, const Origin& origin,
                 CompanyId issuer, EntryId answers, const domain::Validity* validity);
  void change_lot(CardLots& card, EntryId lot, Points points);
  std::vector<std::int64_t> in_card_order();
  void write_entries(const std::vector<std::int64_t>& order, const std::vector<std::int64_t>& place);
  void write_lots(const std::vector<std::int64_t>& place);
  EntryId final_id(std::int64_t id, const std::vector<std::int64_t>& place) const;

  store::Journal& journal_;
  std::int64_t base_;  // the id of the first entry held back
  std::vector<Pending> pending_;
  std::unordered_map<std::int64_t, CardLots> cards_;
  std::vector<std::string> texts_;
  std::map<std::string, std::uint32_t, std::less<>> text_numbers_;
};

}  // namespace loyal::service
