// SPDX-License-Identifier: MIT
#include "loyal/service/undo.hpp"

#include <algorithm>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::optional<std::int64_t> operation;
  bool last = false, cascade = false, except_used = false;
};

// More than a morning at a till: taking it back by mistake would be felt.
constexpr std::int64_t many_rows = 100;

std::int64_t rows_of(const store::OperationRow& row) {
  std::int64_t rows = 0;
  for (const store::History table : {store::History::sale, store::History::sale_return, store::History::card})
    rows = std::max(rows, row.count(table));
  return std::max(rows, row.count(store::History::entry));
}

/// Which operation is the last is easily mistaken: a large one is shown before it is taken back. Scripts that name an
/// operation, or neither have a terminal nor say --no-input, are not asked.
bool is_confirmed(Session& session, const Options& options) {
  const bool is_asked = options.last && !session.globals().dry_run && (session.can_ask() || session.globals().no_input);
  if (!is_asked) return true;
  const auto row = store::last_standing_operation(session.store_for_writing());
  if (!row || rows_of(*row) <= many_rows) return true;
  return session.confirm(trn("Take operation {1} ({2}) back, {0} row?", "Take operation {1} ({2}) back, {0} rows?",
                             rows_of(*row), row->id.value, row->verb));
}

service::UndoMode mode_of(const Options& options) {
  if (options.cascade && options.except_used)
    throw Error(Fault::usage, tr("--cascade and --except-used exclude each other"), "loyal undo --help");
  if (options.cascade) return service::UndoMode::cascade;
  return options.except_used ? service::UndoMode::except_used : service::UndoMode::refuse;
}

void add_left(format::Record& record, const service::UndoReport& report) {
  record.add("left_points", report.left.count);
  record.add("left_scale", std::int64_t{report.left_unit.scale});
  record.add("left_lots", report.left_lots);
  record.add("left_cards", report.left_cards);
  record.add("left_customers", report.left_customers);
  format::Record::List before;
  for (const service::UndoneBefore& other : report.before) {
    format::Record row;
    row.add("undone", other.undone.id.value);
    row.add("verb", other.undone.verb);
    row.add("operation", other.operation.value);
    before.push_back(std::move(row));
  }
  record.list("before", {}, std::move(before));
}

void say_what_else(Session& session, const service::UndoReport& report) {
  for (const service::UndoneBefore& other : report.before)
    session.note(tr("before it, operation {} ({}) of {} was undone, by operation {}", other.undone.id.value,
                    other.undone.verb, other.undone.at, other.operation.value));
  if (report.left_lots > 0)
    session.note(tr("{} had been used since and stay used", service::points_text(report.left, report.left_unit)));
  if (report.left_cards > 0)
    session.note(
        trn("{} card has been used since and stays", "{} cards have been used since and stay", report.left_cards));
  if (report.left_customers > 0)
    session.note(trn("{} customer has cards or changes since and stays",
                     "{} customers have cards or changes since and stay", report.left_customers));
  if (report.expired.count > 0)
    session.note(tr("some of the points that came back were past their last day and expired at once"));
}

void undo(Session& session, const Options& options) {
  if (options.operation.has_value() == options.last)
    throw Error(Fault::usage, tr("say which operation: its number, or --last"), "loyal log");
  if (options.operation && *options.operation < 1)
    throw Error(Fault::not_found, tr("there is no operation {}", *options.operation), "loyal log");
  if (!is_confirmed(session, options)) return session.note(tr("nothing was changed"));
  const service::UndoReport report =
      service::undo(session.writing(), {options.operation.value_or(0)}, mode_of(options));
  format::Record record;
  record.add("undone", report.undone.id.value);
  record.add("verb", report.undone.verb);
  record.add("operation", report.operation.value);
  record.add("entries", report.entries);
  record.add("sales", report.sales);
  record.add("returns", report.returns);
  record.add("cards", report.cards);
  record.add("customers", report.customers);
  add_left(record, report);
  record.add("card", report.card ? format::Cell{report.card->card.number} : format::Cell{});
  if (report.card)
    add_balance(record, report.card->balance, report.card->unit);
  else
    for (const char* key : {"balance", "pending", "debt", "scale"}) record.add(key, format::Cell{});
  std::string words = tr("operation {} ({}) undone", report.undone.id.value, report.undone.verb);
  if (report.sales > 0) words += ", " + trn("{} sale", "{} sales", report.sales);
  if (report.returns > 0) words += ", " + trn("{} return", "{} returns", report.returns);
  if (report.cards > 0) words += ", " + trn("{} card withdrawn", "{} cards withdrawn", report.cards);
  if (report.customers > 0) words += ", " + trn("{} customer withdrawn", "{} customers withdrawn", report.customers);
  if (report.card)
    words += tr("; card {}: {}", report.card->card.number, balance_words(report.card->balance, report.card->unit));
  say_what_else(session, report);
  session.answer(words, record);
}

}  // namespace

void declare_undo(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Takes an operation back, an import of any size included, by entries that reverse it; nothing is deleted. "
         "Where something later "
         "used what it did, that is listed and nothing changes; with --cascade it is taken back too, the newest first, "
         "and "
         "with --except-used it stays, and only what was not used is taken back."));
  verb.describes(N_(
      "On a terminal, or with --no-input, --last asks before it takes more than a hundred rows back; --yes answers."));
  verb.operand("OPERATION", options.operation, Value::operation, N_("its number, as loyal log shows it")).optional();
  verb.flag("--last", options.last, N_("the last operation that stands"));
  verb.example("loyal undo 17");
  verb.flag("--cascade", options.cascade, N_("take back what used it too, newest first; look first with --dry-run"));
  verb.flag("--except-used", options.except_used, N_("take back what was not used, and say what stays"));
  verb.example("loyal undo --last");
  verb.example("loyal undo 17 --cascade --dry-run");
  verb.can_end_with({Fault::not_found, Fault::refused, Fault::unconfirmed});
  verb.writes();
  verb.runs([&options](Session& session) { undo(session, options); });
}

}  // namespace loyal::cli
