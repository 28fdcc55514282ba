// SPDX-License-Identifier: MIT
#include "loyal/service/undo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/service/operation.hpp"
#include "loyal/store/charity.hpp"
#include "loyal/store/dependents.hpp"
#include "undoable_verbs.hpp"
#include "undoing.hpp"

namespace loyal::service {
namespace {

constexpr std::size_t dependents_shown = 10;

/// What moves all of a card to another comes back whole or not at all.
constexpr std::array<std::string_view, 3> indivisible = {"card replace", "customer merge", "points convert"};

bool has(std::span<const std::string_view> verbs, std::string_view verb) {
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

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
  if (!has(undoable_verbs, row->verb))
    throw Error(Fault::refused, tr("operation {} ({}) cannot be undone", row->id.value, row->verb),
                tr("change it by hand instead"));
  for (const store::ChangeRow& change : store::changes_of_operation(database, row->id))
    if (change.subject == "program" && change.action == "add")
      throw Error(Fault::refused, tr("operation {} ({}) cannot be undone", row->id.value, row->verb),
                  tr("it opened a program; a program that is not wanted any more is retired"));
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
      fmt::format("loyal undo {} --cascade --dry-run", row.id.value), {{"operations", list}});
}

/// Takes one operation back, and before it, newest first, what used what it did.
class Undoing {
 public:
  Undoing(Operation& operation, const Context& context, UndoMode mode, UndoReport& report)
      : operation_(operation), context_(context), mode_(mode), report_(report) {}

  void run() {
    std::vector<OperationId> waiting = {report_.undone.id};
    while (!waiting.empty()) {
      const OperationId id = waiting.back();
      if (done_.contains(id)) {
        waiting.pop_back();
        continue;
      }
      const store::OperationRow row = operation_to_undo(context_.store, id);
      const std::set<OperationId> users = users_of(row);
      if (users.empty()) {
        take_back(row);
        done_.insert(id);
        waiting.pop_back();
        continue;
      }
      if (mode_ != UndoMode::cascade || users.contains(id)) refuse_used(row, users);
      waiting.insert(waiting.end(), users.begin(), users.end());
    }
  }

 private:
  std::set<OperationId> users_of(const store::OperationRow& row) {
    if (mode_ == UndoMode::except_used) return store::document_dependents_of(context_.store, row);
    std::set<OperationId> users = store::dependents_of(context_.store, row);
    users.merge(Reversal(context_.store, row, context_.now, mode_).users());
    return users;
  }

  void take_back(const store::OperationRow& row) {
    const auto write = [&](store::Journal& journal) {
      Reversal(context_.store, row, context_.now, mode_).run(journal, report_);
      revert_rows(journal, row, mode_, report_);
    };
    report_.sales += row.count(store::History::sale);
    report_.returns += row.count(store::History::sale_return);
    if (row.id == report_.undone.id) return write(operation_.journal());
    report_.before.push_back({row, operation_.write_before(row.id, write)});
  }

  Operation& operation_;
  const Context& context_;
  UndoMode mode_;
  UndoReport& report_;
  std::set<OperationId> done_;
};

/// The one card whose points the undoing operations moved.
std::optional<CardState> only_card(const Context& context, const UndoReport& report) {
  std::set<CardId> cards;
  const auto collect = [&](OperationId undone) {
    for (const store::Entry& entry : store::entries_of_operation(context.store, undone)) cards.insert(entry.card);
  };
  for (const UndoneBefore& other : report.before) collect(other.undone.id);
  collect(report.undone.id);
  if (cards.size() != 1 || store::is_account(context.store, *cards.begin())) return std::nullopt;
  return card_state(context, store::card(context.store, *cards.begin()).value().number, std::nullopt);
}

}  // namespace

UndoReport undo(const Context& context, OperationId id, UndoMode mode) {
  store::Database& database = context.store;
  UndoReport report;
  Operation operation(context, "undo", InputDigest(context).add(id, static_cast<int>(mode)).finish());
  if (operation.replayed()) {
    report.operation = operation.replayed();
    report.undone = store::operation(database, store::operation(database, report.operation)->undoes).value();
    report.card = only_card(context, report);
    return report;
  }
  report.undone = operation_to_undo(database, id);
  if (mode == UndoMode::except_used && has(indivisible, report.undone.verb))
    throw Error(Fault::refused,
                tr("operation {} ({}) is undone whole or not at all", report.undone.id.value, report.undone.verb),
                fmt::format("loyal undo {} --cascade --dry-run", report.undone.id.value));
  operation.undoes(report.undone.id);
  Undoing(operation, context, mode, report).run();
  report.card = only_card(context, report);
  report.operation = operation.id();
  operation.commit();
  return report;
}

}  // namespace loyal::service
