// SPDX-License-Identifier: MIT
#include "loyal/service/import_consents.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

struct Options {
  ImportFileOptions file;
  service::TableImport request;
};

format::Record record_of(const service::TableReceipt& receipt, bool is_trial) {
  format::Record record;
  record.add("rows", tr("Rows read"), receipt.rows);
  record.add("created", tr("Created"), receipt.plan.created.count);
  record.add("changed", tr("Changed"), receipt.plan.changed.count);
  record.add("known", tr("There already"), receipt.plan.skipped.count);
  record.add("rejected", tr("Rejected"), receipt.rejected);
  record.add("conflicts", tr("Conflicts"), receipt.conflicts);
  record.add("operation", tr("Operation"), receipt.operation ? format::Cell{receipt.operation.value} : format::Cell{});
  record.add("rejects_file", text_or_absent(receipt.rejects_path));
  record.add("dry_run", is_trial);
  record.add("replayed", receipt.is_replayed);
  record.list("examples", tr("Rejected rows, the first"), example_records(receipt.examples));
  add_plan(record, receipt.plan, receipt.rejected, receipt.examples);
  return record;
}

std::string summary_of(const service::TableReceipt& receipt, bool is_trial) {
  if (receipt.is_replayed) return tr("operation {} again: nothing new", receipt.operation.value);
  const std::int64_t taken = receipt.plan.created.count + receipt.plan.changed.count;
  return trn("{} row read", "{} rows read", receipt.rows) + ": " +
         (is_trial ? trn("{} consent would be recorded", "{} consents would be recorded", taken)
                   : trn("{} consent recorded", "{} consents recorded", taken)) +
         passed_over_words(receipt.plan.skipped.count, receipt.rejected);
}

void import_consents(Session& session, const Options& options) {
  auto request = options.request;
  request.file = import_file(session, options.file);
  const service::Context context = session.writing();
  const auto receipt = service::import_consents(context, request, import_note(session), import_progress(session));
  const bool is_trial = context.dry_run || request.is_plan;
  session.answer(summary_of(receipt, is_trial), record_of(receipt, is_trial));
  if (request.is_plan) show_plan(session, receipt.plan, receipt.rejected, receipt.examples);
  tell_rejected(session, request.file.path, receipt.rejected, receipt.examples, receipt.rejects_path);
  if (receipt.plan.created.count > 0 && !is_trial) session.next("loyal customer list");
}

}  // namespace

void declare_import_consents(Verb& verb) {
  auto& options = verb.options<Options>();
  service::TableImport& request = options.request;
  verb.describes(
      N_("Records the consents of a table, all in one operation: who, to what (data, advertising, advertising:sms, "
         "sharing), "
         "given or withdrawn, when. Without a time, what a customer has said already is passed over."));
  describe_headings(verb, service::consent_fields());
  declare_import_file(verb, options.file, N_("which column is which: customer, kind, channel, given, at, place"));
  declare_import_way(verb, request.is_plan, request.is_strict);
  verb.example("loyal import consents consents.csv --plan");
  verb.example("loyal import consents consents.csv --map customer=Телефон,kind=Согласие");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.can_be_partial();
  verb.writes();
  verb.runs([&options](Session& session) { import_consents(session, options); });
}

}  // namespace loyal::cli
