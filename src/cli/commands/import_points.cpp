// SPDX-License-Identifier: MIT
#include "loyal/service/import_points.hpp"

#include "loyal/base/message.hpp"
#include "loyal/base/money.hpp"
#include "loyal/cli/commands.hpp"
#include "loyal/cli/import_options.hpp"
#include "loyal/cli/session.hpp"
#include "loyal/cli/values.hpp"
#include "loyal/service/words.hpp"

namespace loyal::cli {
namespace {

struct Options {
  ImportFileOptions file;
  service::PointsImport request;
};

format::Record record_of(const service::PointsImportReceipt& receipt, bool is_trial) {
  format::Record record = begin_record(receipt);
  record.add("cards_made", tr("Cards made"), receipt.cards_made);
  record.add("given", tr("Points given"), points(receipt.given, receipt.unit));
  record.add("taken", tr("Points taken"), points(receipt.taken, receipt.unit));
  record.add("scale", std::int64_t{receipt.unit.scale});
  record.add("program", tr("Program"), receipt.program);
  end_record(record, receipt, is_trial);
  return record;
}

std::string summary_of(const service::PointsImportReceipt& receipt, bool is_trial) {
  const std::string given = service::points_text(receipt.given, receipt.unit);
  const std::string taken = service::points_text(receipt.taken, receipt.unit);
  std::string text = trn("{} row read", "{} rows read", receipt.rows) + ": ";
  text += is_trial ? tr("{} would be given", given) : tr("{} given", given);
  if (receipt.taken.count > 0) text += "; " + (is_trial ? tr("{} would be taken", taken) : tr("{} taken", taken));
  if (const auto made = receipt.cards_made; made > 0)
    text += "; " + (is_trial ? trn("{} card would be made", "{} cards would be made", made)
                             : trn("{} card made", "{} cards made", made));
  return text + passed_over_words(receipt.plan.skipped.count, receipt.rejected);
}

void import_points(Session& session, const Options& options) {
  auto request = options.request;
  request.file = import_file(session, options.file);
  const service::Context context = session.writing();
  const auto receipt = service::import_points(context, request, import_note(session), import_progress(session));
  const bool trial = is_trial(session, request);
  answer_import(session, request, receipt,
                {summary_of(receipt, trial), record_of(receipt, trial),
                 receipt.plan.created.count > 0 ? "loyal points list" : ""});
}

}  // namespace

void declare_import_points(Verb& verb) {
  auto& options = verb.options<Options>();
  service::PointsImport& request = options.request;
  verb.describes(
      N_("Opens what cards held where they come from, all in one operation: each row is a lot with its own dates. "
         "Without a "
         "last day the program's rules set it; never means that there is none. The same file again changes nothing."));
  verb.describes(
      N_("With --set, the rows of a card are all that it holds: what is missing is given, what is too much is taken. A "
         "row "
         "of 0 empties a card. Cards that the table does not name stay as they are."));
  verb.describes(N_(
      "With --as-history, the table says how things stood: a withdrawn card holds its points and stays withdrawn, less "
      "than nothing is a debt, points past their last day wait for the night, and issuer names the company of a club "
      "whose points they are."));
  describe_headings(verb, service::points_fields());
  declare_import_file(verb, options.file,
                      N_("which column is which: card, points, date, usable_from, valid_through …"));
  verb.flag("--program", request.program, Value::program, N_("the cards' program; needed where there are several"));
  verb.flag("--create-cards", request.create_cards, N_("make the cards that are not there"));
  verb.flag("--set", request.sets, N_("bring each card that is named to what the table says"));
  verb.flag("--as-history", request.is_history, N_("take debts, ended lots and withdrawn cards as the table says"));
  declare_import_way(verb, request.is_plan, request.is_strict);
  verb.example("loyal import points balances.csv --program coffee --create-cards --plan");
  verb.example("loyal import points balances.csv --map card=Карта,points=Остаток,valid_through=\"Сгорают\"");
  verb.runs([&options](Session& session) { import_points(session, options); });
}

}  // namespace loyal::cli
