// SPDX-License-Identifier: MIT
#include "checks.hpp"
#include "loyal/base/message.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/night.hpp"

namespace loyal::store {
namespace {

/// A lot as the entries tell of it. Dates are ISO texts, whose order is that of the days.
struct ReckonedLot {
  std::int64_t card = 0;
  std::int64_t id = 0;
  std::int64_t remainder = 0;
  std::int64_t issuer = 0;
  std::string date, usable_from;
  std::string valid_through;  ///< empty: never ends
  bool is_open = false;       ///< the entry that opens it was seen
  bool is_debt = false;
};

std::string lot_place(Database& database, std::int64_t card, std::int64_t lot) {
  const auto row = store::card(database, {card});
  return tr("lot {} of card {}", lot, row ? row->number : fmt::format("#{}", card));
}

/// Goes through the entries by lot, holds each against the rules of the ledger, and tells what every lot holds at the
/// end.
class Reckoning {
 public:
  Reckoning(Database& database, CheckReport& report)
      : database_(database),
        report_(report),
        rows_(database.prepare(
            "select card_id, lot_id, id, operation_id, kind, points, issuer_id, date, usable_from, valid_through "
            "from entry order by card_id, lot_id, id")) {
    rows_.rewind();
    has_row_ = rows_.step();
  }

  bool next(ReckonedLot& lot) {
    if (!has_row_) return false;
    lot = {};
    lot.card = rows_.integer(0);
    lot.id = rows_.integer(1);
    std::int64_t operation = rows_.integer(3);
    for (; has_row_ && rows_.integer(0) == lot.card && rows_.integer(1) == lot.id; has_row_ = rows_.step()) {
      ++report_.examined;
      if (rows_.integer(3) != operation) check_sign(lot, operation);
      operation = rows_.integer(3);
      take(lot);
    }
    check_sign(lot, operation);
    return true;
  }

 private:
  void add(const std::string& what) { report_.add(tr("entry {}", rows_.integer(2)), what); }

  void take(ReckonedLot& lot) {
    const std::int64_t points = rows_.integer(5);
    if (__builtin_add_overflow(lot.remainder, points, &lot.remainder))
      add(tr("the lot's sum does not fit into 64 bits"));
    if (rows_.integer(2) == lot.id) return open(lot, points);
    if (!lot.is_open) return add(tr("names lot {}, which no entry of its card opened before", lot.id));
    if (rows_.integer(6) != lot.issuer) add(tr("has another issuer than its lot {}", lot.id));
    const std::string_view kind = rows_.text_view(4);
    if (kind == "extend")
      lot.valid_through = rows_.text(9);
    else if (points > 0)
      check_credit(kind, lot);
    else if (!lot.is_debt)
      check_debit(kind, lot);
  }

  void open(ReckonedLot& lot, std::int64_t points) {
    const std::string_view kind = rows_.text_view(4);
    lot.is_open = true;
    lot.is_debt = points < 0;
    lot.issuer = rows_.integer(6);
    lot.date = rows_.text(7);
    lot.usable_from = rows_.is_null(8) ? lot.date : rows_.text(8);
    lot.valid_through = rows_.text(9);
    const bool may_open = lot.is_debt ? kind == "clawback" || kind == "transfer" || kind == "opening"
                                      : kind != "spend" && kind != "expire" && kind != "clawback" && kind != "repay" &&
                                            kind != "reverse" && kind != "extend" && kind != "write_off";
    if (!may_open) add(tr("an entry of the kind {} opens no lot", kind));
  }

  void check_credit(std::string_view kind, const ReckonedLot& lot) {
    const bool moves_debt = lot.is_debt && kind == "transfer";
    if (kind != "repay" && kind != "reverse" && kind != "write_off" && !moves_debt)
      add(tr("an entry of the kind {} cannot add to lot {}", kind, lot.id));
  }

  /// Debts are repaid from pending lots too, a return takes its sale's pending lot back, a card's place is taken with
  /// what is pending on it, and an undo takes what it must.
  void check_debit(std::string_view kind, const ReckonedLot& lot) {
    if (kind == "reverse") return;
    if (kind == "earn" || kind == "grant" || kind == "opening" || kind == "restore")
      return add(tr("an entry of the kind {} cannot take from lot {}", kind, lot.id));
    const std::string_view date = rows_.text_view(7);
    const bool is_past = !lot.valid_through.empty() && date > lot.valid_through;
    const bool is_pending = date < lot.usable_from;
    if (kind == "expire") {
      if (!lot.valid_through.empty() && !is_past)
        add(tr("lot {} expires on {}, before its last day {}", lot.id, date, lot.valid_through));
      return;
    }
    if (is_pending && kind != "repay" && kind != "clawback" && kind != "transfer")
      add(tr("takes from lot {} on {}, which is usable from {}", lot.id, date, lot.usable_from));
    if (is_past && !is_pending)
      add(tr("takes from lot {} on {}, which was usable through {}", lot.id, date, lot.valid_through));
  }

  void check_sign(const ReckonedLot& lot, std::int64_t operation) {
    if (!lot.is_open || (lot.is_debt ? lot.remainder <= 0 : lot.remainder >= 0)) return;
    report_.add(lot_place(database_, lot.card, lot.id),
                lot.is_debt ? tr("a debt of more than nothing after operation {}: {}", operation, lot.remainder)
                            : tr("less than nothing after operation {}: {}", operation, lot.remainder));
  }

  Database& database_;
  CheckReport& report_;
  Statement rows_;
  bool has_row_ = false;
};

/// The table of lots in its own order.
class StoredLots {
 public:
  explicit StoredLots(Database& database)
      : rows_(database.prepare("select card_id, id, remainder, issuer_id, date, usable_from, valid_through from lot "
                               "order by card_id, id")) {
    rows_.rewind();
    advance();
  }
  void advance() { has_row = rows_.step(); }
  std::pair<std::int64_t, std::int64_t> key() const { return {rows_.integer(0), rows_.integer(1)}; }
  std::int64_t remainder() const { return rows_.integer(2); }
  bool has_facts_of(const ReckonedLot& lot) const {
    return rows_.integer(3) == lot.issuer && rows_.text_view(4) == lot.date && rows_.text_view(5) == lot.usable_from &&
           rows_.text_view(6) == lot.valid_through;
  }
  bool has_row = false;

 private:
  Statement rows_;
};

}  // namespace

void check_lots(Database& database, CheckReport& report) {
  StoredLots stored(database);
  Reckoning reckoning(database, report);
  const auto report_extra = [&] {
    report.add(lot_place(database, stored.key().first, stored.key().second),
               tr("stands in the table of lots, and the entries leave nothing in it"));
    stored.advance();
  };
  for (ReckonedLot lot; reckoning.next(lot);) {
    if (lot.remainder == 0) continue;
    const std::pair key{lot.card, lot.id};
    while (stored.has_row && stored.key() < key) report_extra();
    if (!stored.has_row || stored.key() != key) {
      report.add(lot_place(database, lot.card, lot.id),
                 tr("holds {} by its entries, and is not in the table of lots", lot.remainder));
      continue;
    }
    if (stored.remainder() != lot.remainder)
      report.add(lot_place(database, lot.card, lot.id),
                 tr("holds {} by its entries, {} in the table of lots", lot.remainder, stored.remainder()));
    else if (!stored.has_facts_of(lot))
      report.add(lot_place(database, lot.card, lot.id),
                 tr("has other dates or another issuer in the table of lots than in its entries"));
    stored.advance();
  }
  while (stored.has_row) report_extra();
}

std::int64_t rebuild_lots(Database& database) {
  database.execute("delete from lot");
  forget_earliest_end(database);
  CheckReport ignored;
  Reckoning reckoning(database, ignored);
  std::int64_t count = 0;
  Statement insert = database.prepare(
      "insert into lot (card_id, id, remainder, issuer_id, date, usable_from, valid_through) values ($1, $2, $3, $4, "
      "$5, $6, $7)");
  for (ReckonedLot lot; reckoning.next(lot);) {
    if (lot.remainder == 0 || !lot.is_open) continue;
    const auto valid_through = lot.valid_through.empty() ? std::nullopt : std::optional(lot.valid_through);
    insert.bind(lot.card, lot.id, lot.remainder, lot.issuer, lot.date, lot.usable_from, valid_through).run();
    ++count;
  }
  return count;
}

}  // namespace loyal::store
