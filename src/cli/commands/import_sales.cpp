// SPDX-License-Identifier: MIT
#include "loyal/service/import_sales.hpp"

#include <fmt/format.h>

#include <istream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/base/text.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/import_runs.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/import_rows.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

struct Options {
  ImportFileOptions file;
  service::SalesImport request;
  std::string restart;
};

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
  record.add("operation", tr("Operation"), receipt.operation ? format::Cell{receipt.operation.value} : format::Cell{});
  record.add("rejects_file", text_or_absent(receipt.rejects_path));
  record.add("dry_run", is_trial);
  record.add("replayed", receipt.is_replayed);
  record.list("examples", tr("Rejected rows, the first"), example_records(receipt.examples));
  add_plan(record, receipt.plan, receipt.rejected, receipt.examples);
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

void import_sales(Session& session, const Options& options) {
  service::SalesImport request = options.request;
  request.receipts_restart_daily = options.restart == "daily";
  request.file = import_file(session, options.file);
  run_sales_import(session, request);
}

}  // namespace

void run_sales_import(Session& session, const service::SalesImport& request) {
  const service::Context context = session.writing();
  const auto receipt = service::import_sales(context, request, import_note(session), import_progress(session));
  const bool is_trial = context.dry_run || request.is_plan;
  session.answer(summary_of(receipt, is_trial), record_of(receipt, is_trial));
  if (request.is_plan) show_plan(session, receipt.plan, receipt.rejected, receipt.examples);
  tell_passed_over(session, request.file.path, receipt);
  const bool is_for_people = !session.for_programs() && session.globals().output_path.empty();
  if (is_for_people && !receipt.known_rows.empty()) {
    format::Record known;
    session.show(known.list("known_rows", tr("Rows that were there already"), known_list(receipt)));
  }
  tell_rejected(session, request.file.path, receipt.rejected, receipt.examples, receipt.rejects_path);
  if (receipt.posted > 0 && !is_trial) session.next("loyal nightly");
}

void declare_import_sales(Verb& verb) {
  auto& options = verb.options<Options>();
  verb.describes(N_(
      "Posts the purchases of a table, all in one operation, in order of their time. Columns are known by their usual "
      "headings in "
      "Russian and English, or named with --map: card, at, amount, and where there are any time, receipt and till."));
  verb.describes(
      N_("The same file again changes nothing: a row whose receipt is there with the same content is passed over, with "
         "other content it "
         "is rejected. Without a receipt, a row is known by its content and by its place among equal rows: two equal "
         "purchases "
         "of one day are two. Rows that cannot be taken go to a file of their own with line, column and reason; the "
         "rest is posted."));
  verb.describes(N_(
      "Amounts are in roubles: 1250, 1250.50 or 1 250,50. What loyal sale list writes to CSV are whole kopecks: divide "
      "them first."));
  verb.describes(
      N_("Goods: where the table has columns for them (sku, name, category, quantity, price), each row is a line, and "
         "rows with "
         "one receipt are one purchase. Without an amount, quantity times price is. If one row of a receipt cannot be "
         "taken, none of it is. Returns: rows whose type says so are passed over; loyal import returns takes them from "
         "the same file."));
  verb.describes(N_(
      "With --as-history, the file says what was earned and spent, and the rules are not asked: columns earned, spent, "
      "discount, points_money or paid, usable_from, valid_through. Points that were spent without having been earned "
      "in the file are opened so that they can be."));
  describe_headings(verb, service::sale_history_fields());
  declare_import_file(verb, options.file,
                      N_("which column is which: card, at, amount, time, receipt, till, type, sku, name …"));
  verb.flag("--program", options.request.program, Value::program,
            N_("the cards' program; needed where there are several"));
  verb.flag("--create-cards", options.request.create_cards, N_("make the cards that are not there"));
  verb.flag("--as-history", options.request.is_history,
            N_("take earned and spent points from the file instead of the rules"));
  declare_import_way(verb, options.request.is_plan, options.request.is_strict);
  verb.flag("--receipts-restart", options.restart, Value::text, N_("receipts are numbered anew each day"))
      .one_of({"daily"});
  verb.flag("--new-rows", options.request.post_new_rows,
            N_("post rows without a receipt even if they equal purchases that are there"));
  verb.flag("--show-known", options.request.keep_known, N_("list the rows that were there already"));
  verb.example("loyal import sales purchases.csv --program coffee --create-cards --plan");
  verb.example(
      "loyal import sales purchases.csv --program coffee --map card=customer,receipt=invoice,at=date,amount=total");
  verb.example("loyal import sales lines.csv --program coffee --map till1 --dates day-first");
  verb.example("loyal import sales old.csv --program coffee --create-cards --as-history --save-map old-till");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.can_be_partial();
  verb.writes();
  verb.runs([&options](Session& session) { import_sales(session, options); });
}

}  // namespace loyal::cli
