// SPDX-License-Identifier: MIT
#include <istream>

#include "loyal/base/error.hpp"
#include "loyal/base/message.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/records.hpp"
#include "loyal/cli/report.hpp"
#include "loyal/cli/sale_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/format/record.hpp"
#include "loyal/service/points.hpp"

namespace loyal::cli {
namespace {

void add_one(Session& session, const SaleOptions& options) {
  const service::Context context = session.writing();
  service::SaleReceipt receipt = service::sell(context, sale_request(session, options));
  // The buyer asks what the card holds now, also after a receipt of last week.
  if (receipt.sale.points_date != today(session))
    receipt.balance = service::card_state(context, receipt.card_number, std::nullopt).balance;
  const bool holds_points =
      receipt.sale.earned.count > 0 || receipt.sale.spent.count > 0 || receipt.balance.active.count > 0;
  std::string words = sale_words(receipt);
  if (holds_points) words += "; " + balance_words(receipt.balance, receipt.unit);
  if (receipt.is_replayed) session.note(tr("receipt {} was recorded already; nothing changed", receipt.sale.receipt));
  tell_left_out(session, receipt);
  if (receipt.donation) note_short_donation(session, receipt.program_slug, *receipt.donation);
  session.answer(words, sale_record(receipt));
  if (receipt.sale.total.count == 0 && !session.for_programs())
    session.note(tr("the purchase comes to nothing; if that was a slip: {}", "loyal undo --last"));
}

/// Receipts as JSON lines, each its own operation; each answered by a line of JSON, so that the sender knows which
/// stand.
void add_from_stream(Session& session) {
  session.globals().form = format::Form::jsonl;
  format::FormOptions form;
  form.form = format::Form::jsonl;
  std::string line;
  std::int64_t number = 0;
  std::int64_t rejected = 0;
  while (std::getline(session.world().in, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    try {
      std::string key;
      const service::SaleRequest request = sale_request_from_json(session, line, key);
      service::Context context = session.writing();
      context.key = key;
      format::Record record = sale_record(service::sell(context, request));
      record.add("line_number", number);
      format::write_record(session.world().out, record, form);
    } catch (const Error& error) {
      // A broken store or a full disk ends the run: going on would only fail line after line.
      if (error.fault() == Fault::failed || error.fault() == Fault::store_broken ||
          error.fault() == Fault::store_missing)
        throw;
      ++rejected;
      write_record(session.world().out, error_record(error).add("line_number", number), form);
    }
    session.world().out.flush();
  }
  if (rejected > 0) session.ends_with(3);
}

}  // namespace

void declare_sale_add(Verb& verb) {
  auto& options = verb.options<SaleOptions>();
  verb.describes(
      N_("Records a purchase: takes the card's discount off, pays a part with points if asked, and gives the points "
         "earned. With - as CARD, "
         "receipts are read from stdin as JSON lines and answered line by line, each recorded on its own."));
  verb.describes(
      N_("Money is typed in roubles, 1250 or 1250.50, on the command line and in the lines that are read; the lines "
         "answered, as all JSON, hold whole kopecks."));
  verb.describes(
      N_("A line that is read is an object. It needs \"card\", and \"amount\" or \"lines\"; it may have \"spend\" (a "
         "number, "
         "\"max\" or \"up-to:200\"), \"gifts\" (objects with \"card\", \"amount\" and \"pin\"), \"rewards\" and "
         "\"promos\" (texts), "
         "\"receipt\", "
         "\"till\", \"at\" (a date or a time), \"key\", \"quote\" and \"restart_daily\" (true or false). \"lines\" are "
         "objects "
         "with \"price\" or \"amount\" and, where wanted, \"sku\", \"quantity\", \"name\" and \"category\". Money is "
         "roubles as "
         "typed, \"500\" or \"500.00\"; a bare 500 is 500 roubles too."));
  declare_sale_options(verb, options);
  verb.flag("--quote", options.quote, Value::text,
            N_("the quote that was shown to the buyer: refused if it no longer holds"));
  verb.flag("--receipts-restart-daily", options.restart_daily, N_("receipt numbers begin anew each day"));
  verb.example("loyal sale add 2900000123458 1250.00");
  verb.example("loyal sale add 2900000123458 1250 --spend max --receipt 000123 --till till1");
  verb.example("loyal sale add 2900000123458 --line coffee:2:180 --line book:1:590:books");
  verb.example("loyal sale add --scan photo.jpg 1250.00");
  verb.example("loyal sale add - < receipts.jsonl");
  verb.example(
      R"(loyal sale add - <<< '{"card":"2900000123458","amount":"500.00","receipt":"000123","till":"till1"}')");
  verb.can_end_with({Fault::not_found, Fault::conflict, Fault::refused});
  verb.can_be_partial();
  verb.writes();
  verb.runs(
      [&options](Session& session) { options.card == "-" ? add_from_stream(session) : add_one(session, options); });
}

}  // namespace loyal::cli
