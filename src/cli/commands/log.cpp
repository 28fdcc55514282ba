// SPDX-License-Identifier: MIT
#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/operation_rows.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/rules.hpp"
#include "loyal/store/card.hpp"
#include "loyal/store/ledger.hpp"
#include "loyal/store/operation.hpp"

namespace loyal::cli {
namespace {

using store::History;

// One answer holds the rows of an operation in memory; an import of a million is a list's matter.
constexpr std::int64_t rows_shown = 10'000;

struct Options {
  std::int64_t since = 0;
  std::optional<std::int64_t> operation;
};

void list(Session& session, OperationId since) {
  store::Database& store = session.store_for_reading();
  const bool for_programs = session.for_programs();
  session.list(tr("Operations"), operation_columns(for_programs), [&](format::Sink& sink) {
    store::each_operation(store, since,
                          [&](const store::OperationRow& row) { sink.row(operation_cells(store, row, for_programs)); });
  });
}

format::Record::List entries_of(store::Database& store, OperationId operation) {
  service::Rules rules(store);
  format::Record::List result;
  for (const store::Entry& entry : store::entries_of_operation(store, operation)) {
    const store::Card card = store::card(store, entry.card).value();
    const domain::Unit& unit = rules.newest(card.program).program.unit;
    format::Record record;
    record.add("entry", tr("Entry"), entry.id.value);
    record.add("card", tr("Card"), card.number);
    record.add("lot", tr("Lot"), entry.lot.value);
    record.add("kind", tr("Kind"), name_cell(domain::name(entry.kind)));
    record.add("points", tr("Points"), points(entry.points, unit));
    record.add("scale", std::int64_t{unit.scale});
    record.add("date", tr("Date"), entry.date);
    record.add("usable_from", date_or_absent(entry.usable_from));
    record.add("valid_through", tr("Usable through"), date_or_absent(entry.valid_through));
    record.add("answers", entry.answers ? format::Cell{entry.answers.value} : format::Cell{});
    record.add("rule", text_or_absent(entry.rule));
    result.push_back(std::move(record));
  }
  return result;
}

format::Record::List changes_of(store::Database& store, OperationId operation) {
  format::Record::List result;
  for (const store::ChangeRow& change : store::changes_of_operation(store, operation)) {
    format::Record record;
    record.add("subject", tr("Of"), change.subject);
    record.add("id", tr("Number"), change.subject_id);
    record.add("action", tr("Change"), change.action);
    record.add("detail", tr("Detail"), text_or_absent(change.detail));
    result.push_back(std::move(record));
  }
  return result;
}

void show(Session& session, OperationId id) {
  store::Database& store = session.store_for_reading();
  const auto row = store::operation(store, id);
  if (!row) throw Error(Fault::not_found, tr("there is no operation {}", id.value), "loyal log");
  format::Record record;
  const auto shown = operation_columns(session.for_programs());
  const auto cells = operation_cells(store, *row, session.for_programs());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    // People need no list of all the tables in which nothing was written.
    const auto* count = std::get_if<std::int64_t>(&cells[i]);
    if (!session.for_programs() && shown[i].key.ends_with("_count") && count != nullptr && *count == 0) continue;
    record.add(shown[i].key, shown[i].heading, cells[i]);
  }
  const bool is_short = row->count(History::entry) + row->count(History::change) <= rows_shown;
  record.list("entries", tr("Entries"), is_short ? entries_of(store, id) : format::Record::List{});
  record.list("changes", tr("Changes"), is_short ? changes_of(store, id) : format::Record::List{});
  session.show(record);
  if (!is_short) session.note(tr("its entries are too many for one answer: {}", "loyal points list -o entries.csv"));
}

void log(Session& session, const Options& options) {
  if (options.operation) return show(session, {*options.operation});
  list(session, {options.since});
}

}  // namespace

void declare_log(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Lists all operations in order, with the hash that chains each to the one before. With --since and --format "
         "jsonl it is a feed of "
         "changes for other programs: keep the last number, ask for what came after. It tells of no names and no "
         "phones."));
  verb.flag("--since", options.since, Value::operation, N_("only those after this one"));
  verb.flag("--operation", options.operation, Value::operation, N_("this one, with its entries and changes"));
  verb.example("loyal log");
  verb.example("loyal log --since 17 -f jsonl");
  verb.example("loyal log --operation 17");
  verb.can_end_with({Fault::not_found});
  verb.runs([&options](Session& session) { log(session, options); });
}

}  // namespace loyal::cli
