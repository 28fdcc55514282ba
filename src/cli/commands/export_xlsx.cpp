// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/accountant_workbook.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/lookup.hpp"

namespace loyal::cli {
namespace {

struct Options {
  std::string from, to;
  bool no_lines = false, anonymous = false;
};

constexpr const char* example = "loyal export xlsx --from 2026-01-01 --to 2026-03-31 -o q1.xlsx";

std::string taken_output_path(Session& session) {
  std::string path = session.take_output_path(tr("the file for the workbook is missing"), example);
  if (!path.ends_with(".xlsx") && path.find("/dev/") != 0)
    throw Error(Fault::usage, tr("a workbook's name ends in .xlsx; \"{}\" does not", path), example);
  return path;
}

void export_xlsx(Session& session, const Options& options) {
  const std::string path = taken_output_path(session);
  const service::Context context = session.reading();
  WorkbookRequest request;
  request.company = service::find_company(context.store, context.company);
  request.to = read_date(session, options.to).value_or(today(session));
  request.from = read_date(session, options.from).value_or(start_of(Period::quarter, request.to));
  request.with_lines = !options.no_lines;
  request.is_anonymous = options.anonymous;
  const WorkbookReceipt receipt = write_workbook(
      context, request, path,
      [&session](std::int64_t done, std::int64_t total) { session.progress(tr("documents"), done, total); });
  format::Record record;
  record.add("file", path);
  record.add("company", request.company.slug);
  record.add("from", request.from);
  record.add("to", request.to);
  record.add("documents", receipt.documents);
  record.add("paid", money(receipt.paid));
  record.add("currency", std::string("RUB"));
  record.add("movements", receipt.movements);
  record.add("customers", receipt.customers);
  record.add("cards", receipt.cards);
  record.add("differences", std::int64_t{receipt.differences});
  session.answer(
      tr("{}: {} to {}, {} documents for {}; {}", path, date_words(request.from), date_words(request.to),
         receipt.documents, to_text(receipt.paid),
         receipt.differences == 0 ? tr("all control totals agree")
                                  : trn("{} control total DIFFERS", "{} control totals DIFFER", receipt.differences)),
      record);
  if (receipt.differences > 0)
    throw Error(Fault::store_broken, tr("the sheets do not agree with the ledger: see the first sheet of {}", path),
                "loyal doctor");
}

}  // namespace

void declare_export_xlsx(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(
      N_("Writes the accountant's workbook of one company: a summary with charts and control totals, customers, cards, "
         "purchases and returns, their lines, the movements of points, the liability with its tables to post, "
         "discounts, and for clubs and charity the settlement and the donations. Sums stand as formulas with their "
         "values; the control totals compare the sheets with the ledger."));
  verb.describes(
      N_("Gift cards that were sold stand as advances in a column of their own: what they pay is sold when they pay."));
  verb.describes(
      N_("The workbook is in the language of --lang. It holds names and phones: --anonymous leaves them out."));
  verb.flag("--from", options.from, Value::date, N_("first day; the first of the last day's quarter unless given"));
  verb.flag("--to", options.to, Value::date, N_("last day; today unless given"));
  verb.flag("--no-lines", options.no_lines, N_("without the sheet of the receipts' lines"));
  verb.flag("--anonymous", options.anonymous, N_("without names, phones, addresses and birthdays"));
  verb.example(example);
  verb.example("loyal export xlsx --company zerno --lang ru -o zerno.xlsx");
  verb.can_end_with({Fault::not_found, Fault::store_broken});
  verb.runs([&options](Session& session) { export_xlsx(session, options); });
}

}  // namespace loyal::cli
