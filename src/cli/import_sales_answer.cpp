// SPDX-License-Identifier: MIT
#include "loyal/cli/import_runs.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

format::Record::List known_list(const service::SalesImportReceipt& receipt) {
  format::Record::List list;
  for (const service::KnownRow& row : receipt.known_rows) {
    format::Record one;
    one.add("line", tr("Line"), static_cast<std::int64_t>(row.line)).add("receipt", tr("Receipt"), row.receipt);
    one.add("card", tr("Card"), row.card).add("at", tr("Time"), row.at).add("total", tr("Total"), money(row.total));
    list.push_back(std::move(one));
  }
  return list;
}

format::Record record_of(const service::SalesImportReceipt& receipt, bool is_trial) {
  format::Record record;
  record.add("rows", tr("Rows read"), receipt.rows);
  record.add("posted", tr("Posted"), receipt.posted);
  record.add("known", tr("There already"), receipt.known);
  record.add("rejected", tr("Rejected"), receipt.rejected);
  record.add("conflicts", tr("Conflicts"), receipt.conflicts);
  record.add("lines", tr("Lines of goods"), receipt.lines);
  record.add("returns", tr("Returns passed over"), receipt.returns);
  record.add("cards_made", tr("Cards made"), receipt.cards_made);
  record.add("cards_taken_again", tr("Cards taken into use again"), receipt.cards_taken_again);
  record.add("total", tr("Total"), money(receipt.total));
  record.add("currency", std::string("RUB"));
  record.add("earned", tr("Points earned"), points(receipt.earned, receipt.unit));
  record.add("spent", tr("Points spent"), points(receipt.spent, receipt.unit));
  record.add("opened", tr("Points opened so that they could be spent"), points(receipt.opened, receipt.unit));
  record.add("scale", std::int64_t{receipt.unit.scale});
  record.add("first_date", tr("From"), date_or_absent(receipt.first_date));
  record.add("last_date", tr("To"), date_or_absent(receipt.last_date));
  record.add("program", tr("Program"), receipt.program);
  end_record(record, receipt, is_trial);
  record.list("known_rows", tr("Rows that were there already"), known_list(receipt));
  return record;
}

std::string summary_of(const service::SalesImportReceipt& receipt, bool is_trial) {
  const std::string total = to_text(receipt.total);
  const std::string earned = service::points_text(receipt.earned, receipt.unit);
  std::string text = trn("{} row read", "{} rows read", receipt.rows) + ": ";
  text += is_trial ? trn("{} purchase would be posted for {}, {} earned",
                         "{} purchases would be posted for {}, {} earned", receipt.posted, total, earned)
                   : trn("{} purchase posted for {}, {} earned", "{} purchases posted for {}, {} earned",
                         receipt.posted, total, earned);
  if (const auto made = receipt.cards_made; made > 0)
    text += "; " + (is_trial ? trn("{} card would be made", "{} cards would be made", made)
                             : trn("{} card made", "{} cards made", made));
  if (const auto again = receipt.cards_taken_again; again > 0)
    text +=
        "; " + (is_trial ? trn("{} card would be taken into use again", "{} cards would be taken into use again", again)
                         : trn("{} card taken into use again", "{} cards taken into use again", again));
  if (receipt.spent.count > 0) text += "; " + tr("{} spent", service::points_text(receipt.spent, receipt.unit));
  return text + passed_over_words(receipt.known, receipt.rejected);
}

void tell_passed_over(Session& session, const std::string& file, const service::SalesImportReceipt& receipt) {
  if (receipt.returns > 0)
    session.note(trn("{} return was passed over: loyal import returns {}",
                     "{} returns were passed over: loyal import returns {}", receipt.returns, visible(file)));
  if (receipt.opened.count > 0)
    session.note(tr("{} were spent that the file does not show earned, and were opened for it",
                    service::points_text(receipt.opened, receipt.unit)));
}

}  // namespace

void run_sales_import(Session& session, const service::SalesImport& request) {
  const service::Context context = session.writing();
  const auto receipt = service::import_sales(context, request, import_note(session), import_progress(session));
  const bool trial = is_trial(session, request);
  const std::string next = receipt.posted > 0 ? "loyal nightly" : "";
  answer_import(session, request, receipt, {summary_of(receipt, trial), record_of(receipt, trial), next}, [&] {
    tell_passed_over(session, request.file.path, receipt);
    const bool is_for_people = !session.for_programs() && session.globals().output_path.empty();
    if (is_for_people && !receipt.known_rows.empty()) {
      format::Record known;
      session.show(known.list("known_rows", tr("Rows that were there already"), known_list(receipt)));
    }
  });
}

}  // namespace loyal::cli
