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
  format::Record record = begin_record(receipt);
  end_record(record, receipt, is_trial);
  return record;
}

std::string summary_of(const service::TableReceipt& receipt, bool is_trial) {
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
  const bool trial = is_trial(session, request);
  answer_import(session, request, receipt,
                {summary_of(receipt, trial), record_of(receipt, trial),
                 receipt.plan.created.count > 0 ? "loyal customer list" : ""});
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
  verb.runs([&options](Session& session) { import_consents(session, options); });
}

}  // namespace loyal::cli
