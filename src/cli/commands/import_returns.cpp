// SPDX-License-Identifier: MIT
#include "loyal/service/import_returns.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/import_runs.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"

namespace loyal::cli {
namespace {

struct Options {
  ImportFileOptions file;
  service::ReturnsImport request;
};

format::Record record_of(const service::ReturnsImportReceipt& receipt, bool is_trial) {
  format::Record record;
  record.add("rows", tr("Rows read"), receipt.rows);
  record.add("posted", tr("Returns posted"), receipt.posted);
  record.add("known", tr("There already"), receipt.plan.skipped.count);
  record.add("rejected", tr("Rejected"), receipt.rejected);
  record.add("conflicts", tr("Conflicts"), receipt.conflicts);
  record.add("sales", tr("Purchases passed over"), receipt.sales);
  record.add("amount", tr("Goods returned"), money(receipt.amount));
  record.add("currency", std::string("RUB"));
  end_record(record, receipt, is_trial);
  return record;
}

std::string summary_of(const service::ReturnsImportReceipt& receipt, bool is_trial) {
  const std::string amount = to_text(receipt.amount);
  return trn("{} row read", "{} rows read", receipt.rows) + ": " +
         (is_trial
              ? trn("{} return would be posted for {}", "{} returns would be posted for {}", receipt.posted, amount)
              : trn("{} return posted for {}", "{} returns posted for {}", receipt.posted, amount)) +
         passed_over_words(receipt.plan.skipped.count, receipt.rejected);
}

void import_returns(Session& session, const Options& options) {
  service::ReturnsImport request = options.request;
  request.file = import_file(session, options.file);
  run_returns_import(session, request);
}

}  // namespace

void run_returns_import(Session& session, const service::ReturnsImport& request) {
  const service::Context context = session.writing();
  const auto receipt = service::import_returns(context, request, import_note(session), import_progress(session));
  const bool trial = is_trial(session, request);
  answer_import(session, request, receipt, {summary_of(receipt, trial), record_of(receipt, trial), {}}, [&] {
    if (receipt.sales > 0)
      session.note(trn("{} purchase was passed over: loyal import sales {}",
                       "{} purchases were passed over: loyal import sales {}", receipt.sales,
                       visible(request.file.path)));
  });
}

void declare_import_returns(Verb& verb) {
  auto& options = verb.options<Options>();
  service::ReturnsImport& request = options.request;
  verb.describes(
      N_("Takes back what a table says, all in one operation, in order of its times. A row names the receipt that was "
         "sold "
         "(and the till, or sale_date where numbers come again), the time of the return, and what comes back: line or "
         "sku with a quantity, an amount of a sale without lines, or nothing for all that is left. Rows of one receipt "
         "and one time are one return, unless their return_no differs. Signs of amounts do not matter."));
  verb.describes(N_(
      "A file of purchases and returns is given to loyal import sales first, then to this command: by the column type "
      "each takes its own rows. The same file again changes nothing."));
  verb.describes(
      N_("With --as-history, the columns restored and clawed_back say what became of points, and the rules are not "
         "asked."));
  describe_headings(verb, service::return_fields());
  declare_import_file(verb, options.file,
                      N_("which column is which: receipt, at, till, line, sku, quantity, amount …"));
  verb.flag("--as-history", request.is_history,
            N_("take restored and taken points from the file instead of the rules"));
  declare_import_way(verb, request.is_plan, request.is_strict);
  verb.example("loyal import returns returns.csv --plan");
  verb.example("loyal import returns day.csv --map receipt=Чек,at=Дата,amount=Сумма,type=Операция");
  verb.runs([&options](Session& session) { import_returns(session, options); });
}

}  // namespace loyal::cli
