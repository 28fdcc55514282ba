// SPDX-License-Identifier: MIT
#include "loyal/service/undo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/zone.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/service/posting.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/customer.hpp"
#include "loyal/store/dependents.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/visit.hpp"

namespace loyal::service {
namespace {

constexpr std::size_t dependents_shown = 10;

constexpr std::array<std::string_view, 19> undoable = {
    "sale add",         "sale return",  "sale void",   "points grant", "points adjust", "nightly",      "import sales",
    "import customers", "customer add", "card issue",  "card assign",  "card block",    "card unblock", "program apply",
    "card top-up",      "card use",     "card freeze", "reward stock", "reward redeem"};

store::OperationRow operation_to_undo(store::Database& database, OperationId id) {
  const auto row = id ? store::operation(database, id) : store::last_standing_operation(database);
  if (!row) {
    if (id) throw Error(Fault::not_found, tr("there is no operation {}", id.value), "loyal log");
    throw Error(Fault::not_found, tr("there is nothing to undo"), "loyal log");
  }
  if (row->undone_by)
    throw Error(Fault::refused,
                tr("operation {} was undone already, by operation {}", row->id.value, row->undone_by.value),
                "loyal log");
  if (row->undoes)
    throw Error(Fault::refused, tr("operation {} is an undo itself; do again what it took back", row->id.value),
                "loyal log");
  if (std::find(undoable.begin(), undoable.end(), row->verb) == undoable.end())
    throw Error(Fault::refused, tr("operation {} ({}) cannot be undone", row->id.value, row->verb),
                tr("change it by hand instead"));
  return *row;
}

[[noreturn]] void refuse_used(const store::OperationRow& row, const std::set<OperationId>& users) {
  std::string list;
  std::size_t shown = 0;
  for (auto user = users.rbegin(); user != users.rend() && shown < dependents_shown; ++user, ++shown)
    list += (list.empty() ? "" : ", ") + std::to_string(user->value);
  if (users.size() > dependents_shown) list += ", …";
  throw Error(
      Fault::refused,
      tr("operation {} ({}) cannot be undone: later operations use what it did: {}", row.id.value, row.verb, list),
      fmt::format("loyal undo {}", users.rbegin()->value), {{"operations", list}});
}

/// Reverses the entries of one operation, card by card.
class Reversal {
 public:
  Reversal(Operation& operation, const store::OperationRow& row, Instant now, UndoReport& report)
      : database_(operation.journal().database()),
        posting_(operation.journal()),
        rules_(database_),
        row_(row),
        now_(now),
        report_(report) {}

  void run() {
    std::vector<store::Entry> of_card;
    for (const store::Entry& entry : store::entries_of_operation(database_, row_.id)) {
      if (!of_card.empty() && of_card.front().card != entry.card) {
        reverse_card(of_card);
        of_card.clear();
      }
      of_card.push_back(entry);
    }
    if (!of_card.empty()) reverse_card(of_card);
    if (!users_.empty()) refuse_used(row_, users_);
    posting_.flush();
  }
  const std::set<CardId>& cards() const { return cards_; }

 private:
  Origin origin_of(const store::Entry& entry) const {
    return {entry.issuer, entry.shop, entry.sale, entry.sale_return, {}, on_, {}};
  }

  /// Today where the card's program is.
  Date today_of(CardId card) {
    const ProgramId program = store::card(database_, card).value().program;
    const auto [place, is_first] = today_.try_emplace(program);
    if (is_first) place->second = Zone(rules_.newest(program).program.zone).local(now_).date;
    return place->second;
  }

  void reverse_card(const std::vector<store::Entry>& entries) {
    on_ = today_of(entries.front().card);
    cards_.insert(entries.front().card);
    std::map<EntryId, Points> change;
    for (const store::Entry& entry : entries) {
      change[entry.lot] -= entry.points;
      // What came later counted on the lot's last day.
      if (entry.kind == domain::EntryKind::extend) note_users_of_term(entry);
    }
    for (const auto& [lot, points] : change)
      if (!make_room(entries.front(), lot, points)) note_users(entries.front().card, lot);
    if (!users_.empty()) return;
    // What comes back first, so that no lot is overdrawn on the way.
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
      if (entry->points.count < 0) reverse(*entry);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
      if (entry->points.count > 0) reverse(*entry);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
      if (entry->kind == domain::EntryKind::extend) set_back(*entry);
    expire_what_is_past(entries.front(), change);
  }

  /// Sees to it that the lot can take the change: expiry since is no use of it and is reversed along.
  bool make_room(const store::Entry& entry, EntryId id, Points points) {
    const auto lot = store::lot_as_opened(database_, entry.card, id);
    const auto opening = store::entry(database_, id);
    if (!lot || !opening) return false;
    Points after = lot->remainder + points;
    if (opening->points.count < 0) return after.count <= 0;
    if (after.count >= 0) return true;
    for (const store::Entry& expiry : store::standing_expiries(database_, entry.card, id)) {
      posting_.move(entry.card, domain::EntryKind::reverse, -expiry.points, *lot, origin_of(expiry), expiry.id);
      ++report_.entries;
      after -= expiry.points;
    }
    return after.count >= 0;
  }

  std::vector<OperationId> users_of(CardId card, EntryId lot) {
    return store::operations_on_lot_after(database_, card, lot, row_.id);
  }

  void note_users_of_term(const store::Entry& entry) {
    for (const OperationId user : users_of(entry.card, entry.lot)) users_.insert(user);
    const auto opening = store::entry(database_, entry.lot);
    for (const store::Visit& visit : store::visits_of(database_, entry.card))
      if (visit.operation > row_.id && visit.sale && opening && visit.sale == opening->sale)
        users_.insert(visit.operation);
  }

  void note_users(CardId card, EntryId lot) {
    for (const OperationId user : users_of(card, lot)) users_.insert(user);
    if (users_.empty()) users_.insert(row_.id);
  }

  void reverse(const store::Entry& entry) {
    const auto lot = store::lot_as_opened(database_, entry.card, entry.lot);
    posting_.move(entry.card, domain::EntryKind::reverse, -entry.points, lot.value(), origin_of(entry), entry.id);
    ++report_.entries;
  }

  /// Gives the lot the last day that it had before; what expired since comes back with it.
  void set_back(const store::Entry& entry) {
    for (const store::Entry& expiry : store::standing_expiries(database_, entry.card, entry.lot)) {
      const auto lot = store::lot_as_opened(database_, entry.card, entry.lot);
      posting_.move(entry.card, domain::EntryKind::reverse, -expiry.points, lot.value(), origin_of(expiry), expiry.id);
      ++report_.entries;
    }
    std::optional<Date> before;
    for (const store::Entry& other : store::entries_of(database_, entry.card))
      if (other.id < entry.id && other.lot == entry.lot &&
          (other.id == other.lot || other.kind == domain::EntryKind::extend))
        before = other.valid_through;
    posting_.extend(entry.card, entry.lot, before, origin_of(entry), entry.id);
    ++report_.entries;
  }

  void expire_what_is_past(const store::Entry& entry, const std::map<EntryId, Points>& touched) {
    const std::vector<domain::Lot> lots = posting_.lots(entry.card);
    for (const domain::Lot& lot : lots) {
      if (lot.remainder.count <= 0 || !lot.is_expired(on_) || !touched.contains(lot.id)) continue;
      const domain::LotDebit debit{lot.id, lot.remainder, lot.issuer};
      posting_.debit(entry.card, domain::EntryKind::expire, {&debit, 1}, origin_of(entry));
      report_.expired += lot.remainder;
    }
  }

  store::Database& database_;
  Posting posting_;
  Rules rules_;
  const store::OperationRow& row_;
  Instant now_;
  Date on_;
  std::map<ProgramId, Date> today_;
  UndoReport& report_;
  std::set<OperationId> users_;
  std::set<CardId> cards_;
};

/// Cards that the operation issued are withdrawn; their numbers can be issued again.
void withdraw_cards(Operation& operation, const store::OperationRow& row, UndoReport& report) {
  for (const store::Card& card : store::cards_of_operation(operation.journal().database(), row.id)) {
    store::Card withdrawn = card;
    withdrawn.state = "withdrawn";
    withdrawn.customer = {};
    store::update_card(operation.journal(), card, withdrawn);
    ++report.cards;
  }
}

/// Rows that the operation added or edited beside the ledger.
void revert_changes(Operation& operation, const store::OperationRow& row, UndoReport& report) {
  store::Database& database = operation.journal().database();
  const auto changes = store::changes_of_operation(database, row.id);
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    if (change->subject == "customer" && change->action == "add") {
      store::Customer customer = store::customer(database, {change->subject_id}).value();
      customer.state = "withdrawn";
      store::update_customer(operation.journal(), customer);
      ++report.customers;
    } else if (change->subject == "card" && change->action == "edit") {
      const store::Card after = store::card(database, {change->subject_id}).value();
      if (after.state == "withdrawn") continue;
      store::update_card(operation.journal(), after, store::card_before(after, change->detail));
    }
  }
}

std::optional<CardState> only_card(const Context& context, const std::set<CardId>& cards) {
  if (cards.size() != 1) return std::nullopt;
  return card_state(context, store::card(context.store, *cards.begin()).value().number, std::nullopt);
}

}  // namespace

UndoReport undo(const Context& context, OperationId id) {
  store::Database& database = context.store;
  UndoReport report;
  report.undone = operation_to_undo(database, id);
  Operation operation(context, "undo", {}, report.undone.id);
  if (operation.replayed()) {
    report.operation = operation.replayed();
    std::set<CardId> cards;
    for (const store::Entry& entry : store::entries_of_operation(database, report.operation)) cards.insert(entry.card);
    report.card = only_card(context, cards);
    return report;
  }
  report.undone = operation_to_undo(database, report.undone.id);
  const auto users = store::dependents_of(database, report.undone);
  if (!users.empty()) refuse_used(report.undone, users);

  Reversal reversal(operation, report.undone, context.now, report);
  reversal.run();
  report.sales = report.undone.count(store::History::sale);
  report.returns = report.undone.count(store::History::sale_return);
  withdraw_cards(operation, report.undone, report);
  revert_changes(operation, report.undone, report);
  report.card = only_card(context, reversal.cards());
  report.operation = operation.id();
  operation.commit();
  return report;
}

}  // namespace loyal::service
