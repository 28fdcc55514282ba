// SPDX-License-Identifier: MIT
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/import_runs.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/service/import_rows.hpp"

namespace loyal::cli {
namespace {

struct Options {
  ImportFileOptions file;
  service::SalesImport request;
  std::string restart;
};

void import_sales(Session& session, const Options& options) {
  service::SalesImport request = options.request;
  request.receipts_restart_daily = options.restart == "daily";
  request.file = import_file(session, options.file);
  run_sales_import(session, request);
}

}  // namespace

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
      "discount, points_money or paid, usable_from, valid_through, and gifts (CARD=AMOUNT; …). Points that were spent "
      "without having been earned in the file are opened so that they can be. Cards that have been blocked or "
      "withdrawn since take their purchases too."));
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
  verb.runs([&options](Session& session) { import_sales(session, options); });
}

}  // namespace loyal::cli
